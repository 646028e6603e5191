"""A claim with every field and its words: what the machine has, what people made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile.effective import EVENT_FIELDS, Held, active_ones, effective_event
from temoin.casefile.evidence import Sentence, evidence
from temoin.casefile.held import HeldClaim, HeldClaims, claims_held
from temoin.casefile.reviewing import Step as Decided
from temoin.casefile.reviewing import history
from temoin.casefile.schema import Claim, Document, FieldSensitivity, Producer, StoredRecord
from temoin.record import Argument, Event, Ungrounded
from temoin.rows import place_of, time_of
from temoin.workbench.api.models.claims import (
    ArgumentCard,
    AttributionCard,
    ClaimDetail,
    ClaimRelation,
    FieldCard,
    FieldMark,
    FullClaim,
    Step,
)
from temoin.workbench.api.models.common import Piece
from temoin.workbench.problems import Problem
from temoin.workbench.views.selecting import Reading, reading
from temoin.workbench.views.telling import argument_words, days, piece, point
from temoin.workbench.views.vocabulary import family_of

__all__ = ["claim", "claims", "full_claims", "marks_left", "relations", "step"]

#: So many events are asked for by their keys; more, by their record.
_FEW = 500


def claim(case: Case, number: int) -> ClaimDetail:
    """A claim with its history.

    Raises:
        Problem: There is no such claim.
    """
    with reading(case) as now:
        document = _document_of(now, number)
        held = _held(now, document, only={number})
        full = full_claims(now, held)[0]
        producer = now.session.execute(
            select(Producer.name, Producer.temoin)
            .join(StoredRecord, StoredRecord.producer_id == Producer.id)
            .where(StoredRecord.id == held.stored.id)
        ).one()
        return ClaimDetail(
            **dict(full),
            history=[step(each) for each in history(now.session, number)],
            relations=relations(now, held),
            producer=f"{producer.name}, Témoin {producer.temoin}",
        )


def claims(case: Case, numbers: Sequence[int]) -> list[FullClaim]:
    """Claims by their numbers, in that order; those that are not there are left out."""
    found: dict[int, FullClaim] = {}
    with reading(case) as now:
        by_document: defaultdict[int, set[int]] = defaultdict(set)
        rows = now.session.execute(select(Claim.id, Claim.document_id).where(Claim.id.in_(numbers)))
        for row in rows:
            by_document[row.document_id].add(row.id)
        for document, wanted in by_document.items():
            held = _held(now, document, only=wanted)
            found |= {each.id: each for each in full_claims(now, held)}
    return [found[number] for number in numbers if number in found]


def full_claims(now: Reading, held: HeldClaims) -> list[FullClaim]:
    """The claims of a document that were asked for, in its record's order."""
    numbers = [each.claim.id for each in held.claims]
    sentences: dict[int, Sentence] = {}
    for first in range(0, len(numbers), 500):
        sentences |= evidence(now.session, numbers[first : first + 500])
    marks = _marks(now, held.stored.document_id)
    name, published, language = now.session.execute(
        select(Document.name, Document.published, Document.language).where(
            Document.id == held.stored.document_id
        )
    ).one()
    about = {"document_name": name, "published": published, "language": language}
    notes = _notes(held.ungrounded)
    return [
        _full(now, each, sentences[each.claim.id], marks[each.claim.id], notes, about)
        for each in held.claims
    ]


def marks_left(held: HeldClaims) -> list[FieldMark]:
    """What could not be tied to the text, of no claim that is here."""
    keys = {each.key for each in held.claims}
    return [_mark(each) for each in held.ungrounded if _owner(each) not in keys]


def relations(now: Reading, held: HeldClaims) -> list[ClaimRelation]:
    """What claims of a document are to one another and to others of it, as its text tells."""
    from temoin.casefile.schema import Event as EventTable

    keys = {each.key for each in held.claims}
    told = [each for each in held.relations if each.source in keys or each.target in keys]
    if not told:
        return []
    numbers = select(EventTable.key, EventTable.claim_id).where(
        EventTable.record_id == held.stored.id
    )
    wanted = {key for each in told for key in (each.source, each.target)}
    if len(wanted) <= _FEW:
        numbers = numbers.where(EventTable.key.in_(wanted))
    number = {row.key: row.claim_id for row in now.session.execute(numbers)}
    return [
        ClaimRelation(
            type=each.type.value,
            source=number[each.source],
            target=number[each.target],
            confidence=each.confidence,
        )
        for each in told
        if each.source in number and each.target in number
    ]


def step(decided: Decided) -> Step:
    """One decision."""
    return Step(
        decision=decided.decision,
        at=decided.at,
        reviewer=decided.reviewer,
        verdict=decided.verdict,
        field=decided.field,
        machine=decided.machine,
        value=decided.value,
        reason_code=decided.reason_code,
        reason=decided.reason,
        holds=decided.holds,
        undoes=decided.undoes,
        batch=decided.batch,
    )


def _document_of(now: Reading, number: int) -> int:
    found = now.session.scalar(select(Claim.document_id).where(Claim.id == number))
    if found is None:
        raise Problem(404, f"there is no claim {number}")
    return found


def _held(now: Reading, document: int, *, only: Collection[int]) -> HeldClaims:
    held = claims_held(now.session, document, only=only)
    if held is None or not held.claims:
        raise Problem(404, f"document {document} has no record")
    return held


def _marks(now: Reading, document: int) -> defaultdict[int, dict[str, str]]:
    marks: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = now.session.execute(
        select(FieldSensitivity.claim_id, FieldSensitivity.field, FieldSensitivity.sensitivity)
        .join(Claim, Claim.id == FieldSensitivity.claim_id)
        .where(Claim.document_id == document)
    )
    for row in rows:
        marks[row.claim_id][row.field] = row.sensitivity
    return marks


