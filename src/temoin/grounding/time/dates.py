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
from temoin.grounding.time.values import day_value, span_value

__all__ = ["NO_PUBLICATION", "resolve_date", "weekday_near"]

NO_PUBLICATION = "relative words, and the day of publication is not known"

# Days ahead of publication within which a date without a year may lie where nothing
# around it speaks of the future.
_SOON = 45
_HALF_YEAR = 183


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


def _single(day: dt.date, frame: Frame, *, absolute: bool = False) -> Resolved:
    precision = "hour" if frame.hour is not None else "day"
    days = Days.one(day)
    return Resolved(days=days, value=day_value(day, frame), precision=precision, absolute=absolute)


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
    month, day = frame.month or 1, frame.day or 1
    if year is not None:
        made = _made(year, month, day)
        if made is None:
            return Resolved(note=f"no such day: {year}-{month:02}-{day:02}")
        return _single(made, frame, absolute=True)
    if frame.base == "text" and frame.shift == 0 and (context.span or context.day):
        start = context.span or context.day
        made = _made(start.latest.year, month, day) if start else None
        return _single(made, frame) if made else Resolved(note="no such day")
    reference = context.published if frame.shift is not None else context.told or context.published
    if reference is None and context.day:
        reference = context.day.latest
    if reference is None:
        value = f"XXXX-{month:02}-{day:02}"
        return Resolved(
            value=value, note="no year, and the day of publication is not known", missing=True
        )
    story = context.told_here if frame.shift is None else None
    middle = story.earliest.year if story else reference.year
    years = range(middle - 8, middle + 9)
    made_days = [made for y in years if (made := _made(y, month, day))]
    fitting = [made for made in made_days if made.isoweekday() == frame.weekday]
    note = None
    if frame.weekday and fitting:
        candidates = [made for made in fitting if abs(made.year - middle) <= 2]
        made_days = candidates or fitting
    elif frame.weekday:
        note = "the day of the week does not fit the date"
    if not made_days:
        return Resolved(note=f"no such day: {month:02}-{day:02}")
    if frame.shift is not None and not context.told:
        context = replace(context, future=frame.shift > 0)
    candidates_of_day = [Days.one(made) for made in made_days]
    if story:
        return replace(_single(_within(candidates_of_day, story).earliest, frame), story=True)
    found = _closest(candidates_of_day, reference, context)
    if frame.shift == -1 and found.earliest > reference:
        found = Days.one(max(made for made in made_days if made <= reference))
    return replace(_single(found.earliest, frame), note=note)


def _day_of_month(frame: Frame, context: Context) -> Resolved:
    """ "Le 14": of the month that the text is in, or the last 14th before publication."""
    day = frame.day or 1
    start = context.day
    if context.month_here:
        month = context.month_here.earliest
        made_day = _made(month.year, month.month, day)
        if made_day:
            return _single(made_day, frame)
    if not (context.near or context.told or context.published is None):
        start = None
    if frame.base == "publication" and context.published:
        made_day = _made(context.published.year, context.published.month, day)
        if made_day:
            return _single(made_day, frame)
    reference = start.latest if start else context.published
    if reference is None:
        return Resolved(value=f"XXXX-XX-{day:02}", note=NO_PUBLICATION, missing=True)
    first = reference.replace(day=1)
    months = [calendars.moved_months(first, n) for n in range(-2, 3)]
    made = [found for m in months if (found := _made(m.year, m.month, day))]
    if frame.weekday:
        made = [found for found in made if found.isoweekday() == frame.weekday] or made
    published = context.published
    if published and not context.future and not context.told:
        made = [found for found in made if found <= published] or made
    elif published and context.future and not start:
        made = [found for found in made if found >= published] or made
    if start and not frame.weekday:
        # The same month first, then the closest day.
        same = [d for d in made if (d.year, d.month) == (reference.year, reference.month)]
        found = same[0] if same else min(made, key=lambda d: abs((d - reference).days))
        if (reference - found).days > 20:
            later = calendars.moved_months(found, 1)
            if later in made:
                found = later
        elif published and not context.told and found < start.earliest:
            # A report goes on: after the 23rd of January "le 14" is of February.
            later = calendars.moved_months(found, 1)
            found = later if later in made and later <= published else found
    else:
        found = min(made, key=lambda d: abs((d - reference).days))
    return _single(found, frame)


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
    weekday = frame.weekday or 1
    if frame.base == "text" and context.day is None and context.published is None:
        return Resolved(value=f"XXXX-WXX-{weekday}", note=NO_PUBLICATION, missing=True)
    if frame.base == "text" and context.day:
        if frame.shift == 0:
            inside = context.day.earliest
            near = [weekday_near(weekday, inside, sign) for sign in (1, -1)]
            return _single(min(near, key=lambda d: abs((d - inside).days)), frame)
        start = context.day.latest if (frame.shift or 0) > 0 else context.day.earliest
        return _single(weekday_near(weekday, start, frame.shift or 1, inclusive=False), frame)
    if context.day and (
        context.historic or (frame.article and _distant(context, 7))
    ):
        return _single(weekday_near(weekday, context.day.latest, 1), frame)
    published = context.published
    if published is None:
        return Resolved(value=f"XXXX-WXX-{weekday}", note=NO_PUBLICATION, missing=True)
    if frame.shift == 0:
        near = [weekday_near(weekday, published, sign) for sign in (-1, 1)]
        ahead = context.future or abs((near[1] - published).days) <= 1
        return _single(near[1] if ahead else near[0], frame)
    if frame.shift == 1 or (context.future and frame.shift is None):
        return _single(weekday_near(weekday, published, 1, inclusive=frame.shift is None), frame)
    inclusive = frame.shift != -1
    return _single(weekday_near(weekday, published, -1, inclusive=inclusive), frame)


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
    precision = "day" if days.count == 1 else "week"
    return Resolved(days=days, value=span_value(days), precision=precision)


def _year_of_month(frame: Frame, month: int, context: Context) -> int | None:
    if frame.base == "text" and (context.span or context.day):
        start = context.span or context.day
        if start:
            day = start.latest
            if frame.shift == 1:
                return day.year + (month <= day.month)
            return day.year - (frame.shift == -1 and month >= day.month)
    tells = context.near or context.historic
    told = context.told if tells and frame.shift is None else None
    reference = told or context.published
    if context.told_month and frame.shift is None:
        year = context.told_month.earliest.year
        months = [calendars.month_days(year + n, month) for n in (-1, 0, 1)]
        return _within(months, context.told_month).earliest.year
    if reference is None:
        return context.told.year if context.told else None
    context = replace(context, told=None)
    if frame.shift == -1:
        return reference.year - (month >= reference.month)
    if frame.shift == 1:
        return reference.year + (month <= reference.month)
    candidates = [calendars.month_days(reference.year + n, month) for n in (-1, 0, 1)]
    if told:
        return min(candidates, key=lambda days: abs((days.earliest - told).days)).earliest.year
    return _closest(candidates, reference, context, soon=0).earliest.year


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
            context = replace(context, future=True)
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
