"""Tables of the case itself and of its audit log."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from temoin.casefile.schema.base import (
    SENSITIVITIES,
    Base,
    Digest,
    Json,
    Moment,
    Name,
    Words,
    one_of,
)

__all__ = ["AuditEntry", "CaseInfo"]


class CaseInfo(Base):
    """The case itself: one row."""

    __tablename__ = "case_info"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint(one_of("sensitivity", SENSITIVITIES), name="sensitivity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="Always 1.")
    uuid: Mapped[Name] = mapped_column(doc="What tells this case from all others.")
    title: Mapped[Words | None] = mapped_column(doc="Its title.")
    created_at: Mapped[Moment] = mapped_column(doc="When it was made, UTC.")
    created_by: Mapped[Name] = mapped_column(doc="By whom.")
    keep_originals: Mapped[bool] = mapped_column(
        default=True, doc="Whether original bytes are kept, unless a command says otherwise."
    )
    sensitivity: Mapped[Name] = mapped_column(
        default="internal", doc="What new documents get, unless a command says otherwise."
    )
    head_seq: Mapped[int] = mapped_column(default=0, doc="Number of the last audit entry.")
    head_hash: Mapped[Digest] = mapped_column(doc="Its hash.")


class AuditEntry(Base):
    """One entry of the audit log: appended, never changed; each carries the hash before it."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_kind_target", "kind", "target"),)

    seq: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, doc="1 for the first entry, without gaps."
    )
    at: Mapped[Moment] = mapped_column(doc="When, UTC.")
    actor: Mapped[Name] = mapped_column(doc="Who did it.")
    tool: Mapped[Name] = mapped_column(doc="With which program and version.")
    action: Mapped[Name] = mapped_column(doc="What was done: create, add, update, decide, ...")
    kind: Mapped[Name] = mapped_column(doc="To what: case, document, record, claim, decision, ...")
    target: Mapped[int] = mapped_column(doc="Its number.")
    field: Mapped[Name | None] = mapped_column(doc="Which field of it, where it was one.")
    old: Mapped[Json | None] = mapped_column(doc="Its state before, canonical JSON.")
    new: Mapped[Json | None] = mapped_column(doc="Its state after, canonical JSON.")
    reason: Mapped[Words | None] = mapped_column(doc="Why, if told.")
    prev_hash: Mapped[Digest] = mapped_column(doc="Hash of the entry before; zeros for the first.")
    hash: Mapped[Digest] = mapped_column(doc="SHA-256 of all other columns as canonical JSON.")
