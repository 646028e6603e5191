"""The flat view of a record: one row an event, for tables, CSV and data frames.

A row says in a line what an event claims. What does not fit a line (candidates
of a place, offsets of each argument, relations) stays in the record.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from temoin.record import Argument, Event, PlaceValue, Record, Role, Span, TimeValue

__all__ = [
    "COLUMNS",
    "Cell",
    "joined_words",
    "place_of",
    "place_value",
    "rows",
    "time_of",
    "unresolved",
    "value_of",
    "with_antecedent",
]

#: What a cell may hold; offsets are whole numbers.
Cell = str | float | None

#: The columns of a row, in order.
COLUMNS: tuple[str, ...] = (
    "document",
    "language",
    "published",
    "event",
    "type",
    "actor",
    "actor_known",
    "actor_kind",
    "target",
    "target_known",
    "target_kind",
    "place",
    "place_known",
    "latitude",
    "longitude",
    "radius_km",
    "origin",
    "destination",
    "instrument",
    "equipment",
    "equipment_kind",
    "quantity",
    "value",
    "time",
    "earliest",
    "latest",
    "polarity",
    "certainty",
    "attribution",
    "trigger",
    "confidence",
    "sentence",
    "start",
    "end",
    "inherited",
    "unresolved",
)


def rows(record: Record) -> list[dict[str, Cell]]:
    """The events of a record as flat rows with the keys `COLUMNS`, in the record's order.

    Several arguments of one role are joined by `; `. Words stand as the text has
    them; a mention that stands for another is followed by that one in square
    brackets. `latitude`, `longitude` (degrees), `radius_km`, `value`, `earliest`
    and `latest` (ISO days) are those of the event, or else of its first argument
    that has them. `actor_known`, `target_known`, `place_known` and `equipment` are names
    from Témoin's own tables, where the words stand for one; `actor_kind` and the like are
    said of unknown ones too. `start` and `end` are the offsets of the trigger in the
    document's text; `inherited` says whether place or time are those of the sentence,
    `unresolved` what could not be tied to the world, and why.
    """
    reasons = unresolved(record)
    sentences = sorted(record.document.sentences)
    return [
        _row(record, event, sentence=_sentence(record, event, sentences), reasons=reasons[event.id])
        for event in record.events
    ]


def with_antecedent(span: Span) -> str:
    """The words of an argument or attribution, `Elle [l'armée malienne]` where it stands for more.

    An antecedent that says the same words, or lies within them, adds nothing and is left out.
    """
    antecedent: Span | None = getattr(span, "antecedent", None)
    if antecedent is None or antecedent.text.casefold() in span.text.casefold():
        return span.text
    return f"{span.text} [{antecedent.text}]"


def joined_words(spans: Iterable[Span]) -> str | None:
    """The words of several spans joined by `; `, each once; None without any."""
    return "; ".join(dict.fromkeys(with_antecedent(span) for span in spans)) or None


def place_of(event: Event) -> PlaceValue | None:
    """Where the event is: its own place, or else the first place argument with coordinates."""
    if event.place is not None and event.place.latitude is not None:
        return event.place
    for argument in event.of_role(Role.PLACE):
        place = place_value(argument)
        if place is not None and place.latitude is not None:
            return place
    return event.place


def place_value(argument: Argument) -> PlaceValue | None:
    """The place of an argument, also where only its coordinates are given."""
    if argument.place is not None or argument.latitude is None:
        return argument.place
    return PlaceValue(name=argument.text, latitude=argument.latitude, longitude=argument.longitude)


def time_of(event: Event) -> TimeValue | None:
    """When the event is: its own time, or else the first time argument with days."""
    if event.time is not None and _has_days(event.time):
        return event.time
    for argument in event.of_role(Role.TIME):
        if argument.time is not None and _has_days(argument.time):
            return argument.time
    return event.time


def unresolved(record: Record) -> defaultdict[str, list[tuple[str, str]]]:
    """What could not be tied to text or world: by id of the event, its words and the reason.

    Entries that belong to no event of the record stand under the empty id.
    """
    ids = {event.id for event in record.events}
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in record.ungrounded:
        owner = entry.field.partition(".")[0]
        found[owner if owner in ids else ""].append((entry.value, entry.reason))
    return found


def value_of(event: Event) -> float | None:
    """The number of the first quantity that has one."""
    for argument in event.of_role(Role.QUANTITY):
        if argument.quantity is not None and argument.quantity.value is not None:
            return argument.quantity.value
        if argument.value is not None:
            return argument.value
    return None


def _known(event: Event, role: Role) -> dict[str, Cell]:
    """Whom the words of a role name: known names, kinds; each once."""
    found = [argument.actor for argument in event.of_role(role) if argument.actor]
    names = [actor.name for actor in found if actor.id]
    return {
        f"{role}_known": "; ".join(dict.fromkeys(names)) or None,
        f"{role}_kind": "; ".join(dict.fromkeys(actor.kind for actor in found)) or None,
    }


def _equipment(event: Event) -> dict[str, Cell]:
    """What the instruments are: names of types, classes; each once."""
    found = [a.equipment for a in event.of_role(Role.INSTRUMENT) if a.equipment]
    names = [equipment.name for equipment in found if equipment.id]
    return {
        "equipment": "; ".join(dict.fromkeys(names)) or None,
        "equipment_kind": "; ".join(dict.fromkeys(e.kind for e in found)) or None,
    }


def _inherited(event: Event) -> str | None:
    """Which of place and time the event has from its sentence, not from words of its own."""
    values = {"place": event.place, "time": event.time}
    found = [name for name, value in values.items() if value and value.rule == "sentence"]
    return "; ".join(found) or None


def _has_days(time: TimeValue) -> bool:
    return time.earliest is not None or time.latest is not None


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _sentence(record: Record, event: Event, sentences: list[tuple[int, int]]) -> str | None:
    """The sentence that the trigger starts in."""
    at = event.trigger.start
    index = bisect_right(sentences, at, key=_start) - 1
    if index < 0 or at >= sentences[index][1]:
        return None
    start, end = sentences[index]
    return record.document.text[start:end]


def _start(sentence: tuple[int, int]) -> int:
    return sentence[0]


def _row(
    record: Record, event: Event, *, sentence: str | None, reasons: list[tuple[str, str]]
) -> dict[str, Cell]:
    place = place_of(event)
    time = time_of(event)
    words = {str(role): joined_words(event.of_role(role)) for role in Role}
    return {
        "document": record.document.id,
        "language": record.document.language,
        "published": _day(record.document.published),
        "event": event.id,
        "type": str(event.type),
        "actor": words["actor"],
        **_known(event, Role.ACTOR),
        "target": words["target"],
        **_known(event, Role.TARGET),
        "place": words["place"],
        "place_known": place.name if place and place.latitude is not None else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
        "origin": words["origin"],
        "destination": words["destination"],
        "instrument": words["instrument"],
        **_equipment(event),
        "quantity": words["quantity"],
        "value": value_of(event),
        "time": words["time"],
        "earliest": _day(time.earliest) if time else None,
        "latest": _day(time.latest) if time else None,
        "polarity": str(event.polarity),
        "certainty": str(event.certainty),
        "attribution": with_antecedent(event.attribution) if event.attribution else None,
        "trigger": event.trigger.text,
        "confidence": event.confidence,
        "sentence": sentence,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "inherited": _inherited(event),
        "unresolved": "; ".join(f"{value}: {reason}" for value, reason in reasons) or None,
    }
