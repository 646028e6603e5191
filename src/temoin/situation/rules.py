"""The rules of the situation, from `data/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from temoin.record import EventType
from temoin.situation.claims import Claim

__all__ = ["Kind", "Rule", "applies", "kinds", "rules_for", "table"]

_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of state.

    Attributes:
        name: Its name in results.
        label: How people read it.
        subject: What its subjects are: side, equipment, means or all.
        exclusive: Whether two subjects at one place contradict each other.
        anywhere: Whether it may be without a place; a wide one then covers what lies in it.
        lone_ends: Whether an end without a known beginning is worth telling.
    """

    name: str
    label: str
    subject: str
    exclusive: bool = False
    anywhere: bool = False
    lone_ends: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What one type of event does to one kind of state; `data/rules.toml` explains the fields."""

    kind: Kind
    effect: str
    subject: tuple[str, ...]
    place: tuple[str, ...]
    name: str
    part: bool = False
    lasts: bool = True
    only: str | None = None
    needs: str | None = None
    without: str | None = None


def rules_for(type_: EventType) -> Sequence[Rule]:
    """The rules for one type of event, in the order of the file."""
    return _rules().get(type_, ())


def applies(rule: Rule, claim: Claim) -> bool:
    """Whether the words that a rule needs, or must not have, stand near the trigger."""
    if rule.needs and not _near(claim, rule.needs):
        return False
    return not (rule.without and _near(claim, rule.without))


@cache
def table(name: str) -> dict[str, Any]:
    """A data file as it stands."""
    file = resources.files("temoin.situation") / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """All kinds of state by name, in the order in which they are shown."""
    return {
        name: Kind(
            name,
            given["label"],
            given["subject"],
            exclusive=given.get("exclusive", False),
            anywhere=given.get("anywhere", False),
            lone_ends=given.get("lone_ends", False),
        )
        for name, given in table("rules")["kinds"].items()
    }


@cache
def _rules() -> dict[EventType, list[Rule]]:
    found: dict[EventType, list[Rule]] = {}
    for given in table("rules")["rule"]:
        types = given["type"] if isinstance(given["type"], list) else [given["type"]]
        for type_ in types:
            rule = Rule(
                kind=kinds()[given["kind"]],
                effect=given["effect"],
                subject=tuple(given["subject"]),
                place=tuple(given["place"]),
                name=f"{given['kind']}.{type_}.{given['effect']}",
                part=given.get("part", False),
                lasts=given.get("ends", "open") == "open",
                only=given.get("only"),
                needs=given.get("needs"),
                without=given.get("without"),
            )
            found.setdefault(EventType(type_), []).append(rule)
    return found


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    by_language = table("words")[name]
    listed = by_language.get(language) or [w for words in by_language.values() for w in words]
    stems = (re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in listed)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)


def _near(claim: Claim, name: str) -> bool:
    reach = table("words")["reach"]
    sentence, trigger = claim.sentence, claim.event.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    words = list(_WORD.finditer(sentence.text))
    before = [word for word in words if word.end() <= start][-reach:]
    after = [word for word in words if word.start() >= end][:reach]
    first = before[0].start() if before else start
    last = after[-1].end() if after else end
    return _pattern(name, claim.language).search(sentence.text[first:last]) is not None
