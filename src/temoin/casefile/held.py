"""A document's claims as they hold: its current record under the decisions of people.

Exports, the graph of events and the workbench take them from here. A claim is there if the
current record has it, if a human added it, or if somebody decided on it, or on it and
another one, before a newer record lost it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from temoin.casefile.claims import machine_event
from temoin.casefile.effective import Holding, active_ones, effective_event
from temoin.casefile.schema import Claim, Decision, PairDecision, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.storing import load_record
from temoin.record import Event, Record

__all__ = ["HeldClaim", "HeldDocument", "document_held", "record_held"]


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
class HeldDocument:
    """A document's current record, and its claims.

    Attributes:
        record: As the machine made it.
        stored: Its row.
        claims: In the record's order; those that it lost, and people's own, come last.
    """

    record: Record
    stored: StoredRecord
    claims: tuple[HeldClaim, ...]


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
    machine = load_record(stored)
    by_key = {event.id: event for event in machine.events}
    rows = session.execute(
        select(EventTable.claim_id, EventTable.key)
        .where(EventTable.record_id == stored.id)
        .order_by(EventTable.number)
    )
    present: dict[int, str] = {row.claim_id: row.key for row in rows}
    claims = session.scalars(select(Claim).where(Claim.document_id == number).order_by(Claim.id))
    decisions: dict[int, list[Decision]] = {}
    for decision in session.scalars(
        select(Decision)
        .join(Claim, Claim.id == Decision.claim_id)
        .where(Claim.document_id == number)
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
    return HeldDocument(machine, stored, (*first, *lost, *human))


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


def _free(key: str, taken: dict[str, Event]) -> str:
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
