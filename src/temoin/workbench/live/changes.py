"""Entries of the audit log as events for browsers: what changed, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.schema import AuditEntry, CaseInfo

__all__ = ["Change", "changes", "entries_after", "head"]

#: Numbers of things in one event; the rest is counted.
_NAMED = 500

#: What is told of each kind of entry: the event, the list of numbers, the column with them.
_EVENTS: dict[str, tuple[str, str, str | None]] = {
    "decision": ("claim_changed", "claims", "claim_id"),
    "field_sensitivity": ("claim_changed", "claims", "claim_id"),
    "pair_decision": ("pair_judged", "pairs", None),
    "corroboration": ("incident_changed", "runs", None),
}

#: They follow from a document that is told of already.
_UNTOLD = frozenset({"acquisition", "producer", "record"})


@dataclass(slots=True)
class Change:
    """One event: what one user did of one kind, as far as it came in one piece.

    Attributes:
        event: claim_changed, document_added, ...
        seq: Number of the last audit entry that it tells of.
        by: Who did it.
        action: What was done, as the log calls it.
        things: Name of the list.
        named: Numbers of what was changed; pairs have two.
        more: How many things more.
        batch: What ties the decisions of one step.
    """

    event: str
    seq: int
    by: str
    action: str
    things: str
    named: list[int | list[int]] = field(default_factory=list)
    more: int = 0
    batch: str | None = None

    def told(self) -> dict[str, Any]:
        """The event's data."""
        return {
            "seq": self.seq,
            "by": self.by,
            "action": self.action,
            self.things: self.named,
            "more": self.more,
            "batch": self.batch,
        }

    def takes(self, other: Change) -> bool:
        """Whether another change is more of the same."""
        own = (self.event, self.by, self.action, self.batch)
        return own == (other.event, other.by, other.action, other.batch)

    def take(self, other: Change) -> None:
        """Tell of another change, too."""
        self.seq = other.seq
        for number in other.named:
            if number in self.named[-20:]:
                continue
            if len(self.named) < _NAMED:
                self.named.append(number)
            else:
                self.more += 1


def head(session: Session) -> int:
    """Number of the last audit entry."""
    return session.scalars(select(CaseInfo.head_seq)).one()


def entries_after(session: Session, seq: int, *, limit: int) -> Sequence[AuditEntry]:
    """The entries of the log after a number, so many at most."""
    found = select(AuditEntry).where(AuditEntry.seq > seq).order_by(AuditEntry.seq).limit(limit)
    return session.scalars(found).all()


def changes(entries: Iterable[AuditEntry]) -> Iterator[Change]:
    """What entries of the log tell, those that belong together in one.

    Args:
        entries: The entries in their order.
    """
    last: Change | None = None
    for entry in entries:
        change = _change(entry)
        if change is None:
            continue
        if last is not None and last.takes(change):
            last.take(change)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _change(entry: AuditEntry) -> Change | None:
    if entry.kind in _UNTOLD:
        return None
    if entry.kind == "document":
        event = "document_added" if entry.action == "add" else "document_changed"
        return _made(event, entry, "documents", entry.target)
    event, things, column = _EVENTS.get(entry.kind, ("case_changed", "targets", None))
    told = _state(entry)
    if entry.kind == "pair_decision":
        pair = [told.get("claim_id", 0), told.get("other_id", 0)]
        return _made(event, entry, things, pair)
    number = told.get(column, 0) if column else entry.target
    change = _made(event, entry, things, number)
    change.batch = told.get("batch")
    return change


def _made(event: str, entry: AuditEntry, things: str, number: int | list[int]) -> Change:
    return Change(event, entry.seq, entry.actor, entry.action, things, [number])


def _state(entry: AuditEntry) -> dict[str, Any]:
    """The state that an entry tells; where something was taken away, the one before."""
    told = json.loads(entry.new or entry.old or "{}")
    return told if isinstance(told, dict) else {}
