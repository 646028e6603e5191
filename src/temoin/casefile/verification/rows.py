"""Rows against that from which they follow: records and decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.canonical import sha256, unpack
from temoin.casefile.projection import EventRows, project, relation_rows
from temoin.casefile.schema import (
    Argument,
    Document,
    Event,
    Relation,
    StoredRecord,
)
from temoin.casefile.verification.claims import check_claims
from temoin.casefile.verification.faults import Fault, differences
from temoin.casefile.verification.reading import Row, rows_of
from temoin.record import Event as RecordEvent
from temoin.record import Record

__all__ = ["check_document"]


def check_document(session: Session, document_id: int) -> Iterator[Fault]:
    """Check a document's records, their rows, and its claims."""
    text = session.scalar(select(Document.text).where(Document.id == document_id))
    records = session.scalars(
        select(StoredRecord)
        .where(StoredRecord.document_id == document_id)
        .order_by(StoredRecord.number)
    ).all()
    if records and [each.id for each in records if each.current] != [records[-1].id]:
        what = "which of its records is the current one was altered"
        yield Fault("document", document_id, what)
    # A claim that the current record lost is as the last record had it that found it.
    last: dict[int, RecordEvent] = {}
    present: set[int] = set()
    for stored in records:
        found = _unpacked(stored)
        if isinstance(found, Fault):
            yield found
            continue
        if found.document.text != text:
            yield Fault("record", stored.id, "is not about the text of its document")
        events = dict(_events_by_claim(session, stored, found))
        last |= events
        if stored.current:
            present = set(events)
        yield from _check_rows(session, stored.id, found)
        session.expunge(stored)
    yield from check_claims(session, document_id, last, present=present)


def _unpacked(stored: StoredRecord) -> Record | Fault:
    try:
        data = unpack(stored.codec, stored.data)
    except ValueError as error:
        return Fault("record", stored.id, f"cannot be read: {error}")
    if sha256(data) != stored.sha256:
        return Fault("record", stored.id, "was altered: it does not have its hash")
    try:
        return Record.model_validate_json(data)
    except ValueError as error:
        return Fault("record", stored.id, f"is none: {error}")


def _events_by_claim(
    session: Session, stored: StoredRecord, record: Record
) -> Iterator[tuple[int, RecordEvent]]:
    by_key = {event.id: event for event in record.events}
    rows = session.execute(select(Event.key, Event.claim_id).where(Event.record_id == stored.id))
    return ((claim, by_key[key]) for key, claim in rows if key in by_key)


def _check_rows(session: Session, record_id: int, record: Record) -> Iterator[Fault]:
    """Compare the rows of a record with the record."""
    stored = {
        row["number"]: row
        for row in rows_of(session, select(Event.__table__).where(Event.record_id == record_id))
    }
    arguments: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows_of(
        session,
        select(Argument.__table__)
        .join(Event.__table__, Event.id == Argument.event_id)
        .where(Event.record_id == record_id)
        .order_by(Argument.number, Argument.id),
    ):
        arguments[row["event_id"]].append(row)
    for event in project(record):
        number = event.event["number"]
        if number not in stored:
            yield Fault("record", record_id, f"its event {event.event['key']} is gone")
            continue
        row = stored.pop(number)
        yield from differences("event", row, event.event)
        yield from _check_arguments(row, arguments[row["id"]], event)
    for row in stored.values():
        yield Fault("event", row["id"], "is not in its record: it was put in from outside")
    yield from _check_relations(session, record_id, record)


def _check_arguments(event: Row, rows: Sequence[Row], expected: EventRows) -> Iterator[Fault]:
    if len(rows) != len(expected.arguments):
        what = f"has {len(rows)} arguments, its record {len(expected.arguments)}"
        yield Fault("event", event["id"], what)
        return
    for row, argument in zip(rows, expected.arguments, strict=True):
        owned = {"origin": "machine", "claim_id": event["claim_id"]}
        yield from differences("argument", row, {**argument, **owned})


def _check_relations(session: Session, record_id: int, record: Record) -> Iterator[Fault]:
    keys = {
        row["id"]: row["key"]
        for row in rows_of(session, select(Event.id, Event.key).where(Event.record_id == record_id))
    }
    rows = rows_of(
        session,
        select(Relation.__table__).where(Relation.record_id == record_id).order_by(Relation.number),
    )
    found = [
        {
            **{name: row[name] for name in ("number", "type", "confidence")},
            "source": keys.get(row["source_id"]),
            "target": keys.get(row["target_id"]),
        }
        for row in rows
    ]
    if found != relation_rows(record.relations):
        yield Fault("record", record_id, "its relations were altered")
