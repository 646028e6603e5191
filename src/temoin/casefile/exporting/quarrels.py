"""What `temoin corroborate` found of claims that cannot both be right."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.schema import ClaimLink, Corroboration

__all__ = ["Quarrel", "quarrels"]

_KINDS = ("contradicts", "updates", "retracts")


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A claim that contradicts, updates or takes back another.

    What the two say stands with each of them, redacted; the link gives fields alone.

    Attributes:
        claim: The one.
        other: The other.
        kind: contradicts, updates or retracts.
        fields: In what they cannot both be right.
    """

    claim: int
    other: int
    kind: str
    fields: tuple[str, ...]


def quarrels(session: Session, claims: frozenset[int]) -> list[Quarrel] | None:
    """The quarrels among some claims; None where the case was not corroborated yet."""
    if session.scalar(select(Corroboration.id).limit(1)) is None:
        return None
    found: dict[tuple[int, int, str], list[str]] = {}
    for row in session.execute(
        select(ClaimLink.claim_id, ClaimLink.other_id, ClaimLink.kind, ClaimLink.field)
        .where(ClaimLink.kind.in_(_KINDS))
        .order_by(ClaimLink.id)
    ):
        if row.claim_id in claims and row.other_id in claims:
            fields = found.setdefault((row.claim_id, row.other_id, row.kind), [])
            if row.field and row.field not in fields:
                fields.append(row.field)
    return [Quarrel(*key, tuple(fields)) for key, fields in sorted(found.items())]
