"""Puts documents and records into a case; each call is part of one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from temoin.casefile import search
from temoin.casefile.audit import TOOL
from temoin.casefile.canonical import canonical, digest, now, pack, sha256, unpack
from temoin.casefile.case import Work
from temoin.casefile.errors import DamagedError
from temoin.casefile.event_rows import new_claims, store_rows
from temoin.casefile.originals import Original
from temoin.casefile.projection import project
from temoin.casefile.schema import (
    Acquisition,
    Document,
    Producer,
    StoredRecord,
)
from temoin.casefile.schema import Original as StoredOriginal
from temoin.casefile.states import state
from temoin.record import Record

__all__ = [
    "Custody",
    "is_acquired",
    "load_record",
    "producer_of",
    "record_json",
    "store_acquisition",
    "store_document",
    "store_newer_record",
]


@dataclass(frozen=True, slots=True)
class Custody:
    """What is told of everything that is added in one run.

    Attributes:
        keep_original: Whether to keep the bytes.
        sensitivity: Of the documents.
        collected_by: Who collected them; None for whoever adds them.
        licence: Licence or terms of use.
        note: What the collector has to say.
    """

    keep_original: bool = True
    sensitivity: str = "internal"
    collected_by: str | None = None
    licence: str | None = None
    note: str | None = None


def store_document(
    work: Work,
    record: Record,
    *,
    original: Original | None,
    custody: Custody,
    made_by: Mapping[str, str | None] | None = None,
    content_key: str | None = None,
) -> int:
    """Add a document with its first record, its rows, its place of finding, its audit entries.

    Args:
        work: A transaction that writes.
        record: What was read.
        original: The bytes it was read from; None for a text that came without.
        custody: What is told of it.
        made_by: What made the record, as in `producers`; by default the model of its provenance.
        content_key: What makes it one document, if not the original's.

    Returns:
        The document's number.
    """
    document = _document(record, original, custody, actor=work.actor, content_key=content_key)
    work.session.add(document)
    work.session.flush()
    keep = original is not None and custody.keep_original
    if original is not None and keep:
        codec, data = pack(original.data)
        work.session.add(StoredOriginal(document_id=document.id, codec=codec, data=data))
    # Whether the bytes are kept is told too: an original that vanishes later is missed.
    told = {**state(document), "original": "kept" if keep else "none"}
    work.log.append("add", "document", document.id, new=told)
    if original is not None:
        store_acquisition(work, document.id, original, custody=custody)
    search.index_document(
        work.session, document.id, title=document.title, body=record.document.text
    )
    _store_record(work, document.id, record, producer=producer_of(work, record, made_by=made_by))
    return document.id


def store_acquisition(
    work: Work, document_id: int, original: Original, *, custody: Custody
) -> int | None:
    """Note where a document's bytes were found; None where that is known already."""
    if is_acquired(work.session, document_id, original):
        return None
    found = Acquisition(
        document_id=document_id,
        location=original.location,
        host=original.host or None,
        modified_at=original.modified_at,
        retrieved_at=original.retrieved_at,
        collected_by=custody.collected_by or work.actor,
        tool=TOOL,
        note=custody.note,
        at=now(),
    )
    work.session.add(found)
    work.session.flush()
    work.log.append("add", "acquisition", found.id, new=state(found))
    return found.id


def is_acquired(session: Session, document_id: int, original: Original) -> bool:
    """Whether it is noted already that a document's bytes were found there."""
    known = select(Acquisition.id).where(
        Acquisition.document_id == document_id, Acquisition.location == original.location
    )
    return session.scalar(known) is not None


def record_json(record: Record) -> str:
    """A record as it is kept and hashed."""
    return canonical(record.to_dict())


def load_record(stored: StoredRecord) -> Record:
    """The record as it was added.

    Raises:
        DamagedError: It is damaged; also a `ValueError`.
    """
    try:
        return Record.model_validate_json(unpack(stored.codec, stored.data))
    except (ValueError, TypeError) as error:
        said = str(error).partition("\n")[0]
        cause = f"is damaged ({said}): temoin verify tells more; restore a backup"
        where = f"record {stored.number} of document #{stored.document_id}"
        raise DamagedError(where, cause) from error


