"""Calendar dates in context: which year "le 3 juin" means, which Tuesday "mardi".

Reports look back: without words of the future around it a date is the last such day
up to publication. A text that tells of another time ("Le 2 janvier 1987 ...") keeps
its own calendar until it returns to the present.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from temoin.grounding.time import calendars
from temoin.grounding.time.calendars import DAY, Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.results import NO_PUBLICATION, on_day
from temoin.grounding.time.values import span_value

__all__ = ["resolve_date", "weekday_near"]

# Days ahead of publication within which a date without a year may lie where nothing
# around it speaks of the future.
_SOON = 45
_HALF_YEAR = 183
# Days by which a story hardly leaps ahead where the words may look back a few weeks.
_FAR_AHEAD = 240


def resolve_date(frame: Frame, context: Context) -> Resolved:
    """The days of a date of which some components are named."""
    year = _year(frame, context)
    if frame.day is not None and frame.month is not None:
        return _day_month(frame, year, context)
    if frame.day is not None:
        return _day_of_month(frame, context)
    if frame.weekday is not None:
        return _weekday(frame, context)
    if frame.month is not None:
        return _month(frame, year, context)
    if frame.season is not None:
        return _season(frame, year, context)
    return _years(frame, year)


def _year(frame: Frame, context: Context) -> int | None:
    if frame.year is not None or frame.two is None:
        return frame.year
    pivot = (context.published or dt.date(2030, 1, 1)).year + 5
    century = pivot // 100 * 100
    return frame.two + century - (100 if frame.two + century > pivot else 0)


def _within(candidates: list[Days], story: Days) -> Days:
    """The candidate that lies in a time just named, else the first after it begins."""
    inside = [days for days in candidates if story.earliest <= days.earliest <= story.latest]
    ahead = [days for days in candidates if days.earliest >= story.earliest]
    return min(inside or ahead or candidates)


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _closest(
    candidates: list[Days], reference: dt.date, context: Context, *, soon: int = _SOON
) -> Days:
    """The candidate that the words mean: the last one, or the next where they look ahead."""
    past = [days for days in candidates if days.earliest <= reference]
    ahead = [days for days in candidates if days.earliest > reference]
    if not past or not ahead:
        return min(candidates, key=lambda days: abs((days.earliest - reference).days))
    last, following = max(past), min(ahead)
    wait = (following.earliest - reference).days
    if context.told:
        # A story goes forwards: shortly before its last day, or after it.
        return following if (reference - last.earliest).days > _SOON else last
    if context.future:
        return following if wait <= _HALF_YEAR and reference > last.latest else last
    return following if wait <= soon and (reference - last.latest).days > _HALF_YEAR else last


def _day_month(frame: Frame, year: int | None, context: Context) -> Resolved:
    """A day and a month, with the year or without."""
    month, day = frame.month or 1, frame.day or 1
    told = context.span or context.day
    absolute = year is not None
    if year is None and told and frame.base == "text" and frame.shift == 0:
        year = told.latest.year
    if year is not None:
        made = _made(year, month, day)
        if made is None:
            return Resolved(note=f"no such day: {year}-{month:02}-{day:02}")
        return on_day(made, frame, absolute=absolute)
    reference = _reference(frame, context)
    if reference is None:
        value = f"XXXX-{month:02}-{day:02}"
        return Resolved(
            value=value, note="no year, and the day of publication is not known", missing=True
        )
    story = context.told_here if frame.shift is None else None
    middle = story.earliest.year if story else reference.year
    days, note = _fitting(frame, range(middle - 8, middle + 9), middle)
    if not days:
        return Resolved(note=f"no such day: {month:02}-{day:02}")
    if story:
        return replace(on_day(_within(days, story).earliest, frame), story=True)
    return replace(on_day(_chosen(days, reference, frame, context), frame), note=note)


def _reference(frame: Frame, context: Context) -> dt.date | None:
    """The day about which a date without a year is looked for."""
    told = context.told if frame.shift is None else None
    if told or context.published:
        return told or context.published
    return context.day.latest if context.day else None


def _fitting(frame: Frame, years: range, middle: int) -> tuple[list[Days], str | None]:
    """The day in each year, only where the day of the week fits if any of them does.

    Args:
        frame: The date.
        years: The years to try.
        middle: The most likely of them.
    """
    made = [day for y in years if (day := _made(y, frame.month or 1, frame.day or 1))]
    note = None
    if frame.weekday:
        fitting = [day for day in made if day.isoweekday() == frame.weekday]
        near = [day for day in fitting if abs(day.year - middle) <= 2]
        note = None if fitting else "the day of the week does not fit the date"
        made = near or fitting or made
    return [Days.one(day) for day in made], note


def _chosen(days: list[Days], reference: dt.date, frame: Frame, context: Context) -> dt.date:
    """The day that is meant of those in several years."""
    if frame.shift is not None and not context.told:
        context = context._replace(future=frame.shift > 0)
    found = _closest(days, reference, context)
    if frame.shift == -1 and found.earliest > reference:
        found = max((one for one in days if one.earliest <= reference), default=found)
    if frame.shift == 1 and found.earliest <= reference:
        found = min((one for one in days if one.earliest > reference), default=found)
    return found.earliest


def _day_of_month(frame: Frame, context: Context) -> Resolved:
    """The 14th: of the month that the text is in, or the last 14th before publication."""
    day = frame.day or 1
    month = _month_named(frame, context)
    if month and (made := _made(month.year, month.month, day)):
        return on_day(made, frame)
    holds = context.near or context.told or context.published is None
    start = context.day if holds else None
    reference = start.latest if start else context.told or context.published
    if reference is None:
        return Resolved(value=f"XXXX-XX-{day:02}", note=NO_PUBLICATION, missing=True)
    first = reference.replace(day=1)
    months = [calendars.moved_months(first, n) for n in range(-2, 3)]
    days = _likely(
        [found for m in months if (found := _made(m.year, m.month, day))], frame, context
    )
    if context.published and context.future and not context.told and not start:
        days = [one for one in days if one >= context.published] or days
    if start and not frame.weekday:
        return on_day(_going_on(days, start, context), frame)
    return on_day(min(days, key=lambda one: abs((one - reference).days)), frame)


def _month_named(frame: Frame, context: Context) -> dt.date | None:
    """A day of the month that the words or the sentence name."""
    if context.month_here:
        return context.month_here.earliest
    return context.published if frame.base == "publication" else None


def _likely(days: list[dt.date], frame: Frame, context: Context) -> list[dt.date]:
    """Those with the right day of the week, and not to come where nothing looks ahead."""
    if frame.weekday:
        days = [day for day in days if day.isoweekday() == frame.weekday] or days
    published = context.published
    if published and not context.future and not context.told:
        days = [day for day in days if day <= published] or days
    return days


def _going_on(days: list[dt.date], start: Days, context: Context) -> dt.date:
    """The day in the month that the text is in, or in the next where the report goes on."""
    reference, published = start.latest, context.published
    same = [day for day in days if (day.year, day.month) == (reference.year, reference.month)]
    found = same[0] if same else min(days, key=lambda day: abs((day - reference).days))
    later = calendars.moved_months(found, 1)
    if later not in days:
        return found
    if (reference - found).days > 20:
        return later
    # After the 23rd of January "le 14" is of February.
    over = published and not context.told and found < start.earliest
    return later if over and published and later <= published else found


def weekday_near(
    weekday: int, reference: dt.date, direction: int, *, inclusive: bool = True
) -> dt.date:
    """The closest such weekday before or after a day.

    Args:
        weekday: 1 (Monday) to 7.
        reference: The day.
        direction: -1 before, 1 after.
        inclusive: Whether it may be the day itself.
    """
    distance = (reference.isoweekday() - weekday) % 7
    if direction > 0:
        distance = -distance % 7
    if distance == 0 and not inclusive:
        distance = 7
    return reference + direction * distance * DAY


def _weekday(frame: Frame, context: Context) -> Resolved:
    weekday, told = frame.weekday or 1, context.day
    if told and frame.base == "text":
        return on_day(_weekday_told(weekday, frame.shift, told), frame)
    if told and (context.historic or (frame.article and _distant(context, 7))):
        return on_day(weekday_near(weekday, told.latest, 1), frame)
    if context.published is None:
        return Resolved(value=f"XXXX-WXX-{weekday}", note=NO_PUBLICATION, missing=True)
    return on_day(_weekday_of_report(frame, context.published, context), frame)


def _weekday_told(weekday: int, shift: int | None, told: Days) -> dt.date:
    """The weekday about the days that the text told: that Monday, the following Monday."""
    if shift == 0:
        near = [weekday_near(weekday, told.earliest, sign) for sign in (1, -1)]
        return min(near, key=lambda day: abs((day - told.earliest).days))
    start = told.latest if (shift or 0) > 0 else told.earliest
    return weekday_near(weekday, start, shift or 1, inclusive=False)


def _weekday_of_report(frame: Frame, published: dt.date, context: Context) -> dt.date:
    """The weekday before publication, or after it where the words look ahead."""
    weekday = frame.weekday or 1
    if frame.shift == 0:
        last, following = (weekday_near(weekday, published, sign) for sign in (-1, 1))
        return following if context.future or (following - published).days <= 1 else last
    if frame.shift == 1 or (context.future and frame.shift is None):
        return weekday_near(weekday, published, 1, inclusive=frame.shift is None)
    return weekday_near(weekday, published, -1, inclusive=frame.shift != -1)


def _distant(context: Context, days: int) -> bool:
    """Whether the text last spoke of a day so long before publication."""
    if not (context.published and context.day):
        return False
    return (context.published - context.day.latest).days > days


def _month(frame: Frame, year: int | None, context: Context) -> Resolved:
    month = frame.month or 1
    absolute = year is not None
    if year is None:
        year = _year_of_month(frame, month, context)
    if year is None:
        return Resolved(
            value=f"XXXX-{month:02}", precision="month", note=NO_PUBLICATION, missing=True
        )
    days = calendars.month_days(year, month)
    note = None
    if frame.nth is not None:
        inner = _nth(frame, days)
        return inner or Resolved(note="the month has no such part")
    if frame.mod in ("START", "MID", "END"):
        days = calendars.edge(days, frame.mod)
        note = "only a part of the month is named"
    value = f"{year:04}-{month:02}"
    return Resolved(days=days, value=value, precision="month", note=note, absolute=absolute)


def _nth(frame: Frame, month: Days) -> Resolved | None:
    """The second week, the first Sunday, the first half of a month."""
    nth = frame.nth or 1
    if frame.weekday:
        first = weekday_near(frame.weekday, month.earliest, 1)
        days = Days.one(first + 7 * (nth - 1) * DAY)
    elif frame.unit == "weekend":
        first = weekday_near(6, month.earliest, 1) + 7 * (nth - 1) * DAY
        days = Days(first, first + DAY)
    elif frame.unit == "week":
        first = month.earliest + 7 * (nth - 1) * DAY
        days = Days(first, min(first + 6 * DAY, month.latest))
    elif frame.unit == "half":
        middle = month.earliest.replace(day=15)
        days = Days(month.earliest, middle) if nth == 1 else Days(middle + DAY, month.latest)
    elif frame.unit == "day":
        days = Days.one(month.earliest + (nth - 1) * DAY)
    else:
        return None
    if nth < 1 or days.earliest > month.latest:
        return None
    precision = "day" if days.length == 1 else "week"
    return Resolved(days=days, value=span_value(days), precision=precision)


def _year_of_month(frame: Frame, month: int, context: Context) -> int | None:
    """The year of a month that is named without one."""
    start = context.span or context.day
    if frame.base == "text" and start:
        return _shifted_year(start.latest, month, frame.shift or 0)
    if context.told_month and frame.shift is None:
        year = context.told_month.earliest.year
        months = [calendars.month_days(year + n, month) for n in (-1, 0, 1)]
        return _within(months, context.told_month).earliest.year
    holds = (context.near or context.historic) and frame.shift is None
    told = context.told if holds else None
    reference = told or context.published
    if reference is None:
        return context.told.year if context.told else None
    if frame.shift:
        return _shifted_year(reference, month, frame.shift)
    candidates = [calendars.month_days(reference.year + n, month) for n in (-1, 0, 1)]
    if told:
        return _month_going_on(candidates, told, context).earliest.year
    return _closest(candidates, reference, context._replace(told=None), soon=0).earliest.year


def _shifted_year(day: dt.date, month: int, shift: int) -> int:
    """The year of the last (-1), same (0) or next (1) such month, seen from a day."""
    if shift > 0:
        return day.year + (month <= day.month)
    return day.year - (shift < 0 and month >= day.month)


def _month_going_on(months: list[Days], told: dt.date, context: Context) -> Days:
    """The first such month that a story which goes on from a day may mean, or one just before."""
    first = min((days for days in months if days.latest >= told), default=None)
    last = max((days for days in months if days.latest < told), default=None)
    leaps = first and (first.earliest - told).days > _FAR_AHEAD
    if leaps and last and (told - last.latest).days <= _SOON:
        return last
    if first and (context.published is None or first.earliest <= context.published):
        return first
    return min(months, key=lambda days: abs((days.earliest - told).days))


def _season(frame: Frame, year: int | None, context: Context) -> Resolved:
    season = frame.season or "SP"
    absolute = year is not None
    if year is None and frame.base == "text" and (context.span or context.day):
        start = context.span or context.day
        year = start.earliest.year if start else None
    if year is None:
        reference = context.told or context.published
        if reference is None:
            return Resolved(
                value=f"XXXX-{season}", precision="season", note=NO_PUBLICATION, missing=True
            )
        candidates = [calendars.season_days(reference.year + n, season) for n in (-2, -1, 0, 1)]
        if frame.shift == -1:
            candidates = [days for days in candidates if days.latest < reference]
        if frame.shift == 1:
            context = context._replace(future=True)
            candidates = [days for days in candidates if days.earliest > reference]
        year = _closest(candidates, reference, context, soon=0).earliest.year
    days = calendars.season_days(year, season)
    if frame.mod in ("START", "MID", "END"):
        days = calendars.edge(days, frame.mod)
    return Resolved(
        days=days,
        value=f"{year:04}-{season}",
        precision="season",
        note="a season has no exact days",
        absolute=absolute,
    )


def _years(frame: Frame, year: int | None) -> Resolved:
    note = "only a part of it is named" if frame.mod in ("START", "MID", "END") else None
    if frame.decade is not None:
        decade = frame.decade if frame.decade >= 100 else 1900 + frame.decade
        days, value = calendars.decade_days(decade), f"{decade // 10}X"
    elif frame.century is not None:
        days, value = calendars.decade_days(frame.century, 100), f"{frame.century // 100}XX"
    elif year is not None:
        days, value = calendars.year_days(year), f"{year:04}"
    else:
        return Resolved(note="the words name no day")
    if frame.mod in ("START", "MID", "END"):
        days = calendars.edge(days, frame.mod)
    return Resolved(days=days, value=value, precision="year", note=note, absolute=True)
