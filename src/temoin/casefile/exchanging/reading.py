"""Lines of records into a case: our own export with its decisions, or plain records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import or_, select

from temoin.casefile.canonical import canonical, sha256
from temoin.casefile.case import Case, Work
from temoin.casefile.claims import refresh_claim
from temoin.casefile.documents import change_document
from temoin.casefile.exchanging.lines import Review
from temoin.casefile.exchanging.pairs import store_pairs
from temoin.casefile.exchanging.writing import (
    DECISION_COLUMNS,
    DOCUMENT_COLUMNS,
    FORMAT,
    PRODUCER_COLUMNS,
    effective_record,
)
from temoin.casefile.projection import claim_row
from temoin.casefile.schema import Claim, Decision, Document, FieldSensitivity
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.states import state
from temoin.casefile.storing import Custody, record_json, store_document, store_newer_record
from temoin.errors import ReadingError
from temoin.record import Event, Record

__all__ = ["Taken", "import_records"]

#: Longer than any record: a document has 50 MB at most.
_LONGEST = 500_000_000


@dataclass(slots=True)
class Taken:
    """What became of the lines of a file.

    Attributes:
        added: New documents.
        decisions: Decisions that came along.
        pairs: Verdicts on pairs of claims that came along.
        untied: Those left out, since the case has not the other claim.
        known: Documents that the case had; nothing of them was changed.
        failed: Lines that could not be taken.
    """

    added: int = 0
    decisions: int = 0
    pairs: int = 0
    untied: int = 0
    known: int = 0
    failed: int = 0


_UNTIED = "verdicts on pairs of claims left out, for the case has not the other claim: {}"


class _LineError(ValueError):
    """A line that cannot be taken, with its cause."""


def import_records(
    case: Case,
    path: Path,
    *,
    actor: str,
    custody: Custody,
    tell: Callable[[ReadingError], None],
) -> Taken:
    """Import records, one a line and a transaction; what cannot be taken is told.

    Args:
        case: The case.
        path: A file of JSON lines.
        actor: Who imports them.
        custody: What is told of documents that come without their own.
        tell: Called with each line that cannot be taken.

    Raises:
        ReadingError: The file cannot be read.
        CaseError: The case cannot be written.
    """
    taken = Taken()
    try:
        with path.open(encoding="utf-8-sig") as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                if not line.strip():
                    continue
                try:
                    untied = _take(case, line, actor, custody, taken)
                    if untied:
                        taken.untied += untied
                        tell(ReadingError(f"{path}:{number}", _UNTIED.format(untied)))
                except (_LineError, ValidationError, ValueError, KeyError, TypeError) as error:
                    taken.failed += 1
                    tell(ReadingError(f"{path}:{number}", _cause(error)))
    except OSError as error:
        raise ReadingError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ReadingError(str(path), "is not UTF-8") from error
    return taken


def _cause(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"is no record: {'.'.join(map(str, first['loc']))}: {first['msg']}"
    if isinstance(error, json.JSONDecodeError):
        return f"is no JSON: {error}"
    if isinstance(error, KeyError):
        return f"its review lacks {error}"
    return str(error)


def _take(case: Case, line: str, actor: str, custody: Custody, taken: Taken) -> int:
    """Take a line in; how many verdicts on pairs could not be tied."""
    told = json.loads(line)
    if not isinstance(told, dict):
        raise _LineError("is no record")
    review = told.pop("review", None)
    if isinstance(told.get("document"), dict) and told["document"].get("text", "") is None:
        raise _LineError("was exported without quotes: there is no text to hold on to")
    if (
        isinstance(review, dict)
        and isinstance(review.get("format"), int)
        and review["format"] > FORMAT
    ):
        raise _LineError("was exported by a newer Témoin: upgrade this one")
    if review is not None and "profile" in review:
        review = None  # redacted: states without the decisions that made them
    if review is not None:
        Review.model_validate(review)
    record = Record.from_dict(told) if review is None else _machine_record(told, review)
    key = sha256(record.document.text) if review is None else review["document"]["content_key"]
    with case.writing(actor=actor) as work:
        if _is_known(work, record, key, exact=review is not None):
            taken.known += 1
            return 0
        if review is None:
            store_document(work, record, original=None, custody=custody)
            decisions = pairs = untied = 0
        else:
            decisions, pairs, untied = _store(work, record, review)
    taken.added += 1
    taken.decisions += decisions
    taken.pairs += pairs
    return untied


def _is_known(work: Work, record: Record, key: str, *, exact: bool) -> bool:
    same = Document.content_key == key
    if not exact and record.document.sha256:
        same = or_(same, Document.sha256 == record.document.sha256)
    return work.session.scalar(select(Document.id).where(same).limit(1)) is not None


def _machine_record(told: dict[str, Any], review: dict[str, Any]) -> Record:
    """The record as the machine made it: decisions taken away."""
    effective = {event["id"]: event for event in told["events"]}
    told["events"] = [
        claim.get("machine") or effective[claim["event"]]
        for claim in review["claims"]
        if claim["origin"] == "machine" and claim["present"]
    ]
    told["relations"] = review.get("relations", [])
    record = Record.from_dict(told)
    if sha256(record_json(record)) != review["record_sha256"]:
        raise _LineError("was altered since it was exported: the record does not have its hash")
    return record


def _store(work: Work, record: Record, review: dict[str, Any]) -> tuple[int, int, int]:
    """Store a document; its decisions, its verdicts on pairs, and those left out."""
    session = work.session
    columns = {name: review["document"].get(name) for name in DOCUMENT_COLUMNS}
    made_by = {name: review["producer"].get(name) for name in PRODUCER_COLUMNS}
    custody = Custody(sensitivity=columns["sensitivity"], licence=columns["licence"])
    lost = [
        claim for claim in review["claims"] if claim["origin"] == "machine" and not claim["present"]
    ]
    first = record
    if lost:
        # A record before this one had them; which other claims it had nobody will ask.
        events = [*record.events, *(Event.model_validate(claim["machine"]) for claim in lost)]
        first = Record.from_dict({**record.to_dict(), "events": [e.model_dump() for e in events]})
    number = store_document(
        work,
        first,
        original=None,
        custody=custody,
        made_by=made_by,
        content_key=columns["content_key"],
    )
    claims = list(
        session.scalars(
            select(EventTable.claim_id)
            .join(Claim, Claim.id == EventTable.claim_id)
            .where(Claim.document_id == number)
            .order_by(EventTable.number)
        )
    )
    if lost:
        there = claims[: len(record.events)]
        store_newer_record(work, number, record, claims=there, made_by=made_by)
    change_document(
        work,
        number,
        reason="as it was where it came from",
        **{name: columns[name] for name in ("archive_url", "author", "status")},
    )
    machine: list[Event | None] = list(first.events)
    for told in review["claims"]:
        if told["origin"] == "human":
            claims.append(_human_claim(work, number, told))
            machine.append(None)
    decided = 0
    for claim, event, told in zip(claims, machine, review["claims"], strict=True):
        decided += _store_claim(work, claim, event, told)
    if effective_record(session, number) is None:
        raise _LineError("its decisions make no record")
    keys = {told["event"]: claim for claim, told in zip(claims, review["claims"], strict=True)}
    return decided, *store_pairs(work, number, keys, review.get("pairs", ()))


def _human_claim(work: Work, number: int, told: dict[str, Any]) -> int:
    added = next(each for each in told["decisions"] if each["verdict"] == "add")
    event = Event.model_validate(added["value"])
    claim = Claim(
        document_id=number,
        origin="human",
        version=1,
        **claim_row(event),
    )
    work.session.add(claim)
    work.session.flush()
    return claim.id


def _store_claim(work: Work, claim_id: int, machine: Event | None, told: dict[str, Any]) -> int:
    """A claim's decisions and sensitivities, as they were made."""
    session = work.session
    claim = session.get_one(Claim, claim_id)
    claim.version = told["version"]
    claim.present = told["present"]
    stored: list[int] = []
    for each in told.get("decisions", ()):
        decision = Decision(
            claim_id=claim_id,
            value=canonical(each["value"]) if "value" in each else None,
            machine=canonical(each["machine"]) if "machine" in each else None,
            undoes=stored[each["undoes"]] if "undoes" in each else None,
            active=True,
            **{name: each.get(name) for name in DECISION_COLUMNS},
        )
        session.add(decision)
        session.flush()
        stored.append(decision.id)
        work.log.append("import", "decision", decision.id, new=state(decision))
    for each in told.get("sensitivity", ()):
        mark = FieldSensitivity(claim_id=claim_id, **each)
        session.add(mark)
        session.flush()
        work.log.append("import", "field_sensitivity", mark.id, new=state(mark))
    refresh_claim(session, claim_id, machine=machine, present=told["present"])
    return len(stored)
