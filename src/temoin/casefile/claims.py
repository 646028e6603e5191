"""Claims, brought up to date: their columns, arguments and search words as decisions make them.

Whoever stores decisions, or a newer record, calls `refresh_claim` in the same transaction;
`temoin verify` checks that the tables are what it would make of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from temoin.casefile import search
from temoin.casefile.effective import active_ones, effective_event, state_of
from temoin.casefile.errors import DamagedError
from temoin.casefile.event_rows import claim_words
from temoin.casefile.evidence import evidence
from temoin.casefile.parts import parts_of
from temoin.casefile.projection import argument_row, claim_row
from temoin.casefile.schema import Argument, Claim, Decision, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.record import Event

__all__ = ["Expected", "expected_claim", "machine_event", "refresh_claim"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the tables must hold of one claim.

    Attributes:
        columns: Of its row in `claims`, but for its version.
        event: The event as it holds now.
        machine: Fields of the machine's arguments that hold.
        human: Rows of the arguments that people gave, with their `decision_id`.
        active: Numbers of the decisions that hold.
    """

    columns: dict[str, Any]
    event: Event
    machine: frozenset[str]
    human: tuple[dict[str, Any], ...]
    active: frozenset[int]

    def words(self, sentence: str | None) -> dict[str, list[str | None]]:
        """What full-text search finds the claim by; its sentence is part of it."""
        rows = [argument_row(argument, number=0) for argument in self.event.arguments]
        return claim_words(self.columns, rows, sentence=sentence)


def expected_claim(
    machine: Event | None, decisions: Sequence[Decision], *, present: bool
) -> Expected:
    """What the tables must hold of a claim.

    Args:
        machine: The machine's event, of the last record that has it; None for a claim
            that a human added.
        decisions: All decisions on it, oldest first.
        present: Whether the current record has it.

    Raises:
        ValueError: The decisions make no event.
    """
    active = active_ones(decisions)
    holding = effective_event(machine, active)
    last = decisions[-1] if decisions else None
    return Expected(
        columns={
            **claim_row(holding.event),
            "present": present,
            "state": state_of(active),
            "decided_at": last.at if last else None,
            "decided_by": last.reviewer if last else None,
        },
        event=holding.event,
        machine=frozenset(each.field for each in holding.arguments if each.decision_id is None),
        human=tuple(
            {
                **argument_row(each.argument, number=number),
                "field": each.field,
                "decision_id": each.decision_id,
            }
            for number, each in enumerate(holding.arguments, 1)
            if each.decision_id is not None
        ),
        active=frozenset(decision.id for decision in active),
    )


def machine_event(session: Session, claim_id: int) -> Event | None:
    """The machine's event of a claim, of the last record that has it.

    Raises:
        DamagedError: The record is damaged, or has no such event.
    """
    row = session.execute(
        select(EventTable.key, StoredRecord.id, StoredRecord.number, StoredRecord.document_id)
        .join(StoredRecord, StoredRecord.id == EventTable.record_id)
        .where(EventTable.claim_id == claim_id)
        .order_by(StoredRecord.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    events = parts_of(session, row.id).events
    if row.key not in events:
        where = f"record {row.number} of document #{row.document_id}"
        raise DamagedError(where, f"has no event {row.key!r}, as the case says: restore a backup")
    return events[row.key]


def refresh_claim(
    session: Session, claim_id: int, *, machine: Event | None, present: bool = True
) -> Expected:
    """Bring a claim's row, arguments, decisions and search words up to date.

    Call it within `Case.writing`, after its decisions or its record were stored. The
    claim's `version` is the caller's business: it is raised where the conflict is checked.

    Args:
        session: A transaction that writes.
        claim_id: The claim.
        machine: Its machine event (`machine_event`); None where a human added it.
        present: Whether the current record has it.

    Returns:
        What holds now.

    Raises:
        ValueError: A decision's value is none for its field.
    """
    session.flush()
    decisions = session.scalars(
        select(Decision).where(Decision.claim_id == claim_id).order_by(Decision.id)
    ).all()
    holds = expected_claim(machine, decisions, present=present)
    for decision in decisions:
        decision.active = decision.id in holds.active
    session.execute(update(Claim).where(Claim.id == claim_id).values(**holds.columns))
    _refresh_arguments(session, claim_id, holds, present=present)
    sentence = evidence(session, [claim_id])[claim_id].text
    search.index_claim(session, claim_id, holds.words(sentence))
    return holds


def _refresh_arguments(session: Session, claim_id: int, holds: Expected, *, present: bool) -> None:
    current = (
        select(EventTable.id)
        .join(StoredRecord, StoredRecord.id == EventTable.record_id)
        .where(EventTable.claim_id == claim_id)
        .order_by(StoredRecord.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    mine = Argument.claim_id == claim_id
    # What people gave is kept in `decisions`; these rows follow from it and are made anew.
    session.execute(delete(Argument).where(mine, Argument.origin == "human"))
    session.execute(update(Argument).where(mine).values(active=False))
    if present:
        session.execute(
            update(Argument)
            .where(mine, Argument.event_id == current, Argument.field.in_(holds.machine))
            .values(active=True)
        )
    rows = [
        {**row, "claim_id": claim_id, "event_id": None, "origin": "human", "active": True}
        for row in holds.human
    ]
    if rows:
        session.execute(insert(Argument), rows)
