"""A document's claims as they hold: its current record under the decisions of people.

Exports, the graph of events and the workbench take them from here. A claim is there if the
current record has it, if a human added it, or if somebody decided on it, or on it and
another one, before a newer record lost it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer

from temoin.casefile.claims import machine_event
from temoin.casefile.effective import Holding, active_ones, effective_event
from temoin.casefile.parts import parts_of
from temoin.casefile.schema import Claim, Decision, PairDecision, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.storing import load_record
from temoin.record import Event, Record, Relation, Ungrounded

__all__ = [
    "HeldClaim",
    "HeldClaims",
    "HeldDocument",
    "claims_held",
    "document_held",
    "record_held",
]

#: Of so many claims at most only their own rows are read; of more, all of the document.
_FEW = 500


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim as it holds.

    Attributes:
        claim: Its row.
        key: The id of its event in the document's record; `h1`, `x1` where that has none.
        machine: The machine's event; None where a human added it.
        holding: What holds, with where each argument comes from.
        decisions: All decisions on it, oldest first.
    """

    claim: Claim
    key: str
    machine: Event | None
    holding: Holding
    decisions: tuple[Decision, ...]

    @property
    def event(self) -> Event:
        """The event as it holds now."""
        return self.holding.event

    @property
    def holds(self) -> bool:
        """Whether it is claimed: neither rejected nor lost."""
        there = self.claim.present or self.claim.origin == "human"
        return there and self.claim.state != "rejected"


@dataclass(frozen=True, slots=True)
class HeldClaims:
    """Claims of a document.

    Attributes:
        stored: The row of the document's current record.
        claims: In the record's order; those that it lost, and people's own, come last.
        relations: Of the record, as the machine made it.
        ungrounded: Of the record.
    """

    stored: StoredRecord
    claims: tuple[HeldClaim, ...]
    relations: tuple[Relation, ...]
    ungrounded: tuple[Ungrounded, ...]


@dataclass(frozen=True, slots=True)
class HeldDocument(HeldClaims):
    """A document's current record, and its claims.

    Attributes:
        record: As the machine made it.
    """

    record: Record


def document_held(
    session: Session, number: int, *, only: Collection[int] | None = None
) -> HeldDocument | None:
    """A document's claims as they hold; None where it has no record.

    Args:
        session: A transaction.
        number: The document.
        only: Only these claims; of them also those that a newer record lost undecided.

    Raises:
        ValueError: The decisions on a claim make no event.
    """
    stored = session.scalar(
        select(StoredRecord).where(StoredRecord.document_id == number, StoredRecord.current)
    )
    if stored is None:
        return None
    record = load_record(stored)
    by_key = {event.id: event for event in record.events}
    claims = _claims(session, stored, by_key, only=only)
    return HeldDocument(stored, claims, record.relations, record.ungrounded, record)


def claims_held(
    session: Session, number: int, *, only: Collection[int] | None = None
) -> HeldClaims | None:
    """Claims of a document as they hold, without reading what the others need.

    Args:
        session: A transaction.
        number: The document; None is returned where it has no record.
        only: Its claims that are wanted, all by default; of those that are named also the ones
            that a newer record lost undecided.

    Raises:
        DamagedError: The record is damaged.
        ValueError: The decisions on a claim make no event.
    """
    stored = session.scalar(
        select(StoredRecord)
        .where(StoredRecord.document_id == number, StoredRecord.current)
        .options(defer(StoredRecord.data))
    )
    if stored is None:
        return None
    parts = parts_of(session, stored.id)
    claims = _claims(session, stored, parts.events, only=only)
    return HeldClaims(stored, claims, parts.relations, parts.ungrounded)


def _claims(
    session: Session,
    stored: StoredRecord,
    by_key: Mapping[str, Event],
    *,
    only: Collection[int] | None,
) -> tuple[HeldClaim, ...]:
    """Claims of a document, in the record's order; those that it lost, and people's own, last."""
    events = (
        select(EventTable.claim_id, EventTable.key)
        .where(EventTable.record_id == stored.id)
        .order_by(EventTable.number)
    )
    mine = Claim.document_id == stored.document_id
    if only is not None and len(only) <= _FEW:
        # Those that the record does not have are counted, whichever are wanted.
        mine &= or_(Claim.id.in_(only), ~Claim.present, Claim.origin == "human")
        events = events.where(EventTable.claim_id.in_(select(Claim.id).where(mine)))
    present: dict[int, str] = {row.claim_id: row.key for row in session.execute(events)}
    claims = session.scalars(select(Claim).where(mine).order_by(Claim.id))
    decisions: dict[int, list[Decision]] = {}
    for decision in session.scalars(
        select(Decision)
        .join(Claim, Claim.id == Decision.claim_id)
        .where(mine)
        .order_by(Decision.id)
    ):
        decisions.setdefault(decision.claim_id, []).append(decision)
    first: list[HeldClaim] = []
    lost: list[HeldClaim] = []
    human: list[HeldClaim] = []
    places = [0, 0]
    for claim in claims:
        theirs = decisions.get(claim.id, [])
        wanted = only is None or claim.id in only
        if claim.id in present:
            key = present[claim.id]
            if wanted:
                first.append(_held(claim, key, by_key[key], theirs))
        elif claim.origin == "human":
            places[0] += 1
            if wanted:
                human.append(_held(claim, _free(f"h{places[0]}", by_key), None, theirs))
        elif theirs or (only is not None and wanted) or _judged(session, claim.id):
            places[1] += 1
            if wanted:
                event = machine_event(session, claim.id)
                lost.append(_held(claim, _free(f"x{places[1]}", by_key), event, theirs))
    order = {key: place for place, key in enumerate(by_key)}
    first.sort(key=lambda each: order[each.key])
    return (*first, *lost, *human)


def record_held(held: HeldDocument, *, numbered: bool = False, name: str | None = None) -> Record:
    """The record that the claims make that hold.

    Args:
        held: The document.
        numbered: Whether events go by the numbers of their claims.
        name: The document's id in the record; its own by default.
    """
    kept = [each for each in held.claims if each.holds]
    ids = {each.key: str(each.claim.id) if numbered else each.key for each in kept}
    machine = held.record
    document = machine.document if name is None else machine.document.model_copy(
        update={"id": name}
    )  # fmt: skip
    # Validated already, each part by itself: what refers to what is kept here.
    return machine.model_copy(
        update={
            "document": document,
            "events": tuple(each.event.model_copy(update={"id": ids[each.key]}) for each in kept),
            "relations": tuple(
                relation.model_copy(
                    update={"source": ids[relation.source], "target": ids[relation.target]}
                )
                for relation in machine.relations
                if relation.source in ids and relation.target in ids
            ),
        }
    )


def _judged(session: Session, claim: int) -> bool:
    """Whether somebody gave a verdict on it and another claim."""
    about = or_(PairDecision.claim_id == claim, PairDecision.other_id == claim)
    return session.scalar(select(PairDecision.id).where(about).limit(1)) is not None


def _free(key: str, taken: Mapping[str, Event]) -> str:
    while key in taken:
        key += "_"
    return key


def _held(claim: Claim, key: str, machine: Event | None, decisions: list[Decision]) -> HeldClaim:
    if machine is not None:
        machine = machine.model_copy(update={"id": key})
    holding = effective_event(machine, active_ones(decisions))
    if holding.event.id != key:
        event = holding.event.model_copy(update={"id": key})
        holding = Holding(event, holding.arguments)
    return HeldClaim(claim, key, machine, holding, tuple(decisions))
