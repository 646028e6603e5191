"""Tables of what the machine found: records kept whole, and their events as rows.

Rows of `events`, `arguments` and `relations` with origin `machine` follow from the
record they belong to and are never changed afterwards, but for `active`; `temoin
verify` projects each record again and compares.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from temoin.casefile.schema.base import Base, Digest, DocumentId, Key, Moment, Name, Words, one_of

__all__ = ["ORIGINS", "PRODUCERS", "Argument", "Event", "Producer", "Relation", "StoredRecord"]

#: What made a record.
PRODUCERS = ("model", "import", "opinion")

#: Where a value comes from.
ORIGINS = ("machine", "human")


#: What answers how many were killed, from the index alone.
_COUNTED = ("role", "status", "active", "value", "low", "high", "claim_id")


class Producer(Base):
    """What made records: a version of Témoin with its model, or an import."""

    __tablename__ = "producers"
    __table_args__ = (CheckConstraint(one_of("kind", PRODUCERS), name="kind"),)

    id: Mapped[Key] = mapped_column(doc="Number of the producer.")
    digest: Mapped[Digest] = mapped_column(
        unique=True, doc="SHA-256 of the other columns as canonical JSON: one row for one producer."
    )
    kind: Mapped[Name] = mapped_column(
        doc="model, import (reference data), or opinion (a second model that was asked)."
    )
    name: Mapped[Words] = mapped_column(doc="Name of the model, or of the data set.")
    temoin: Mapped[Name] = mapped_column(doc="Version of Témoin.")
    model_sha256: Mapped[Digest | None] = mapped_column(doc="SHA-256 of the model.")
    terms: Mapped[Words | None] = mapped_column(doc="Terms of use of imported data.")


class StoredRecord(Base):
    """A record as it was produced, whole."""

    __tablename__ = "records"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[Key] = mapped_column(doc="Number of the record.")
    document_id: Mapped[DocumentId] = mapped_column(doc="What was read.")
    number: Mapped[int] = mapped_column(doc="1 for the document's first record, 2 for the next.")
    producer_id: Mapped[int] = mapped_column(
        ForeignKey("producers.id"), index=True, doc="What made it."
    )
    current: Mapped[bool] = mapped_column(
        default=True, doc="Whether claims follow this record; one a document."
    )
    schema_version: Mapped[Name] = mapped_column(doc="Version of the record's JSON Schema.")
    sha256: Mapped[Digest] = mapped_column(doc="SHA-256 of the canonical JSON.")
    codec: Mapped[Name] = mapped_column(doc="plain or zlib.")
    data: Mapped[bytes] = mapped_column(
        LargeBinary, doc="The record as canonical JSON in UTF-8, stored with the codec."
    )
    added_at: Mapped[Moment] = mapped_column(doc="When it was added, UTC.")
    added_by: Mapped[Name] = mapped_column(doc="Who had it made.")


class Event(Base):
    """One event of one record, as the machine had it."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("record_id", "number"),
        Index("ix_events_sentences", "claim_id", "sentence_start", "sentence_end"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the event.")
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), doc="The record.")
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"), doc="The claim that it is the machine's view of."
    )
    number: Mapped[int] = mapped_column(doc="1 for the first event of the record.")
    key: Mapped[Name] = mapped_column(doc="Its id in the record: e1, e2, ...")
    type: Mapped[Name] = mapped_column(doc="One of the types of docs/events.md.")
    trigger: Mapped[Words] = mapped_column(doc="The words that name the event.")
    trigger_start: Mapped[int] = mapped_column(doc="Their first code point.")
    trigger_end: Mapped[int] = mapped_column(doc="One past their last code point.")
    polarity: Mapped[Name] = mapped_column(doc="affirmed or negated.")
    certainty: Mapped[Name] = mapped_column(doc="certain, probable, possible or planned.")
    confidence: Mapped[float | None] = mapped_column(doc="That there is such an event.")
    polarity_confidence: Mapped[float | None] = mapped_column(doc="In the polarity.")
    certainty_confidence: Mapped[float | None] = mapped_column(doc="In the certainty.")
    attribution: Mapped[Words | None] = mapped_column(doc="The words that name who says so.")
    attribution_start: Mapped[int | None] = mapped_column(doc="Their first code point.")
    attribution_end: Mapped[int | None] = mapped_column(doc="One past their last code point.")
    sentence_start: Mapped[int | None] = mapped_column(doc="Where the trigger's sentence starts.")
    sentence_end: Mapped[int | None] = mapped_column(doc="Where it ends.")


