"""What was decided on a claim, in order: who, when, what, why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.schema import Decision

__all__ = ["Step", "history"]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision.

    Attributes:
        decision: Its number.
        at: When, UTC.
        reviewer: Who.
        verdict: accept, edit, reject, unsure, add or undo.
        field: On what; None for the whole claim.
        machine: The machine's value.
        value: The human's value.
        reason_code, reason: Why.
        holds: Whether it holds now.
        undoes: The decision that it takes back.
        batch: The step it belongs to.
    """

    decision: int
    at: str
    reviewer: str
    verdict: str
    field: str | None
    machine: Any
    value: Any
    reason_code: str | None
    reason: str | None
    holds: bool
    undoes: int | None
    batch: str | None


def history(session: Session, claim_id: int) -> list[Step]:
    """All decisions on a claim, oldest first."""
    rows = session.scalars(
        select(Decision).where(Decision.claim_id == claim_id).order_by(Decision.id)
    )
    return [
        Step(
            decision=row.id,
            at=row.at,
            reviewer=row.reviewer,
            verdict=row.verdict,
            field=row.field,
            machine=None if row.machine is None else json.loads(row.machine),
            value=None if row.value is None else json.loads(row.value),
            reason_code=row.reason_code,
            reason=row.reason,
            holds=row.active and row.verdict != "undo",
            undoes=row.undoes,
            batch=row.batch,
        )
        for row in rows
    ]
