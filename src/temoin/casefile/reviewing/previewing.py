"""Says what a step would do to each claim, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.effective import active_ones, state_of
from temoin.casefile.schema import Claim, Decision, Document

__all__ = ["Change", "preview"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a verdict would do to one claim.

    Attributes:
        claim: Its number.
        version: Its version now: what the verdict should name as `seen`.
        document: Name of its document.
        type: Type of event.
        trigger: The words that name the event.
        before: Its review state now.
        after: Its review state afterwards.
    """

    claim: int
    version: int
    document: str
    type: str
    trigger: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Whether anything would be different."""
        return self.before != self.after


def preview(case: Case, claims: Sequence[int], *, verdict: str) -> list[Change]:
    """What accepting, rejecting or doubting claims would change; nothing is stored.

    Args:
        case: The case.
        claims: The claims' numbers.
        verdict: accept, reject or unsure, for whole claims.

    Returns:
        One change for each claim that is there, in the order of their numbers. An edited
        claim that is accepted stays "edited".
    """
    with case.reading() as session:
        found = session.execute(
            select(Claim, Document.name)
            .join(Document, Document.id == Claim.document_id)
            .where(Claim.id.in_(claims))
            .order_by(Claim.id)
        ).all()
        after = _after(session, [claim.id for claim, _ in found], verdict)
        return [
            Change(
                claim=claim.id,
                version=claim.version,
                document=name,
                type=claim.type,
                trigger=claim.trigger,
                before=claim.state,
                after=after[claim.id],
            )
            for claim, name in found
        ]


@dataclass(frozen=True, slots=True)
class _Imagined:
    """A decision that nobody took yet."""

    id: int
    verdict: str
    field: None = None
    value: None = None
    undoes: None = None


def _after(session: Session, claims: Sequence[int], verdict: str) -> dict[int, str]:
    """The review state of each claim, had the verdict been given."""
    taken: dict[int, list[Decision | _Imagined]] = {claim: [] for claim in claims}
    statement = select(Decision).where(Decision.claim_id.in_(claims)).order_by(Decision.id)
    for decision in session.scalars(statement):
        taken[decision.claim_id].append(decision)
    out = {}
    for claim, decisions in taken.items():
        last = decisions[-1].id if decisions else 0
        out[claim] = state_of(active_ones([*decisions, _Imagined(last + 1, verdict)]))
    return out
