"""Témoin's events as CAMEO's (source, target, code), by the table `data/cameo.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from temoin.record import Argument, Event, Mention, Polarity, Record, Role

__all__ = ["NOBODY", "Triple", "actor_code", "codes", "event_code", "triples"]

_DATA = Path(__file__).with_name("data")
#: How CAMEO's coders write an actor whom they do not know.
NOBODY = "---"
#: The rule of `temoin.grounding.actors` for a country's bare name.
_BARE_STATE = "country"


@dataclass(frozen=True, order=True)
class Triple:
    """Who does what to whom."""

    source: str
    target: str
    code: str

    @property
    def is_dyad(self) -> bool:
        """Whether something is known of both sides; PETRARCH codes no others."""
        return NOBODY not in {self.source, self.target}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_DATA / "cameo.toml").read_text(encoding="utf-8"))


@cache
def _countries() -> dict[str, str]:
    return tomllib.loads((_DATA / "iso3166.toml").read_text(encoding="utf-8"))


def codes() -> frozenset[str]:
    """Every code that the table can give."""
    rules = (rule for about in _table()["types"].values() for rule in about["rules"])
    return frozenset(rule["code"] for rule in rules if rule["code"])


def triples(record: Record) -> Iterator[Triple]:
    """The triples of a record, each once, in the order of its events."""
    seen: set[Triple] = set()
    for event in record.events:
        for triple in _of(event, record.mentions):
            if triple not in seen:
                seen.add(triple)
                yield triple


def event_code(event: Event) -> str:
    """The code of an event, "" where CAMEO has none for it."""
    about = _table()["types"].get(event.type.value)
    if about is None:
        return ""
    if event.polarity is Polarity.NEGATED:
        return str(_table()["defaults"]["negated"])
    for rule in about["rules"]:
        if _holds(rule, event):
            return str(rule["code"])
    return ""


def _holds(rule: Mapping[str, Any], event: Event) -> bool:
    words = event.trigger.text.lower()
    roles = [actor_code(each)[3:] for each in event.of_role(Role.ACTOR)]
    return (
        rule.get("polarity", event.polarity.value) == event.polarity.value
        and rule.get("certainty", event.certainty.value) == event.certainty.value
        and ("actor" not in rule or rule["actor"] in roles)
        and ("words" not in rule or any(word in words for word in rule["words"]))
    )


def actor_code(argument: Argument, places: Iterable[Mention] = ()) -> str:
    """Country and role of an argument, as far as the record tells: "SYRREB", "---MIL".

    Args:
        argument: Who or what it is.
        places: The record's mentions: a place that is hit counts as its country.
    """
    actor = argument.actor
    if actor is None:
        within = (
            each.place.country
            for each in places
            if each.place and argument.start <= each.start and each.end <= argument.end
        )
        country = argument.place.country if argument.place else next(within, None)
        return _countries().get(country or "", NOBODY)
    if actor.id in _table()["organisations"]:
        return str(_table()["organisations"][actor.id])
    country = _countries().get(actor.country or "", NOBODY)
    role = str(_table()["roles"].get(actor.kind, ""))
    # A state by its bare name is the state, not its government.
    return country if actor.rule == _BARE_STATE else country + role


def _of(event: Event, places: Sequence[Mention]) -> Iterator[Triple]:
    code = event_code(event)
    if not code:
        return
    actors = _codes_of(event, Role.ACTOR, places)
    targets = _codes_of(event, Role.TARGET, places)
    if _table()["types"][event.type.value].get("both_ways"):
        # What they talk about is a target too: it counts only where one side is missing.
        parties = actors if len(actors) > 1 else [*actors, *targets]
        pairs = [(one, other) for one in parties for other in parties if one != other]
        if pairs:
            yield from (Triple(one, other, code) for one, other in pairs)
            return
    for source in actors or [NOBODY]:
        for target in targets or [NOBODY]:
            yield Triple(source, target, code)


def _codes_of(event: Event, role: Role, places: Sequence[Mention]) -> Sequence[str]:
    return list(dict.fromkeys(actor_code(each, places) for each in event.of_role(role)))
