"""Publication days as rows, feeds and callers write them.

Only forms with one reading are taken: a day that might be another would put
every relative time of the report on the wrong day without a word.
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from temoin.reading.extracted import Unreadable

__all__ = ["as_day"]

_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]\d{2}[:.]?\d{2}.*)?")
_DAY_FIRST_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{2,4}\b.*")


def as_day(value: str | dt.date | dt.datetime) -> dt.date:
    """Read a publication day.

    Args:
        value: A date, or text: `2024-03-11`, `2024-03-11T10:00:00Z`, `2024/03/11`,
            `20240311`, `11.03.2024`, `Mon, 11 Mar 2024 10:00:00 GMT`, and
            `25/03/2024` where only one order of day and month is possible.
            A time of day and a zone are dropped: the day counts as written.

    Raises:
        Unreadable: The text is no date, or may be two.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = value.strip()
    try:
        if match := _ISO.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST_DOTS.fullmatch(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHES.fullmatch(text):
            return _with_slashes(text, int(match[1]), int(match[2]), int(match[3]))
        if _RFC_822.fullmatch(text):
            return parsedate_to_datetime(text).date()
    except Unreadable:
        raise
    except (ValueError, TypeError) as error:
        message = f"published {text[:40]!r} is not a day of the calendar"
        raise Unreadable(message) from error
    message = f"published {text[:40]!r} is not a date: write it as 2024-03-11"
    raise Unreadable(message)


def _with_slashes(text: str, first: int, second: int, year: int) -> dt.date:
    if first > 12 or first == second:
        return dt.date(year, second, first)
    if second > 12:
        return dt.date(year, first, second)
    message = f"published {text!r} may be two days (day or month first): write it as 2024-03-11"
    raise Unreadable(message)
