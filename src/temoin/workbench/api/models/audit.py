"""The audit log."""

from __future__ import annotations

from typing import Any

from temoin.workbench.api.models.common import Answer, Page

__all__ = ["AuditEntry", "AuditPage", "HeadAnswer"]


class AuditEntry(Answer):
    """Something that was done, by whom, when and why."""

    seq: int
    at: str
    actor: str
    tool: str
    action: str
    kind: str
    target: int
    field: str | None
    old: Any = None
    new: Any = None
    reason: str | None
    prev_hash: str
    hash: str
    claim: int | None
    document: int | None


class HeadAnswer(Answer):
    """Number and hash of the last entry: note it somewhere else."""

    seq: int
    hash: str


class AuditPage(Page[AuditEntry]):
    """Entries, the newest first."""

    head: HeadAnswer
