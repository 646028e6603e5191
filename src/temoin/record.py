"""The record: what one report claims, every field tied to its words.

A `Record` holds a `Document` (the untouched text and where it came from), the
events that the text claims, relations between them, mentions and entities, and
`ungrounded`: whatever could not be tied to the text. It knows nobody: every
other package of Témoin builds or reads records, this module imports none of
them (`temoin.rows`, its flat view, stands beside it).

Offsets count Unicode code points of `document.text`, half-open. A record whose
quoted texts are not the slices of its document at their offsets cannot be
built: validation refuses it.

The JSON Schema (`temoin schema`) is generated from these types.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "SCHEMA_VERSION",
    "ActorValue",
    "Argument",
    "Attribution",
    "Certainty",
    "Document",
    "Entity",
    "EquipmentValue",
    "Event",
    "EventType",
    "Mention",
    "PlaceValue",
    "Polarity",
    "Provenance",
    "QuantityValue",
    "Record",
    "Relation",
    "RelationType",
    "Role",
    "Span",
    "TimeValue",
    "Ungrounded",
    "json_schema",
]

#: Version of the record's schema: the first number changes when readers must change.
SCHEMA_VERSION = "1.1"

Offset = Annotated[int, Field(ge=0)]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class EventType(StrEnum):
    """The 33 types of event; `docs/events.md` defines each."""

    ARMED_CLASH = "armed_clash"
    GROUND_ATTACK = "ground_attack"
    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    DRONE_STRIKE = "drone_strike"
    EXPLOSION = "explosion"
    SHOOT_DOWN = "shoot_down"
    SIEGE = "siege"
    ADVANCE = "advance"
    WITHDRAWAL = "withdrawal"
    CAPTURE = "capture"
    DEPLOYMENT = "deployment"
    REINFORCEMENT = "reinforcement"
    INCURSION = "incursion"
    FRONT_COLLAPSE = "front_collapse"
    SURRENDER = "surrender"
    SUPPLY = "supply"
    CAPABILITY_DENIED = "capability_denied"
    DELAY = "delay"
    SUPPORT_REQUEST = "support_request"
    KILLING = "killing"
    INJURY = "injury"
    DETENTION = "detention"
    RELEASE = "release"
    DISPLACEMENT = "displacement"
    DESTRUCTION = "destruction"
    CEASEFIRE = "ceasefire"
    AGREEMENT = "agreement"
    NEGOTIATION = "negotiation"
    THREAT = "threat"
    ACCUSATION = "accusation"
    PROTEST = "protest"
    AID_DELIVERY = "aid_delivery"


class Role(StrEnum):
    """What an argument is to its event."""

    ACTOR = "actor"
    TARGET = "target"
    PLACE = "place"
    ORIGIN = "origin"
    DESTINATION = "destination"
    INSTRUMENT = "instrument"
    TIME = "time"
    QUANTITY = "quantity"


class Polarity(StrEnum):
    """Whether the text says that the event happened or that it did not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Certainty(StrEnum):
    """How sure the text itself is; a named source's claim is `certain` with its attribution."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    PLANNED = "planned"


class RelationType(StrEnum):
    """What one event is to another, only where the text says or plainly implies it."""

    BEFORE = "before"
    CAUSES = "causes"
    PREVENTS = "prevents"
    RESPONDS_TO = "responds_to"


class _Part(BaseModel):
    """A part of the record: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False)


class Span(_Part):
    """Words of the text: `text == document.text[start:end]`, `start < end`."""

    start: Offset = Field(description="First code point of the span.")
    end: Offset = Field(description="One past the last code point of the span.")
    text: str = Field(description="The words themselves, exactly as the document has them.")

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if not self.start < self.end:
            message = f"a span must have words: start {self.start}, end {self.end}"
            raise ValueError(message)
        if len(self.text) != self.end - self.start:
            message = f"{self.text!r} does not have {self.end - self.start} code points"
            raise ValueError(message)
        return self


class TimeValue(_Part):
    """The days that a time expression denotes, as far as the words allow."""

    earliest: dt.date | None = Field(default=None, description="First day, inclusive.")
    latest: dt.date | None = Field(default=None, description="Last day, inclusive.")
    value: str | None = Field(default=None, description="TIMEX3-like value, e.g. 2024-03-11, P6H.")
    precision: str | None = Field(
        default=None, description="hour, day, week, month, season, year, range, vague or duration."
    )
    acled_precision: int | None = Field(default=None, ge=1, le=3)
    ucdp_precision: int | None = Field(default=None, ge=1, le=5)
    rule: str | None = Field(default=None, description="The rule that gave the value.")
    note: str | None = Field(default=None, description="Why there is no day, where there is none.")

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.earliest and self.latest and self.earliest > self.latest:
            message = f"time runs backwards: {self.earliest} to {self.latest}"
            raise ValueError(message)
        return self