class Argument(Base):
    """A participant or circumstance of a claim, with its words and what they stand for."""

    __tablename__ = "arguments"
    __table_args__ = (
        CheckConstraint(one_of("origin", ORIGINS), name="origin"),
        Index("ix_arguments_ref_role", "ref", "role"),
        Index("ix_arguments_counted", *_COUNTED),
        Index("ix_arguments_latitude_longitude", "latitude", "longitude"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the argument.")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True, doc="The claim.")
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("events.id"), index=True, doc="The machine's event; null for a human's value."
    )
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("decisions.id"), doc="The decision that gave a human's value."
    )
    origin: Mapped[Name] = mapped_column(default="machine", doc="machine or human.")
    active: Mapped[bool] = mapped_column(
        default=True,
        doc="Whether it holds now: false once rejected, edited or superseded by a newer record.",
    )
    number: Mapped[int] = mapped_column(doc="1 for the first argument of its event.")
    role: Mapped[Name] = mapped_column(doc="actor, target, place, time, quantity, ...")
    field: Mapped[Name] = mapped_column(
        doc="How decisions name it: role:start-end, the same for any record of the text."
    )
    words: Mapped[Words] = mapped_column(doc="Its words in the text.")
    start: Mapped[int | None] = mapped_column(
        doc="Their first code point; null where a human gave a value without words."
    )
    end: Mapped[int | None] = mapped_column(doc="One past their last code point.")
    antecedent: Mapped[Words | None] = mapped_column(doc="The mention that these words stand for.")
    antecedent_start: Mapped[int | None] = mapped_column(doc="Its first code point.")
    antecedent_end: Mapped[int | None] = mapped_column(doc="One past its last code point.")
    entity: Mapped[Name | None] = mapped_column(doc="Id of its entity in the record.")
    confidence: Mapped[float | None] = mapped_column(doc="In the argument.")
    name: Mapped[Words | None] = mapped_column(
        doc="Name of the actor, place or equipment that the words stand for."
    )
    ref: Mapped[Name | None] = mapped_column(
        doc="Its id in Témoin's tables, e.g. stc, geonames:108410, su-25."
    )
    kind: Mapped[Name | None] = mapped_column(
        doc="Kind of actor, place or equipment; of people counted: civilian, combatant."
    )
    country: Mapped[Name | None] = mapped_column(doc="ISO 3166-1 alpha-2.")
    latitude: Mapped[float | None] = mapped_column(doc="Degrees north, WGS 84.")
    longitude: Mapped[float | None] = mapped_column(doc="Degrees east.")
    radius_km: Mapped[float | None] = mapped_column(doc="Within which it lies.")
    value: Mapped[float | None] = mapped_column(doc="Of a quantity: the number.")
    low: Mapped[float | None] = mapped_column(doc="Lower bound.")
    high: Mapped[float | None] = mapped_column(doc="Upper bound.")
    unit: Mapped[Name | None] = mapped_column(doc="people, kilometre, hour, ...")
    status: Mapped[Name | None] = mapped_column(doc="killed, wounded, missing, ...")
    earliest: Mapped[dt.date | None] = mapped_column(doc="Of a time: first day.")
    latest: Mapped[dt.date | None] = mapped_column(doc="Last day.")
    precision: Mapped[Name | None] = mapped_column(doc="Of a time: hour, day, week, ...")


class Relation(Base):
    """What one event of a record is to another."""

    __tablename__ = "relations"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    id: Mapped[Key] = mapped_column(doc="Number of the relation.")
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), doc="The record.")
    number: Mapped[int] = mapped_column(doc="1 for the first relation of the record.")
    type: Mapped[Name] = mapped_column(doc="before, causes, prevents or responds_to.")
    source_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True, doc="One event.")
    target_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True, doc="The other.")
    confidence: Mapped[float | None] = mapped_column(doc="In the relation.")
