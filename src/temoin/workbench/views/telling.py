"""Small things that many views tell: days and how precise they are, points, pieces of text."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

from temoin.exporting.wording import clean, place_words, quantity_words, time_words
from temoin.record import Argument, Span
from temoin.rows import place_value, with_antecedent
from temoin.workbench.api.models.common import Days, Piece, Point

__all__ = ["argument_words", "days", "piece", "point", "precision"]

Precision = Literal["day", "days", "month", "year", "range", "open", "none"]

#: Up to so many days are "days".
_FEW = 7


def days(earliest: dt.date | None, latest: dt.date | None) -> Days:
    """Days with how far they are apart."""
    return Days(earliest=earliest, latest=latest, precision=precision(earliest, latest))


def precision(earliest: dt.date | None, latest: dt.date | None) -> Precision:  # noqa: PLR0911 - one a word
    """How far two days are apart: one day, a few, all of a month, of a year, or something else."""
    if earliest is None and latest is None:
        return "none"
    if earliest is None or latest is None:
        return "open"
    if earliest == latest:
        return "day"
    if (latest - earliest).days < _FEW:
        return "days"
    if earliest.day == 1 and earliest.year == latest.year:
        if (earliest.month, latest.month, latest.day) == (1, 12, 31):
            return "year"
        end = calendar.monthrange(latest.year, latest.month)[1]
        if earliest.month == latest.month and latest.day == end:
            return "month"
    return "range"


def point(latitude: float | None, longitude: float | None, radius_km: float | None) -> Point | None:
    """A point, where there is one."""
    if latitude is None or longitude is None:
        return None
    return Point(latitude=latitude, longitude=longitude, radius_km=radius_km)


def piece(span: Span) -> Piece:
    """Words of the text."""
    return Piece(start=span.start, end=span.end, text=span.text)


def argument_words(argument: Argument) -> str:
    """What an argument stands for, in words; its own where nothing is known of it."""
    if argument.actor is not None:
        return clean(argument.actor.name)
    if argument.quantity is not None:
        number = quantity_words(argument.quantity)
        return f"{number} {argument.quantity.unit}" if argument.quantity.unit else number
    place = place_value(argument)
    if place is not None:
        return f"{clean(place.name)} ({place_words(place)})"
    if argument.equipment is not None:
        return clean(argument.equipment.name)
    if argument.time is not None:
        return time_words(argument.time)
    return clean(with_antecedent(argument))
