"""The sentence that a claim rests on, cut from the untouched text by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, and_, case, cast, func, select
from sqlalchemy.orm import Session

from temoin.casefile.schema import Claim, Document, Event

__all__ = ["Sentence", "evidence"]

#: How much of the text is shown around a trigger whose sentence nobody knows.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a document's text.

    Attributes:
        start: First code point in the document.
        end: One past the last.
        text: The text between them.
    """

    start: int
    end: int
    text: str


def evidence(session: Session, claims: Sequence[int]) -> dict[int, Sentence]:
    """The sentence of each claim.

    That is the trigger's sentence as the document's records have it; for a claim that a
    human saw where no machine saw any, the text around the trigger.

    Args:
        session: A transaction.
        claims: Numbers of claims.
    """
    # A human may have moved the trigger: the claim's own event may lie in another sentence.
    other = Claim.__table__.alias("other")
    spans = (
        select(
            Claim.id.label("claim"),
            func.max(Event.sentence_start).label("start"),
            func.max(Event.sentence_end).label("end"),
        )
        .join(other, other.c.document_id == Claim.document_id)
        .join(
            Event,
            and_(
                Event.claim_id == other.c.id,
                Event.sentence_start <= Claim.trigger_start,
                Event.sentence_end > Claim.trigger_start,
            ),
        )
        .where(Claim.id.in_(claims))
        .group_by(Claim.id)
        .subquery()
    )
    before = cast(Claim.trigger_start - _AROUND, Integer)
    start = case((spans.c.start.is_not(None), spans.c.start), (before > 0, before), else_=0).label(
        "start"
    )
    end = case(
        (spans.c.end >= Claim.trigger_end, spans.c.end),
        else_=Claim.trigger_end + _AROUND,
    ).label("end")
    found = session.execute(
        select(Claim.id, start, func.substr(Document.text, start + 1, end - start))
        .join(Document, Document.id == Claim.document_id)
        .outerjoin(spans, spans.c.claim == Claim.id)
        .where(Claim.id.in_(claims))
    )
    return {claim: Sentence(first, first + len(said), said) for claim, first, said in found}
