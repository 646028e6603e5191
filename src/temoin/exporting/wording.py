"""How an event reads in a line: the words of its fields with what they were resolved to.

Words in round brackets are worked out by Témoin (`hier (2024-03-11)`), words in
square brackets are other words of the same text (`Elle [l'armée malienne]`).
The table, the marked text and the HTML page all take their wording from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from temoin.record import (
    Argument,
    Certainty,
    Event,
    PlaceValue,
    Polarity,
    QuantityValue,
    Record,
    RelationType,
    Role,
    TimeValue,
)
from temoin.rows import place_of, place_value, time_of, unresolved, with_antecedent

__all__ = [
    "LANGUAGES",
    "LEGEND",
    "Line",
    "clean",
    "entity_names",
    "flags",
    "gaps",
    "harmless",
    "line",
    "links",
    "notes",
    "place_words",
    "quantity_words",
    "relation_words",
    "resolution",
    "time_words",
    "title",
    "type_words",
]

#: Below this confidence an event is marked as unsure.
UNSURE_BELOW = 0.5

#: A radius under this is a town's own: it says nothing that the reader must know.
RADIUS_SHOWN_FROM_KM = 10

LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "uk": "Ukrainian",
    "other": "another language",
}

#: What each mark says; only marks that occur are explained.
LEGEND = {
    "✗ not": "the text says that it did not happen",
    "≈ probable": "the text holds it likely",
    "? possible": "the text is unsure, or it is hearsay without a source",
    "» planned": "meant, ordered or expected, not yet done",
    "~ unsure": f"Témoin is less than {UNSURE_BELOW:.0%} confident of its reading",
}

_CERTAINTY_MARKS = {
    Certainty.PROBABLE: "≈ probable",
    Certainty.POSSIBLE: "? possible",
    Certainty.PLANNED: "» planned",
}

# Overrides and isolates of direction could reorder what stands beside them on the screen.
_REORDERING = dict.fromkeys((0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD, 0xFEFF))
_UNDATED = "no publication date"
_BLANKS = re.compile(r"\s+")
_MONTH_OR_YEAR = re.compile(r"\d{4}(-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event in words, each field ready to be shown (may be empty)."""

    id: str
    flags: str
    type: str
    trigger: str
    who: str
    where: str
    when: str
    instrument: str
    quantity: str
    source: str


def clean(text: str) -> str:
    """Text fit for one line of a terminal: as `harmless`, without blanks at its ends."""
    return harmless(text).strip()


def harmless(text: str) -> str:
    """Text that cannot steer a terminal or reorder what stands beside it; blanks collapsed."""
    text = _BLANKS.sub(" ", text).translate(_REORDERING)
    if text.isprintable():
        return text
    return "".join("�" if unicodedata.category(char) == "Cc" else char for char in text)


def type_words(event: Event) -> str:
    """The type in words, `ground attack`."""
    return str(event.type).replace("_", " ")


def flags(event: Event) -> list[str]:
    """The marks of an event, keys of `LEGEND`; none where it is plainly said to have happened."""
    marks = []
    if event.polarity is Polarity.NEGATED:
        marks.append("✗ not")
    if event.certainty in _CERTAINTY_MARKS:
        marks.append(_CERTAINTY_MARKS[event.certainty])
    if event.confidence is not None and event.confidence < UNSURE_BELOW:
        marks.append("~ unsure")
    return marks


def time_words(time: TimeValue) -> str:
    """The days of a time; `gaps` says why there are none."""
    first, last = time.earliest, time.latest
    if first and last:
        if first == last:
            return first.isoformat()
        if time.value and _MONTH_OR_YEAR.fullmatch(time.value):
            return time.value
        return f"{first.isoformat()} to {last.isoformat()}"
    if first:
        return f"from {first.isoformat()}"
    if last:
        return f"until {last.isoformat()}"
    return "duration" if time.precision == "duration" else "no day"


def place_words(place: PlaceValue) -> str:
    """The coordinates of a place in degrees, with its radius where it is wide."""
    if place.latitude is None or place.longitude is None:
        return "not located"
    words = f"{place.latitude:.2f}, {place.longitude:.2f}"
    if place.radius_km is not None and place.radius_km >= RADIUS_SHOWN_FROM_KM:
        words += f" ±{place.radius_km:.0f} km"
    return words


