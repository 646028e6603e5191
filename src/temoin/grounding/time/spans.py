"""Times between two others, since one, until one, before or after one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from temoin.grounding.time import calendars
from temoin.grounding.time.calendars import Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.dates import resolve_date, weekday_near
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.results import NIGHT, NO_DAY, night, on_day
from temoin.grounding.time.values import day_value, span_value

__all__ = ["SPANS", "Resolver"]

#: Resolves the frames within a frame.
Resolver = Callable[[Frame, Context], Resolved]


def _range(frame: Frame, context: Context, resolve: Resolver) -> Resolved:
    """From one time to another, or one and another."""
    first, last = frame.start, frame.end
    if first is None or last is None:
        return Resolved(note=NO_DAY)
    end = resolve(last, context)
    if end.days is None:
        start = resolve(first, context)
        return end if end.missing or start.days is None else start
    if first.kind == last.kind == "time" and (first.hour or 0) % 24 > (last.hour or 24):
        return _over_midnight(first, last, end.days, context)
    start = _start(first, end.days, context, resolve)
    days = _ordered(first, start.days, end.days) if start.days else None
    if days is None:
        return Resolved(note="the range runs backwards") if start.days else start
    if frame.part == NIGHT and days.length <= 2:
        return replace(night(days.earliest), days=days, absolute=end.absolute)
    precision = "range" if days.length > 1 else end.precision
    value = span_value(days)
    if start.value and end.value and start.precision == end.precision != "day":
        value = f"{start.value}/{end.value}"
    return Resolved(
        days=days, value=value, precision=precision, absolute=end.absolute, note=end.note
    )


def _over_midnight(first: Frame, last: Frame, end: Days, context: Context) -> Resolved:
    """From eleven in the evening to four: on into the next day, of a day told before."""
    told = context.day is not None and context.near
    found = night(end.latest if told else end.latest - calendars.DAY)
    days = cast("Days", found.days)
    value = f"{day_value(days.earliest, first)}/{day_value(days.latest, last)}"
    return replace(found, value=value)


def _start(frame: Frame, end: Days, context: Context, resolve: Resolver) -> Resolved:
    """The first time of a range, read from its last one."""
    if frame.kind == "time":
        return resolve(frame, context._replace(day=end, near=True))
    if frame.kind != "date" or frame.year or frame.two:
        return resolve(frame, context)
    if frame.weekday and not frame.day:
        return on_day(weekday_near(frame.weekday, end.latest, -1), frame)
    before = context._replace(published=end.latest, future=False, told=None)
    if frame.day and not frame.month:
        before = before._replace(day=end)
    elif frame.month and not frame.day:
        frame = replace(frame, base=None)
    return resolve_date(frame, before)


def _ordered(frame: Frame, start: Days, end: Days) -> Days | None:
    """Both ends in order; a start that took its year from the end may be a year earlier."""
    if start.earliest <= end.latest:
        return Days(start.earliest, end.latest)
    if frame.month:
        moved = calendars.moved_months(start.earliest, -12)
        if moved <= end.latest:
            return Days(moved, end.latest)
    return None


def _since(frame: Frame, context: Context, resolve: Resolver) -> Resolved:
    """From a time up to publication, or up to the day that the text tells."""
    of = frame.of or Frame()
    if of.kind in ("duration", "recent"):
        return resolve(replace(of, kind="duration"), context)
    if of.mod == "START" and of.kind == "period":
        of = replace(of, mod=None)
    start = resolve(of, context._replace(future=False))
    if start.days is None or (of.kind == "time" and context.day and context.near):
        return start
    first = start.days.earliest
    if of.mod == "MID" and start.precision == "month":
        first = first.replace(day=15)
    told = of.kind == "time" or (of.base == "text" and of.kind == "day" and of.days != 0)
    last = context.day.latest if told and context.day else context.published
    aside = context.told is not None and not (told or start.absolute)
    if last is None or last < first or aside:
        return start  # of a time long past nobody says "since" up to today
    days = Days(first, last)
    precision = "range" if days.length > 1 else "day"
    value = start.value if of.kind != "period" else span_value(days)
    return Resolved(days=days, value=value, precision=precision, note=start.note)


def _until(frame: Frame, context: Context, resolve: Resolver) -> Resolved:
    """Up to a time: from publication on where it is still to come."""
    of = frame.of or Frame()
    end = resolve(of, context if of.kind == "time" else context._replace(future=True))
    if end.days is None:
        return end
    if of.kind == "time" and of.part == NIGHT:
        return on_day(end.days.earliest, of)
    if of.kind == "time" or of.timed:
        return end
    if context.published and end.days.latest >= context.published:
        days = Days(context.published, end.days.latest)
        return Resolved(days=days, value=end.value, precision="range" if days.length > 1 else "day")
    return Resolved(value=end.value, note="only the end is named", precision="vague")


def _open(frame: Frame, context: Context, resolve: Resolver) -> Resolved:
    """Before or after a time: no days of its own."""
    before = frame.kind == "before"
    inner = resolve(frame.of or Frame(), context._replace(future=context.future or before))
    side = "only the end is named" if before else "only the start is named"
    return Resolved(value=inner.value, note=f"vague: {side}", precision="vague")


def _by(frame: Frame, context: Context, resolve: Resolver) -> Resolved:
    """By a time: that day; by a day of the week to come: from publication up to it."""
    of = frame.of or Frame()
    if of.weekday and not of.day and not of.timed and context.future:
        return _until(frame, context, resolve)
    return resolve(of, context)


#: By kind of frame: what it comes to, given how to resolve the frames within it.
SPANS: dict[str, Callable[[Frame, Context, Resolver], Resolved]] = {
    "range": _range,
    "list": _range,
    "since": _since,
    "until": _until,
    "before": _open,
    "after": _open,
    "by": _by,
}
