"""Puts the events of a record into the tables: claims, their rows, their search words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from temoin.casefile import search
from temoin.casefile.projection import EventRows, relation_rows
from temoin.casefile.schema import Argument, Claim, Event, Relation
from temoin.record import Record

__all__ = ["claim_words", "new_claims", "store_rows"]


def new_claims(
    session: Session, document_id: int, record: Record, events: Sequence[EventRows]
) -> list[int]:
    """Make claims of events that nobody has seen yet."""
    claims = _inserted(
        session,
        Claim,
        [
            {
                "document_id": document_id,
                "origin": "machine",
                "present": True,
                "state": "pending",
                "version": 1,
                **event.claim,
            }
            for event in events
        ],
    )
    search.index_claims(
        session,
        [
            (claim_id, claim_words(event.claim, event.arguments, sentence=_sentence(record, event)))
            for claim_id, event in zip(claims, events, strict=True)
        ],
    )
    return claims


def store_rows(
    session: Session,
    record_id: int,
    record: Record,
    events: Sequence[EventRows],
    *,
    claims: Sequence[int],
) -> None:
    """Store the rows of a record.

    Args:
        session: A transaction that writes.
        record_id: The record's number.
        record: The record.
        events: Its projection.
        claims: The claim of each event.
    """
    ids = _inserted(
        session,
        Event,
        [
            {"record_id": record_id, "claim_id": claim_id, **event.event}
            for claim_id, event in zip(claims, events, strict=True)
        ],
    )
    arguments = [
        {"claim_id": claim_id, "event_id": event_id, "origin": "machine", "active": True, **row}
        for claim_id, event_id, event in zip(claims, ids, events, strict=True)
        for row in event.arguments
    ]
    if arguments:
        session.execute(insert(Argument), arguments)
    by_key = {event.event["key"]: number for number, event in zip(ids, events, strict=True)}
    relations = [
        {
            "record_id": record_id,
            "source_id": by_key[row.pop("source")],
            "target_id": by_key[row.pop("target")],
            **row,
        }
        for row in relation_rows(record.relations)
    ]
    if relations:
        session.execute(insert(Relation), relations)


def claim_words(
    claim: Mapping[str, Any], arguments: Iterable[Mapping[str, Any]], *, sentence: str | None
) -> dict[str, list[str | None]]:
    """What full-text search finds a claim by: its words and the names that they stand for.

    Args:
        claim: Its row.
        arguments: The rows of its arguments.
        sentence: The sentence that claims it.
    """
    said: defaultdict[str, list[str | None]] = defaultdict(list)
    said[""] += [claim["trigger"], sentence]
    said["attribution"].append(claim["attribution"])
    said["place"] += [claim["place"], claim["place_ref"]]
    for argument in arguments:
        role = argument["role"]
        words = [argument["words"], argument["antecedent"], argument["name"], argument["ref"]]
        if role == "instrument" and argument["kind"]:
            words.append(argument["kind"].replace("_", " "))
        said[role if role in search.ROLES else ""] += words
    return said


def _sentence(record: Record, event: EventRows) -> str | None:
    start, end = event.event["sentence_start"], event.event["sentence_end"]
    return None if start is None else record.document.text[start:end]


def _inserted(
    session: Session, table: type[Claim | Event], rows: list[dict[str, Any]]
) -> list[int]:
    """Insert rows; their numbers, in the same order."""
    if not rows:
        return []
    # Numbers are drawn first: SQLite could tell them of one row at a time only.
    if session.get_bind().dialect.name == "sqlite":
        last = session.scalar(select(func.max(table.id))) or 0
        numbers = list(range(last + 1, last + 1 + len(rows)))
    else:
        sequence = f"{table.__tablename__}_id_seq"
        drawn = select(func.nextval(sequence)).select_from(func.generate_series(1, len(rows)))
        numbers = list(session.scalars(drawn))
    session.execute(
        insert(table), [{"id": number, **row} for number, row in zip(numbers, rows, strict=True)]
    )
    return numbers
