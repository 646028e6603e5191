"""Actor values: from a known actor, or composed of a country and a class."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from temoin.grounding.actors.lexicon import Class, classes, countries, groups, inter_codes
from temoin.grounding.actors.store import Actor, actor, national
from temoin.grounding.actors.theatre import ActorContext
from temoin.record import ActorValue

__all__ = ["inter_of", "known_value", "of_class", "of_state", "within_actor"]

_STATE = frozenset({"government", "state_forces", "police", "intelligence"})
_EXTERNAL = 8


def inter_of(kind: str, country: str | None, context: ActorContext) -> int | None:
    """ACLED's code: that of the kind, and 8 for a state outside its own country."""
    code = inter_codes().get(kind)
    if kind in _STATE and country:
        where = context.place or context.settled
        if where and where != country:
            return _EXTERNAL
    return code


def known_value(
    known: Actor, context: ActorContext, *, rule: str, note: str | None = None
) -> ActorValue:
    """The value of an actor of the knowledge base."""
    if context.published and not known.existed(context.published.year):
        gone = f"not known to exist in {context.published.year}"
        note = f"{note}; {gone}" if note else gone
    return ActorValue(
        name=known.name,
        id=known.id,
        kind=known.kind,
        country=known.country,
        inter=inter_of(known.kind, known.country, context),
        parent=known.parent,
        wikidata=known.wikidata,
        rule=rule,
        note=note,
    )


def of_state(
    country: str, cls: Class, context: ActorContext, *, rule: str, note: str | None = None
) -> ActorValue:
    """A country's government, army, police, ...: the known one, or one composed."""
    if cls.id in groups()["military"] or cls.id in ("aircraft", "ships"):
        cls = classes()["army"] if cls.id in groups()["military"] else _branch(cls)
    for known_id in national(country, cls.id):
        known = actor(known_id)
        if known and (context.published is None or known.existed(context.published.year)):
            return known_value(known, context, rule=rule, note=note)
    label = countries()[country]
    return ActorValue(
        name=f"{cls.label} of {_with_article(label)}",
        id=f"{slug(label)}-{slug(cls.label)}",
        kind=cls.kind,
        country=country,
        inter=inter_of(cls.kind, country, context),
        parent=_parent(country, cls, context),
        rule=rule,
        note=note,
    )


def of_class(
    cls: Class,
    context: ActorContext,
    *,
    country: str | None = None,
    label: str | None = None,
    rule: str,
    note: str | None = None,
) -> ActorValue:
    """What the words give where no actor is known: its kind, and its country if named."""
    name = f"{label} {cls.label}" if label else cls.label
    composed = country is not None and label is None
    if composed:
        name = f"{cls.label} ({countries().get(country or '', country)})"
    return ActorValue(
        name=name,
        id=f"{slug(countries()[country])}-{slug(cls.label)}" if country and composed else None,
        kind=cls.kind,
        country=country,
        inter=inter_of(cls.kind, country, context),
        rule=rule,
        note=note,
    )


def within_actor(
    whole: Actor, cls: Class, context: ActorContext, *, note: str | None = None
) -> ActorValue:
    """A part of a known actor that the words name: "les forces spéciales de l'OTAN"."""
    kind = cls.kind
    if whole.kind in ("intergovernmental", "coalition", "peacekeeping"):
        kind = "coalition" if kind in _STATE or kind == "armed_force" else kind
    elif kind == "armed_force":
        kind = "state_forces" if whole.kind == "government" else whole.kind
    name = f"the {whole.name}" if whole.kind == "intergovernmental" else whole.name
    return ActorValue(
        name=f"{cls.label} of {name}",
        id=f"{whole.id}-{slug(cls.label)}",
        kind=kind,
        country=whole.country,
        inter=inter_of(kind, whole.country, context),
        parent=whole.id,
        rule="name+class",
        note=note,
    )


def _with_article(label: str) -> str:
    """The name as it stands after "of": with an article for the United States."""
    takes = re.search(r"(Republic|States|Kingdom|Emirates|Islands|Netherlands|Philippines)", label)
    return f"the {label}" if takes or label in ("Gambia", "Maldives", "Comoros") else label


def _branch(cls: Class) -> Class:
    return classes()["navy" if cls.id == "ships" else "air_force"]


def _parent(country: str, cls: Class, context: ActorContext) -> str | None:
    """A ministry belongs to the government, an air force to the armed forces."""
    label = slug(countries()[country])
    if cls.label == "Government":
        return None
    if cls.kind == "state_forces" and cls.id != "army":
        for known_id in national(country, "army"):
            known = actor(known_id)
            if known and (context.published is None or known.existed(context.published.year)):
                return known_id
        return f"{label}-military-forces"
    return f"{label}-government"


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as an id: `slug("Ivory Coast") == "ivory-coast"`."""
    plain = unicodedata.normalize("NFD", name.replace("'", ""))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", kept.casefold()).strip("-")
