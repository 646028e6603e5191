"""Tables of what claims of several documents are to one another: incidents, links, verdicts.

`incidents`, `incident_claims`, `claim_links` and `incident_suggestions` are made anew by each
run of `temoin corroborate`; the run keeps their hashes, so that `temoin verify` finds what was
altered since. What people decided on pairs of claims is appended and never changed.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from temoin.casefile.schema.base import Base, Json, Key, Moment, Name, Words, one_of

__all__ = [
    "LINKS",
    "PAIR_VERDICTS",
    "SUPPORTS",
    "ClaimLink",
    "Corroboration",
    "Incident",
    "IncidentClaim",
    "IncidentSuggestion",
    "PairDecision",
]

#: How well an incident is supported, by independent origins.
SUPPORTS = ("single source", "corroborated", "contested")

#: What a claim is to another one of its incident.
LINKS = ("same", "complements", "contradicts", "updates", "retracts")

#: What a reviewer can say of two claims; `undo` takes the last verdict on them back.
PAIR_VERDICTS = ("same", "different", "unsure", "undo")


class Corroboration(Base):
    """One run of `temoin corroborate`: what it read, what it found, and the hashes of that."""

    __tablename__ = "corroborations"

    id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, doc="1 for the first run, without gaps."
    )
    at: Mapped[Moment] = mapped_column(doc="When, UTC.")
    by: Mapped[Name] = mapped_column(doc="Who had it made.")
    tool: Mapped[Name] = mapped_column(doc="Program and version.")
    model: Mapped[Words] = mapped_column(doc="The match model: its version and its hash.")
    query: Mapped[Words | None] = mapped_column(
        doc="Only the claims that this query finds; null for all."
    )
    seen: Mapped[int] = mapped_column(doc="Number of the last audit entry that it took account of.")
    claims: Mapped[int] = mapped_column(doc="Claims, how many.")
    documents: Mapped[int] = mapped_column(doc="Documents that make them.")
    incidents: Mapped[int] = mapped_column(doc="Incidents, those of one claim among them.")
    single: Mapped[int] = mapped_column(doc="Incidents of a single source.")
    corroborated: Mapped[int] = mapped_column(doc="Corroborated ones.")
    contested: Mapped[int] = mapped_column(doc="Contested ones.")
    copies: Mapped[int] = mapped_column(doc="Documents that share text with another one.")
    decisions: Mapped[int] = mapped_column(doc="Verdicts on pairs of claims that held.")
    clashes: Mapped[int] = mapped_column(doc="Those that could not hold with the rest.")
    digests: Mapped[Json] = mapped_column(
        doc="SHA-256 of the rows of each table that it made, as canonical JSON, in their order."
    )


class Incident(Base):
    """Claims that speak of one event, graded by independent origins. Made anew by each run."""

    __tablename__ = "incidents"
    __table_args__ = (
        CheckConstraint(one_of("support", SUPPORTS), name="support"),
        CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility"),
        Index("ix_incidents_latitude_longitude", "latitude", "longitude"),
        Index("ix_incidents_earliest_latest", "earliest", "latest"),
    )

    id: Mapped[Name] = mapped_column(
        primary_key=True, doc="Stable id: an incident keeps it while it keeps most of its claims."
    )
    revision: Mapped[int] = mapped_column(doc="Goes up when its claims change.")
    support: Mapped[Name] = mapped_column(
        index=True, doc="single source, corroborated or contested."
    )
    credibility: Mapped[int] = mapped_column(
        doc="Suggested credibility of the information, 1 to 6 (Admiralty code); says nothing of "
        "the reliability of a source."
    )
    why: Mapped[Words] = mapped_column(doc="The suggestion's reason.")
    contested: Mapped[Words | None] = mapped_column(
        doc="Fields in which independent origins contradict each other, parted by commas."
    )
    claims: Mapped[int] = mapped_column(doc="Claims, how many.")
    documents: Mapped[int] = mapped_column(doc="Documents that make them.")
    origins: Mapped[int] = mapped_column(doc="Independent origins that affirm it.")
    denials: Mapped[int] = mapped_column(doc="Independent origins that deny it.")
    type: Mapped[Name] = mapped_column(index=True, doc="Type of event that most claims have.")
    types: Mapped[Words] = mapped_column(doc="All their types, parted by commas.")
    earliest: Mapped[dt.date | None] = mapped_column(
        doc="First day that a claim gives in its own words, vague ones left out if others are not."
    )
    latest: Mapped[dt.date | None] = mapped_column(doc="Last day, likewise.")
    place: Mapped[Words | None] = mapped_column(doc="Place that most claims name.")
    place_ref: Mapped[Name | None] = mapped_column(index=True, doc="Its id in the gazetteer.")
    latitude: Mapped[float | None] = mapped_column(doc="Degrees north, WGS 84.")
    longitude: Mapped[float | None] = mapped_column(doc="Degrees east.")
    radius_km: Mapped[float | None] = mapped_column(doc="Within which it lies.")
    retired: Mapped[int | None] = mapped_column(
        index=True, doc="The run from which on it was found no more; null for what holds."
    )
    successor: Mapped[Name | None] = mapped_column(
        doc="Of a retired one: the incident that has most of its claims now."
    )
    former: Mapped[Json | None] = mapped_column(
        doc="Of a retired one: numbers of the claims that it had."
    )


class IncidentClaim(Base):
    """A claim of an incident, and what it said at the time of the run. Made anew by each run."""

    __tablename__ = "incident_claims"

    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"),
        primary_key=True,
        autoincrement=False,
        doc="The claim; it is in one incident at most.",
    )
    incident_id: Mapped[str] = mapped_column(
        ForeignKey("incidents.id"), index=True, doc="Its incident."
    )
    number: Mapped[int] = mapped_column(doc="1 for the incident's earliest claim.")
    origin: Mapped[int] = mapped_column(
        doc="Number of its independent origin within the incident: copies, and those who quote "
        "one voice, share one."
    )
    voice: Mapped[Words] = mapped_column(doc="Who says so: whom the text names, and the publisher.")
    told: Mapped[Json] = mapped_column(doc="What it says in each field, in words.")


class ClaimLink(Base):
    """What a claim is to another one of its incident, in one field. Made anew by each run.

    In an incident of more than 40 claims, a copy is linked only to the first that says so.
    """

    __tablename__ = "claim_links"
    __table_args__ = (CheckConstraint(one_of("kind", LINKS), name="kind"),)

    id: Mapped[Key] = mapped_column(doc="Number of the link in this run.")
    incident_id: Mapped[str] = mapped_column(
        ForeignKey("incidents.id"), index=True, doc="Their incident."
    )
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"), index=True, doc="The claim; the later one of an update."
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"), index=True, doc="The one that it is linked to."
    )
    kind: Mapped[Name] = mapped_column(
        index=True, doc="same, complements, contradicts, updates or retracts."
    )
    field: Mapped[Name | None] = mapped_column(
        doc="In which field they cannot both be right; null where they can in all."
    )
    value: Mapped[Words | None] = mapped_column(doc="What the claim says there.")
    other_value: Mapped[Words | None] = mapped_column(doc="What the other one says.")
    agreed: Mapped[Words | None] = mapped_column(
        doc="Fields in which they agree, parted by commas."
    )
    rule: Mapped[Words] = mapped_column(doc="The rule that says so, in words.")


class IncidentSuggestion(Base):
    """Two incidents that may be one, the likeliest first. Made anew by each run."""

    __tablename__ = "incident_suggestions"

    id: Mapped[Key] = mapped_column(doc="1 for what speaks most for being one.")
    incident_id: Mapped[str] = mapped_column(
        ForeignKey("incidents.id"), index=True, doc="One incident."
    )
    other_id: Mapped[str] = mapped_column(
        ForeignKey("incidents.id"), index=True, doc="The other one."
    )
    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"),
        index=True,
        doc="The claim of the first that is most like one of the second.",
    )
    other_claim_id: Mapped[int] = mapped_column(
        ForeignKey("claims.id"), index=True, doc="That one."
    )
    weight: Mapped[float] = mapped_column(doc="Evidence that the two claims are one, in bits.")
    fields: Mapped[Json] = mapped_column(doc="What each field contributed to it, in bits.")
    links: Mapped[Json] = mapped_column(
        doc="Where claims of the two would disagree: a list like `claim_links`, those that would "
        "do so with the same words once."
    )


class PairDecision(Base):
    """A verdict on two claims; appended, never changed. The last one not undone holds."""

    __tablename__ = "pair_decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", PAIR_VERDICTS), name="verdict"),
        CheckConstraint("claim_id < other_id", name="order"),
        Index("ix_pair_decisions_claim_id_other_id", "claim_id", "other_id"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the verdict.")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), doc="The claim added first.")
    other_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), doc="The other claim.")
    verdict: Mapped[Name] = mapped_column(doc="same, different, unsure or undo.")
    reviewer: Mapped[Name] = mapped_column(index=True, doc="Who decided.")
    reason: Mapped[Words | None] = mapped_column(doc="Why, in words.")
    at: Mapped[Moment] = mapped_column(doc="When, UTC.")
    undoes: Mapped[int | None] = mapped_column(
        ForeignKey("pair_decisions.id"), doc="The verdict that this one takes back."
    )