def _notes(ungrounded: Sequence[Ungrounded]) -> defaultdict[str, list[FieldMark]]:
    notes: defaultdict[str, list[FieldMark]] = defaultdict(list)
    for each in ungrounded:
        notes[_owner(each)].append(_mark(each))
    return notes


def _owner(each: Ungrounded) -> str:
    return each.field.partition(".")[0]


def _mark(each: Ungrounded) -> FieldMark:
    return FieldMark(field=each.field, value=each.value, reason=each.reason)


def _full(
    now: Reading,
    held: HeldClaim,
    sentence: Sentence,
    marks: Mapping[str, str],
    notes: Mapping[str, list[FieldMark]],
    about: Mapping[str, Any],
) -> FullClaim:
    row, event = held.claim, held.event
    at = now.columns.position(row.id)
    decided = _decided(held)
    place, time = place_of(event), time_of(event)
    told: dict[str, Any] = {
        **about,
        "id": row.id,
        "version": row.version,
        "document": row.document_id,
        "sensitivity": "internal" if at is None else now.columns.sensitivity(at),
        "state": row.state,
        "origin": row.origin,
        "present": row.present,
        "decided_by": row.decided_by,
        "decided_at": row.decided_at,
        "type": event.type,
        "family": family_of(event.type),
        "trigger": piece(event.trigger),
        "polarity": event.polarity,
        "certainty": event.certainty,
        "attribution": _attribution(held),
        "time": event.time,
        "place": event.place,
        "when": days(time.earliest if time else None, time.latest if time else None),
        "point": place and point(place.latitude, place.longitude, place.radius_km),
        "confidence": event.confidence,
        "polarity_confidence": event.polarity_confidence,
        "certainty_confidence": event.certainty_confidence,
        "sentence": Piece(start=sentence.start, end=sentence.end, text=sentence.text),
        "arguments": [
            _argument(each, decided=each.field in decided, level=marks.get(each.field))
            for each in held.holding.arguments
        ],
        "fields": _fields(held, decided, marks),
        "incident": None if at is None else now.columns.incident(at),
        "contested": at is not None and bool(now.columns.claims["contested"][at]),
        "ungrounded": list(notes.get(held.key, ())),
    }
    return FullClaim(**told)


def _decided(held: HeldClaim) -> set[str]:
    """The fields that people decided on."""
    return {each.field for each in active_ones(held.decisions) if each.field}


def _attribution(held: HeldClaim) -> AttributionCard | None:
    said = held.event.attribution
    if said is None:
        return None
    mine = held.machine is not None and held.machine.attribution == said
    return AttributionCard(
        start=said.start,
        end=said.end,
        text=said.text,
        antecedent=piece(said.antecedent) if said.antecedent else None,
        actor=said.actor,
        confidence=said.confidence,
        origin="machine" if mine else "human",
    )


def _argument(held: Held, *, decided: bool, level: str | None) -> ArgumentCard:
    argument = held.argument
    return ArgumentCard(
        start=argument.start,
        end=argument.end,
        text=argument.text,
        field=held.field,
        role=argument.role,
        antecedent=piece(argument.antecedent) if argument.antecedent else None,
        entity=argument.entity,
        reference=_reference(argument),
        value=argument_words(argument),
        actor=argument.actor,
        place=argument.place,
        time=argument.time,
        quantity=argument.quantity,
        equipment=argument.equipment,
        confidence=argument.confidence,
        origin="machine" if held.decision_id is None else "human",
        decided=decided,
        sensitivity=level,
    )


def _reference(argument: Argument) -> str | None:
    """Its id in the tables, as the column `ref` of arguments has it."""
    if argument.actor is not None:
        return argument.actor.id
    if argument.place is not None:
        return argument.place.gazetteer_id
    return argument.equipment.id if argument.equipment is not None else None


def _fields(held: HeldClaim, decided: set[str], marks: Mapping[str, str]) -> list[FieldCard]:
    """The fields that people decided on or marked, as the machine has them and as they hold."""
    named = decided | (set(marks) - {"*"})
    if any(each.field is None and each.verdict in {"add", "edit"} for each in held.decisions):
        named |= {*EVENT_FIELDS, *(each.field for each in held.holding.arguments)}
    if not named:
        return []
    machine = _values(held.machine) if held.machine else {}
    now = _values(held.event, arguments=held.holding.arguments)
    names = [name for name in EVENT_FIELDS if name in named and (name in machine or name in now)]
    names += sorted(named - set(EVENT_FIELDS))
    sure = _confidences(held.machine)
    return [
        FieldCard(
            field=name,
            machine=machine.get(name),
            value=now.get(name),
            decided=name in decided or machine.get(name) != now.get(name),
            confidence=sure.get(name),
            sensitivity=marks.get(name),
        )
        for name in names
    ]


def _values(event: Event, *, arguments: Sequence[Held] | None = None) -> dict[str, Any]:
    told = event.model_dump(mode="json", exclude_none=True)
    values = {name: told[name] for name in EVENT_FIELDS if name in told}
    if arguments is None:
        arguments = effective_event(event, []).arguments
    for each in arguments:
        values[each.field] = each.argument.model_dump(mode="json", exclude_none=True)
    return values


def _confidences(machine: Event | None) -> dict[str, float | None]:
    if machine is None:
        return {}
    return {
        "type": machine.confidence,
        "polarity": machine.polarity_confidence,
        "certainty": machine.certainty_confidence,
        **{each.field: each.argument.confidence
           for each in effective_event(machine, []).arguments},
    }  # fmt: skip
