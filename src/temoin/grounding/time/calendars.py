"""Days of the calendar: months, weeks, seasons, feasts."""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = [
    "DAY",
    "Days",
    "decade_days",
    "easter",
    "edge",
    "half_days",
    "holiday",
    "holidays",
    "month_days",
    "moved_months",
    "orthodox_easter",
    "quarter_days",
    "season_days",
    "week_days",
    "weekend_days",
    "year_days",
]

DAY = dt.timedelta(days=1)

# A season by the weather: its first month.
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Days(NamedTuple):
    """A run of days, both ends included."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def one(cls, day: dt.date) -> Days:
        """A single day."""
        return cls(day, day)

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.latest - self.earliest).days + 1

    def moved(self, days: int) -> Days:
        """The same run some days later; earlier where negative."""
        return Days(self.earliest + days * DAY, self.latest + days * DAY)


def month_days(year: int, month: int) -> Days:
    """The days of a month."""
    last = calendar.monthrange(year, month)[1]
    return Days(dt.date(year, month, 1), dt.date(year, month, last))


def year_days(year: int) -> Days:
    """The days of a year."""
    return Days(dt.date(year, 1, 1), dt.date(year, 12, 31))


def decade_days(year: int, years: int = 10) -> Days:
    """The days of a decade or, with 100 years, of a century."""
    return Days(dt.date(year, 1, 1), dt.date(year + years - 1, 12, 31))


def quarter_days(year: int, quarter: int) -> Days:
    """The days of a quarter, 1 to 4."""
    first = 3 * quarter - 2
    return Days(dt.date(year, first, 1), month_days(year, first + 2).latest)


def half_days(year: int, half: int) -> Days:
    """The days of a half-year, 1 or 2."""
    first = 6 * half - 5
    return Days(dt.date(year, first, 1), month_days(year, first + 5).latest)


def week_days(day: dt.date) -> Days:
    """The week of a day, Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return Days(monday, monday + 6 * DAY)


def weekend_days(day: dt.date) -> Days:
    """The Saturday and Sunday of a day's week."""
    week = week_days(day)
    return Days(week.latest - DAY, week.latest)


def season_days(year: int, season: str) -> Days:
    """The three months of a season, as meteorologists have it.

    Args:
        year: Year of its first day; winter ends in the next.
        season: SP, SU, FA or WI.
    """
    first = dt.date(year, _SEASONS[season], 1)
    last = moved_months(first, 2)
    return Days(first, month_days(last.year, last.month).latest)


def moved_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month, its last where it is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def edge(days: Days, mod: str) -> Days:
    """The beginning, middle or end of a run of days: a third of it each.

    Args:
        days: The whole.
        mod: START, MID or END.
    """
    third, rest = divmod(days.length, 3)
    first = days.earliest
    if mod == "START":
        return Days(first, first + (third - 1) * DAY) if third else days
    if mod == "MID":
        return Days(first + third * DAY, first + (2 * third + rest - 1) * DAY)
    return Days(days.latest - (third - 1) * DAY, days.latest) if third else days


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, skipped = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    quarter, remainder = divmod(rest, 4)
    sunday = (32 + 2 * skipped + 2 * quarter - epact - remainder) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the orthodox churches, in the Gregorian calendar (Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    behind = year // 100 - year // 400 - 2
    return dt.date(year, month, day + 1) + behind * DAY


@cache
def _named() -> dict[str, dict[str, str | int]]:
    path = resources.files("temoin.grounding.time") / "data" / "holidays.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _feasts() -> dict[str, tuple[Days, ...]]:
    path = resources.files("temoin.grounding.time") / "data" / "feasts.tsv"
    found: dict[str, list[Days]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, first, last = line.split("\t")
            days = Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
            found.setdefault(name, []).append(days)
    return {name: tuple(days) for name, days in found.items()}


def holidays() -> frozenset[str]:
    """Names of all the days that `holiday` knows."""
    return frozenset().union(*_named().values(), _feasts())


def holiday(name: str, year: int) -> tuple[Days, ...]:
    """When a feast falls in a year: none where the table ends, two in a long solar year.

    Args:
        name: Its name in `data/holidays.toml` or `data/feasts.tsv`.
        year: Year of its first day.
    """
    named = _named()
    if name in named["fixed"]:
        return (Days.one(dt.date.fromisoformat(f"{year:04}-{named['fixed'][name]}")),)
    for kind, sunday in (("easter", easter), ("orthodox", orthodox_easter)):
        if name in named[kind]:
            return (Days.one(sunday(year) + int(named[kind][name]) * DAY),)
    return tuple(days for days in _feasts().get(name, ()) if days.earliest.year == year)
