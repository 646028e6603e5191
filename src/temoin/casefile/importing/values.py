"""Days, numbers and countries as tables write them."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import math
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

from temoin.casefile.importing.mapping import Places, Times
from temoin.record import PlaceValue, TimeValue

__all__ = ["BadValueError", "country_of", "day_of", "number_of", "place_value", "time_value"]

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]+)[-/. ](\d{4})")

#: “Within a week”: any week that holds the day lies within so many days of it.
_WEEK = 6


class BadValueError(ValueError):
    """A cell that cannot be what its column says."""


def day_of(value: str) -> dt.date:
    """A day: `2024-03-11`, also with a time of day, `20240311`, `11-03-2024`, `11 March 2024`.

    Raises:
        BadValueError: It is none.
    """
    message = f"{value!r} is no day"
    try:
        if found := _ISO.fullmatch(value) or _COMPACT.fullmatch(value):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(value):
            month = int(found[2]) if found[2].isdigit() else _month(found[2])
            return dt.date(int(found[3]), month, int(found[1]))
    except ValueError as error:
        raise BadValueError(message) from error
    raise BadValueError(message)


def _month(name: str) -> int:
    # Not strptime: it would read the names of the machine's own language.
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names.index(name[:3].lower()) + 1


def number_of(
    value: str | None, *, least: float = -math.inf, most: float = math.inf
) -> float | None:
    """A number; None for an empty cell.

    Raises:
        BadValueError: It is none, or none that can be here.
    """
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError as error:
        message = f"{value!r} is no number"
        raise BadValueError(message) from error
    if not math.isfinite(number) or not least <= number <= most:
        message = f"{value} is out of range"
        raise BadValueError(message)
    return number


def time_value(
    times: Times, *, start: str, end: str | None, precision: str | None, rule: str
) -> TimeValue:
    """The days that a row gives, as wide as its precision says.

    Raises:
        BadValueError: A cell is no day, or no precision.
    """
    first = day_of(start)
    last = day_of(end) if end else first
    if last < first:
        message = f"ends before it begins: {start} to {end}"
        raise BadValueError(message)
    level = None if precision is None else int(number_of(precision, least=1, most=5) or 0)
    name = "day" if first == last else "range"
    if times.scheme == "acled" and level == 2:
        first, last, name = first - dt.timedelta(_WEEK), last + dt.timedelta(_WEEK), "week"
    elif times.scheme == "acled" and level == 3:
        first = first.replace(day=1)
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        name = "month"
    elif times.scheme == "acled" and level not in {None, 1}:
        message = f"{precision} is no precision of a day"
        raise BadValueError(message)
    return TimeValue(
        earliest=first,
        latest=last,
        value=first.isoformat() if first == last else None,
        precision=name,
        acled_precision=level if times.scheme == "acled" else None,
        ucdp_precision=level if times.scheme == "ucdp" else None,
        rule=rule,
    )


def place_value(
    where: Places, get: Callable[[str | None], str | None], *, rule: str
) -> PlaceValue | None:
    """The place that a row gives; None where it gives neither name nor point.

    Args:
        where: Which columns tell it.
        get: Gives a cell by its column.
        rule: What to note of how the value came about.

    Raises:
        BadValueError: A cell is no coordinate, or no precision.
    """
    latitude = number_of(get(where.latitude), least=-90, most=90)
    longitude = number_of(get(where.longitude), least=-180, most=180)
    name = get(where.name)
    if name is None and latitude is None:
        return None
    precision = get(where.precision)
    level = None if precision is None else int(number_of(precision, least=1, most=7) or 0)
    codes = {
        "iso2": where.country,
        "iso3": where.country_alpha3,
        "numeric": where.country_numeric,
        "gw": where.country_gw,
    }
    countries = (country_of(kind, code) for kind, at in codes.items() if (code := get(at)))
    return PlaceValue(
        name=name or f"{latitude}, {longitude}",
        latitude=latitude,
        longitude=longitude if latitude is not None else None,
        radius_km=where.radius_km.get(precision or ""),
        country=next((code for code in countries if code), None),
        acled_precision=level if where.scheme == "acled" else None,
        ucdp_precision=level if where.scheme == "ucdp" else None,
        rule=rule,
    )


def country_of(kind: str, value: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country.

    Args:
        kind: Which code it is: iso2, iso3, numeric or gw.
        value: The code.
    """
    key = value.strip().upper()
    return _countries()[kind].get(key.lstrip("0") if key.isdigit() else key)


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, str]]:
    table = resources.files("temoin.codebooks") / "data" / "countries.tsv"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    found: dict[str, dict[str, str]] = {"iso2": {}, "iso3": {}, "numeric": {}, "gw": {}}
    for row in csv.DictReader(lines, delimiter="\t"):
        for kind, codes in found.items():
            if row[kind]:
                codes.setdefault(row[kind], row["iso2"])
    return found
