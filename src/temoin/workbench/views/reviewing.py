"""Decisions on a claim, from what the API takes to what the casefile does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from temoin.casefile import Case, ConflictError
from temoin.casefile.effective import active_ones
from temoin.casefile.privacy.levels import set_field_level
from temoin.casefile.reviewing import Verdict, history
from temoin.casefile.reviewing import decide as put_down
from temoin.casefile.reviewing import undo as take_back
from temoin.casefile.schema import Claim, Decision, Document
from temoin.workbench.api.models.review import Conflict, DecisionIn, LevelIn, UndoIn, Yours
from temoin.workbench.problems import Problem
from temoin.workbench.views import details
from temoin.workbench.views.grounding import completed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["conflicts", "decide", "see_that_it_is_there", "set_level", "undo", "undo_last"]


def decide(case: Case, claim: int, body: DecisionIn, *, reviewer: str) -> None:
    """Store a decision.

    Raises:
        Problem: There is no such claim, or somebody changed it since.
        CaseError: The decision cannot be taken.
    """
    document = see_that_it_is_there(case, claim)
    value = body.value
    if body.action == "edit" and isinstance(value, Mapping):
        value = completed(case, document, claim=claim, field=body.field, value=value)
    verdict = Verdict(
        body.action,
        claim,
        seen=body.version,
        field=body.field,
        value=value,
        reason_code=body.reason,
        reason=body.comment,
    )
    yours = Yours(version=body.version, action=body.action, field=body.field, value=body.value)
    with conflicts(case, claim, yours):
        put_down(case, [verdict], reviewer=reviewer)


def undo(case: Case, claim: int, body: UndoIn, *, reviewer: str) -> None:
    """Take back the last decision on a claim that holds.

    Raises:
        Problem: There is no such claim, nothing to take back, or somebody changed it since.
        CaseError: It cannot be taken back.
    """
    see_that_it_is_there(case, claim)
    with case.reading() as session:
        decisions = session.scalars(
            select(Decision).where(Decision.claim_id == claim).order_by(Decision.id)
        ).all()
        holding = active_ones(decisions)
        last = holding[-1].id if holding else None
    if last is None:
        raise Problem(422, f"nothing was decided on claim {claim} that holds")
    with conflicts(case, claim, Yours(version=body.version, action="undo")):
        take_back(case, reviewer=reviewer, decision=last, seen=body.version, reason=body.comment)


def undo_last(case: Case, *, reviewer: str) -> list[int]:
    """Take back the reviewer's last step: numbers of the claims that it was on.

    Raises:
        CaseError: There is none.
    """
    return [each.claim for each in take_back(case, reviewer=reviewer)]


def set_level(case: Case, claim: int, body: LevelIn, *, actor: str) -> None:
    """Say how sensitive a claim, or one field of it, is.

    Raises:
        Problem: There is no such claim.
        CaseError: There is no such field.
    """
    see_that_it_is_there(case, claim)
    set_field_level(case, claim, body.field, body.level, actor=actor, reason=body.comment)


def see_that_it_is_there(case: Case, claim: int) -> int:
    """The document of a claim.

    Raises:
        Problem: There is no such claim, or its document is frozen.
    """
    with case.reading() as session:
        row = session.execute(
            select(Claim.document_id, Document.status)
            .join(Document, Document.id == Claim.document_id)
            .where(Claim.id == claim)
        ).one_or_none()
    if row is None:
        raise Problem(404, f"there is no claim {claim}")
    return int(row.document_id)


@contextmanager
def conflicts(case: Case, claim: int, yours: Yours) -> Iterator[None]:
    """Answers a conflict with both versions.

    Raises:
        Problem: Somebody changed the claim since.
    """
    try:
        yield
    except ConflictError as error:
        theirs = details.claims(case, [claim])
        if not theirs:
            raise
        with case.reading() as session:
            steps = history(session, claim)
            versions = dict(
                session.execute(
                    select(Decision.id, Decision.claim_version).where(Decision.claim_id == claim)
                ).all()
            )
        now = theirs[0]
        told: dict[str, Any] = Conflict(
            detail=error.cause,
            yours=yours,
            theirs=now,
            changed_by=now.decided_by,
            changed_at=now.decided_at,
            since=[details.step(each) for each in steps if versions[each.decision] > yours.version],
        ).model_dump(mode="json", by_alias=True, exclude={"detail"})
        raise Problem(409, error.cause, **told) from error