class QuantityValue(_Part):
    """The number that a quantity's words give, with its bounds."""

    value: float | None = Field(default=None, description="The number, null where none is named.")
    low: float | None = Field(default=None, description="Lower bound that the words allow.")
    high: float | None = Field(default=None, description="Upper bound that the words allow.")
    unit: str | None = Field(default=None, description="people, kilometre, hour, village, ...")
    approximate: bool = Field(default=False, description="Whether the words hedge the number.")
    status: str | None = Field(
        default=None, description="killed, wounded, missing, captured, displaced, where it is that."
    )
    kind: str | None = Field(default=None, description="civilian, combatant or unknown, of people.")
    rule: str | None = None
    note: str | None = None


class PlaceValue(_Part):
    """Where a place is: a point and the radius within which it lies."""

    name: str = Field(description="Name in the gazetteer, or the words where there is none.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees, WGS 84.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees, WGS 84.")
    radius_km: float | None = Field(default=None, ge=0)
    gazetteer_id: str | None = Field(default=None, description="e.g. geonames:169389.")
    feature: str | None = Field(default=None, description="city, admin1, country, river, ...")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2.")
    acled_precision: int | None = Field(default=None, ge=1, le=3)
    ucdp_precision: int | None = Field(default=None, ge=1, le=7)
    score: float | None = Field(default=None, description="Score against the other candidates.")
    candidates: tuple[PlaceValue, ...] = Field(default=(), description="The others, best first.")
    rule: str | None = None
    note: str | None = None


class ActorValue(_Part):
    """Whom the words name, as far as they and the document's theatre tell."""

    name: str = Field(description="Canonical name in English, or what the words are.")
    id: str | None = Field(default=None, description="e.g. syria-government; null where unknown.")
    kind: str = Field(description="state_forces, rebel_group, militia, civilians, ...")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2.")
    inter: int | None = Field(default=None, ge=0, le=8, description="ACLED's inter code.")
    parent: str | None = Field(default=None, description="Id of the actor it belongs to.")
    wikidata: str | None = Field(default=None, description="e.g. Q41053.")
    loaded: bool = Field(default=False, description="Whether the words take sides.")
    as_written: str | None = Field(default=None, description="The words that were resolved.")
    rule: str | None = Field(default=None, description="The rule that gave the value.")
    note: str | None = Field(default=None, description="What settled it, or why nothing did.")


class EquipmentValue(_Part):
    """The type of weapon, vehicle or supply that the words name."""

    name: str = Field(description="Name of the type, or of its class.")
    id: str | None = Field(default=None, description="e.g. su-25; null where only a class is told.")
    kind: str = Field(description="Its class: fighter, drone, tank, mortar, mine, food, ...")
    origin: str | None = Field(default=None, description="Where it is made: ISO 3166-1 alpha-2.")
    caliber_mm: float | None = Field(default=None, gt=0)
    rule: str | None = None
    note: str | None = None


class Argument(Span):
    """A participant or circumstance of an event, with its words and what they stand for."""

    role: Role
    antecedent: Span | None = Field(
        default=None, description="The mention that this one (a pronoun, say) stands for."
    )
    entity: str | None = Field(default=None, description="Id of the entity mentioned.")
    confidence: Confidence | None = None
    value: float | None = Field(default=None, description="Of a quantity: its number.")
    latitude: float | None = Field(default=None, description="Of a place: degrees north.")
    longitude: float | None = Field(default=None, description="Of a place: degrees east.")
    quantity: QuantityValue | None = None
    time: TimeValue | None = None
    place: PlaceValue | None = None
    actor: ActorValue | None = None
    equipment: EquipmentValue | None = None


class Attribution(Span):
    """Who says so, where the text names a source."""

    antecedent: Span | None = None
    entity: str | None = None
    confidence: Confidence | None = None
    actor: ActorValue | None = None


