"""Whose state it is: which actors are one side, which words are one means."""

from __future__ import annotations

from dataclasses import dataclass

from temoin.grounding._folding import fold
from temoin.record import ActorValue, Argument
from temoin.situation.claims import Claim
from temoin.situation.rules import Rule, table

__all__ = ["ALL", "NOBODY", "Subject", "subjects_of"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A side, a piece of equipment, a means.

    Attributes:
        key: What tells it from others.
        name: How it is called.
        group: What a side is told by where no known actor is named: state, rebel_group, ...;
            None where that is too wide.
        known: Whether it is an actor of the knowledge base, or a type of equipment.
    """

    key: str
    name: str
    group: str | None = None
    known: bool = False


#: Where a text does not say whose.
NOBODY = Subject("", "not named")
#: Of states that are everybody's.
ALL = Subject("*", "all")


def subjects_of(claim: Claim, rule: Rule) -> list[Subject]:
    """The subjects of a rule's state in a claim: those of the first role that has any.

    `NOBODY` where a side is needed and none is named; empty where the rule does not apply.
    """
    if not rule.subject:
        return [ALL]
    if rule.kind.subject == "all":
        named = [
            side.name
            for role in rule.subject
            for argument in claim.event.of_role(role)
            if (side := _party(argument, claim))
        ]
        return [Subject(ALL.key, ", ".join(dict.fromkeys(named)) or ALL.name)]
    for role in rule.subject:
        arguments = claim.event.of_role(role)
        found = {s.key: s for a in arguments if (s := _subject(a, claim, rule))}
        if found:
            return list(found.values())
    return [NOBODY] if rule.kind.subject == "side" else []


def _subject(argument: Argument, claim: Claim, rule: Rule) -> Subject | None:
    what = rule.kind.subject
    if what == "side":
        return _party(argument, claim)
    words = (argument.antecedent or argument).text
    equipment = argument.equipment
    if equipment is not None:
        key = equipment.id or f"class:{equipment.kind}"
        name = equipment.name if equipment.id else words
        return Subject(key, name, equipment.kind, known=equipment.id is not None)
    if what == "equipment" or rule.only == "equipment" or argument.place is not None:
        return None
    return None if _says_nothing(words) else Subject(f"words:{fold(words)}", words)


def _party(argument: Argument, claim: Claim) -> Subject | None:
    """The side that an argument names; None where it is a thing, a place or no fighter."""
    words = (argument.antecedent or argument).text
    actor = argument.actor
    if argument.entity and (actor is None or actor.id is None):
        actor = claim.named.get(argument.entity, actor)
    if actor is None:
        thing = argument.equipment is not None or argument.place is not None
        return None if thing or _says_nothing(words) else Subject(f"words:{fold(words)}", words)
    return _side(actor, words)


def _side(actor: ActorValue, words: str) -> Subject | None:
    sides = table("sides")
    if actor.kind in sides["never"]:
        return None
    state = actor.kind in sides["state"]
    group = None if actor.kind in sides["wide"] else "state" if state else actor.kind
    if state and actor.country and actor.country not in sides["divided"]:
        return Subject(f"state:{actor.country}", actor.name, group, known=True)
    top, listed = _top(actor)
    if top and (listed or not state):
        return Subject(top, actor.name, group, known=True)
    if actor.country:
        # "The Libyan army" may be either's: it joins the one army that is named, if any.
        name = group or actor.kind
        return Subject(f"{name}:{actor.country}", actor.name, group, known=not state)
    return None if _says_nothing(words) else Subject(f"kind:{actor.kind}", words, group)


def _says_nothing(words: str) -> bool:
    return words.casefold().strip() in table("sides")["pronouns"]


def _top(actor: ActorValue) -> tuple[str | None, bool]:
    """The highest actor that one belongs to, and whether the tables know it."""
    from temoin.grounding.actors.store import actors

    known = actors()
    id_, parent = actor.id, actor.parent
    seen = {id_}
    while parent and parent not in seen:
        id_ = parent
        seen.add(id_)
        parent = known[id_].parent if id_ in known else None
    return id_, id_ in known
