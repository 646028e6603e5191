"""The tables against the audit log: each row as the log last told it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from temoin.casefile.canonical import sha256, unpack
from temoin.casefile.schema import (
    Acquisition,
    AuditEntry,
    Base,
    CaseInfo,
    Corroboration,
    Decision,
    Document,
    FieldSensitivity,
    Original,
    PairDecision,
    Producer,
    StoredRecord,
)
from temoin.casefile.states import KINDS, state
from temoin.casefile.verification.chain import Told
from temoin.casefile.verification.faults import Fault

__all__ = ["check_originals", "check_told"]

_TABLES: tuple[type[Base], ...] = (
    CaseInfo,
    Document,
    Acquisition,
    Producer,
    StoredRecord,
    Decision,
    FieldSensitivity,
    PairDecision,
    Corroboration,
)


def check_told(session: Session, told: Told) -> Iterator[Fault]:
    """Compare each row that the log tells of with what it told last."""
    for table in _TABLES:
        yield from _check_table(session, table, told.last[KINDS[table.__tablename__]])


def check_originals(session: Session) -> Iterator[Fault]:
    """Compare original bytes and texts with their hashes."""
    documents = select(Document.id, Document.text, Document.text_sha256).order_by(Document.id)
    for number, body, text_sha256 in session.execute(documents, execution_options=_STREAM):
        if sha256(body) != text_sha256:
            yield Fault("document", number, "its text was altered")
    originals = (
        select(Original.document_id, Original.codec, Original.data, Document.sha256)
        .outerjoin(Document, Document.id == Original.document_id)
        .order_by(Original.document_id)
    )
    for number, codec, data, expected in session.execute(originals, execution_options=_STREAM):
        try:
            found = sha256(unpack(codec, data))
        except ValueError as error:
            yield Fault("document", number, f"its original bytes cannot be read: {error}")
            continue
        if found != expected:
            yield Fault("document", number, "its original bytes were altered")


_STREAM = {"yield_per": 100}


def _check_table(session: Session, table: type[Base], last: dict[int, int]) -> Iterator[Fault]:
    kind = KINDS[table.__tablename__]
    kept = set(session.scalars(select(Original.document_id))) if table is Document else set()
    missing = dict(last)
    rows = session.scalars(select(table).order_by(text("id")), execution_options=_STREAM)
    for row in rows:
        found = state(row)
        number = int(found["id"])
        session.expunge(row)
        seq = missing.pop(number, None)
        if seq is None:
            yield Fault(kind, number, "is not in the audit log: it was put in from outside")
            continue
        if table is Document:
            found["original"] = "kept" if number in kept else "none"
        yield from _compare(session, kind, number, found, seq)
    for number, seq in missing.items():
        if not _is_told_gone(session, seq):
            yield Fault(kind, number, f"is gone: audit entry {seq} tells of it")


def _compare(
    session: Session, kind: str, number: int, found: dict[str, Any], seq: int
) -> Iterator[Fault]:
    new = session.scalar(select(AuditEntry.new).where(AuditEntry.seq == seq))
    try:
        expected = json.loads(new) if new else None
    except ValueError:
        expected = None
    if not isinstance(expected, dict):
        yield Fault(kind, number, f"audit entry {seq} does not tell its state")
        return
    if expected == found:
        return
    if expected.get("original") == "kept" and found.get("original") == "none":
        yield Fault(kind, number, "its original bytes are gone")
    elif expected.get("original") != found.get("original"):
        yield Fault(kind, number, "original bytes were put in from outside")
    columns = sorted(
        name
        for name in expected.keys() | found.keys()
        if name != "original" and expected.get(name) != found.get(name)
    )
    if columns:
        what = f"altered since audit entry {seq}: {', '.join(columns)}"
        yield Fault(kind, number, what)


def _is_told_gone(session: Session, seq: int) -> bool:
    """Whether the last thing told of a row is that it was taken away."""
    return session.scalar(select(AuditEntry.new).where(AuditEntry.seq == seq)) is None
