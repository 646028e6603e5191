"""Vary a gold report so that names, numbers, case and accents are not learned by heart.

Spans move with the text. Nothing else about the annotation changes.
"""

from __future__ import annotations

import copy
import random
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

__all__ = ["NamePool", "vary"]

_LATIN = ("fr", "en", "es")
_PLACE_ROLES = ("place", "origin", "destination")
_NAME_AT_END = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’]+(?:[ -](?:(?:al|el|de|d|du|sur|of)[ '’-])?[A-ZÀ-ÖØ-Þ][\w'’]+)*$"
)
_VOWELS = frozenset("aeiouhyàâäéèêëîïôöùûüœæ")

_NAME_SHARE = 0.4
_NUMBER_SHARE = 0.3
_LOWER_SHARE = 0.04
_UPPER_SHARE = 0.02
_BARE_SHARE = 0.05

Gold = dict[str, Any]


class NamePool:
    """The place names of a corpus, by whether they begin with a vowel (elision depends on it)."""

    def __init__(self, reports: list[Gold]) -> None:
        self._names: dict[bool, list[str]] = {True: [], False: []}
        for name in sorted({n for r in reports if _latin(r) for n in _names(r)}):
            self._names[_vowel(name)].append(name)

    def another(self, name: str, rng: random.Random) -> str:
        """A random name that may stand where `name` stands."""
        return rng.choice(self._names[_vowel(name)] or [name])


def vary(report: Gold, pool: NamePool, rng: random.Random) -> Gold:
    """A variant of a compiled report, or the report itself where chance wants it."""
    edits: list[tuple[int, int, str]] = []
    if _latin(report):
        edits += _rename(report, pool, rng)
    edits += _renumber(report, rng)
    out = _apply(report, edits) if edits else copy.deepcopy(report)
    draw = rng.random()
    if draw < _LOWER_SHARE:
        _recase(out, str.lower)
    elif draw < _LOWER_SHARE + _UPPER_SHARE:
        _recase(out, str.upper)
    if _latin(out) and rng.random() < _BARE_SHARE:
        _recase(out, _bare)
    return out


def _latin(report: Gold) -> bool:
    return report["document"]["language"] in _LATIN


def _vowel(name: str) -> bool:
    return name[:1].lower() in _VOWELS


def _spans(report: Gold) -> Iterator[dict[str, Any]]:
    for event in report["events"]:
        yield event["trigger"]
        arguments = list(event["arguments"])
        if event["attribution"]:
            arguments.append(event["attribution"])
        for argument in arguments:
            yield from argument["spans"]


def _names(report: Gold) -> set[str]:
    found = set()
    for event in report["events"]:
        for argument in event["arguments"]:
            if argument["role"] in _PLACE_ROLES:
                match = _NAME_AT_END.search(argument["spans"][0]["text"])
                if match and len(match[0]) > 2:
                    found.add(match[0])
    return found


def _rename(report: Gold, pool: NamePool, rng: random.Random) -> list[tuple[int, int, str]]:
    text = report["document"]["text"]
    edits: list[tuple[int, int, str]] = []
    for name in sorted(_names(report), key=lambda n: (-len(n), n)):
        if rng.random() > _NAME_SHARE:
            continue
        new = pool.another(name, rng)
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if all(match.end() <= a or b <= match.start() for a, b, _ in edits):
                edits.append((match.start(), match.end(), new))
    return edits


def _renumber(report: Gold, rng: random.Random) -> list[tuple[int, int, str]]:
    edits: dict[int, tuple[int, int, str]] = {}
    text = report["document"]["text"]
    for event in report["events"]:
        for argument in event["arguments"]:
            if argument["role"] != "quantity" or rng.random() > _NUMBER_SHARE:
                continue
            span = argument["spans"][0]
            for match in re.finditer(r"[0-9]+", text[span["start"] : span["end"]]):
                new = "".join(rng.choice("123456789" if i == 0 else "0123456789")
                              for i in range(len(match[0])))  # fmt: skip
                start = span["start"] + match.start()
                edits[start] = (start, start + len(new), new)
    return list(edits.values())


def _apply(report: Gold, edits: list[tuple[int, int, str]]) -> Gold:
    out = copy.deepcopy(report)
    bounds = {s[end] for s in _spans(out) for end in ("start", "end")}
    bounds |= {offset for sentence in out["sentences"] for offset in sentence}
    # An edit over the edge of a span would tear it.
    edits = sorted(e for e in edits if not any(e[0] < b < e[1] for b in bounds))
    kept: list[tuple[int, int, str]] = []
    for edit in edits:
        if not kept or kept[-1][1] <= edit[0]:
            kept.append(edit)
    text = out["document"]["text"]
    pieces, at = [], 0
    for a, b, new in kept:
        pieces += [text[at:a], new]
        at = b
    out["document"]["text"] = "".join([*pieces, text[at:]])
    shift: dict[int, int] = {}
    moved, following = 0, 0
    for bound in sorted(bounds):
        while following < len(kept) and kept[following][1] <= bound:
            a, b, new = kept[following]
            moved += len(new) - (b - a)
            following += 1
        shift[bound] = bound + moved
    seen: set[int] = set()
    for span in _spans(out):
        if id(span) not in seen:
            seen.add(id(span))
            span["start"], span["end"] = shift[span["start"]], shift[span["end"]]
            span["text"] = out["document"]["text"][span["start"] : span["end"]]
    out["sentences"] = [(shift[a], shift[b]) for a, b in out["sentences"]]
    return out


def _recase(report: Gold, change: Any) -> None:  # noqa: ANN401
    text = report["document"]["text"]
    new = "".join(c if len(change(c)) != 1 else change(c) for c in text)
    report["document"]["text"] = new
    for span in _spans(report):
        span["text"] = new[span["start"] : span["end"]]


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
