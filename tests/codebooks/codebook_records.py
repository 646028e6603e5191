"""Grounded records for the tests of codebooks, made from words rather than offsets."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from temoin.codebooks import Coding, Row, code, load
from temoin.record import (
    ActorValue,
    Argument,
    Attribution,
    Certainty,
    Document,
    EquipmentValue,
    Event,
    EventType,
    PlaceValue,
    Polarity,
    QuantityValue,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
    TimeValue,
)

MIZDA = PlaceValue(
    name="Mizda", latitude=31.4493, longitude=12.9853, radius_km=1, feature="city", country="LY",
    gazetteer_id="geonames:2214827", acled_precision=1, ucdp_precision=1, rule="name",
)  # fmt: skip
GHARYAN = PlaceValue(
    name="Gharyan", latitude=32.1722, longitude=13.0203, radius_km=2, feature="city", country="LY",
    gazetteer_id="geonames:2217362", acled_precision=1, ucdp_precision=1, rule="name",
)  # fmt: skip

ACTORS = {
    "army": ActorValue(name="Military Forces of Libya", id="libya-military-forces",
                       kind="state_forces", country="LY", inter=1),
    "rebels": ActorValue(name="Southern Front", id="southern-front", kind="rebel_group",
                         country="LY", inter=2),
    "jihadists": ActorValue(name="Black Banner", id="black-banner", kind="jihadist_group",
                            country="LY", inter=2),
    "foreigners": ActorValue(name="Turkish Armed Forces", id="turkish-armed-forces",
                             kind="state_forces", country="TR", inter=8),
    "police": ActorValue(name="Police Forces of Libya", id="libya-police-forces", kind="police",
                         country="LY", inter=1),
    "government": ActorValue(name="Government of Libya", id="libya-government", kind="government",
                             country="LY", inter=1),
    "gunmen": ActorValue(name="Unidentified Armed Group", kind="armed_group", inter=3),
    "militia": ActorValue(name="Militia", kind="militia", inter=3),
    "civilians": ActorValue(name="Civilians", kind="civilians", inter=7),
    "people": ActorValue(name="People", kind="people"),
    "protesters": ActorValue(name="Protesters", kind="protesters", inter=6),
    "agency": ActorValue(name="United Nations", id="united-nations", kind="intergovernmental",
                         inter=8),
}  # fmt: skip


def at(text: str, words: str, nth: int = 1) -> dict[str, Any]:
    """The nth occurrence of words in a text, as the fields of a span."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def day(first: str, last: str | None = None, **fields: Any) -> TimeValue:
    """A day, or a stretch of days."""
    given = {
        "acled_precision": 1 if last is None else 2,
        "ucdp_precision": 1 if last is None else 2,
    }
    return TimeValue(
        earliest=dt.date.fromisoformat(first),
        latest=dt.date.fromisoformat(last or first),
        **(given | fields),
    )


class Report:
    """A text whose events are given one by one; words are looked up in it."""

    def __init__(self, text: str, **document: Any) -> None:
        self.text = text
        self.events: list[Event] = []
        self.relations: list[Relation] = []
        ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)", text)] or [len(text)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        given: dict[str, Any] = {
            "id": "r", "language": "en", "published": dt.date(2019, 11, 14), "source": "A Wire",
            "sentences": tuple(zip(starts, ends, strict=True)),
        }  # fmt: skip
        self.document = Document(text=text, **(given | document))

    def event(
        self,
        kind: str,
        trigger: str | tuple[str, int],
        *arguments: Argument,
        when: TimeValue | None = None,
        where: PlaceValue | None = None,
        said_by: str | None = None,
        polarity: str = "affirmed",
        certainty: str = "certain",
    ) -> str:
        """Add an event; its id comes back."""
        words = (trigger, 1) if isinstance(trigger, str) else trigger
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}",
                type=EventType(kind),
                trigger=Span(**at(self.text, *words)),
                arguments=arguments,
                polarity=Polarity(polarity),
                certainty=Certainty(certainty),
                attribution=Attribution(**at(self.text, said_by)) if said_by else None,
                time=when,
                place=where,
            )
        )
        return self.events[-1].id

    def who(self, role: str, words: str, actor: str | ActorValue | None = None) -> Argument:
        """Somebody; `actor` is a key of `ACTORS` or a value."""
        value = ACTORS[actor] if isinstance(actor, str) else actor
        return Argument(role=Role(role), **at(self.text, words), actor=value)

    def tool(self, words: str, kind: str, role: str = "instrument") -> Argument:
        """A weapon, vehicle or supply."""
        equipment = EquipmentValue(name=kind, kind=kind)
        return Argument(role=Role(role), **at(self.text, words), equipment=equipment)

    def count(self, words: str, value: float | None = None, **fields: Any) -> Argument:
        """A quantity, of killed people unless told otherwise."""
        given: dict[str, Any] = {
            "value": value, "low": value, "high": value, "unit": "people", "status": "killed",
            "kind": "unknown",
        }  # fmt: skip
        quantity = QuantityValue(**(given | fields))
        return Argument(role=Role.QUANTITY, **at(self.text, words), quantity=quantity, value=value)

    def causes(self, source: str, target: str) -> None:
        """One brought the other about."""
        self.relations.append(Relation(type=RelationType.CAUSES, source=source, target=target))

    def record(self) -> Record:
        """The record."""
        return Record(
            document=self.document, events=tuple(self.events), relations=tuple(self.relations)
        )

    def coded(self, book: str) -> Coding:
        """Its rows in a codebook."""
        return code(self.record(), load(book))

    def row(self, book: str) -> Row:
        """Its only row."""
        rows = self.coded(book).rows
        assert len(rows) == 1, [row.events for row in rows]
        return rows[0]
