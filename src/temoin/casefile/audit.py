"""The audit log: appended within the transaction that it tells of, each entry hashed.

An entry's hash is the SHA-256 of all its other columns as canonical JSON, the hash of
the entry before among them. So an entry cannot be altered, left out or moved without
the next one showing it; the case keeps the number and hash of the last one. Who can
write to the database can of course compute a whole chain anew: note the head that
`temoin verify` prints somewhere else, and give it back with `--head`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from temoin._version import __version__
from temoin.casefile.canonical import canonical, digest, now
from temoin.casefile.schema import AuditEntry, CaseInfo

__all__ = ["FIRST", "TOOL", "Log", "entries", "entry_hash", "exported"]

#: What the first entry has for the hash of the one before.
FIRST = "0" * 64

#: Program and version, as entries and acquisitions name it.
TOOL = f"temoin {__version__}"

_COLUMNS = [column.key for column in AuditEntry.__table__.columns if column.key != "hash"]


class Log:
    """Appends to the audit log of a case whose lock is held.

    Args:
        session: A transaction that holds the case's lock.
        actor: Who acts.
    """

    def __init__(self, session: Session, *, actor: str) -> None:
        self.actor = actor
        self._session = session
        head = session.execute(select(CaseInfo.head_seq, CaseInfo.head_hash)).one()
        self._seq: int = head.head_seq
        self._hash: str = head.head_hash
        self._pending: list[dict[str, Any]] = []

    def append(
        self,
        action: str,
        kind: str,
        target: int,
        *,
        field: str | None = None,
        old: Any = None,  # noqa: ANN401 - whatever JSON can hold
        new: Any = None,  # noqa: ANN401
        reason: str | None = None,
    ) -> int:
        """Add one entry; it is written with `flush`.

        Args:
            action: What was done.
            kind: To what kind of thing.
            target: Its number.
            field: Which field of it, where it was one.
            old: State before.
            new: State after.
            reason: Why.

        Returns:
            The entry's number.
        """
        entry: dict[str, Any] = {
            "seq": self._seq + 1,
            "at": now(),
            "actor": self.actor,
            "tool": TOOL,
            "action": action,
            "kind": kind,
            "target": target,
            "field": field,
            "old": None if old is None else canonical(old),
            "new": None if new is None else canonical(new),
            "reason": reason,
            "prev_hash": self._hash,
        }
        entry["hash"] = entry_hash(entry)
        self._seq, self._hash = entry["seq"], entry["hash"]
        self._pending.append(entry)
        return self._seq

    def flush(self) -> None:
        """Write what was appended, and the new head."""
        if self._pending:
            self._session.execute(insert(AuditEntry), self._pending)
            self._session.execute(update(CaseInfo).values(head_seq=self._seq, head_hash=self._hash))
            self._pending = []


def entry_hash(entry: dict[str, Any]) -> str:
    """The hash that an entry must have; its own `hash` does not count."""
    return digest({column: entry[column] for column in _COLUMNS})


def entries(connection: Connection | Session, *, after: int = 0) -> Iterator[dict[str, Any]]:
    """The entries of the log in their order, as dictionaries of columns.

    Args:
        connection: Where to read.
        after: Leave out entries up to this number.
    """
    table = AuditEntry.__table__
    with connection.execute(
        select(table).where(table.c.seq > after).order_by(table.c.seq),
        execution_options={"yield_per": 500},
    ) as found:
        for row in found.mappings():
            yield dict(row)


def exported(entry: dict[str, Any]) -> str:
    """An entry as a line of JSON: `old` and `new` as JSON, not as text.

    The hash can be checked by anyone: put `old` and `new` back as canonical JSON (sorted
    keys, no spaces, UTF-8), leave `hash` out, and take the SHA-256 of the canonical JSON.
    """
    shown = {
        **entry,
        "old": None if entry["old"] is None else json.loads(entry["old"]),
        "new": None if entry["new"] is None else json.loads(entry["new"]),
    }
    return json.dumps(shown, ensure_ascii=False)
