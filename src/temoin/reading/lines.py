"""Paragraphs of a text: which line breaks end one and which only wrap a line.

Plain text breaks lines in two ways. Some writers break where the line is full
(mail, bulletins, text copied from a PDF), others only where they mean to. A
break is taken as a wrap when the next word would not have fitted on the line
before, given the longest line of the block; otherwise as meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["paragraphs"]

#: Lines longer than this were not wrapped by hand or mailer: their breaks are meant.
_UNWRAPPED = 120

_LINE = re.compile(
    r"([^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*)(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|\Z)"
)
_HARD = frozenset("\f\u2029\x1c\x1d\x1e")
_RULE = re.compile(r"\s*(?:[-=*_~#.•]\s?){3,}\Z")
_MARKED = re.compile(
    r"""\s*(?:
        [•‣▪◦●○■□►➤→✓✔▶◆❖]              # a bullet that is nothing else
      | \#{1,6}\s | >                     # Markdown: heading, quotation
      | \(?\d{1,3}[.)](?=\s+\D)           # 1. 1) (1)
      | \(?[^\W\d_][)](?=\s)              # a) (a)
      | [IVXivx]{1,5}[.)](?=\s)           # IV.
      | \d{1,2}\s?[h:]\s?\d{2}\b          # 14h30 at the head of a live feed
    )""",
    re.VERBOSE,
)
_DASHED = re.compile(r"\s*[-*+–—]\s+(?P<first>\S)")
_TERMINATED = re.compile(r"[.!?…؟۔:;؛。！？][\"'”’“»›)\]}*_\s]*\Z")
_HEADING = re.compile(r"\s*#{1,6}\s")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the text across which no sentence runs, in order.

    Every character that isn't white space lies in exactly one range.
    """
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        line = _Line(match.start(1), match.end(1), match[1])
        if line.text.strip():
            block.append(line)
        if block and (not line.text.strip() or match[2] in _HARD):
            yield from _divide(block)
            block = []
        if match.end() == len(text):
            break
    if block:
        yield from _divide(block)


def _divide(block: list[_Line]) -> Iterator[tuple[int, int]]:
    """Divide lines that follow one another without a blank one."""
    width = max(len(line.text) for line in block)
    dashed = bool(_DASHED.match(block[0].text))
    start = block[0].start
    for before, after in pairwise(block):
        if _breaks(before.text, after.text, width, dashed=dashed):
            yield start, before.end
            start = after.start
    yield start, block[-1].end


def _breaks(before: str, after: str, width: int, *, dashed: bool) -> bool:
    """Whether the line break between two lines ends a sentence."""
    if _RULE.match(before) or _RULE.match(after):
        return True
    if _HEADING.match(before) or _MARKED.match(after):
        return True
    dash = _DASHED.match(after)
    terminated = bool(_TERMINATED.search(before[-200:]))
    if dash and (dashed or terminated or not dash["first"].islower()):
        return True
    first_word = after.split(maxsplit=1)[0]
    first = next((character for character in first_word if character.isalnum()), "")
    if first.islower():
        # A name may be written small ("al-Qaim"), a wrapped line is far likelier.
        return terminated and not before.rstrip().endswith((".", ":", ";", "؛"))
    if width > _UNWRAPPED:
        return True
    wrapped = len(before.rstrip()) + 1 + len(first_word) > width
    return not wrapped
