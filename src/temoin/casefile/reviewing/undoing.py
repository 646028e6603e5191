"""Takes decisions back: the one below holds again, and the log shows both."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.claims import machine_event
from temoin.casefile.errors import CaseError
from temoin.casefile.reviewing.deciding import Done, Verdict, put_down, seen_claim
from temoin.casefile.schema import Decision

__all__ = ["undo"]


def undo(
    case: Case,
    *,
    reviewer: str,
    decision: int | None = None,
    batch: str | None = None,
    seen: int | None = None,
    reason: str | None = None,
) -> list[Done]:
    """Take back one decision, or all that were taken in one step.

    Without either, the reviewer's own last step is taken back.

    Args:
        case: The case.
        reviewer: Who takes it back.
        decision: Number of the decision.
        batch: The step.
        seen: For one decision: the claim's version that the reviewer saw.
        reason: Why.

    Returns:
        What became of each claim; the last decision's first.

    Raises:
        ConflictError: The claim was changed since the reviewer saw it, or the decision does
            not hold any more.
        CaseError: There is nothing to take back.
    """
    step = uuid.uuid4().hex
    with case.writing(actor=reviewer) as work:
        todo = _todo(case, work.session, reviewer=reviewer, decision=decision, batch=batch)
        done = []
        for taken in todo:
            claim = seen_claim(case, work, taken.claim_id, seen=seen)
            back = Decision(
                claim_id=taken.claim_id,
                field=taken.field,
                verdict="undo",
                undoes=taken.id,
                machine=taken.machine,
                batch=step,
            )
            machine = machine_event(work.session, claim.id)
            verdict = Verdict("undo", claim.id, reason=reason)
            done.append(put_down(work, claim, back, verdict=verdict, machine=machine))
        return done


def _todo(
    case: Case, session: Session, *, reviewer: str, decision: int | None, batch: str | None
) -> list[Decision]:
    """The decisions to take back, newest first."""
    statement = select(Decision).order_by(Decision.id.desc())
    if decision is not None:
        found = session.scalars(statement.where(Decision.id == decision)).all()
        what = f"decision {decision}"
    else:
        if batch is None:
            batch = _last_step(session, reviewer)
        found = session.scalars(statement.where(Decision.batch == batch)).all() if batch else []
        what = f"step {batch}" if batch else f"anything that {reviewer} decided and that holds"
    if not found:
        raise CaseError(case.target.shown, f"there is no {what}")
    todo = [each for each in found if each.verdict != "undo" and not _undone(session, each.id)]
    if not todo:
        raise CaseError(case.target.shown, f"{what} was taken back already")
    added = next((each for each in todo if each.verdict == "add" and each.field is None), None)
    if added is not None:
        cause = f"claim {added.claim_id} was added by hand: reject it instead"
        raise CaseError(case.target.shown, cause)
    return todo


def _last_step(session: Session, reviewer: str) -> str | None:
    """The last step of a reviewer of which something was not taken back."""
    undone = select(Decision.undoes).where(Decision.undoes.is_not(None))
    return session.scalar(
        select(Decision.batch)
        .where(
            Decision.reviewer == reviewer,
            Decision.verdict != "undo",
            Decision.id.not_in(undone),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _undone(session: Session, decision_id: int) -> bool:
    statement = select(Decision.id).where(Decision.undoes == decision_id).limit(1)
    return session.scalar(statement) is not None
