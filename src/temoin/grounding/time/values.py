"""TIMEX3-like values, and the precision codes of ACLED and UCDP.

Values follow TIMEX3 (2024-03-11TNI, 2024-W10, 2024-SP, PT6H, PRESENT_REF); ranges,
which TIMEX3 leaves to begin and end points, are ISO 8601 intervals (2024-06-03/2024-06-06).
"""

from __future__ import annotations

import datetime as dt

from temoin.grounding.time.calendars import Days
from temoin.grounding.time.frames import Frame

__all__ = ["acled_precision", "day_value", "duration_value", "span_value", "ucdp_precision"]

_UNITS = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "night": ("", "D", 1),
    "week": ("", "W", 1),
    "weekend": ("", "WE", 1),
    "fortnight": ("", "W", 2),
    "month": ("", "M", 1),
    "quarter": ("", "Q", 1),
    "half": ("", "M", 6),
    "season": ("", "M", 3),
    "year": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
}
# TIMEX3 has no dawn nor dusk: the part of the day that they belong to.
_PARTS = {"DA": "MO", "DU": "EV"}
_WEEK, _MONTH, _YEAR = 7, 31, 366


def time_suffix(frame: Frame) -> str:
    """The hour or part of the day that a frame names, as a TIMEX3 suffix."""
    if frame.hour is not None:
        return f"T{frame.hour:02}:{frame.minute or 0:02}"
    return f"T{_PARTS.get(frame.part, frame.part)}" if frame.part else ""


def day_value(day: dt.date, frame: Frame | None = None) -> str:
    """The value of a day, with the hour or part of the day that its frame names."""
    return day.isoformat() + (time_suffix(frame) if frame else "")


def span_value(days: Days) -> str:
    """The value of a run of days: a day, or an ISO 8601 interval."""
    if days.earliest == days.latest:
        return days.earliest.isoformat()
    return f"{days.earliest}/{days.latest}"


def duration_value(frame: Frame) -> str:
    """The value of so much time: P6D, PT30M, PXD where no number is named."""
    if frame.unit == "part" or frame.unit is None:
        number = "X" if frame.count is None else f"{frame.count:g}"
        return f"P{number}{frame.part or 'X'}"
    clock, letter, factor = _UNITS.get(frame.unit, ("", "X", 1))
    if frame.count is None:
        return f"P{clock}X{letter}"
    count = (frame.count + (frame.extra or 0)) * factor
    return f"P{clock}{count:g}{letter}"


def acled_precision(days: Days, *, night: bool = False) -> int | None:
    """ACLED's code: 1 the day, 2 within a week, 3 within a month; None for longer.

    Args:
        days: When it was.
        night: Whether the days are the two of one night.
    """
    if days.length == 1 or night:
        return 1
    if days.length <= _WEEK:
        return 2
    return 3 if days.length <= _MONTH else None


def ucdp_precision(days: Days) -> int | None:
    """UCDP's code: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year.

    None for more than a year.
    """
    if days.length == 1:
        return 1
    if days.length < _WEEK:
        return 2
    if days.length == _WEEK:
        return 3
    if days.length <= _MONTH:
        return 4
    return 5 if days.length <= _YEAR else None