def quantity_words(quantity: QuantityValue) -> str:
    """The number of a quantity with its bounds, `≥12`, `≈20 killed`, `10-15`."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        number = f"{low:.10g}-{high:.10g}"
        if value is not None and quantity.approximate:
            number = f"≈{value:.10g}"
    elif value is None and low is None and high is None:
        return "no number"
    elif low is not None and high is None:
        number = f"≥{low:.10g}"
    elif high is not None and low is None:
        number = f"≤{high:.10g}"
    else:
        number = f"{'≈' if quantity.approximate else ''}{value if value is not None else low:.10g}"
    return f"{number} {quantity.status}" if quantity.status else number


def resolution(argument: Argument) -> str | None:
    """What an argument was resolved to, None where nothing is known beyond its words."""
    if argument.role is Role.TIME:
        return time_words(argument.time) if argument.time else None
    if argument.role is Role.QUANTITY:
        return _number(argument)
    place = place_value(argument)
    return place_words(place) if place else None


def line(record: Record, event: Event, *, names: dict[str, str] | None = None) -> Line:
    """One event of a record in words.

    `names` (from `entity_names`) may be given to spare working them out for each event.
    """
    known = entity_names(record) if names is None else names
    return Line(
        id=event.id,
        flags=", ".join(flags(event)),
        type=type_words(event),
        trigger=clean(event.trigger.text),
        who=_who(event, known),
        where=_where(event, known),
        when=_when(event),
        instrument=_join(event.of_role(Role.INSTRUMENT), known),
        quantity=_join(event.of_role(Role.QUANTITY), known),
        source=clean(with_antecedent(event.attribution)) if event.attribution else "",
    )


def gaps(record: Record) -> dict[str, list[str]]:
    """What could not be resolved: by reason, the words with the id of their event, each once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for owner, entries in unresolved(record).items():
        for value, reason in entries:
            found[clean(reason)][f"{owner} “{clean(value)}”".strip()] = None
    for event in record.events:
        for argument in event.arguments:
            note = _why_unresolved(argument)
            if note:
                found[clean(note)][f"{event.id} “{clean(argument.text)}”"] = None
    return {reason: list(words) for reason, words in found.items()}


def entity_names(record: Record) -> dict[str, str]:
    """Names of the entities that the text itself does not use, by their ids."""
    text = record.document.text.casefold()
    return {
        entity.id: entity.name for entity in record.entities if entity.name.casefold() not in text
    }


def title(record: Record) -> list[str]:
    """What is known of the document: id, title, language, publication, source."""
    document = record.document
    parts = [clean(document.id)]
    if document.title:
        parts.append(f"“{clean(document.title)}”")
    parts.append(LANGUAGES.get(document.language, clean(document.language)))
    if document.published:
        parts.append(f"published {document.published.isoformat()}")
    else:
        parts.append(f"{_UNDATED}: relative times unresolved")
    if document.source:
        parts.append(clean(document.source))
    count = len(record.events)
    parts.append(f"{count or 'no'} event{'' if count == 1 else 's'}")
    return parts


def notes(record: Record) -> list[str]:
    """What the reader should know of the document, beyond its title line."""
    return [clean(note) for note in record.document.notes if not note.startswith(_UNDATED)]


def relation_words(relation: RelationType) -> str:
    """`responds to`."""
    return str(relation).replace("_", " ")


def links(record: Record) -> list[str]:
    """The relations between events, `e1 before e3`."""
    return [
        f"{relation.source} {relation_words(relation.type)} {relation.target}"
        for relation in record.relations
    ]


def _why_unresolved(argument: Argument) -> str | None:
    time, place, quantity = argument.time, argument.place, argument.quantity
    if time is not None and time.earliest is None and time.latest is None:
        return None if time.precision == "duration" else time.note
    if place is not None and place.latitude is None:
        return place.note
    if quantity is not None and quantity.value is None and quantity.low is quantity.high is None:
        return quantity.note
    return None


def _number(argument: Argument) -> str | None:
    if argument.quantity is not None:
        words = quantity_words(argument.quantity)
    elif argument.value is not None:
        words = f"{argument.value:.10g}"
    else:
        return None
    return None if words == argument.text else words


def _argument(argument: Argument, names: dict[str, str]) -> str:
    words = clean(with_antecedent(argument))
    added = [clean(names[argument.entity])] if argument.entity in names else []
    resolved = resolution(argument)
    if resolved:
        added.append(resolved)
    return f"{words} ({', '.join(added)})" if added else words


def _join(arguments: Iterable[Argument], names: dict[str, str]) -> str:
    return "; ".join(dict.fromkeys(_argument(argument, names) for argument in arguments))


def _who(event: Event, names: dict[str, str]) -> str:
    actors = _join(event.of_role(Role.ACTOR), names)
    targets = _join(event.of_role(Role.TARGET), names)
    return f"{actors} → {targets}".strip() if targets else actors


def _where(event: Event, names: dict[str, str]) -> str:
    places = event.of_role(Role.PLACE)
    parts = [_join(places, names)] if places else []
    place = place_of(event)
    if place is not None and place.latitude is not None and place_words(place) not in str(parts):
        # The event's place was taken from elsewhere in the text: it has no words of its own.
        moves = event.of_role(Role.ORIGIN) or event.of_role(Role.DESTINATION)
        if places or not moves:
            parts.append(f"({clean(place.name)} {place_words(place)})")
    if event.of_role(Role.ORIGIN):
        parts.append(f"from {_join(event.of_role(Role.ORIGIN), names)}")
    if event.of_role(Role.DESTINATION):
        parts.append(f"to {_join(event.of_role(Role.DESTINATION), names)}")
    return ", ".join(parts)


def _when(event: Event) -> str:
    words = _join(event.of_role(Role.TIME), {})
    time = time_of(event)
    if time is None or (time.earliest is None and time.latest is None):
        return words
    days = time_words(time)
    return words if days in words else f"{words} ({days})".strip()
