"""Claims against the records and decisions that make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from temoin.casefile.claims import Expected, expected_claim
from temoin.casefile.schema import Argument, Claim, Decision
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.verification.faults import Fault, differences
from temoin.casefile.verification.reading import Row, rows_of
from temoin.record import Event

__all__ = ["check_claims"]


def check_claims(
    session: Session, document_id: int, machine: Mapping[int, Event], *, present: Collection[int]
) -> Iterator[Fault]:
    """Check the claims of a document.

    Args:
        session: A transaction that reads.
        document_id: The document.
        machine: Event of each claim in the last record that has it.
        present: Claims that the current record has.
    """
    claims = rows_of(
        session,
        select(Claim.__table__).where(Claim.document_id == document_id).order_by(Claim.id),
    )
    numbers = [claim["id"] for claim in claims]
    decisions = _grouped(
        session.scalars(
            select(Decision)
            .join(Claim, Claim.id == Decision.claim_id)
            .where(Claim.document_id == document_id)
            .order_by(Decision.id)
        )
    )
    arguments: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows_of(
        session,
        select(Argument.__table__)
        .join(Claim, Claim.id == Argument.claim_id)
        .where(Claim.document_id == document_id),
    ):
        arguments[row["claim_id"]].append(row)
    newest = {
        row["claim_id"]: row["event"]
        for row in rows_of(
            session,
            select(EventTable.claim_id, func.max(EventTable.id).label("event"))
            .join(Claim, Claim.id == EventTable.claim_id)
            .where(Claim.document_id == document_id)
            .group_by(EventTable.claim_id),
        )
    }
    for claim in claims:
        number = claim["id"]
        if number not in machine and claim["origin"] == "machine":
            yield Fault("claim", number, "is in no record: it was put in from outside")
            continue
        # A claim that only people saw was lost by no model.
        there = number in present or number not in machine
        try:
            expected = expected_claim(machine.get(number), decisions[number], present=there)
        except ValueError as error:
            yield Fault("claim", number, f"its decisions make no event: {error}")
            continue
        yield from differences("claim", claim, expected.columns)
        if decisions[number] and claim["version"] < decisions[number][-1].claim_version:
            yield Fault("claim", number, "altered: version")
        yield from _check_decisions(expected, decisions[number])
        yield from _check_arguments(claim, expected, arguments[number], newest.get(number))
    for number in machine.keys() - set(numbers):
        yield Fault("document", document_id, f"its claim {number} is gone")


def _check_decisions(expected: Expected, decisions: Sequence[Decision]) -> Iterator[Fault]:
    for decision in decisions:
        if decision.active != (decision.id in expected.active):
            yield Fault("decision", decision.id, "whether it holds was altered")


def _check_arguments(
    claim: Row, expected: Expected, rows: Sequence[Row], newest: int | None
) -> Iterator[Fault]:
    """Which arguments hold, and those that people gave; the machine's are checked elsewhere."""
    for row in rows:
        if row["origin"] != "machine":
            continue
        holds = bool(
            claim["present"] and row["event_id"] == newest and row["field"] in expected.machine
        )
        if row["active"] != holds:
            yield Fault("argument", row["id"], "whether it holds was altered")
    human = sorted(
        (row for row in rows if row["origin"] == "human"), key=lambda row: int(row["number"])
    )
    if len(human) != len(expected.human):
        what = f"has {len(human)} arguments that people gave, its decisions {len(expected.human)}"
        yield Fault("claim", claim["id"], what)
        return
    for row, given in zip(human, expected.human, strict=True):
        yield from differences("argument", row, {**given, "active": True, "event_id": None})


def _grouped(decisions: Iterable[Decision]) -> defaultdict[int, list[Decision]]:
    grouped: defaultdict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        grouped[decision.claim_id].append(decision)
    return grouped
