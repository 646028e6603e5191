"""The usual outcomes of reading an expression: a day, a night, nothing."""

from __future__ import annotations

import datetime as dt

from temoin.grounding.time.calendars import DAY, Days
from temoin.grounding.time.context import Resolved
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.values import day_value

__all__ = ["NIGHT", "NO_ANCHOR", "NO_DAY", "NO_PUBLICATION", "night", "on_day", "unknown"]

#: The part of the day that has two days.
NIGHT = "NI"
NO_ANCHOR = "the day that these words count from is not known"
NO_DAY = "the words name no day"
NO_PUBLICATION = "relative words, and the day of publication is not known"


def on_day(day: dt.date, frame: Frame, *, absolute: bool = False) -> Resolved:
    """A single day, with the hour or part of the day that its frame names.

    Args:
        day: The day.
        frame: What the words say.
        absolute: Whether they name the year themselves.
    """
    precision = "hour" if frame.hour is not None else "day"
    value = day_value(day, frame)
    return Resolved(days=Days.one(day), value=value, precision=precision, absolute=absolute)


def night(first: dt.date) -> Resolved:
    """The night from a day to the next: both days."""
    days = Days(first, first + DAY)
    return Resolved(days=days, value=f"{first}TNI", precision="day", night=True)


def unknown(frame: Frame, value: str | None = None) -> Resolved:
    """A time that counts from a day which is not known."""
    note = NO_ANCHOR if frame.base == "text" or frame.of else NO_PUBLICATION
    return Resolved(value=value, note=note, missing=True)
