"""Windows: a few sentences at a time, which is what one question is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from temoin.record import Document

__all__ = ["MAX_CHARACTERS", "MAX_SENTENCES", "Window", "windows"]

#: Most sentences of a window: small models lose track of more.
MAX_SENTENCES = 5

#: Most characters of a window.
MAX_CHARACTERS = 1500


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document.

    Attributes:
        start: Its first code point in the document.
        text: Its words, as the document has them.
        name: Which sentences it has, as messages name it: `sentences 3-5`.
    """

    start: int
    text: str
    name: str


def windows(document: Document) -> Iterator[Window]:
    """The windows of a document, in order; each sentence is in one of them.

    A sentence too long for a window (a table, a text without full stops) is cut at
    white space.
    """
    text = document.text
    pieces = [
        (number, piece)
        for number, sentence in enumerate(document.sentences or ((0, len(text)),), 1)
        for piece in _pieces(text, *sentence)
    ]
    held: list[tuple[int, tuple[int, int]]] = []
    for number, (start, end) in pieces:
        if held and (len(held) == MAX_SENTENCES or end - held[0][1][0] > MAX_CHARACTERS):
            yield _window(text, held)
            held = []
        held.append((number, (start, end)))
    if held:
        yield _window(text, held)


def _window(text: str, held: list[tuple[int, tuple[int, int]]]) -> Window:
    first, last = held[0][0], held[-1][0]
    start, end = held[0][1][0], held[-1][1][1]
    name = f"sentence {first}" if first == last else f"sentences {first}-{last}"
    return Window(start, text[start:end], name)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is longer than a window."""
    while end - start > MAX_CHARACTERS:
        cut = start + MAX_CHARACTERS
        space = next((i for i in range(cut, start, -1) if text[i].isspace()), cut)
        yield start, space
        start = space
    if text[start:end].strip():
        yield start, end
