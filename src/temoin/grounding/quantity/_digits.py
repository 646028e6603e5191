"""The value of a number in digits, in whatever way its country groups them."""

from __future__ import annotations

import re

from temoin.grounding.quantity._tokens import SPACES

__all__ = ["digits_value"]

_SEPARATORS = str.maketrans({"\u2019": "'"})
_SPACES = re.compile(rf"[{SPACES}]")
#: 1,234,567 and the Indian 12,34,567.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})+|[1-9]\d?(?:\D\d\d)+\D\d{3}")


def digits_value(text: str, *, decimal: str, measured: bool) -> float | None:
    """The number that `text` writes: "23 400", "23,400", "23.400", "2,5", "١٬٢٠٠".

    Three digits after a single mark are a group of thousands, unless the mark is the
    language's own decimal mark and what is counted can have decimals.

    Args:
        text: A token of kind number: digits of any script with their separators.
        decimal: The language's decimal mark.
        measured: Whether a measure or a scale word ("million") follows.

    Returns:
        The number, or None where the separators make no sense ("1.2.2024").
    """
    plain = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    plain = _SPACES.sub("", plain).translate(_SEPARATORS)
    marks = [letter for letter in plain if not letter.isdigit()]
    if not marks:
        return float(plain)
    if len(marks) == 1:
        return _one_mark(plain, marks[0], decimal=decimal, measured=measured)
    kinds = list(dict.fromkeys(marks))
    if len(kinds) == 1:
        return _ungrouped(plain) if _GROUPED.fullmatch(plain) else None
    # Two kinds: the last is the decimal mark, where it stands once.
    if len(kinds) == 2 and marks.count(kinds[1]) == 1 and marks[-1] == kinds[1]:
        whole, _, part = plain.rpartition(kinds[1])
        return float(f"{_digits(whole)}.{part}") if _GROUPED.fullmatch(whole) else None
    return None


def _one_mark(plain: str, mark: str, *, decimal: str, measured: bool) -> float | None:
    whole, _, part = plain.partition(mark)
    group = bool(_GROUPED.fullmatch(plain))
    if mark in "'٬":
        return _ungrouped(plain) if group else None
    if mark == "٫":
        return float(f"{whole}.{part}")
    if group and not (mark == decimal and measured):
        return _ungrouped(plain)
    return float(f"{whole}.{part}")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _ungrouped(text: str) -> float:
    return float(_digits(text))
