"""From frames to days: one function for each kind of frame."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

from temoin.grounding.time import calendars
from temoin.grounding.time.calendars import DAY, Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.dates import NO_PUBLICATION, resolve_date, weekday_near
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.values import day_value, duration_value, span_value

__all__ = ["resolve_frame"]

_NO_ANCHOR = "the day that these words count from is not known"
_EDGES = frozenset({"START", "MID", "END"})
_NIGHT = "NI"


def resolve_frame(frame: Frame, context: Context) -> Resolved:
    """The days of a frame.

    Args:
        frame: What the words say.
        context: What they count from.
    """
    try:
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


def _unknown(frame: Frame, value: str | None = None) -> Resolved:
    note = _NO_ANCHOR if frame.base == "text" or frame.of else NO_PUBLICATION
    return Resolved(value=value, note=note, missing=True)


def _night(first: dt.date) -> Resolved:
    days = Days(first, first + DAY)
    return Resolved(days=days, value=f"{first}TNI", precision="day", night=True)


def _on(day: dt.date, frame: Frame) -> Resolved:
    precision = "hour" if frame.hour is not None else "day"
    return Resolved(days=Days.one(day), value=day_value(day, frame), precision=precision)


def _date(frame: Frame, context: Context) -> Resolved:
    found = resolve_date(frame, context)
    if frame.onto and found.days:
        return _night(found.days.earliest - DAY)
    return found


def _day(frame: Frame, context: Context) -> Resolved:
    """So many days from the base: hier, la veille, cette nuit."""
    base = _base(frame, context)
    if base is None:
        return _unknown(frame)
    days = frame.days or 0
    if frame.onto:
        return _night(base.latest + (days - 1) * DAY)
    text = frame.base == "text" and context.day is not None and frame.of is None
    if frame.part == _NIGHT and frame.hour is None:
        if text and context.night and days == 0 and frame.shift is None:
            return _night(base.earliest)
        if text and frame.shift == 1:
            return _night(base.latest)
        if not text and days == 0:
            ahead = context.future and frame.shift is None
            return _night(base.latest - (not ahead) * DAY)
    # Of a night the day after begins with its morning, the day before ends with its evening.
    whole = context.night and text
    start = base.latest if days >= 0 or whole else base.earliest
    if whole and days == 0 and frame.part in ("EV", "DU"):
        start = base.earliest
    return _on(start + days * DAY, frame)


def _time(frame: Frame, context: Context) -> Resolved:
    """An hour or a part of the day by itself: of the day that the text last told."""
    base = context.day if context.day and (context.near or context.told) else None
    if base is None:
        if context.published is None and context.day is None:
            return _unknown(frame)
        base = Days.one(context.published) if context.published else context.day
        if base is None:
            return _unknown(frame)
        if frame.part == _NIGHT and frame.hour is None:
            return _night(base.latest - (not context.future) * DAY)
    elif frame.part == _NIGHT and frame.hour is None:
        before = not context.night and base.latest == context.published and not context.future
        return _night(base.earliest - before * DAY)
    late = frame.part in ("EV", "DU", _NIGHT) or (frame.hour or 0) >= 18
    if context.evening and not context.night and not late:
        following = base.latest + DAY
        told = context.told or context.future or context.published is None
        return _on(following if told or following <= context.published else base.latest, frame)
    return _on(base.earliest if context.night and late else base.latest, frame)


def _period(frame: Frame, context: Context) -> Resolved:
    """The week, month, year ... that words such as "last", "this", "next" choose."""
    if frame.unit == "period":
        if context.run is None:
            return Resolved(note=_NO_ANCHOR, missing=True)
        return Resolved(days=context.run, value=span_value(context.run), precision="range")
    text = frame.base == "text" and (context.day or context.span) is not None
    base = (context.day or context.span) if text else _base(frame, context)
    if base is None:
        return _unknown(frame)
    shift = frame.shift or 0
    reference = base.latest if shift >= 0 else base.earliest
    found = _unit_days(frame, reference, shift, context)
    if found is None:
        return Resolved(note="the words name no day")
    days, value, precision = found
    if frame.weekday:
        return _on(weekday_near(frame.weekday, days.earliest, 1), frame)
    note = None
    if frame.mod in _EDGES:
        days, note = calendars.edge(days, frame.mod or ""), "only a part of it is named"
    return Resolved(days=days, value=value, precision=precision, note=note)


def _unit_days(
    frame: Frame, day: dt.date, shift: int, context: Context
) -> tuple[Days, str, str] | None:
    unit = frame.unit
    if unit in ("day", "night"):
        moved = day + shift * DAY
        return Days.one(moved), moved.isoformat(), "day"
    if unit in ("week", "fortnight"):
        days = calendars.week_days(day + 7 * shift * DAY)
        year, week, _ = days.earliest.isocalendar()
        return days, f"{year}-W{week:02}", "week"
    if unit == "weekend":
        days = _weekend(day, shift, context)
        year, week, _ = days.earliest.isocalendar()
        return days, f"{year}-W{week:02}-WE", "day"
    if unit == "month":
        moved = calendars.moved_months(day.replace(day=1), shift)
        return calendars.month_days(moved.year, moved.month), f"{moved:%Y-%m}", "month"
    if unit == "quarter":
        moved = calendars.moved_months(day.replace(day=1), 3 * shift)
        quarter = (moved.month + 2) // 3
        days = calendars.quarter_days(moved.year, quarter)
        return days, f"{moved.year}-Q{quarter}", "season"
    if unit == "half":
        moved = calendars.moved_months(day.replace(day=1), 6 * shift)
        half = 1 + (moved.month > 6)
        return calendars.half_days(moved.year, half), f"{moved.year}-H{half}", "season"
    if unit == "year":
        return calendars.year_days(day.year + shift), f"{day.year + shift:04}", "year"
    if unit in ("decade", "century"):
        years = 10 if unit == "decade" else 100
        first = (day.year // years + shift) * years
        value = f"{first // years}{'X' if years == 10 else 'XX'}"
        return calendars.decade_days(first, years), value, "year"
    return None


def _weekend(day: dt.date, shift: int, context: Context) -> Days:
    weekend = calendars.weekend_days(day)
    if shift:
        return weekend.moved(7 * shift if day.isoweekday() < 6 or shift > 0 else 7 * shift)
    if weekend.earliest > day and not context.future:
        return weekend.moved(-7)
    return weekend


def _offset(frame: Frame, context: Context) -> Resolved:
    """So many units before or after something: il y a dix jours, two weeks later."""
    sign = frame.direction or 1
    if frame.base == "event" and frame.of is None:
        return Resolved(value=duration_value(frame), note="counts from an event, not from a day")
    base = _base(frame, context)
    unit, count = frame.unit, frame.count
    if unit == "part":
        unit = "night" if frame.part == _NIGHT else "day"
        frame = replace(frame, part=None)
    by_month = frame.base == "text" and frame.of is None and _month_told(context)
    if by_month and context.span and unit in ("month", "year", "quarter", "season"):
        base = context.span
    if base is None:
        return _unknown(frame)
    start = base.latest if sign > 0 else base.earliest
    if unit in ("second", "minute", "hour"):
        return _hours_away(frame, start, sign)
    if count is None:
        return Resolved(value=duration_value(frame), note="the words do not say how many")
    count += frame.extra or 0
    if unit in ("day", "night", "week", "fortnight"):
        days = round(count * {"week": 7, "fortnight": 14}.get(unit, 1))
        if unit == "night" and context.night and frame.base == "text":
            return _night(base.earliest + sign * days * DAY)
        if frame.upto:
            far = start + sign * round(days * frame.upto / count) * DAY
            run = Days(min(start + sign * days * DAY, far), max(start + sign * days * DAY, far))
            return Resolved(days=run, value=span_value(run), precision="range")
        found = _on(start + sign * days * DAY, frame)
        return replace(found, precision="week") if unit != "day" and count > 1 else found
    months = _MONTHS.get(unit or "", 0) * count
    if not months:
        return Resolved(note="the words name no day")
    moved = calendars.moved_months(start, sign * round(months))
    exact = frame.of is not None or (frame.base == "text" and not by_month and context.day)
    if exact and (unit == "month" or frame.of is not None):
        return _on(moved, frame)
    if unit in ("month", "quarter", "half") or months % 12:
        days_found = calendars.month_days(moved.year, moved.month)
        return Resolved(days=days_found, value=f"{moved:%Y-%m}", precision="month")
    return Resolved(
        days=calendars.year_days(moved.year), value=f"{moved.year:04}", precision="year"
    )


_MONTHS = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}


def _month_told(context: Context) -> bool:
    """Whether the text last told a month rather than a day."""
    return context.unit == "month" and context.span is not None


def _hours_away(frame: Frame, start: dt.date, sign: int) -> Resolved:
    hours = (frame.count or 0) * {"second": 1 / 3600, "minute": 1 / 60}.get(frame.unit or "", 1)
    return _on(start + sign * int(hours // 24) * DAY, frame)


def _recent(frame: Frame, context: Context) -> Resolved:
    """The last or next so many hours, days, weeks up to or from publication."""
    value = duration_value(frame)
    if frame.count is None or frame.unit is None:
        return Resolved(value=value, note="vague: the words name no day")
    base = _base(frame, context)
    if base is None:
        return _unknown(frame, value)
    sign = frame.direction or -1
    count = frame.count + (frame.extra or 0)
    if frame.unit in ("second", "minute", "hour"):
        hours = count * {"second": 1 / 3600, "minute": 1 / 60}.get(frame.unit, 1)
        far = base.latest + sign * math.ceil(hours / 24) * DAY
    elif frame.unit in _MONTHS:
        far = calendars.moved_months(base.latest, sign * round(count * _MONTHS[frame.unit]))
    else:
        days = count * {"week": 7, "fortnight": 14}.get(frame.unit, 1)
        if frame.of is not None:
            days -= 1  # "in the twelve days to 5 February": twelve with that day
        far = base.latest + sign * round(days) * DAY
    days_found = Days(min(far, base.latest), max(far, base.latest))
    return Resolved(days=days_found, value=value, precision="range")


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
    if frame.year is not None:
        found = calendars.holiday(name, frame.year)
        days = found[0] if found else None
    else:
        reference = context.told or context.published
        if reference is None:
            return _unknown(frame)
        years = range(reference.year - 1, reference.year + 2)
        candidates = sorted(days for year in years for days in calendars.holiday(name, year))
        days = _feast(candidates, reference, frame, context)
    if days is None:
        return Resolved(note=f"no date of {name} in the table")
    days = days.moved(frame.days or 0)
    if frame.mod in _EDGES:
        days = calendars.edge(days, frame.mod or "")
    if days.count > 1:
        return Resolved(days=days, value=span_value(days), precision="range")
    return replace(_on(days.earliest, frame), absolute=frame.year is not None)


def _feast(
    candidates: list[Days], reference: dt.date, frame: Frame, context: Context
) -> Days | None:
    past = [days for days in candidates if days.earliest <= reference]
    ahead = [days for days in candidates if days.earliest > reference]
    future = (context.future and frame.shift is None) or frame.shift == 1
    if ahead and (future or not past):
        return ahead[0]
    if ahead and frame.shift is None and (ahead[0].earliest - reference).days <= 14:
        return ahead[0] if (reference - past[-1].latest).days > 30 else past[-1]
    return past[-1] if past else None


def _range(frame: Frame, context: Context) -> Resolved:
    """From one time to another, or one and another."""
    first, last = frame.start, frame.end
    if first is None or last is None:
        return Resolved(note="the words name no day")
    night = frame.part == _NIGHT
    end = resolve_frame(last, context)
    if end.days is None and not end.missing:
        start = resolve_frame(first, context)
        return start if start.days is None else end
    if end.days is None:
        return end
    start = _resolved_start(first, end.days, context)
    if start.days is None:
        return start
    days = _ordered(first, start.days, end.days)
    if days is None:
        return Resolved(note="the range runs backwards")
    if night and days.count <= 2:
        return replace(_night(days.earliest), days=days, absolute=end.absolute)
    precision = "range" if days.count > 1 else end.precision
    value = span_value(days)
    if start.value and end.value and start.precision == end.precision != "day":
        value = f"{start.value}/{end.value}"
    return Resolved(
        days=days, value=value, precision=precision, absolute=end.absolute, note=end.note
    )


def _resolved_start(frame: Frame, end: Days, context: Context) -> Resolved:
    """The first time of a range, read from its last one."""
    if frame.kind == "date" and not frame.year and not frame.two:
        if frame.weekday and not frame.day:
            return _on(weekday_near(frame.weekday, end.latest, -1), frame)
        if frame.day and frame.month:
            before = replace(context, told=None, published=end.latest, future=False)
            return resolve_date(frame, before)
        if frame.day:
            before = replace(context, day=end, published=end.latest, future=False, told=None)
            return resolve_date(frame, before)
        if frame.month:
            before = replace(context, published=end.latest, future=False, told=None)
            return resolve_date(replace(frame, base=None), before)
    if frame.kind == "time":
        inner = replace(context, day=end, near=True)
        return resolve_frame(frame, inner)
    return resolve_frame(frame, context)


def _ordered(frame: Frame, start: Days, end: Days) -> Days | None:
    """Both ends in order; a start that took its year from the end may be a year earlier."""
    if start.earliest <= end.latest:
        return Days(start.earliest, end.latest)
    if frame.month:
        moved = calendars.moved_months(start.earliest, -12)
        if moved <= end.latest:
            return Days(moved, end.latest)
    return None


def _since(frame: Frame, context: Context) -> Resolved:
    """From a time up to publication, or up to the day that the text tells."""
    of = frame.of or Frame()
    if of.kind in ("duration", "recent"):
        return replace(resolve_frame(replace(of, kind="duration"), context))
    start_only = of.mod == "START" and of.kind == "period"
    start = resolve_frame(
        replace(of, mod=None) if start_only else of, replace(context, future=False)
    )
    if start.days is None:
        return start
    first = start.days.earliest
    told = of.kind == "time" or (of.base == "text" and of.kind == "day" and of.days != 0)
    last = context.day.latest if told and context.day else context.published
    if of.kind == "time" and context.day and context.near:
        return start
    if last is None or last < first:
        return start
    days = Days(first, last)
    precision = "range" if days.count > 1 else "day"
    value = start.value if of.kind != "period" else span_value(days)
    return Resolved(days=days, value=value, precision=precision, note=start.note)


def _until(frame: Frame, context: Context) -> Resolved:
    """Up to a time: from publication on where it is still to come."""
    of = frame.of or Frame()
    end = resolve_frame(of, replace(context, future=True) if of.kind != "time" else context)
    published = context.published
    if end.days is not None and of.kind == "time" and of.part == _NIGHT:
        return _on(end.days.earliest, of)
    if end.days is None or of.kind == "time" or of.timed:
        return end
    if published and of.kind == "date" and of.day is None and of.month is None and of.weekday:
        # "jusqu'à vendredi" looks ahead, whatever the verb.
        end = resolve_frame(of, replace(context, future=True))
    if published and end.days and end.days.latest >= published:
        days = Days(published, end.days.latest)
        return Resolved(days=days, value=end.value, precision="range" if days.count > 1 else "day")
    return Resolved(value=end.value, note="only the end is named", precision="vague")


def _open(frame: Frame, context: Context) -> Resolved:
    """Before or after a time: no days of its own."""
    of = frame.of or Frame()
    inner = resolve_frame(of, replace(context, future=context.future or frame.kind == "before"))
    side = "only the end is named" if frame.kind == "before" else "only the start is named"
    return Resolved(value=inner.value, note=f"vague: {side}", precision="vague")


def _by(frame: Frame, context: Context) -> Resolved:
    """By a time: that day; by a day of the week to come: from publication up to it."""
    of = frame.of or Frame()
    if of.weekday and not of.day and not of.timed and context.future:
        return _until(frame, context)
    return resolve_frame(frame.of or Frame(), context)


_RESOLVERS: dict[str, Callable[[Frame, Context], Resolved]] = {
    "date": _date,
    "day": _day,
    "time": _time,
    "period": _period,
    "offset": _offset,
    "recent": _recent,
    "duration": _duration,
    "age": _age,
    "set": _set,
    "ref": _ref,
    "holiday": _holiday,
    "range": _range,
    "list": _range,
    "since": _since,
    "until": _until,
    "before": _open,
    "after": _open,
    "by": _by,
}
