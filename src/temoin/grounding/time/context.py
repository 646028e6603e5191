"""What surrounds a time expression: the day of publication and the days told before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from temoin.grounding.time.calendars import Days

__all__ = ["Context", "Resolved"]


class Context(NamedTuple):
    """What relative words count from.

    Args:
        published: Day of publication.
        day: The last day (or run of days) that the text told before.
        night: Whether `day` are the two days of one night.
        evening: Whether `day` was told with an evening or night, so that a morning told
            after it is the next day's.
        origin: Day since when something has lasted, where that was told after `day`.
        span: The last time of any length that the text told before.
        unit: What `span` is: day, week, month, season, year, range.
        run: The last run of days that the text told before.
        told: Day about which the text tells a story of its own, far from publication;
            dates without a year belong to it.
        told_month: The same for a month or year just named; months without a year
            belong to it.
        told_here: The same for one that opens the sentence; days without a year
            belong to it.
        month_here: A month that the same sentence has just named: "le 8" is of it.
        historic: Whether all that the text told before is of such a time: even "mardi"
            belongs to it.
        near: Whether `day` stands in the same paragraph.
        future: Whether the words around speak of what is to come.
        prior: Whether they speak of what had come before the day told.
    """

    published: dt.date | None = None
    day: Days | None = None
    night: bool = False
    evening: bool = False
    origin: Days | None = None
    span: Days | None = None
    unit: str | None = None
    run: Days | None = None
    told: dt.date | None = None
    told_month: Days | None = None
    told_here: Days | None = None
    month_here: Days | None = None
    historic: bool = False
    near: bool = False
    future: bool = False
    prior: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What an expression comes to.

    Args:
        days: The days, None where the words give none.
        value: TIMEX3-like value.
        precision: hour, day, week, month, season, year, range, vague or duration.
        note: Why there is no day, or what is unsure about them.
        night: Whether the days are the two of one night.
        absolute: Whether the words name the year themselves.
        story: Whether the day belongs to another time that the sentence has just named.
        missing: Whether a day is meant but what it counts from is not known.
    """

    days: Days | None = None
    value: str | None = None
    precision: str = "vague"
    note: str | None = None
    night: bool = False
    absolute: bool = False
    story: bool = False
    missing: bool = False
