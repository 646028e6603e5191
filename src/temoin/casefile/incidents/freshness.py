"""The last run of corroboration, and whether anything since then may change what it found."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from temoin.casefile.schema import AuditEntry, Corroboration

__all__ = ["last_run"]

#: What, done since a run, may change what the next one finds.
_MATTERS = ("decision", "document", "pair_decision", "record")


def last_run(session: Session) -> tuple[Corroboration, int] | None:
    """The last run, and how many changes since may matter; None where there was none.

    Args:
        session: A transaction.
    """
    run = session.scalar(select(Corroboration).order_by(Corroboration.id.desc()).limit(1))
    if run is None:
        return None
    since = session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.seq > run.seen, AuditEntry.kind.in_(_MATTERS))
    )
    return run, since or 0
