"""The timeline: claims by the first day that their words allow, counted in memory."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import numpy as np

from temoin.casefile import Case
from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.timeline import Bin, Timeline, TimelineItem
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import FAR, Array, Columns, day_of
from temoin.workbench.views.selecting import reading
from temoin.workbench.views.telling import days
from temoin.workbench.views.vocabulary import FAMILIES, families, family_of

__all__ = ["timeline"]

#: Up to so many claims are told one by one.
_EACH = 300

#: Bins at most, whatever was asked for.
_MOST_BINS = 500

#: Units by the days that they have, about.
_UNITS = (("day", 1), ("week", 7), ("month", 30), ("quarter", 91), ("year", 365),
          ("decade", 3652), ("century", 36_524))  # fmt: skip


def timeline(
    case: Case, q: str, *, start: dt.date | None, end: dt.date | None, bins: int
) -> Timeline:
    """Claims over time.

    Args:
        case: The case.
        q: The query.
        start: First day; None for the first of what is found.
        end: Last day; None for the last.
        bins: About so many.

    Raises:
        Problem: The days run backwards.
        QueryError: The query cannot be read.
    """
    if start and end and start > end:
        raise Problem(422, "from is after to")
    with reading(case) as now:
        found, columns = now.found(q), now.columns
        notes = list(found.notes)
        earliest = columns.claims["earliest"][found.at]
        latest = columns.claims["latest"][found.at]
        dated = (earliest > -FAR) | (latest < FAR)
        undated = len(found) - int(dated.sum())
        first, last = _window(earliest[dated], latest[dated], start, end, notes)
        if first is None or last is None:
            return Timeline(
                start=start, end=end, unit="day", bins=[], items=[], total=len(found), shown=0,
                undated=undated, notes=notes,
            )  # fmt: skip
        inside = dated & (earliest <= last.toordinal()) & (latest >= first.toordinal())
        at = found.at[inside]
        unit = _unit((last - first).days + 1, bins)
        return Timeline(
            start=first,
            end=last,
            unit=unit,
            bins=_bins(columns, at, _edges(first, last, unit)),
            items=_items(columns, at) if len(at) <= _EACH else [],
            total=len(found),
            shown=len(at),
            undated=undated,
            notes=notes,
        )


def _window(
    earliest: Array, latest: Array, start: dt.date | None, end: dt.date | None, notes: list[str]
) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day to show."""
    if not len(earliest):
        return (start, end) if start and end else (None, None)
    known = np.concatenate([earliest[earliest > -FAR], latest[latest < FAR]])
    low, high = int(known.min()), int(known.max())
    if start is None and end is None and len(known) > 100:
        # One slip of a day ("1023") must not press all others into one bin.
        near, far = np.percentile(known, [0.1, 99.9])
        slack = max(int(far - near), 30)
        shown_low, shown_high = max(low, int(near) - slack), min(high, int(far) + slack)
        beyond = int(((earliest > shown_high) | (latest < shown_low)).sum())
        if beyond:
            notes.append(
                f"{beyond:,} claims lie far from the others, between {_day(low)} and {_day(high)}: "
                "ask for days of your own to see them."
            )
        low, high = shown_low, shown_high
    first = start or dt.date.fromordinal(low)
    last = end or dt.date.fromordinal(high)
    return (first, last) if first <= last else (last, first)


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _unit(length: int, bins: int) -> str:
    """The unit that cuts so many days into about so many bins."""
    for unit, size in _UNITS:
        if length / size <= max(bins, 1) * 1.2 and length / size <= _MOST_BINS:
            return unit
    return _UNITS[-1][0]


def _edges(first: dt.date, last: dt.date, unit: str) -> list[int]:
    """The first day of each bin, and the day after the last, as numbers of the calendar."""
    at: dt.date | None = _begin(first, unit)
    edges: list[int] = []
    while at is not None and at <= last:
        edges.append(at.toordinal())
        at = _next(at, unit)
    # The calendar has no day after its last.
    return [*edges, at.toordinal() if at is not None else last.toordinal() + 1]


