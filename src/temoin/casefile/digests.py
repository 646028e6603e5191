"""Hashes of the rows that a run of corroboration made: what changes them unseen is found."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from temoin.casefile.canonical import canonical
from temoin.casefile.schema import (
    ClaimLink,
    Document,
    Incident,
    IncidentClaim,
    IncidentSuggestion,
)

__all__ = ["EMPTY", "digests"]

#: What a table without rows has.
EMPTY = hashlib.sha256(b"").hexdigest()


def digests(session: Session) -> dict[str, str]:
    """SHA-256 of the rows of each table that a run makes, as lines of canonical JSON."""
    return {name: _hash(session, statement) for name, statement in _STATEMENTS.items()}


_GROUPS: tuple[InstrumentedAttribute[int | None], ...] = (
    Document.near_duplicate_group,
    Document.origin_group,
)
_KEPT: tuple[InstrumentedAttribute[Any], ...] = (Document.id, *_GROUPS)
_STATEMENTS: dict[str, Select[Any]] = {
    "incidents": select(Incident.__table__),
    "incident_claims": select(IncidentClaim.__table__),
    "claim_links": select(ClaimLink.__table__),
    "incident_suggestions": select(IncidentSuggestion.__table__),
    "documents": select(*_KEPT).where(or_(*(column.is_not(None) for column in _GROUPS))),
}


def _hash(session: Session, statement: Select[Any]) -> str:
    rows = session.execute(statement, execution_options={"yield_per": 1000})
    # Sorted here, by their hashes: databases sort texts in ways of their own.
    hashed = sorted(
        hashlib.sha256(canonical([_plain(cell) for cell in row]).encode("utf-8")).digest()
        for row in rows
    )
    return hashlib.sha256(b"".join(hashed)).hexdigest()


def _plain(cell: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return cell.isoformat() if isinstance(cell, dt.date) else cell
