"""One claim, or one document, with all that is known of it, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import or_, select

from temoin.casefile.case import Case
from temoin.casefile.claims import machine_event
from temoin.casefile.effective import EVENT_FIELDS, Holding, active_ones, effective_event
from temoin.casefile.errors import CaseError
from temoin.casefile.evidence import evidence
from temoin.casefile.reviewing.history import history
from temoin.casefile.schema import (
    Acquisition,
    Claim,
    Decision,
    Document,
    Producer,
    StoredRecord,
)

__all__ = ["claim_shown", "document_shown"]


def claim_shown(case: Case, number: int) -> dict[str, Any]:
    """A claim: its sentence, each field as the machine and as people have it, its history.

    Raises:
        CaseError: There is no such claim.
    """
    with case.reading() as session:
        claim = session.get(Claim, number)
        if claim is None:
            raise CaseError(case.target.shown, f"there is no claim {number}")
        name = session.scalar(select(Document.name).where(Document.id == claim.document_id))
        decisions = session.scalars(
            select(Decision).where(Decision.claim_id == number).order_by(Decision.id)
        ).all()
        active = active_ones(decisions)
        machine = machine_event(session, number)
        before = effective_event(machine, []) if machine else None
        decided = {decision.field for decision in active if decision.verdict != "accept"}
        return {
            "claim": number,
            "version": claim.version,
            "document": name,
            "document_id": claim.document_id,
            "origin": claim.origin,
            "present": claim.present,
            "state": claim.state,
            "type": claim.type,
            "trigger": claim.trigger,
            "trigger_start": claim.trigger_start,
            "trigger_end": claim.trigger_end,
            "sentence": asdict(evidence(session, [number])[number]),
            "fields": _fields(before, effective_event(machine, active), decided),
            "history": [asdict(step) for step in history(session, number)],
        }


def document_shown(case: Case, name: str) -> dict[str, Any]:
    """A document by its name, or by `#` and its number: what is known of it, and its claims.

    Raises:
        CaseError: There is no such document, or several have the name.
    """
    with case.reading() as session:
        wanted = [Document.name == name]
        digits = name.removeprefix("#")
        if digits != name and digits.isascii() and digits.isdigit() and len(digits) < 10:
            wanted.append(Document.id == int(digits))
        found = session.scalars(select(Document).where(or_(*wanted)).order_by(Document.id)).all()
        if not found:
            raise CaseError(case.target.shown, f"there is no document {name!r}")
        if len(found) > 1:
            numbers = ", ".join(f"#{each.id}" for each in found)
            raise CaseError(case.target.shown, f"several documents are called {name!r}: {numbers}")
        document = found[0]
        columns = {
            column.key: getattr(document, column.key)
            for column in Document.__table__.columns
            if column.key != "text"
        }
        records = session.execute(
            select(StoredRecord, Producer)
            .join(Producer, Producer.id == StoredRecord.producer_id)
            .where(StoredRecord.document_id == document.id)
            .order_by(StoredRecord.number)
        )
        places = session.scalars(
            select(Acquisition)
            .where(Acquisition.document_id == document.id)
            .order_by(Acquisition.id)
        )
        claims = session.scalars(
            select(Claim).where(Claim.document_id == document.id).order_by(Claim.trigger_start)
        )
        return {
            **columns,
            "acquisitions": [
                {"location": each.location, "collected_by": each.collected_by, "at": each.at}
                for each in places
            ],
            "records": [
                {
                    "record": record.id,
                    "producer": f"{made.name}, Témoin {made.temoin}",
                    "at": record.added_at,
                    "current": record.current,
                }
                for record, made in records
            ],
            "claims": [
                {
                    "claim": each.id,
                    "type": each.type,
                    "trigger": each.trigger,
                    "earliest": each.earliest,
                    "latest": each.latest,
                    "state": each.state,
                    "present": each.present,
                }
                for each in claims
            ],
        }


def _fields(
    before: Holding | None, after: Holding, decided: set[str | None]
) -> list[dict[str, Any]]:
    """Each field with the machine's value, the one that holds, and whether people decided."""
    machine, now = _values(before) if before else {}, _values(after)
    names = [name for name in EVENT_FIELDS if name in machine or name in now]
    names += sorted({*machine, *now} - set(EVENT_FIELDS))
    sure = {"type": before.event.confidence if before else None}
    if before:
        sure |= {"polarity": before.event.polarity_confidence}
        sure |= {"certainty": before.event.certainty_confidence}
        sure |= {each.field: each.argument.confidence for each in before.arguments}
    return [
        {
            "field": name,
            "machine": machine.get(name),
            "human": now.get(name),
            "decided": name in decided or machine.get(name) != now.get(name),
            "confidence": sure.get(name),
        }
        for name in names
    ]


def _values(holding: Holding) -> dict[str, Any]:
    told = holding.event.model_dump(mode="json", exclude_none=True)
    values = {name: told[name] for name in EVENT_FIELDS if name in told}
    for each in holding.arguments:
        values[each.field] = each.argument.model_dump(mode="json", exclude_none=True)
    return values