def _begin(day: dt.date, unit: str) -> dt.date:
    if unit == "day":
        return day
    if unit == "week":
        return max(dt.date.min, day) - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    return dt.date(max(1, day.year - day.year % years), 1, 1)


def _next(day: dt.date, unit: str) -> dt.date | None:
    """The day on which the next bin begins; None at the end of the calendar."""
    try:
        if unit in {"day", "week"}:
            return day + dt.timedelta(days=1 if unit == "day" else 7)
        if unit in {"month", "quarter"}:
            months = day.year * 12 + day.month - 1 + (1 if unit == "month" else 3)
            return dt.date(months // 12, months % 12 + 1, 1)
        years = {"year": 1, "decade": 10, "century": 100}[unit]
        return dt.date(day.year - day.year % years + years, 1, 1)
    except (ValueError, OverflowError):
        return None


def _bins(columns: Columns, at: Array, edges: list[int]) -> list[Bin]:
    claims = columns.claims
    earliest, latest = claims["earliest"][at], claims["latest"][at]
    # Where the first day is open, the last one stands for it.
    begins = np.where(earliest > -FAR, earliest, latest)
    ends = np.where(latest < FAR, latest, earliest)
    marks = np.array(edges)
    place = np.searchsorted(marks, begins, side="right") - 1
    shown = (place >= 0) & (place < len(edges) - 1)
    of_type = np.array(
        [FAMILIES.index(families()[text]) if text else 0 for text in columns.words["type"].texts]
    )
    kinds = of_type[claims["type"][at]]
    cells = np.bincount(
        place[shown] * len(FAMILIES) + kinds[shown], minlength=(len(edges) - 1) * len(FAMILIES)
    ).reshape(-1, len(FAMILIES))
    doubted = np.bincount(place[shown & _doubted(columns, at)], minlength=len(edges) - 1)
    # Those that began before a bin and are not over when it begins.
    before = np.searchsorted(np.sort(begins), marks[:-1], side="left")
    over = np.searchsorted(np.sort(ends), marks[:-1], side="left")
    return [
        Bin(
            start=dt.date.fromordinal(start),
            end=dt.date.fromordinal(following - 1),
            count=int(cells[number].sum()),
            running=max(0, int(before[number] - over[number])),
            by_family={
                family: int(count)
                for family, count in zip(FAMILIES, cells[number], strict=True)
                if count
            },
            doubted=int(doubted[number]),
        )
        for number, (start, following) in enumerate(pairwise(edges))
    ]


def _doubted(columns: Columns, at: Array) -> Array:
    """Denied, possible or planned."""
    claims, words = columns.claims, columns.words
    unsure = [words["certainty"].number(each) for each in ("possible", "planned")]
    denied: Array = claims["polarity"][at] == words["polarity"].number("negated")
    return denied | np.isin(claims["certainty"][at], unsure)


def _items(columns: Columns, at: Array) -> list[TimelineItem]:
    """Each claim, by its first day."""
    claims = columns.claims
    order = np.lexsort((claims["id"][at], claims["latest"][at], claims["earliest"][at]))
    items = []
    for place in at[order].tolist():
        type_ = EventType(str(columns.text("type", place)))
        state: Any = columns.text("state", place)
        items.append(
            TimelineItem(
                id=int(claims["id"][place]),
                document=int(claims["document"][place]),
                type=type_,
                family=family_of(type_),
                trigger=columns.text("trigger", place) or "",
                polarity=Polarity(str(columns.text("polarity", place))),
                certainty=Certainty(str(columns.text("certainty", place))),
                state=state,
                when=days(
                    day_of(int(claims["earliest"][place])), day_of(int(claims["latest"][place]))
                ),
                place=columns.text("place", place),
                contested=bool(claims["contested"][place]),
            )
        )
    return items
