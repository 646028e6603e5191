"""Placing: from what a model named to claims whose words are in the text.

A quote that is not there, an unknown type or role, a part of the wrong shape
becomes a fault, which the record shows among its `ungrounded`. Nothing is
dropped without a word except what was said twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from temoin.record import Certainty, EventType, Polarity, Role
from temoin.second_opinion.align import Haystack, Place

__all__ = ["ATTRIBUTION", "Claim", "Fault", "Placed", "place"]

ATTRIBUTION: Final = "attribution"

_NOT_THERE = "these words are not in the text"
_CUTS = "these words stand only within longer words of the text"
_SHOWN = 200

Mark = TypeVar("Mark", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be placed: which part of an event, what it was, and why not."""

    part: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An event with its words' places in the window."""

    type: EventType
    trigger: Place
    arguments: tuple[tuple[Role, Place], ...]
    polarity: Polarity
    certainty: Certainty
    attribution: Place | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """What a window gave: claims, and faults that belong to none of them."""

    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...]


def place(events: Iterable[object], text: str) -> Placed:
    """Find the words of events in the text that they were read from.

    Args:
        events: As a model named them.
        text: The window that it was shown.

    Returns:
        Claims whose offsets count in `text`, and what could not be placed.
    """
    haystack = Haystack(text)
    claims: list[Claim] = []
    faults: list[Fault] = []
    for event in events:
        found = _claim(event, haystack, claims)
        if isinstance(found, Claim):
            if found not in claims:
                claims.append(found)
        else:
            faults += found
    return Placed(tuple(claims), tuple(faults))


def _claim(event: object, haystack: Haystack, before: Sequence[Claim]) -> Claim | list[Fault]:
    """One claim, or why there is none."""
    if not isinstance(event, Mapping):
        return [Fault("event", _shown(event), "is no event: it has no fields")]
    kind = _mark(EventType, event.get("type"))
    if kind is None:
        words = [("trigger", event.get("trigger")), *_parts(event)]
        fault = Fault("event.type", _shown(event.get("type")), "is no type of event")
        return [fault, *_lost("event", words, "its event has no known type")]
    trigger = event.get("trigger")
    places = _places(trigger, haystack)
    if not places:
        fault = Fault(f"{kind}.trigger", _shown(trigger), _why_not(trigger, haystack))
        return [fault, *_lost(kind, _parts(event), "its event's trigger is not in the text")]
    quotes = [found for _, quote in _parts(event) if (found := _places(quote, haystack))]
    taken = {claim.trigger for claim in before if claim.type == kind}
    at = _best_trigger(places, quotes, taken)
    faults: list[Fault] = []
    arguments: dict[tuple[Role, Place], None] = {}
    attribution: Place | None = None
    for name, quote in _parts(event):
        role = name if name == ATTRIBUTION else _mark(Role, name)
        near = _nearest(_places(quote, haystack), at)
        if role is None:
            faults.append(Fault("role", f"{_shown(name)}: {_shown(quote)}", "is no role"))
        elif near is None:
            faults.append(Fault(role, _shown(quote), _why_not(quote, haystack)))
        elif isinstance(role, Role):
            arguments[role, near] = None
        elif attribution in {None, near}:
            attribution = near
        else:
            faults.append(Fault(role, _shown(quote), "another attribution was named before"))
    polarity = _flag(Polarity, event, Polarity.AFFIRMED, faults)
    certainty = _flag(Certainty, event, Certainty.CERTAIN, faults)
    ordered = sorted(arguments, key=lambda argument: (argument[1], argument[0]))
    return Claim(kind, at, tuple(ordered), polarity, certainty, attribution, tuple(faults))


def _parts(event: Mapping[str, object]) -> Iterator[tuple[object, object]]:
    """Role and quote of each argument, then of the attribution, where there are any."""
    arguments = event.get("arguments") or []
    for argument in arguments if isinstance(arguments, list) else [arguments]:
        if isinstance(argument, Mapping):
            yield argument.get("role"), argument.get("quote")
        else:
            yield None, argument
    attribution = event.get(ATTRIBUTION)
    if attribution is not None and attribution != "":
        yield ATTRIBUTION, attribution


def _lost(kind: str, words: Iterable[tuple[object, object]], why: str) -> Iterator[Fault]:
    """The words of an event that is not recorded: shown all the same."""
    for name, quote in words:
        yield Fault(f"{kind}.{_shown(name)}", _shown(quote), why)


def _best_trigger(
    places: Sequence[Place], quotes: Sequence[Sequence[Place]], taken: set[Place]
) -> Place:
    """The place where an event's other words are nearest; one not taken yet, if possible."""

    def cost(at: Place) -> tuple[bool, int, Place]:
        return at in taken, sum(min(_apart(at, q) for q in quote) for quote in quotes), at

    return min(places, key=cost)


def _nearest(places: Sequence[Place], trigger: Place) -> Place | None:
    return min(places, key=lambda at: (_apart(at, trigger), at), default=None)


def _apart(one: Place, other: Place) -> int:
    """Characters between two places; 0 where they touch or overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def _places(quote: object, haystack: Haystack) -> tuple[Place, ...]:
    return haystack.places(quote) if isinstance(quote, str) else ()


def _why_not(quote: object, haystack: Haystack) -> str:
    if not isinstance(quote, str):
        return "is no text"
    if not any(char.isalnum() for char in quote):
        return "holds no words"
    return _CUTS if haystack.within_words(quote) else _NOT_THERE


def _flag(
    kind: type[Mark], event: Mapping[str, object], default: Mark, faults: list[Fault]
) -> Mark:
    """A mark of an event; one that is not known is a fault, and the default stands."""
    name = kind.__name__.lower()
    given = event.get(name)
    found = _mark(kind, given)
    if found is None and given is not None:
        faults.append(Fault(name, _shown(given), f"is no {name}: taken for {default}"))
    return found or default


def _mark(kind: type[Mark], given: object) -> Mark | None:
    if not isinstance(given, str):
        return None
    try:
        return kind(given.strip().lower().replace(" ", "_").replace("-", "_"))
    except ValueError:
        return None


def _shown(value: object) -> str:
    """A value as text that can be written: short, without half surrogate pairs."""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = "..."
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return text.encode("utf-8", "replace").decode("utf-8")
