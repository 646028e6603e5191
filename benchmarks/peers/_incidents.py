"""Témoin's events as MUC-4 templates, by the table `data/muc4.toml`."""

from __future__ import annotations

import bisect
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from _templates import SLOTS, Template, plain

from temoin.record import Argument, Event, Polarity, Record, Role

__all__ = ["incident_of", "templates"]


@cache
def _table() -> dict[str, Any]:
    path = Path(__file__).with_name("data") / "muc4.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class _Incident:
    """A template in the making: each entity by the words that name it."""

    type: str
    sentence: int
    slots: dict[str, dict[str, None]] = field(default_factory=lambda: {s: {} for s in SLOTS})

    def add(self, event: Event) -> None:
        for slot, words in _fillers(event):
            if words and words not in _table()["crowd"]["pronouns"]:
                self.slots[slot].setdefault(words)


def templates(record: Record) -> tuple[Template, ...]:
    """The incidents of a document: one of each type."""
    starts = [start for start, _ in record.document.sentences]
    made: dict[str, _Incident] = {}
    last: _Incident | None = None
    for event in sorted(record.events, key=lambda each: each.trigger.start):
        kind = incident_of(event)
        if not kind:
            continue
        sentence = bisect.bisect_right(starts, event.trigger.start)
        harm = event.type.value in _table()["harm"]["types"]
        if harm and last and sentence - last.sentence <= 1:
            kind = last.type
        incident = made.setdefault(kind, _Incident(kind, sentence))
        incident.add(event)
        if not harm or kind != "attack":
            incident.sentence, last = sentence, incident
    return tuple(
        Template(
            each.type,
            {slot: tuple(frozenset({words}) for words in each.slots[slot]) for slot in SLOTS},
        )
        for each in made.values()
        if any(each.slots.values())
    )


def incident_of(event: Event) -> str:
    """The type of incident that an event is, "" where it is none."""
    table = _table()
    if event.polarity is Polarity.NEGATED or _is_soldiering(event):
        return ""
    if event.certainty.value not in table["certainties"]["any"]:
        return ""
    instruments = " ".join(each.text for each in event.of_role(Role.INSTRUMENT))
    words = f"{event.trigger.text} {instruments}".lower()
    for rule in table["words"]:
        if event.type.value in rule["types"] and any(each in words for each in rule["any"]):
            return str(rule["incident"])
    kidnappers = table["kidnappers"]
    if event.type.value == kidnappers["type"] and not _kinds(event, Role.ACTOR) & set(
        kidnappers["kinds"]
    ):
        return ""
    return str(table["incidents"].get(event.type.value, ""))


def _is_soldiering(event: Event) -> bool:
    table = _table()["soldiers"]
    return bool(
        _kinds(event, Role.ACTOR) & set(table["actors"])
        and _kinds(event, Role.TARGET) & set(table["targets"])
    )


def _kinds(event: Event, role: Role) -> set[str]:
    return {each.actor.kind for each in event.of_role(role) if each.actor}


def _fillers(event: Event) -> Iterator[tuple[str, str]]:
    """Slots and words of the arguments of an event."""
    for argument in event.arguments:
        words = plain((argument.antecedent or argument).text)
        if argument.role is Role.ACTOR:
            yield ("PerpOrg" if _is_organisation(argument, words) else "PerpInd"), words
        elif argument.role is Role.INSTRUMENT:
            yield "Weapon", words
        elif argument.role is Role.TARGET and not _is_victim(argument, event):
            yield "Target", words
        elif argument.role is Role.TARGET and _is_named(argument, words):
            yield "Victim", words


def _is_named(argument: Argument, words: str) -> bool:
    """Whether people are named: MUC-4's slot in GTT's corpus holds names alone."""
    given = words.split()
    common = _table()["crowd"]["nouns"]
    return not (argument.actor or _is_crowd(given) or any(each in common for each in given))


def _is_organisation(argument: Argument, words: str) -> bool:
    table = _table()["organisations"]
    actor = argument.actor
    if actor and actor.id:
        return actor.kind in table["kinds"]
    given = words.split()
    return not _is_crowd(given) and any(each in table["words"] for each in given)


def _is_victim(argument: Argument, event: Event) -> bool:
    """Whether a target is people at all."""
    table = _table()["people"]
    if argument.equipment:
        return False
    if event.type.value in table["types"]:
        return True
    return bool(argument.actor and argument.actor.kind in table["kinds"])


def _is_crowd(given: list[str]) -> bool:
    """Whether words begin with a number or a plural's determiner."""
    table = _table()["crowd"]
    return any(each.isdigit() or each in table["words"] for each in given[:1])
