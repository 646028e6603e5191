from __future__ import annotations

import datetime as dt

import pytest

from temoin.reading.dates import as_day
from temoin.reading.extracted import Unreadable


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-25",
        " 2024-03-25 ",
        "2024/03/25",
        "20240325",
        "2024-03-25T23:30:00Z",
        "2024-03-25 23:30",
        "2024-03-25T23:30:00.5+02:00",
        "25.03.2024",
        "25/03/2024",
        "03/25/2024",
        "Mon, 25 Mar 2024 10:00:00 +0100",
        "25 Mar 2024 10:00:00 GMT",
        dt.date(2024, 3, 25),
        dt.datetime(2024, 3, 25, 23, tzinfo=dt.UTC),
    ],
)
def test_days_with_one_reading(value: str | dt.date) -> None:
    assert as_day(value) == dt.date(2024, 3, 25)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("03/04/2024", "may be two days"),
        ("2024-02-30", "not a day of the calendar"),
        ("31.02.2024", "not a day of the calendar"),
        ("hier", "not a date"),
        ("2024", "not a date"),
        ("", "not a date"),
        ("1710115200", "not a date"),
    ],
)
def test_other_days_are_refused(value: str, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        as_day(value)
