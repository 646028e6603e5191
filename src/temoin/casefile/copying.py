"""A case copied row by row into an empty database of the other kind, with its index."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from temoin.casefile import search, versions
from temoin.casefile.case import Case
from temoin.casefile.claims import refresh_claim
from temoin.casefile.engine import Target, engine_for, translated, writer
from temoin.casefile.errors import CaseExistsError
from temoin.casefile.schema import Base, Claim, Document, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.storing import load_record
from temoin.record import Event

__all__ = ["copy_case"]

#: Rows in memory; originals may have megabytes each.
_AT_ONCE = 50


def copy_case(source: Case, target: Target) -> None:
    """Copy a case into an empty database: every row, the log's hashes among them, unchanged.

    Args:
        source: The case.
        target: A file prepared for a case, or an empty PostgreSQL database.

    Raises:
        CaseExistsError: There is something already.
        CaseError: A database refused.
    """
    engine = engine_for(target)
    try:
        _see_that_it_is_empty(engine, target)
        versions.migrate(writer(engine), target)
        with source.reading() as old, Session(writer(engine)) as new, new.begin():
            for table in Base.metadata.sorted_tables:
                rows = old.execute(
                    select(table).order_by(*table.primary_key.columns),
                    execution_options={"yield_per": _AT_ONCE},
                ).mappings()
                for batch in rows.partitions(_AT_ONCE):
                    new.execute(insert(table), [dict(row) for row in batch])
            _count_on(new)
            _index(new)
    except DBAPIError as error:
        raise translated(error, target.shown) from error
    finally:
        engine.dispose()


def _see_that_it_is_empty(engine: Engine, target: Target) -> None:
    with engine.connect() as connection:
        if inspect(connection).get_table_names():
            raise CaseExistsError(target.shown, "holds tables already: give an empty database")


def _count_on(session: Session) -> None:
    """Let PostgreSQL's sequences go on after the numbers that are taken."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        (key,) = table.primary_key.columns
        sequence = session.scalar(select(func.pg_get_serial_sequence(table.name, key.name)))
        if sequence is not None:
            last = session.scalar(select(func.max(key)))
            if last is not None:
                session.execute(
                    text("SELECT setval(CAST(:name AS regclass), :last)"),
                    {"name": sequence, "last": last},
                )


def _index(session: Session) -> None:
    """Make the search index anew: each kind of database has its own."""
    numbers = session.scalars(select(Document.id).order_by(Document.id)).all()
    for number in numbers:
        document = session.get_one(Document, number)
        search.index_document(session, number, title=document.title, body=document.text)
        machine = dict(_events(session, number))
        claims = session.execute(
            select(Claim.id, Claim.present).where(Claim.document_id == number).order_by(Claim.id)
        ).all()
        for claim, present in claims:
            refresh_claim(session, claim, machine=machine.get(claim), present=present)
        session.flush()
        session.expunge_all()


def _events(session: Session, number: int) -> Iterator[tuple[int, Event]]:
    """The machine's event of each claim, the last record's last."""
    records = session.scalars(
        select(StoredRecord).where(StoredRecord.document_id == number).order_by(StoredRecord.number)
    )
    for stored in records.all():
        by_key = {event.id: event for event in load_record(stored).events}
        rows = session.execute(
            select(EventTable.claim_id, EventTable.key).where(EventTable.record_id == stored.id)
        )
        yield from ((claim, by_key[key]) for claim, key in rows)
