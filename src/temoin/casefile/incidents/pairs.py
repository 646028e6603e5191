"""Verdicts on pairs of claims: appended, taken back by `undo`, applied by the next run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from temoin.casefile.canonical import now
from temoin.casefile.case import Case, Work
from temoin.casefile.errors import CaseError
from temoin.casefile.schema import Claim, PairDecision
from temoin.casefile.states import state
from temoin.corroboration import Decision, Verdict

__all__ = ["PairDone", "active_pairs", "as_decision", "decide", "decided_pairs", "undo"]


@dataclass(frozen=True, slots=True)
class PairDone:
    """What was stored on a pair of claims.

    Attributes:
        decision: Its number.
        claims: The pair, the smaller number first.
        verdict: same, different, unsure or undo.
        holds: The verdict that holds now; None where none does.
    """

    decision: int
    claims: tuple[int, int]
    verdict: str
    holds: str | None


def decide(
    case: Case,
    a: int,
    b: int,
    verdict: Verdict,
    *,
    reviewer: str,
    reason: str | None = None,
) -> PairDone:
    """Say whether two claims speak of one incident; the next run applies it.

    Args:
        case: The case.
        a: Number of a claim.
        b: Number of another.
        verdict: same, different or unsure.
        reviewer: Who decides.
        reason: Why.

    Raises:
        CaseError: A claim is not there, or both are one.
    """
    with case.writing(actor=reviewer) as work:
        pair = _pair(case, work.session, a, b)
        return _put_down(work, pair, str(verdict), reason=reason)


def undo(case: Case, a: int, b: int, *, reviewer: str, reason: str | None = None) -> PairDone:
    """Take back the last verdict on two claims that holds: the one below it holds again.

    Args:
        case: The case.
        a: Number of a claim.
        b: Number of the other.
        reviewer: Who takes it back.
        reason: Why.

    Raises:
        CaseError: There is none.
    """
    with case.writing(actor=reviewer) as work:
        pair = _pair(case, work.session, a, b)
        stack = _stacks(_on(work.session, pair)).get(pair, [])
        if not stack:
            cause = f"there is no verdict on claims {pair[0]} and {pair[1]} to take back"
            raise CaseError(case.target.shown, cause)
        return _put_down(work, pair, "undo", reason=reason, undoes=stack[-1].id)


def active_pairs(session: Session) -> list[PairDecision]:
    """The verdicts that hold, one a pair, in the order in which they were given."""
    rows = session.scalars(select(PairDecision).order_by(PairDecision.id))
    held = [stack[-1] for stack in _stacks(rows).values() if stack]
    # By their moments: an import numbers verdicts of another case in the order of its lines.
    return sorted(held, key=lambda each: (each.at, each.id))


def decided_pairs(case: Case, *, claim: int | None = None) -> list[tuple[PairDecision, bool]]:
    """All verdicts with whether they hold, oldest first.

    Args:
        case: The case.
        claim: Only those on this claim.
    """
    with case.reading() as session:
        wanted = select(PairDecision).order_by(PairDecision.id)
        if claim is not None:
            wanted = wanted.where(
                or_(PairDecision.claim_id == claim, PairDecision.other_id == claim)
            )
        rows = session.scalars(wanted).all()
        holds = {stack[-1].id for stack in _stacks(rows).values() if stack}
        session.expunge_all()
    return [(row, row.id in holds) for row in rows]


def as_decision(row: PairDecision) -> Decision:
    """A verdict as corroboration takes it."""
    return Decision(
        str(row.claim_id),
        str(row.other_id),
        Verdict(row.verdict),
        by=row.reviewer,
        at=dt.datetime.fromisoformat(row.at),
        reason=row.reason,
    )


def _put_down(
    work: Work,
    pair: tuple[int, int],
    verdict: str,
    *,
    reason: str | None,
    undoes: int | None = None,
) -> PairDone:
    row = PairDecision(
        claim_id=pair[0],
        other_id=pair[1],
        verdict=verdict,
        reviewer=work.actor,
        reason=reason,
        at=now(),
        undoes=undoes,
    )
    work.session.add(row)
    work.session.flush()
    work.log.append(verdict, "pair_decision", row.id, new=state(row), reason=reason)
    stack = _stacks(_on(work.session, pair)).get(pair, [])
    return PairDone(row.id, pair, verdict, stack[-1].verdict if stack else None)


def _stacks(rows: Iterable[PairDecision]) -> dict[tuple[int, int], list[PairDecision]]:
    """For each pair the verdicts that were not taken back, oldest first."""
    stacks: dict[tuple[int, int], list[PairDecision]] = {}
    for row in rows:
        stack = stacks.setdefault((row.claim_id, row.other_id), [])
        if row.verdict == "undo":
            stack[:] = [each for each in stack if each.id != row.undoes]
        else:
            stack.append(row)
    return stacks


def _on(session: Session, pair: tuple[int, int]) -> list[PairDecision]:
    return list(
        session.scalars(
            select(PairDecision)
            .where(PairDecision.claim_id == pair[0], PairDecision.other_id == pair[1])
            .order_by(PairDecision.id)
        )
    )


def _pair(case: Case, session: Session, a: int, b: int) -> tuple[int, int]:
    if a == b:
        raise CaseError(case.target.shown, f"claim {a} is one claim: name two")
    for number in (a, b):
        if session.get(Claim, number) is None:
            raise CaseError(case.target.shown, f"there is no claim {number}")
    return min(a, b), max(a, b)
