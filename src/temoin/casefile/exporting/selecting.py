"""What an export takes of a case: claims that hold, redacted, and those alone that were asked for.

A record is redacted first and filtered after that: what a profile hides of a claim that the
filter leaves out is hidden in the text of its neighbours, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.exchanging.writing import effective_record
from temoin.casefile.exporting.withholding import with_known_names
from temoin.casefile.privacy import Marks, Profile, Report, redact
from temoin.casefile.privacy.hiding import Names
from temoin.casefile.schema import Claim, Document, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.searching import claims_where
from temoin.record import Record

__all__ = ["Reviewed", "Selected", "selected"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim's number in the case, and what people said of it: pending, accepted, ..."""

    claim: int
    state: str


@dataclass(slots=True)
class Selected:
    """One document of an export.

    Attributes:
        record: What is left of its record; None where the profile leaves all of it out.
        profile: The profile.
        claims: Each event's claim, by the event's id.
        report: What was left out.
    """

    record: Record | None
    profile: Profile
    claims: dict[str, Reviewed]
    report: Report
    _before: tuple[Record, Marks, Names, frozenset[str] | None] = field(repr=False)

    def worded(self) -> Record | None:
        """The record with its words, for what reads them, and never to be written itself.

        Where a profile gives no quotes, codes and comparisons still need to know which
        event stands where in the text. Names that are none of Témoin's tables are gone.
        """
        if self.record is None or self.profile.quotes:
            return self.record
        whole, marks, names, wanted = self._before
        quoting = self.profile.model_copy(update={"quotes": True})
        again, _ = redact(whole, quoting, marks=marks, names=names)
        return again and with_known_names(_filtered(again, wanted), self.record)


def selected(session: Session, *, profile: Profile, where: str | None = None) -> Iterator[Selected]:
    """Documents with claims to export, in the order in which they came.

    Args:
        session: A transaction; all is read in it.
        profile: What to leave out. Hidden and removed documents are left out with any.
        where: A query; only claims that it finds are exported. None for all.

    Raises:
        QueryError: The query cannot be read.
    """
    names = Names()
    found = None if where is None else set(claims_where(session, where))
    documents = (
        select(Document.id).where(Document.status.in_(("active", "frozen"))).order_by(Document.id)
    )
    numbers = session.scalars(documents).all()
    if found is not None:
        rows = session.execute(select(Claim.id, Claim.document_id))
        with_hits = {row.document_id for row in rows if row.id in found}
        numbers = [number for number in numbers if number in with_hits]
    for number in numbers:
        holds = effective_record(session, number)
        if holds is None:
            continue
        record, marks = holds
        claims = _claims(session, number, record)
        session.expunge_all()
        wanted = None
        if found is not None:
            wanted = frozenset(key for key, each in claims.items() if each.claim in found)
            if not wanted:
                continue
        redacted, report = redact(record, profile, marks=marks, names=names)
        kept = None if redacted is None else _filtered(redacted, wanted)
        if kept is not None and wanted is not None and not kept.events:
            kept = None
        there = {event.id for event in kept.events} if kept else set()
        yield Selected(
            kept,
            profile,
            {key: each for key, each in claims.items() if key in there},
            report,
            (record, marks, names, wanted),
        )


def _claims(session: Session, document_id: int, record: Record) -> dict[str, Reviewed]:
    """The claim of each event of an effective record."""
    keys = session.execute(
        select(EventTable.claim_id, EventTable.key)
        .join(StoredRecord, StoredRecord.id == EventTable.record_id)
        .where(StoredRecord.document_id == document_id, StoredRecord.current)
    )
    machine = {row.claim_id: row.key for row in keys}
    told: dict[str, Reviewed] = {}
    human: list[Reviewed] = []
    for claim in session.execute(
        select(Claim.id, Claim.state, Claim.origin)
        .where(Claim.document_id == document_id)
        .order_by(Claim.id)
    ):
        each = Reviewed(claim.id, claim.state)
        if claim.id in machine:
            told[machine[claim.id]] = each
        elif claim.origin == "human" and claim.state != "rejected":
            human.append(each)
    # People's own claims come last in an effective record, in the order of their numbers.
    own = [event.id for event in record.events if event.id not in told]
    told |= dict(zip(own, human, strict=True))
    return {event.id: told[event.id] for event in record.events}


def _filtered(record: Record, wanted: frozenset[str] | None) -> Record:
    """A record with these events alone, and with nothing that is said of others."""
    if wanted is None:
        return record
    gone = {event.id for event in record.events} - wanted
    told = record.to_dict()
    told["events"] = [each for each in told["events"] if each["id"] in wanted]
    told["relations"] = [
        each for each in told["relations"] if {each["source"], each["target"]} <= wanted
    ]
    told["ungrounded"] = [
        each for each in told["ungrounded"] if each["field"].partition(".")[0] not in gone
    ]
    return Record.from_dict(told)
