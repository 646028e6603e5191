"""Changes to what is known of a document: its status, its sensitivity; never its text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from temoin.casefile.case import Work
from temoin.casefile.schema import Document, Original
from temoin.casefile.states import state

__all__ = ["change_document"]


def change_document(
    work: Work, number: int, *, reason: str | None = None, **columns: str | None
) -> bool:
    """Change columns of a document and tell the log.

    Args:
        work: A transaction that writes.
        number: The document.
        reason: Why.
        columns: What they are now.

    Returns:
        Whether anything changed.
    """
    document = work.session.get_one(Document, number)
    if all(getattr(document, name) == value for name, value in columns.items()):
        return False
    kept = work.session.scalar(select(Original.document_id).where(Original.document_id == number))
    told: dict[str, Any] = {"original": "none" if kept is None else "kept"}
    before = {**state(document), **told}
    for name, value in columns.items():
        setattr(document, name, value)
    document.version += 1
    work.session.flush()
    after = {**state(document), **told}
    work.log.append("update", "document", number, old=before, new=after, reason=reason)
    return True
