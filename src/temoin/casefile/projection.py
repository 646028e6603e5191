"""A record as rows: what the tables of events, arguments, relations and claims hold of it.

The same record gives the same rows: `temoin verify` projects each record that is kept
and compares. Ids of rows are given when they are stored.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from temoin.record import Argument, Event, Record, Relation
from temoin.rows import place_of, place_value, time_of

__all__ = ["EventRows", "argument_field", "argument_row", "claim_row", "project", "relation_rows"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventRows:
    """One event as rows.

    Attributes:
        event: For `events`, without `record_id` and `claim_id`.
        arguments: For `arguments`, without `claim_id`, `event_id`.
        claim: For `claims`, without `document_id`: what holds before anybody decided.
    """

    event: Row
    arguments: tuple[Row, ...]
    claim: Row


def project(record: Record) -> list[EventRows]:
    """The events of a record as rows, in the record's order."""
    sentences = sorted(record.document.sentences)
    return [
        EventRows(
            event=_event_row(event, number=number, sentences=sentences),
            arguments=tuple(
                argument_row(argument, number=place)
                for place, argument in enumerate(event.arguments, 1)
            ),
            claim=claim_row(event),
        )
        for number, event in enumerate(record.events, 1)
    ]


def relation_rows(relations: Sequence[Relation]) -> list[Row]:
    """Relations as rows; `source` and `target` are keys of events yet."""
    return [
        {
            "number": number,
            "type": str(relation.type),
            "source": relation.source,
            "target": relation.target,
            "confidence": relation.confidence,
        }
        for number, relation in enumerate(relations, 1)
    ]


def argument_field(argument: Argument) -> str:
    """How decisions name an argument: by its role and its words' place in the text."""
    return f"{argument.role}:{argument.start}-{argument.end}"


def argument_row(argument: Argument, *, number: int) -> Row:
    """An argument as a row."""
    antecedent = argument.antecedent
    return {
        "number": number,
        "role": str(argument.role),
        "field": argument_field(argument),
        "words": argument.text,
        "start": argument.start,
        "end": argument.end,
        "antecedent": antecedent.text if antecedent else None,
        "antecedent_start": antecedent.start if antecedent else None,
        "antecedent_end": antecedent.end if antecedent else None,
        "entity": argument.entity,
        "confidence": argument.confidence,
        **_NOTHING,
        **_meaning(argument),
    }


def claim_row(event: Event) -> Row:
    """What a claim holds while nobody has decided on it."""
    time, place = time_of(event), place_of(event)
    return {
        "type": str(event.type),
        "trigger": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "polarity": str(event.polarity),
        "certainty": str(event.certainty),
        "attribution": event.attribution.text if event.attribution else None,
        "confidence": event.confidence,
        "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "place": place.name if place else None,
        "place_ref": place.gazetteer_id if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
    }


#: What an argument stands for, where it stands for nothing known: rows have the same keys.
_NOTHING: Row = dict.fromkeys(
    (
        "name",
        "ref",
        "kind",
        "country",
        "latitude",
        "longitude",
        "radius_km",
        "value",
        "low",
        "high",
        "unit",
        "status",
        "earliest",
        "latest",
        "precision",
    )
)


def _meaning(argument: Argument) -> Row:
    """What the words stand for: at most one of place, actor, equipment, with number and time."""
    row: Row = {}
    place = place_value(argument)
    if argument.actor:
        actor = argument.actor
        row |= {"name": actor.name, "ref": actor.id, "kind": actor.kind, "country": actor.country}
    elif place:
        row |= {
            "name": place.name,
            "ref": place.gazetteer_id,
            "kind": place.feature,
            "country": place.country,
        }
    elif argument.equipment:
        thing = argument.equipment
        row |= {"name": thing.name, "ref": thing.id, "kind": thing.kind}
    if place:
        row |= {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "radius_km": place.radius_km,
        }
    row["value"] = argument.value
    if argument.quantity:
        quantity = argument.quantity
        row |= {
            "value": quantity.value if quantity.value is not None else argument.value,
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "status": quantity.status,
            "kind": row.get("kind") or quantity.kind,
        }
    if argument.time:
        time = argument.time
        row |= {"earliest": time.earliest, "latest": time.latest, "precision": time.precision}
    return row


def _event_row(event: Event, *, number: int, sentences: Sequence[tuple[int, int]]) -> Row:
    attribution = event.attribution
    start, end = _sentence(event.trigger.start, sentences)
    return {
        "number": number,
        "key": event.id,
        "type": str(event.type),
        "trigger": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "polarity": str(event.polarity),
        "certainty": str(event.certainty),
        "confidence": event.confidence,
        "polarity_confidence": event.polarity_confidence,
        "certainty_confidence": event.certainty_confidence,
        "attribution": attribution.text if attribution else None,
        "attribution_start": attribution.start if attribution else None,
        "attribution_end": attribution.end if attribution else None,
        "sentence_start": start,
        "sentence_end": end,
    }


def _sentence(at: int, sentences: Sequence[tuple[int, int]]) -> tuple[int | None, int | None]:
    """The sentence that a code point lies in."""
    index = bisect_right(sentences, (at, at + 1_000_000_000)) - 1
    if index < 0 or at >= sentences[index][1]:
        return None, None
    return sentences[index]
