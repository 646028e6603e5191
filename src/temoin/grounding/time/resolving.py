"""From frames to days: one function for each kind of frame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from temoin.grounding.time import calendars
from temoin.grounding.time.calendars import DAY, Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.dates import resolve_date
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.relative import RELATIVE
from temoin.grounding.time.results import NIGHT, night, on_day, unknown
from temoin.grounding.time.spans import SPANS
from temoin.grounding.time.values import duration_value, span_value

__all__ = ["resolve_frame"]

_EDGES = frozenset({"START", "MID", "END"})
_EVENING = frozenset({"EV", "DU", NIGHT})
# Days after the last feast of a name within which the words still mean it, and days
# before the next from which they mean that one.
_FEAST_LASTS = 30
_FEAST_NEARS = 14


def resolve_frame(frame: Frame, context: Context) -> Resolved:
    """The days of a frame.

    Args:
        frame: What the words say.
        context: What they count from.
    """
    try:
        if relative := RELATIVE.get(frame.kind):
            return relative(frame, _base(frame, context), context)
        if span := SPANS.get(frame.kind):
            return span(frame, context, resolve_frame)
        return _RESOLVERS[frame.kind](frame, context)
    except (OverflowError, ValueError):
        # Years before 1 or after 9999.
        return Resolved(note="outside the calendar")


def _base(frame: Frame, context: Context) -> Days | None:
    """What relative words count from."""
    if frame.of is not None:
        return resolve_frame(frame.of, context).days
    if frame.base == "text" and (context.origin or context.day):
        return context.origin or context.day
    return Days.one(context.published) if context.published else None


def _date(frame: Frame, context: Context) -> Resolved:
    found = resolve_date(frame, context)
    if frame.onto and found.days:
        return night(found.days.earliest - DAY)
    return found


def _time(frame: Frame, context: Context) -> Resolved:
    """An hour or a part of the day by itself: of the day that the text last told."""
    told = context.day if context.near or context.told else None
    published = Days.one(context.published) if context.published else None
    base = told or published or context.day
    if base is None:
        return unknown(frame)
    if frame.part == NIGHT and frame.hour is None:
        return _night_of(base, context, told=told is not None)
    if told is None:
        return on_day(base.latest + _past_midnight(frame, context) * DAY, frame)
    late = frame.part in _EVENING or (frame.hour or 0) >= 18
    if frame.hour == 24 and context.future:
        return on_day(base.latest + DAY, frame)
    if context.evening and not context.night and not late:
        return on_day(_morning_after(base, context), frame)
    return on_day(base.earliest if context.night and late else base.latest, frame)


def _past_midnight(frame: Frame, context: Context) -> int:
    """1 where the hour to come is that of the next day."""
    return int(frame.hour == 24 and context.future)


def _night_of(base: Days, context: Context, *, told: bool) -> Resolved:
    """A night by itself: the one that begins on a day told, or the last before publication."""
    if told and context.prior and not context.night:
        return night(base.earliest - DAY)
    if told:
        before = not context.night and base.latest == context.published and not context.future
        return night(base.earliest - before * DAY)
    return night(base.latest - (not context.future) * DAY)


def _morning_after(base: Days, context: Context) -> dt.date:
    """The day after an evening, unless the report had not seen it."""
    following = base.latest + DAY
    if context.told or context.future or context.published is None:
        return following
    return following if following <= context.published else base.latest


def _duration(frame: Frame, context: Context) -> Resolved:
    del context
    return Resolved(value=duration_value(frame), precision="duration", note="a duration: no day")


def _age(frame: Frame, context: Context) -> Resolved:
    return replace(_duration(frame, context), note="an age: no day")


def _set(frame: Frame, context: Context) -> Resolved:
    del context
    if frame.weekday:
        value = f"XXXX-WXX-{frame.weekday}"
    elif frame.unit:
        value = duration_value(replace(frame, count=frame.count or 1))
    else:
        value = f"XXXX-XX-XXT{frame.part}" if frame.part else "XXXX"
    return Resolved(value=value, note="happens again and again: no single day")


def _ref(frame: Frame, context: Context) -> Resolved:
    del context
    value = frame.value
    if value is None and frame.weekday:
        value = f"XXXX-WXX-{frame.weekday}"
    return Resolved(value=value, note="vague: the words name no day")


def _holiday(frame: Frame, context: Context) -> Resolved:
    name = frame.holiday or ""
    reference = context.told or context.published
    if frame.year is not None:
        days = next(iter(calendars.holiday(name, frame.year)), None)
    elif reference is None:
        return unknown(frame)
    else:
        years = range(reference.year - 1, reference.year + 2)
        candidates = sorted(days for year in years for days in calendars.holiday(name, year))
        days = _feast(candidates, reference, frame, context)
    if days is None:
        return Resolved(note=f"no date of {name} in the table")
    days = days.moved(frame.days or 0)
    if frame.mod in _EDGES:
        days = calendars.edge(days, frame.mod or "")
    if days.length > 1:
        return Resolved(days=days, value=span_value(days), precision="range")
    return on_day(days.earliest, frame, absolute=frame.year is not None)


def _feast(
    candidates: list[Days], reference: dt.date, frame: Frame, context: Context
) -> Days | None:
    """Which of a feast's days is meant: the last one, or the next where it is near."""
    past = [days for days in candidates if days.earliest <= reference]
    ahead = [days for days in candidates if days.earliest > reference]
    future = (context.future and frame.shift is None) or frame.shift == 1
    if ahead and (future or not past):
        return ahead[0]
    if not past:
        return None
    near = ahead and (ahead[0].earliest - reference).days <= _FEAST_NEARS
    over = (reference - past[-1].latest).days > _FEAST_LASTS
    return ahead[0] if near and over and frame.shift is None else past[-1]


_RESOLVERS: dict[str, Callable[[Frame, Context], Resolved]] = {
    "date": _date,
    "time": _time,
    "duration": _duration,
    "age": _age,
    "set": _set,
    "ref": _ref,
    "holiday": _holiday,
}
