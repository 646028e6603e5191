"""Tables of what people decided: claims as they stand now, every decision, sensitivity.

A claim outlives the records that it came from: a newer model's events are matched to
the claims that are there, so that decisions stay. Its columns say what holds now, the
machine's value or the human's; both stay, in `events` and in `decisions`.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from temoin.casefile.schema.base import (
    SENSITIVITIES,
    Base,
    DocumentId,
    Json,
    Key,
    Moment,
    Name,
    Words,
    one_of,
)
from temoin.casefile.schema.records import ORIGINS

__all__ = ["STATES", "VERDICTS", "Claim", "Decision", "FieldSensitivity"]

#: How far the review of a claim is.
STATES = ("pending", "accepted", "edited", "rejected", "unsure")

#: What a reviewer can say; `add` is a field or claim that the machine missed.
VERDICTS = ("accept", "edit", "reject", "unsure", "add", "undo")


#: Indexes that answer a search alone: by their first column it is found, by the days it is
#: put in order, by the document it belongs somewhere. Reading the rows takes several times
#: as long. The one by type has what else is often asked.
_SEARCHED = {
    "ix_claims_by_type": (
        "type",
        "earliest",
        "latest",
        "document_id",
        "polarity",
        "certainty",
        "confidence",
        "country",
        "latitude",
        "longitude",
    ),
    "ix_claims_by_polarity": ("polarity", "earliest", "latest", "document_id", "confidence"),
    "ix_claims_by_certainty": ("certainty", "earliest", "latest", "document_id", "confidence"),
    "ix_claims_by_country": ("country", "earliest", "latest", "document_id", "type"),
    "ix_claims_by_place": ("latitude", "longitude", "earliest", "latest", "document_id", "type"),
    "ix_claims_by_time": ("earliest", "latest", "document_id"),
}


class Claim(Base):
    """One claim of one document as it stands now: machine values under human decisions."""

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint(one_of("origin", ORIGINS), name="origin"),
        CheckConstraint(one_of("state", STATES), name="state"),
        *(Index(name, *columns) for name, columns in _SEARCHED.items()),
        Index("ix_claims_document_id_trigger_start", "document_id", "trigger_start"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the claim in this case; it never changes.")
    document_id: Mapped[DocumentId] = mapped_column(doc="The document that claims it.")
    origin: Mapped[Name] = mapped_column(
        default="machine", doc="machine (also imported) or human: who saw it first."
    )
    present: Mapped[bool] = mapped_column(
        default=True,
        index=True,
        doc="Whether the current record has it; false where a newer model lost it.",
    )
    state: Mapped[Name] = mapped_column(
        default="pending", index=True, doc="pending, accepted, edited, rejected or unsure."
    )
    version: Mapped[int] = mapped_column(
        default=1, doc="Goes up with each change: a decision names the version that it saw."
    )
    decided_at: Mapped[Moment | None] = mapped_column(doc="When it was last decided on, UTC.")
    decided_by: Mapped[Name | None] = mapped_column(doc="By whom.")
    type: Mapped[Name] = mapped_column(doc="Type of event.")
    trigger: Mapped[Words] = mapped_column(doc="The words that name the event.")
    trigger_start: Mapped[int] = mapped_column(doc="Their first code point.")
    trigger_end: Mapped[int] = mapped_column(doc="One past their last code point.")
    polarity: Mapped[Name] = mapped_column(doc="affirmed or negated.")
    certainty: Mapped[Name] = mapped_column(doc="certain, probable, possible or planned.")
    attribution: Mapped[Words | None] = mapped_column(doc="Who says so, in the text's words.")
    confidence: Mapped[float | None] = mapped_column(doc="The machine's, that there is the event.")
    earliest: Mapped[dt.date | None] = mapped_column(doc="First day on which it may have been.")
    latest: Mapped[dt.date | None] = mapped_column(doc="Last day.")
    place: Mapped[Words | None] = mapped_column(doc="Name of the main place.")
    place_ref: Mapped[Name | None] = mapped_column(index=True, doc="Its id in the gazetteer.")
    country: Mapped[Name | None] = mapped_column(doc="ISO 3166-1 alpha-2.")
    latitude: Mapped[float | None] = mapped_column(doc="Degrees north, WGS 84.")
    longitude: Mapped[float | None] = mapped_column(doc="Degrees east.")
    radius_km: Mapped[float | None] = mapped_column(doc="Within which the place lies.")


class Decision(Base):
    """One decision of one reviewer; appended, never changed but for `active`."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        Index("ix_decisions_claim_id_active", "claim_id", "active"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the decision.")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), doc="What was decided on.")
    field: Mapped[Name | None] = mapped_column(
        doc="Null for the whole claim; type, polarity, certainty, attribution, time, place, "
        "trigger, or an argument as role:start-end."
    )
    verdict: Mapped[Name] = mapped_column(doc="accept, edit, reject, unsure, add or undo.")
    value: Mapped[Json | None] = mapped_column(
        doc="The human's value as canonical JSON, in the record's own form."
    )
    machine: Mapped[Json | None] = mapped_column(doc="The machine's value that the reviewer saw.")
    reviewer: Mapped[Name] = mapped_column(index=True, doc="Who decided.")
    reason_code: Mapped[Name | None] = mapped_column(doc="Why, from a short list.")
    reason: Mapped[Words | None] = mapped_column(doc="Why, in words.")
    at: Mapped[Moment] = mapped_column(doc="When, UTC.")
    claim_version: Mapped[int] = mapped_column(doc="The claim's version after it.")
    batch: Mapped[Name | None] = mapped_column(
        index=True, doc="What was decided in one step, and is undone in one."
    )
    undoes: Mapped[int | None] = mapped_column(
        ForeignKey("decisions.id"), doc="The decision that this one takes back."
    )
    active: Mapped[bool] = mapped_column(
        default=True, doc="Whether it holds; false once undone or overtaken by a later one."
    )


class FieldSensitivity(Base):
    """Sensitivity of one field of a claim, where it differs from its document's."""

    __tablename__ = "field_sensitivities"
    __table_args__ = (
        UniqueConstraint("claim_id", "field"),
        CheckConstraint(one_of("sensitivity", SENSITIVITIES), name="sensitivity"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the mark.")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), doc="The claim.")
    field: Mapped[Name] = mapped_column(doc="As in `decisions`; `*` for the whole claim.")
    sensitivity: Mapped[Name] = mapped_column(doc="public, internal, confidential or secret.")
    at: Mapped[Moment] = mapped_column(doc="When it was set, UTC.")
    by: Mapped[Name] = mapped_column(doc="By whom.")