class Event(_Part):
    """One claimed event: the words that name it and everything the text hangs on them."""

    id: str
    type: EventType
    trigger: Span
    arguments: tuple[Argument, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    attribution: Attribution | None = None
    time: TimeValue | None = None
    place: PlaceValue | None = None
    confidence: Confidence | None = Field(default=None, description="That there is such an event.")
    polarity_confidence: Confidence | None = None
    certainty_confidence: Confidence | None = None

    def of_role(self, role: Role | str) -> tuple[Argument, ...]:
        """The arguments of one role, in the order of the text."""
        return tuple(argument for argument in self.arguments if argument.role == role)


class Relation(_Part):
    """`source` before, causes, prevents or responds_to `target` (ids of events)."""

    type: RelationType
    source: str
    target: str
    confidence: Confidence | None = None


class Mention(Span):
    """Words that name an actor, a place, a thing or a time."""

    id: str
    kind: str = Field(description="actor, place, equipment, time, ...")
    entity: str | None = None
    time: TimeValue | None = Field(default=None, description="Of a time: its days.")
    place: PlaceValue | None = Field(default=None, description="Of a place name: where it is.")


class Entity(_Part):
    """One actor, place or thing of the document: all its mentions."""

    id: str
    kind: str
    name: str
    mentions: tuple[str, ...] = Field(description="Ids of its mentions, in the text's order.")


class Ungrounded(_Part):
    """Something that could not be tied to the text or to the world: shown, never dropped."""

    field: str = Field(description="Which field, e.g. e3.time.")
    value: str = Field(description="What it was, as text.")
    reason: str


class Provenance(_Part):
    """Which program and model made the record."""

    temoin: str = Field(description="Version of Témoin.")
    model: str | None = Field(default=None, description="Name of the extraction model.")
    model_sha256: str | None = None


class Document(_Part):
    """The untouched text and where it came from."""

    id: str
    text: str
    sha256: str | None = Field(default=None, description="SHA-256 of the bytes that were read.")
    text_sha256: str | None = Field(default=None, description="SHA-256 of the text in UTF-8.")
    language: str = Field(default="other", description="fr, en, es, ar, uk, ru or other.")
    language_confidence: Confidence | None = None
    published: dt.date | None = Field(default=None, description="Publication day, if known.")
    published_from: str | None = Field(
        default=None, description="Where the day comes from: argument, metadata or row."
    )
    source: str | None = Field(default=None, description="Publisher or site, if known.")
    title: str | None = None
    url: str | None = None
    path: str | None = Field(default=None, description="File (and row) that was read.")
    media_type: str | None = None
    encoding: str | None = Field(default=None, description="Encoding the bytes were read with.")
    sentences: tuple[tuple[Offset, Offset], ...] = Field(
        default=(), description="Sentences as half-open ranges of offsets."
    )
    notes: tuple[str, ...] = Field(default=(), description="What the reader should know.")


class Record(_Part):
    """What one report claims."""

    schema_version: str = SCHEMA_VERSION
    document: Document
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    ungrounded: tuple[Ungrounded, ...] = ()
    provenance: Provenance | None = None

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of the record with the name of its field, e.g. `e1.actor`."""
        for event in self.events:
            yield f"{event.id}.trigger", event.trigger
            for argument in event.arguments:
                yield f"{event.id}.{argument.role}", argument
                if argument.antecedent:
                    yield f"{event.id}.{argument.role}.antecedent", argument.antecedent
            if event.attribution:
                yield f"{event.id}.attribution", event.attribution
                if event.attribution.antecedent:
                    yield f"{event.id}.attribution.antecedent", event.attribution.antecedent
        for mention in self.mentions:
            yield mention.id, mention

    @model_validator(mode="after")
    def _is_grounded(self) -> Self:
        text = self.document.text
        for field, span in self.spans():
            found = text[span.start : span.end]
            if found != span.text:
                message = f"{field}: {span.text!r} is not at {span.start}-{span.end}: {found!r}"
                raise ValueError(message)
        for start, end in self.document.sentences:
            if not start < end <= len(text):
                message = f"sentence {start}-{end} is not within the text"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _refers_to_itself(self) -> Self:
        events = [event.id for event in self.events]
        mentions = [mention.id for mention in self.mentions]
        entities = [entity.id for entity in self.entities]
        for kind, ids in (("event", events), ("mention", mentions), ("entity", entities)):
            if len(ids) != len(set(ids)):
                message = f"an id of an {kind} stands twice"
                raise ValueError(message)
        known = set(events)
        for relation in self.relations:
            if not {relation.source, relation.target} <= known:
                message = f"relation {relation.type} names an event that is not there"
                raise ValueError(message)
        return self

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON types; fields that are null or empty are left out."""
        return self.model_dump(mode="json", exclude_none=True)

    def to_json(self) -> str:
        """The record as one line of JSON, the same bytes for the same record."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """Read a record back from `to_dict`; raises `ValueError` where it is not one."""
        return cls.model_validate(data)

    def to_dataframe(self) -> pd.DataFrame:
        """The events as a pandas data frame, one row an event.

        Columns are those of `temoin read --format csv`. Needs `temoin[pandas]`.
        """
        import pandas as pd

        from temoin.rows import COLUMNS, rows

        return pd.DataFrame(rows(self), columns=list(COLUMNS))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a record, draft 2020-12."""
    schema = Record.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"Témoin record {SCHEMA_VERSION}"
    return schema
