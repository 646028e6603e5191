"""Coordinates written in a text: "14-20N 042-05E", "36°12′N, 37°09′E", "35.34 N 40.14 E"."""

from __future__ import annotations

import re

__all__ = ["coordinates"]

_PART = r"""(\d{{1,3}}(?:[.,]\d+)?)\s*°?
    (?:[-\s]?(\d{{1,2}}(?:[.,]\d+)?)\s*['’′]?(?:\s*(\d{{1,2}}(?:[.,]\d+)?)\s*["”″])?)?
    \s*°?\s*([{letters}])\b"""
_PAIR = re.compile(
    _PART.format(letters="NSСЮП") + r"[\s,;/]*" + _PART.format(letters="EWOВЗ"), re.VERBOSE
)
_PLAIN = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{3,})\s*[,;]\s*(-?\d{1,3}\.\d{3,})(?![\d.])")
_MINUTE_KM = 1.9


def coordinates(text: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and a radius in kilometres, or None where none are written."""
    plain = _PLAIN.search(text)
    if plain:
        return _checked(float(plain[1]), float(plain[2]), 0.2)
    pair = _PAIR.search(text)
    if pair is None:
        return None
    north = _degrees(pair[1], pair[2], pair[3])
    east = _degrees(pair[5], pair[6], pair[7])
    if pair[4] in "SЮП":
        north = -north
    if pair[8] in "WOЗ":
        east = -east
    exact = pair[3] is not None or "." in pair[1] + (pair[2] or "")
    if not (exact or pair[2] or "°" in pair[0]):
        return None  # "3 S, 4 E" may be anything
    return _checked(north, east, 0.2 if exact else _MINUTE_KM)


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> float:
    total = 0.0
    for part, size in ((degrees, 1), (minutes, 60), (seconds, 3600)):
        total += float((part or "0").replace(",", ".")) / size
    return total


def _checked(north: float, east: float, radius: float) -> tuple[float, float, float] | None:
    if abs(north) <= 90 and abs(east) <= 180:
        return north, east, radius
    return None
