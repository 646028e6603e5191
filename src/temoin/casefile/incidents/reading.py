"""What corroboration reads of a case: claims as they hold, texts, copies known besides.

Claims go by their numbers and documents by their names (with the number, where several
have one name), so that incidents keep their ids from one run to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.effective import active_ones, effective_event, state_of
from temoin.casefile.schema import Claim, Decision, Document, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.storing import load_record
from temoin.corroboration import Claim as Told
from temoin.corroboration import Copy, claims_of
from temoin.record import Event, Record

__all__ = ["UNREAD", "document_names", "known_copies", "texts_in", "told_claims"]

#: Documents of these statuses are left out, as searching leaves them out.
UNREAD = ("hidden", "removed")

_STREAM = {"yield_per": 100}


def document_names(session: Session) -> dict[int, str]:
    """What the documents of a case go by: their names, with the number where it takes that."""
    rows = session.execute(
        select(Document.id, Document.name)
        .where(Document.status.not_in(UNREAD))
        .order_by(Document.id)
    ).all()
    times = Counter(name for _, name in rows)
    return {id_: name if times[name] == 1 else f"{name} #{id_}" for id_, name in rows}


def texts_in(session: Session, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Name and text of each document."""
    rows = session.execute(
        select(Document.id, Document.text).order_by(Document.id), execution_options=_STREAM
    )
    return ((names[id_], text) for id_, text in rows if id_ in names)


def known_copies(session: Session, names: dict[int, str]) -> list[Copy]:
    """Translations, which share no words with what they translate."""
    rows = session.execute(
        select(Document.translation_of, Document.id)
        .where(Document.translation_of.is_not(None))
        .order_by(Document.id)
    )
    return [
        Copy(names[of], names[id_], 1.0)
        for of, id_ in rows
        if of is not None and of in names and id_ in names
    ]


def told_claims(
    session: Session, names: dict[int, str], *, only: Collection[int] | None = None
) -> Iterator[Told]:
    """The claims of a case as people's decisions leave them, without the rejected ones.

    Args:
        session: A transaction.
        names: What documents go by.
        only: Numbers of the claims wanted; all by default. Others still lend them their
            places and days.

    Raises:
        ValueError: The decisions on a claim make no event.
    """
    decisions: defaultdict[int, list[Decision]] = defaultdict(list)
    for decision in session.scalars(select(Decision).order_by(Decision.id)):
        decisions[decision.claim_id].append(decision)
    wanted = None if only is None else {str(number) for number in only}
    current = select(StoredRecord).where(StoredRecord.current).order_by(StoredRecord.document_id)
    for stored in session.scalars(current, execution_options=_STREAM):
        if stored.document_id not in names:
            continue
        record = _as_it_holds(session, stored, names[stored.document_id], decisions)
        for claim in claims_of(record):
            if wanted is None or claim.event in wanted:
                cause = claim.cause.rpartition(":")[2] if claim.cause else None
                yield replace(claim, id=claim.event, cause=cause)
        session.expunge(stored)


def _as_it_holds(
    session: Session, stored: StoredRecord, name: str, decisions: dict[int, list[Decision]]
) -> Record:
    """A record whose events go by the numbers of their claims."""
    record = load_record(stored)
    rows = session.execute(
        select(EventTable.key, EventTable.claim_id).where(EventTable.record_id == stored.id)
    ).all()
    number: dict[str, int] = {row.key: row.claim_id for row in rows}
    events = [
        held
        for event in record.events
        if event.id in number
        and (held := _held(number[event.id], event, decisions.get(number[event.id], [])))
    ]
    humans = session.scalars(
        select(Claim.id)
        .where(Claim.document_id == stored.document_id, Claim.origin == "human")
        .order_by(Claim.id)
    )
    events += [
        held
        for claim in humans
        if claim not in number.values() and (held := _held(claim, None, decisions.get(claim, [])))
    ]
    there = {event.id for event in events}
    relations = [
        each.model_copy(update={"source": source, "target": target})
        for each in record.relations
        if (source := str(number.get(each.source))) in there
        and (target := str(number.get(each.target))) in there
    ]
    publisher, published = session.execute(
        select(Document.publisher, Document.published).where(Document.id == stored.document_id)
    ).one()
    document = record.document.model_copy(
        update={"id": name, "source": publisher, "published": published}
    )
    return record.model_copy(
        update={"document": document, "events": tuple(events), "relations": tuple(relations)}
    )


def _held(claim: int, machine: Event | None, decisions: list[Decision]) -> Event | None:
    """The event of a claim as it holds; None where it was rejected, or taken back."""
    event = machine
    if decisions:
        active = active_ones(decisions)
        if state_of(active) == "rejected" or (machine is None and not active):
            return None
        event = effective_event(machine, active).event
    return event.model_copy(update={"id": str(claim)}) if event else None
