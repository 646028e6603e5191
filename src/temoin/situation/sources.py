"""Records from wherever they are kept: files of records, folders of them, cases.

A case gives its records as they hold now: the machine's events under the decisions of
people, without the claims that were rejected.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from temoin.codebooks.records import read_records, records_of
from temoin.errors import ReadingError, TemoinError
from temoin.record import Event, Record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from temoin.casefile.schema import Decision, StoredRecord

__all__ = ["effective_records", "incidents_kept", "records_from"]

_SQLITE = b"SQLite format 3\0"


def records_from(sources: Iterable[str]) -> Iterator[Record | ReadingError]:
    """The records of files (JSON lines), folders, cases or `-`; what cannot be read, as errors.

    Args:
        sources: Paths, addresses of PostgreSQL cases, or `-` for standard input.
    """
    for source in sources:
        if source == "-":
            yield from records_of(sys.stdin, "standard input")
        elif "://" in source or _is_case(Path(source)):
            yield from _case(source)
        elif Path(source).is_dir():
            yield from _folder(Path(source))
        else:
            yield from read_records(Path(source))


def effective_records(session: Session) -> Iterator[Record | ReadingError]:
    """The records of a case's active documents, as they hold now.

    Args:
        session: A transaction of `Case.reading`.
    """
    from sqlalchemy import select

    from temoin.casefile.schema import Claim, Decision, Document, StoredRecord
    from temoin.casefile.schema import Event as EventTable

    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decision in session.scalars(select(Decision).order_by(Decision.id)):
        decisions[decision.claim_id].append(decision)
    current = (
        select(StoredRecord)
        .join(Document, Document.id == StoredRecord.document_id)
        .where(StoredRecord.current, Document.status == "active")
        .order_by(StoredRecord.document_id)
    )
    for stored in session.scalars(current):
        rows = session.execute(
            select(EventTable.key, EventTable.claim_id).where(EventTable.record_id == stored.id)
        ).all()
        keys = {row.key: row.claim_id for row in rows}
        humans = session.scalars(
            select(Claim.id)
            .where(Claim.document_id == stored.document_id, Claim.origin == "human")
            .order_by(Claim.id)
        ).all()
        yield _effective(stored, keys, [claim for claim in humans if claim in decisions], decisions)


def incidents_kept(source: str) -> list[list[str]] | str | None:
    """Claims of one incident each (`doc:e1`), as `temoin corroborate` left them in a case.

    Args:
        source: As `records_from` takes it.

    Returns:
        None where it is no case; in words, why what the case holds is not to be used.
    """
    if source == "-" or not ("://" in source or _is_case(Path(source))):
        return None
    from temoin.casefile import Case
    from temoin.casefile.incidents import last_run

    try:
        with Case.open(source) as case, case.reading() as session:
            found = last_run(session)
            if found is None:
                return "temoin corroborate was not run on it"
            run, since = found
            if run.query is not None:
                return f"the last temoin corroborate was about {run.query!r} only"
            if since:
                changes = "1 change" if since == 1 else f"{since:,} changes"
                return f"{changes} came after the last temoin corroborate"
            return _members(session)
    except TemoinError as error:
        return str(error)


def _members(session: Session) -> list[list[str]]:
    from sqlalchemy import select

    from temoin.casefile.schema import Claim, Document, IncidentClaim, StoredRecord
    from temoin.casefile.schema import Event as EventTable

    current = select(StoredRecord.id).where(StoredRecord.current)
    keys: dict[int, str] = {
        row.claim_id: row.key
        for row in session.execute(
            select(EventTable.claim_id, EventTable.key).where(EventTable.record_id.in_(current))
        )
    }
    owner: dict[str, int] = {}
    groups: dict[str, list[str]] = {}
    for row in session.execute(
        select(IncidentClaim.incident_id, Claim.id, Document.id.label("document"), Document.name)
        .join(Claim, Claim.id == IncidentClaim.claim_id)
        .join(Document, Document.id == Claim.document_id)
        .where(Document.status == "active")
        .order_by(Document.id, IncidentClaim.incident_id, IncidentClaim.number)
    ):
        # Of two documents of one name only the first is read.
        if owner.setdefault(row.name, row.document) == row.document:
            event = keys.get(row.id, f"claim-{row.id}")
            groups.setdefault(row.incident_id, []).append(f"{row.name}:{event}")
    return list(groups.values())


def _effective(
    stored: StoredRecord,
    keys: dict[str, int],
    humans: list[int],
    decisions: dict[int, list[Decision]],
) -> Record | ReadingError:
    from temoin.casefile.storing import load_record

    record = load_record(stored)
    tied = set(keys.values())
    try:
        events = [
            _decided(event, decisions.get(keys.get(event.id, 0), [])) for event in record.events
        ]
        events += [
            _decided(None, decisions[claim], id_=f"claim-{claim}")
            for claim in humans
            if claim not in tied
        ]
        kept = [event for event in events if event is not None]
        ids = {event.id for event in kept}
        relations = [r for r in record.relations if {r.source, r.target} <= ids]
        return Record.model_validate(
            {
                **record.model_dump(mode="python"),
                "events": [event.model_dump(mode="python") for event in kept],
                "relations": [relation.model_dump(mode="python") for relation in relations],
            }
        )
    except ValueError as error:
        return ReadingError(record.document.id, f"its decisions make no record ({error})")


def _decided(
    event: Event | None, decisions: list[Decision], *, id_: str | None = None
) -> Event | None:
    """An event under decisions; None where the claim was rejected."""
    from temoin.casefile.effective import active_ones, effective_event, state_of

    if not decisions:
        return event
    active = active_ones(decisions)
    if state_of(active) == "rejected":
        return None
    if event is None and not active:
        return None  # what somebody added was taken back
    held = effective_event(event, active).event
    return held if id_ is None else held.model_copy(update={"id": id_})


def _case(source: str) -> Iterator[Record | ReadingError]:
    from temoin.casefile import Case

    try:
        with Case.open(source) as case, case.reading() as session:
            yield from effective_records(session)
    except TemoinError as error:
        yield ReadingError(source, str(error).removeprefix(f"{source}: "))


def _folder(folder: Path) -> Iterator[Record | ReadingError]:
    files = sorted(path for path in folder.rglob("*.jsonl") if path.is_file())
    if not files:
        cause = "no .jsonl file in this folder; make one with temoin read --format jsonl"
        yield ReadingError(str(folder), cause)
    for path in files:
        yield from read_records(path)


def _is_case(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
