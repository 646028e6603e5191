"""A case to export: three reports with all kinds of claims, and words that mean harm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sample_records import at, document, one_event, record

from temoin.casefile import Case, Custody
from temoin.casefile.exporting import Counts, export
from temoin.casefile.privacy import load_profile
from temoin.casefile.storing import store_document
from temoin.record import (
    ActorValue,
    Argument,
    Event,
    EventType,
    PlaceValue,
    QuantityValue,
    Record,
    Role,
    Span,
    TimeValue,
)

#: What spreadsheets, browsers and map viewers might run.
EVIL = '=HYPERLINK("http://x")<script>alert(1)</script><img src=x onerror=y>&amp;]]>'
EVIL_TEXT = f"{EVIL} shelled Kidal. The army killed four civilians."

HIDDEN_TEXT = "General Amina Diallo shelled a hospital, she said from +223 70 12 34 56."


#: The case's file, made once.
_made: list[bytes] = []


@contextmanager
def opened(folder: Path) -> Iterator[Case]:
    """A case with three reports, three, two and one claim."""
    path = folder / "case.temoin"
    if not _made:
        with Case.create(path, actor="ana") as case:
            add(case, record())
            add(case, evil())
            add(case, hidden(), sensitivity="public")
        _made.append(path.read_bytes())
    path.write_bytes(_made[0])
    with Case.open(path) as case:
        yield case


def add(case: Case, each: Record, **custody: Any) -> None:
    """Store one record."""
    with case.writing(actor="ana") as work:
        store_document(work, each, original=None, custody=Custody(**custody))


def evil() -> Record:
    """A report that begins with a formula and has markup in it; far east, radius over the edge."""
    place = PlaceValue(
        name="Kidal <b>", latitude=18.44, longitude=179.9, radius_km=30, gazetteer_id="geonames:1",
        country="ML",
    )  # fmt: skip
    event = Event(
        id="e1",
        type=EventType.SHELLING,
        trigger=Span(**at(EVIL_TEXT, "shelled")),
        arguments=(
            Argument(
                role=Role.ACTOR,
                **at(EVIL_TEXT, EVIL),
                actor=ActorValue(name=EVIL, kind="rebel_group"),
            ),
            Argument(role=Role.PLACE, **at(EVIL_TEXT, "Kidal"), place=place),
        ),
        time=TimeValue(earliest=dt.date(2024, 3, 1), latest=dt.date(2024, 3, 9), precision="range"),
        confidence=0.9,
    )
    killing = Event(
        id="e2",
        type=EventType.KILLING,
        trigger=Span(**at(EVIL_TEXT, "killed")),
        arguments=(
            Argument(
                role=Role.ACTOR,
                **at(EVIL_TEXT, "The army"),
                actor=ActorValue(name="Army of Mali", id="mali-army", kind="state_forces"),
            ),
            Argument(
                role=Role.TARGET,
                **at(EVIL_TEXT, "civilians"),
                actor=ActorValue(name="Civilians", kind="civilians"),
            ),
            Argument(
                role=Role.QUANTITY,
                **at(EVIL_TEXT, "four"),
                quantity=QuantityValue(value=4, low=4, high=4, unit="people", status="killed"),
            ),
        ),
    )
    told = document(
        EVIL_TEXT, id="=evil", title=EVIL, language="en", source="@Evil\x07",
        url="javascript:alert(1)", published=dt.date(2024, 3, 10),
        sentences=((0, len(EVIL) + 15), (len(EVIL) + 16, len(EVIL_TEXT))),
    )  # fmt: skip
    return Record(document=told, events=(event, killing))


def hidden() -> Record:
    """A report that names a person and her telephone."""
    each = one_event(HIDDEN_TEXT, "shelled", actor="General Amina Diallo", target="a hospital")
    return each.model_copy(update={"document": document(HIDDEN_TEXT, id="diallo-file")})


def write(case: Case, form: str, out: Path, profile: str = "internal", **options: Any) -> Counts:
    """Export to a file."""
    return export(case, form, out, profile=load_profile(profile), **options)
