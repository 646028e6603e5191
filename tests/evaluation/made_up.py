"""Small gold reports and records for the tests of evaluation, written in the notation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from temoin.corpus import GoldReport, compile_gold
from temoin.record import Record

TEXT = "On Monday rebels shelled Oum and killed three men near Tal, a nurse said."

EVENTS = """\
E e1 shelling "shelled" actor="rebels" target="Oum" place="Oum"@10.0,20.0 time="On Monday"=2022-05-02
E e2 killing "killed" actor="rebels" target="three men" quantity="three"#3 place="Tal"@11.0,20.0~50 \
certainty=possible attribution="a nurse"
R e1 causes e2
"""  # noqa: E501 - a line of the notation is a line


def gold(events: str = EVENTS, *, name: str = "a", language: str = "en") -> GoldReport:
    """A gold report of `TEXT`."""
    head = f"doc: {name}\nlang: {language}\npublished: 2022-05-04\nsource: made up\n---\n"
    return compile_gold(f"{head}S {TEXT}\n{events}")


def span(words: str, **more: Any) -> dict[str, Any]:
    """Words of `TEXT` as a span of a record."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def event(name: str, kind: str, trigger: str, **more: Any) -> dict[str, Any]:
    """An event of a record."""
    return {"id": name, "type": kind, "trigger": span(trigger), **more}


def record(
    *events: dict[str, Any],
    relations: Sequence[dict[str, str]] = (),
    name: str = "a",
    language: str = "en",
    **more: Any,
) -> Record:
    """A record of `TEXT`."""
    document = {"id": name, "text": TEXT, "language": language}
    return Record.from_dict(
        {"document": document, "events": events, "relations": list(relations), **more}
    )


def days(first: str | dt.date, last: str | dt.date | None = None) -> dict[str, str]:
    """A time of a record."""
    return {"earliest": str(first), "latest": str(last or first)}


def perfect() -> Record:
    """A record that has everything that `gold()` has."""
    return record(
        event(
            "x1",
            "shelling",
            "shelled",
            arguments=[
                span("rebels", role="actor"),
                span("Oum", role="target"),
                span("Oum", role="place", latitude=10.0, longitude=20.0),
                span("On Monday", role="time"),
            ],
            time=days("2022-05-02"),
        ),
        event(
            "x2",
            "killing",
            "killed",
            arguments=[
                span("rebels", role="actor"),
                span("three men", role="target"),
                span("three", role="quantity", value=3),
                span("Tal", role="place"),
            ],
            place={"name": "Tal", "latitude": 11.0, "longitude": 20.0},
            certainty="possible",
            attribution=span("a nurse"),
        ),
        relations=[{"type": "causes", "source": "x1", "target": "x2"}],
    )
