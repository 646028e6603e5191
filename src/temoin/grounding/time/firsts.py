"""What a pattern may begin with: lets the parser pass over words that begin nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Firsts", "firsts"]

_TOKEN = re.compile(r"\(\?(?:<=|<!|=|!|:)|\[[^\]]*\]|[()|?*+]|.", re.DOTALL)
_LOOKS = frozenset({"(?<=", "(?<!", "(?=", "(?!"})


@dataclass(frozen=True, slots=True)
class Firsts:
    """How matches of a pattern begin.

    Args:
        codes: The codes that they may begin with.
        alone: Those of them that may be a whole match.
        empty: Whether a match may have no code at all.
    """

    codes: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    empty: bool = False


def firsts(source: str) -> Firsts:
    """How matches of a pattern begin.

    Args:
        source: A regular expression over codes as `patterns` writes them: groups,
            alternatives, classes without ranges, repeats and looks about.

    Raises:
        ValueError: Its brackets do not match.
    """
    tokens = _TOKEN.findall(source)
    found, position = _alternatives(tokens, 0)
    if position != len(tokens):
        message = f"brackets do not match in {source!r}"
        raise ValueError(message)
    return found


def _alternatives(tokens: list[str], position: int) -> tuple[Firsts, int]:
    """Those of `a|b|c`, and where it ends."""
    found = Firsts()
    while True:
        one, position = _sequence(tokens, position)
        found = Firsts(found.codes | one.codes, found.alone | one.alone, found.empty or one.empty)
        if position >= len(tokens) or tokens[position] != "|":
            return found, position
        position += 1


def _sequence(tokens: list[str], position: int) -> tuple[Firsts, int]:
    """Those of `abc`, and where it ends."""
    parts: list[Firsts] = []
    while position < len(tokens) and tokens[position] not in "|)":
        token = tokens[position]
        if token in _LOOKS or token in ("(?:", "("):
            part, position = _alternatives(tokens, position + 1)
            if token in _LOOKS:
                part = Firsts(empty=True)
        else:
            codes = frozenset(token[1:-1] if len(token) > 1 else token)
            part = Firsts(codes, codes)
        position += 1
        if position < len(tokens) and tokens[position] in "?*+":
            part = Firsts(part.codes, part.alone, part.empty or tokens[position] in "?*")
            position += 1
        parts.append(part)
    return _joined(parts), position


def _joined(parts: list[Firsts]) -> Firsts:
    codes: set[str] = set()
    for part in parts:
        codes |= part.codes
        if not part.empty:
            break
    needed = [part for part in parts if not part.empty]
    # One code is a whole match where all other parts may be empty.
    holders = {0: parts, 1: needed}.get(len(needed), [])
    alone = frozenset().union(*(part.alone for part in holders))
    return Firsts(frozenset(codes), alone, not needed)