def _document(
    record: Record,
    original: Original | None,
    custody: Custody,
    *,
    actor: str,
    content_key: str | None,
) -> Document:
    told = record.document
    text_sha256 = sha256(told.text)
    return Document(
        content_key=content_key or (original.content_key if original else text_sha256),
        name=told.id,
        sha256=original.sha256 if original else told.sha256,
        size=len(original.data) if original else None,
        text=told.text,
        text_sha256=text_sha256,
        media_type=told.media_type,
        encoding=told.encoding,
        language=told.language,
        published=told.published,
        published_from=told.published_from,
        title=told.title,
        publisher=told.source,
        url=told.url,
        licence=custody.licence,
        status="active",
        sensitivity=custody.sensitivity,
        added_at=now(),
        added_by=actor,
        version=1,
    )


def producer_of(
    work: Work, record: Record, *, made_by: Mapping[str, str | None] | None = None
) -> int:
    """The number of what made a record; a new row for a new one.

    Args:
        work: A transaction that writes.
        record: The record.
        made_by: kind, name, temoin, model_sha256 and terms; by default what its provenance says.
    """
    made = record.provenance
    told = {
        "kind": "model",
        "name": (made.model if made else None) or "unknown",
        "temoin": made.temoin if made else "unknown",
        "model_sha256": made.model_sha256 if made else None,
        "terms": None,
        **(made_by or {}),
    }
    key = digest(told)
    known = work.session.scalar(select(Producer.id).where(Producer.digest == key))
    if known is not None:
        return known
    producer = Producer(digest=key, **told)
    work.session.add(producer)
    work.session.flush()
    work.log.append("add", "producer", producer.id, new=state(producer))
    return producer.id


def store_newer_record(
    work: Work,
    document_id: int,
    record: Record,
    *,
    claims: Sequence[int | None],
    made_by: Mapping[str, str | None] | None = None,
) -> list[int]:
    """Keep another record of a document, which is the current one from now on.

    Claims that were there need `claims.refresh_claim` afterwards, also those that the
    record does not have.

    Args:
        work: A transaction that writes.
        document_id: The document.
        record: What was read.
        claims: The claim that each of its events is tied to; None for a new one.
        made_by: As for `producer_of`.

    Returns:
        The claim of each event.
    """
    session = work.session
    producer = producer_of(work, record, made_by=made_by)
    session.execute(
        update(StoredRecord)
        .where(StoredRecord.document_id == document_id, StoredRecord.current)
        .values(current=False)
    )
    stored = _keep_record(work, document_id, record, producer=producer)
    events = project(record)
    fresh = [event for event, claim in zip(events, claims, strict=True) if claim is None]
    made = iter(new_claims(session, document_id, record, fresh))
    tied = [next(made) if claim is None else claim for claim in claims]
    store_rows(session, stored, record, events, claims=tied)
    return tied


def _store_record(work: Work, document_id: int, record: Record, *, producer: int) -> int:
    """Keep a document's first record and make claims of its events."""
    stored = _keep_record(work, document_id, record, producer=producer)
    events = project(record)
    claims = new_claims(work.session, document_id, record, events)
    store_rows(work.session, stored, record, events, claims=claims)
    return stored


def _keep_record(work: Work, document_id: int, record: Record, *, producer: int) -> int:
    """Keep a record whole."""
    session = work.session
    text = record_json(record)
    codec, data = pack(text.encode("utf-8"))
    stored = StoredRecord(
        document_id=document_id,
        number=1 + (session.scalar(_last_number(document_id)) or 0),
        producer_id=producer,
        current=True,
        schema_version=record.schema_version,
        sha256=sha256(text),
        codec=codec,
        data=data,
        added_at=now(),
        added_by=work.actor,
    )
    session.add(stored)
    session.flush()
    work.log.append("add", "record", stored.id, new=state(stored))
    return stored.id


def _last_number(document_id: int) -> Any:  # noqa: ANN401 - a statement
    return select(func.max(StoredRecord.number)).where(StoredRecord.document_id == document_id)
