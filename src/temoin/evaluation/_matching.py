"""Which event and which argument of a record stands for which of the gold.

Events are matched one to one: same type, overlapping triggers, the largest
overlap first. An argument stands for a gold argument of the same role where it,
or its antecedent, shares at least half of the shorter span with one of the gold
argument's mentions. `corpus/README.md` states these rules for annotators.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from temoin.corpus import GoldArgument, GoldEvent, GoldReport
from temoin.errors import EvaluationError
from temoin.record import Argument, Attribution, Event, Record, Role

__all__ = [
    "Alignment",
    "Pair",
    "accepts",
    "align",
    "by_document",
    "is_placed",
    "kilometres",
    "overlap",
    "same_place",
    "same_span",
]

_EARTH_DIAMETER_KM: Final = 12742.0


class _Range(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the event of the record that stands for it.

    Args:
        gold: The gold event.
        found: The record's event.
        arguments: Every gold argument with the record's one that stands for it, if any.
        extra: The record's arguments that stand for none.
    """

    gold: GoldEvent
    found: Event
    arguments: tuple[tuple[GoldArgument, Argument | None], ...]
    extra: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A gold report and a record of it, matched event by event, in the gold's order."""

    gold: GoldReport
    record: Record | None
    pairs: tuple[Pair, ...]
    missed: tuple[GoldEvent, ...]
    spurious: tuple[Event, ...]


def overlap(one: _Range, other: _Range) -> int:
    """Code points that two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def same_span(one: _Range, other: _Range) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shorter = min(one.end - one.start, other.end - other.start)
    return shorter > 0 and overlap(one, other) * 2 >= shorter


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    a, b, c, d = map(math.radians, (latitude, longitude, to_latitude, to_longitude))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def accepts(gold: GoldArgument, found: Argument | Attribution) -> bool:
    """Whether a span of the record, or its antecedent, is a mention that the gold accepts."""
    spans = [found, found.antecedent] if found.antecedent else [found]
    return any(same_span(mention, span) for mention in gold.spans for span in spans)


def is_placed(gold: GoldArgument) -> bool:
    """Whether the gold says where this is, and it is where the event takes place."""
    return gold.role == Role.PLACE and gold.latitude is not None


def same_place(gold: GoldArgument, found: Event) -> bool:
    """Whether the event's place or one of its place arguments lies near enough to the gold."""
    if gold.latitude is None or gold.longitude is None or gold.within_km is None:
        return False
    spots = [(found.place.latitude, found.place.longitude)] if found.place else []
    spots += [(a.latitude, a.longitude) for a in found.of_role(Role.PLACE)]
    return any(
        kilometres(gold.latitude, gold.longitude, latitude, longitude) <= gold.within_km
        for latitude, longitude in spots
        if latitude is not None and longitude is not None
    )


def by_document(golds: Iterable[GoldReport], records: Iterable[Record]) -> dict[str, Record]:
    """The records by the id of their document.

    Raises:
        EvaluationError: Two records have the same document id, or none has the id
            of a gold report although there are records.
    """
    found: dict[str, Record] = {}
    for record in records:
        if record.document.id in found:
            message = f"{record.document.id}: two records of this document"
            raise EvaluationError(message)
        found[record.document.id] = record
    ids = [gold.id for gold in golds]
    if found and ids and not any(name in found for name in ids):
        message = (
            "no record has the document id of a gold report "
            f"(gold: {ids[0]}, ...; records: {next(iter(found))}, ...)"
        )
        raise EvaluationError(message)
    return found


def align(gold: GoldReport, record: Record | None) -> Alignment:
    """Match the events and arguments of a record with those of the gold.

    Args:
        gold: The gold report.
        record: What a system read from the same text; None where it gave nothing.

    Raises:
        EvaluationError: The record's text is not the gold's text.
    """
    if record and record.document.text != gold.document.text:
        message = (
            f"{gold.id}: the record's text is not the gold text, so offsets cannot be compared; "
            "read the text of the gold report untouched"
        )
        raise EvaluationError(message)
    events = record.events if record else ()
    matched = _match(gold.events, events)
    taken = set(matched.values())
    return Alignment(
        gold=gold,
        record=record,
        pairs=tuple(_pair(gold.events[i], events[matched[i]]) for i in sorted(matched)),
        missed=tuple(event for i, event in enumerate(gold.events) if i not in matched),
        spurious=tuple(event for j, event in enumerate(events) if j not in taken),
    )


def _match(golds: Sequence[GoldEvent], events: Sequence[Event]) -> dict[int, int]:
    """Index of the gold event → index of the record's event."""
    candidates = sorted(
        (
            (shared, i, j)
            for i, gold in enumerate(golds)
            for j, event in enumerate(events)
            if gold.type == event.type and (shared := overlap(gold.trigger, event.trigger))
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def _pair(gold: GoldEvent, found: Event) -> Pair:
    free = list(range(len(found.arguments)))
    arguments: list[tuple[GoldArgument, Argument | None]] = []
    for wanted in gold.arguments:
        index = next(
            (
                i
                for i in free
                if found.arguments[i].role == wanted.role and accepts(wanted, found.arguments[i])
            ),
            None,
        )
        if index is None:
            arguments.append((wanted, None))
        else:
            free.remove(index)
            arguments.append((wanted, found.arguments[index]))
    extra = tuple(found.arguments[i] for i in free)
    return Pair(gold, found, tuple(arguments), extra)
