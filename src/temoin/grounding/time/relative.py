"""Times that count from a day: yesterday, the week before, ten days ago, the last month."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

from temoin.grounding.time import calendars
from temoin.grounding.time.calendars import DAY, Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.dates import weekday_near
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.results import NIGHT, NO_ANCHOR, NO_DAY, night, on_day, unknown
from temoin.grounding.time.values import duration_value, span_value

__all__ = ["RELATIVE"]

_EDGES = frozenset({"START", "MID", "END"})
_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0}
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_MONTHS = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}


def _day(frame: Frame, base: Days | None, context: Context) -> Resolved:
    """So many days from the base: hier, la veille, cette nuit."""
    days = frame.days or 0
    if base is None or (days > 0 and _is_adrift(frame, context)):
        return unknown(frame)
    if frame.onto:
        return night(base.latest + (days - 1) * DAY)
    text = frame.base == "text" and context.day is not None and frame.of is None
    if frame.part == NIGHT and frame.hour is None:
        first = _first_of_night(frame, base, context, text=text)
        if first is not None:
            return night(first)
    # Of a night the day after begins with its morning, the day before ends with its evening.
    whole = context.night and text
    start = base.latest if days >= 0 or whole else base.earliest
    if whole and days == 0 and frame.part in ("EV", "DU"):
        start = base.earliest
    return on_day(start + days * DAY, frame)


def _is_adrift(frame: Frame, context: Context) -> bool:
    """Whether words such as "the next day" follow no day and cannot look ahead either."""
    told = context.day or context.origin or context.span
    return frame.base == "text" and frame.of is None and told is None and not context.future


def _first_of_night(frame: Frame, base: Days, context: Context, *, text: bool) -> dt.date | None:
    """The first day of a night that has two; None where the words mean one evening."""
    days = frame.days or 0
    if text and context.night and days == 0 and frame.shift is None:
        return base.earliest
    if text and frame.shift == 1:
        return base.latest
    if not text and days == 0:
        ahead = context.future and frame.shift is None
        return base.latest - (not ahead) * DAY
    return None


def _period(frame: Frame, base: Days | None, context: Context) -> Resolved:
    """The week, month, year ... that words such as "last", "this", "next" choose."""
    if frame.unit == "period":
        if context.run is None:
            return Resolved(note=NO_ANCHOR, missing=True)
        return Resolved(days=context.run, value=span_value(context.run), precision="range")
    if frame.base == "text":
        span, day = context.span, context.day
        base = (span or day if frame.unit == "year" else day or span) or base
    if base is None:
        return unknown(frame)
    shift = frame.shift or 0
    found = _unit_days(frame.unit, base.latest if shift >= 0 else base.earliest, shift, context)
    return _inside(frame, found) if found else Resolved(note=NO_DAY)


def _inside(frame: Frame, found: Resolved) -> Resolved:
    """The part of a period that the words name: Tuesday of last week, June of last year."""
    days = found.days
    if days is None:
        return found
    if frame.weekday:
        return on_day(weekday_near(frame.weekday, days.earliest, 1), frame)
    if frame.day:
        return on_day(days.earliest.replace(day=frame.day), frame)
    if frame.month:
        month = calendars.month_days(days.earliest.year, frame.month)
        return Resolved(days=month, value=f"{month.earliest:%Y-%m}", precision="month")
    if frame.mod in _EDGES:
        edge = calendars.edge(days, frame.mod or "")
        return replace(found, days=edge, note="only a part of it is named")
    return found


def _unit_days(unit: str | None, day: dt.date, shift: int, context: Context) -> Resolved | None:
    """The unit that a day lies in, or one so many units away; None of unknown units."""
    if unit in ("day", "night"):
        return on_day(day + shift * DAY, Frame())
    if unit in ("week", "fortnight", "weekend"):
        weekend = unit == "weekend"
        days = (
            _weekend(day, shift, context) if weekend else calendars.week_days(day).moved(7 * shift)
        )
        year, week, _ = days.earliest.isocalendar()
        value = f"{year}-W{week:02}" + ("-WE" if weekend else "")
        return Resolved(days=days, value=value, precision="day" if weekend else "week")
    if unit in ("decade", "century"):
        years = 10 if unit == "decade" else 100
        first = (day.year // years + shift) * years
        value = f"{first // years}{'X' if years == 10 else 'XX'}"
        return Resolved(days=calendars.decade_days(first, years), value=value, precision="year")
    months = _MONTHS.get(unit or "")
    if months is None:
        return None
    moved = calendars.moved_months(day.replace(day=1), months * shift)
    return _months_days(unit or "", moved)


def _months_days(unit: str, day: dt.date) -> Resolved:
    """The month, quarter, half-year or year of a day."""
    if unit == "month":
        days = calendars.month_days(day.year, day.month)
        return Resolved(days=days, value=f"{day:%Y-%m}", precision="month")
    if unit in ("quarter", "season"):
        quarter = (day.month + 2) // 3
        days = calendars.quarter_days(day.year, quarter)
        return Resolved(days=days, value=f"{day:%Y}-Q{quarter}", precision="season")
    if unit == "half":
        half = 1 + (day.month > 6)
        days = calendars.half_days(day.year, half)
        return Resolved(days=days, value=f"{day:%Y}-H{half}", precision="season")
    return Resolved(days=calendars.year_days(day.year), value=f"{day.year:04}", precision="year")


def _weekend(day: dt.date, shift: int, context: Context) -> Days:
    weekend = calendars.weekend_days(day)
    if shift:
        return weekend.moved(7 * shift)
    if weekend.earliest > day and not context.future:
        return weekend.moved(-7)
    return weekend


def _offset(frame: Frame, base: Days | None, context: Context) -> Resolved:
    """So many units before or after something: il y a dix jours, two weeks later."""
    sign = frame.direction or 1
    if frame.base == "event" and frame.of is None:
        return Resolved(value=duration_value(frame), note="counts from an event, not from a day")
    if frame.unit == "part":
        frame = replace(frame, unit="night" if frame.part == NIGHT else "day", part=None)
    # After a month, "two months later" counts from it, not from the last day told.
    by_month = frame.base == "text" and frame.of is None and context.unit == "month"
    if by_month and context.span and frame.unit in _MONTHS:
        base = context.span
    if base is None or (sign > 0 and _is_adrift(frame, context)):
        return unknown(frame)
    start = base.latest if sign > 0 else base.earliest
    if frame.unit in _HOURS:
        hours = (frame.count or 0) * _HOURS[frame.unit]
        return on_day(start + sign * int(hours // 24) * DAY, frame)
    if frame.count is None:
        return Resolved(value=duration_value(frame), note="the words do not say how many")
    if frame.unit in _MONTHS:
        return _months_away(frame, start, sign, context, by_month=by_month)
    return _days_away(frame, base, sign, context) if frame.unit in _DAYS else Resolved(note=NO_DAY)


def _months_away(
    frame: Frame, start: dt.date, sign: int, context: Context, *, by_month: bool
) -> Resolved:
    """So many months or years from a day: the month or year, of a day just told the day."""
    months = _MONTHS[frame.unit or ""] * ((frame.count or 0) + (frame.extra or 0))
    moved = calendars.moved_months(start, sign * round(months))
    told = frame.base == "text" and context.day is not None and not by_month
    if frame.of is not None or (told and frame.unit == "month"):
        return on_day(moved, frame)
    by_year = frame.unit not in ("month", "quarter", "half") and not months % 12
    return _months_days("year" if by_year else "month", moved)


def _days_away(frame: Frame, base: Days, sign: int, context: Context) -> Resolved:
    """So many days, nights or weeks from a day."""
    start = base.latest if sign > 0 else base.earliest
    count = (frame.count or 0) + (frame.extra or 0)
    days = round(count * _DAYS[frame.unit or "day"])
    if frame.unit == "night" and context.night and frame.base == "text":
        return night(base.earliest + sign * days * DAY)
    near = start + sign * days * DAY
    if frame.upto and count:
        far = start + sign * round(days * frame.upto / count) * DAY
        run = Days(min(near, far), max(near, far))
        return Resolved(days=run, value=span_value(run), precision="range")
    found = on_day(near, frame)
    return replace(found, precision="week") if frame.unit != "day" and count > 1 else found


def _recent(frame: Frame, base: Days | None, context: Context) -> Resolved:
    """The last or next so many hours, days, weeks up to or from publication."""
    del context
    value = duration_value(frame)
    if frame.count is None or frame.unit is None:
        return Resolved(value=value, note="vague: the words name no day")
    if base is None:
        return unknown(frame, value)
    sign = frame.direction or -1
    count = frame.count + (frame.extra or 0)
    if frame.unit in _HOURS:
        far = base.latest + sign * math.ceil(count * _HOURS[frame.unit] / 24) * DAY
    elif frame.unit in _MONTHS:
        far = calendars.moved_months(base.latest, sign * round(count * _MONTHS[frame.unit]))
    else:
        days = count * _DAYS.get(frame.unit, 1)
        if frame.of is not None:
            days -= 1  # "in the twelve days to 5 February": twelve with that day
        far = base.latest + sign * round(days) * DAY
    run = Days(min(far, base.latest), max(far, base.latest))
    return Resolved(days=run, value=value, precision="range")


#: By kind of frame: what it comes to, given what it counts from.
RELATIVE: dict[str, Callable[[Frame, Days | None, Context], Resolved]] = {
    "day": _day,
    "period": _period,
    "offset": _offset,
    "recent": _recent,
}
