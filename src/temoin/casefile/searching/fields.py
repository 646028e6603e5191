"""The fields of the query language: what each is about and which values it takes."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from temoin.casefile.schema.base import SENSITIVITIES
from temoin.casefile.schema.documents import STATUSES
from temoin.casefile.schema.review import STATES
from temoin.casefile.search import ROLES, words_of
from temoin.casefile.searching.query import Filter, QueryError
from temoin.record import Certainty, EventType, Polarity

__all__ = [
    "COUNTED",
    "FIELDS",
    "Field",
    "Point",
    "box",
    "check",
    "choices",
    "days",
    "near",
    "number",
    "numbers",
    "words",
]

#: The statuses of people counted, each a field that compares a number.
COUNTED = ("killed", "wounded", "missing", "captured", "displaced")

_LARGEST = 2**31 - 1
_FARTHEST_KM = 2_000.0
_NEAR_KM = 25.0
_COMPARED = (":", ">", ">=", "<", "<=")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the language.

    Attributes:
        kind: How its value is read: words, choice, day, near, box, number, whole, name.
        about: claim or document: whose it is.
        choices: The values it takes, where they are few.
    """

    kind: str
    about: str = "claim"
    choices: tuple[str, ...] = ()


FIELDS: dict[str, Field] = {
    "type": Field("choice", choices=tuple(EventType)),
    **{role: Field("words") for role in ROLES},
    "ref": Field("name"),
    "country": Field("name"),
    "near": Field("near"),
    "within": Field("box"),
    "radius": Field("number"),
    "from": Field("day"),
    "to": Field("day"),
    "on": Field("day"),
    "polarity": Field("choice", choices=tuple(Polarity)),
    "certainty": Field("choice", choices=tuple(Certainty)),
    "confidence": Field("number"),
    "quantity": Field("number"),
    **{status: Field("number") for status in COUNTED},
    "state": Field("choice", choices=STATES),
    "present": Field("choice", choices=("yes", "no")),
    "by": Field("words"),
    "claim": Field("whole"),
    "text": Field("words", "document"),
    "title": Field("words", "document"),
    "doc": Field("name", "document"),
    "source": Field("words", "document"),
    "lang": Field("choice", "document", ("fr", "en", "es", "ar", "uk", "ru", "other")),
    "published": Field("day", "document"),
    "added": Field("day", "document"),
    "sensitivity": Field("choice", "document", SENSITIVITIES),
    "status": Field("choice", "document", STATUSES),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A place and the distance within which something is near it.

    Attributes:
        latitude, longitude: Degrees.
        km: The distance.
        note: Which place of that name it is, where a name was given.
    """

    latitude: float
    longitude: float
    km: float
    note: str | None = None


def check(query: str, node: Filter) -> None:
    """See that a filter's operator and value fit its field.

    Raises:
        QueryError: They do not.
    """
    field = FIELDS[node.name]
    ordered = field.kind == "number" or node.name in {"published", "added"}
    if node.operator not in (_COMPARED if ordered else (":",)):
        raise QueryError(query, node.column - len(node.operator), f"write {node.name}: here")
    if node.prefix and not (field.kind == "words" or node.name == "doc"):
        raise QueryError(query, node.column, f"{node.name} takes no *")
    try:
        _READERS[field.kind](node)
    except ValueError as error:
        raise QueryError(query, node.column, str(error)) from error


def words(node: Filter) -> list[str]:
    """The folded words of a value.

    Raises:
        ValueError: There are none.
    """
    found = words_of(node.value)
    if not found:
        message = f"the value of {node.name} has no letter and no digit"
        raise ValueError(message)
    return found


def choices(node: Filter) -> list[str]:
    """The values of a choice, parted by commas.

    Raises:
        ValueError: One of them is none.
    """
    allowed = FIELDS[node.name].choices
    found = [each.strip().lower().replace(" ", "_") for each in node.value.split(",")]
    for each in found:
        if each not in allowed:
            message = f"{each!r} is no {node.name}: it is one of {', '.join(allowed)}"
            raise ValueError(message)
    return found


def number(node: Filter) -> float:
    """A number.

    Raises:
        ValueError: It is none.
    """
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", node.value, re.ASCII):
        return float(node.value)
    message = f"{node.value!r} is no number"
    raise ValueError(message)


def numbers(node: Filter) -> list[int]:
    """Whole numbers, parted by commas.

    Raises:
        ValueError: One of them is none.
    """
    found = [each.strip() for each in node.value.split(",")]
    if all(re.fullmatch(r"\d{1,10}", each, re.ASCII) and int(each) <= _LARGEST for each in found):
        return [int(each) for each in found]
    message = f"{node.value!r} is no number of a {node.name}"
    raise ValueError(message)


def days(node: Filter) -> tuple[dt.date, dt.date]:
    """The first and the last day of a day, month, year, or of a range A..B of them.

    Raises:
        ValueError: It is none of these.
    """
    first, dots, last = node.value.partition("..")
    start, end = _span(first)
    if dots:
        end = _span(last)[1]
    if end < start:
        message = f"{node.value!r} runs backwards"
        raise ValueError(message)
    return start, end


def near(node: Filter) -> Point:
    """A place, and how near is near.

    Raises:
        ValueError: There is no such place, or no such distance.
    """
    where, _, far = node.value.partition("~")
    km = _NEAR_KM
    if far:
        told = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*(?:km)?\s*", far, re.ASCII)
        km = float(told[1]) if told else 0.0
        if not 0 < km <= _FARTHEST_KM:
            message = f"{far!r} is no distance: write kilometres up to {_FARTHEST_KM:.0f}, as ~50km"
            raise ValueError(message)
    pair = re.fullmatch(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*", where, re.ASCII)
    if pair:
        latitude, longitude = float(pair[1]), float(pair[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            message = f"{where} is no point: write LATITUDE,LONGITUDE in degrees"
            raise ValueError(message)
        return Point(latitude, longitude, km)
    return _named(where.strip(), km)


def box(node: Filter) -> tuple[float, float, float, float]:
    """West, south, east and north; west is greater than east over the date line.

    Raises:
        ValueError: It is no box.
    """
    degrees = r"\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*"
    told = re.fullmatch(rf"{degrees},{degrees},{degrees},{degrees}", node.value, re.ASCII)
    if told:
        west, south, east, north = map(float, told.groups())
        if abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
    message = f"{node.value!r} is no box: write WEST,SOUTH,EAST,NORTH in degrees"
    raise ValueError(message)


def _named(name: str, km: float) -> Point:
    from temoin.grounding.place.gazetteer import default_gazetteer

    # What only begins so, or sounds so, would be a guess that nobody sees.
    found = sorted(
        default_gazetteer().lookup(name), key=lambda place: (-place.population, place.id)
    )
    if not found:
        message = f"{name!r} is not in the gazetteer: write near:LATITUDE,LONGITUDE~KM"
        raise ValueError(message)
    place = found[0]
    note = f"{name} is {place.name}, {place.country} ({place.latitude:.2f}, {place.longitude:.2f})"
    return Point(place.latitude, place.longitude, km, note)


def _span(value: str) -> tuple[dt.date, dt.date]:
    told = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value.strip(), re.ASCII)
    try:
        if told is None:
            raise ValueError  # noqa: TRY301 - told below, with the other ways to be no day
        year, month, day = (int(part) if part else None for part in told.groups())
        first = dt.date(year or 0, month or 1, day or 1)
        if month is None:
            return first, dt.date(first.year, 12, 31)
        if day is None:
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    except ValueError:
        message = f"{value!r} is no day: write YYYY-MM-DD, YYYY-MM or YYYY"
        raise ValueError(message) from None
    return first, first


def _name(node: Filter) -> Sequence[str]:
    if not node.value.strip():
        message = f"the value of {node.name} is empty"
        raise ValueError(message)
    if node.name == "country" and not re.fullmatch(r"[A-Za-z]{2}", node.value, re.ASCII):
        message = f"{node.value!r} is no country: write its two letters (ISO 3166-1), as ML"
        raise ValueError(message)
    return node.value


_READERS = {
    "words": words,
    "choice": choices,
    "number": number,
    "whole": numbers,
    "day": days,
    "near": near,
    "box": box,
    "name": _name,
}
