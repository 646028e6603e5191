"""Where a state is: which places of two claims are the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from temoin.grounding._folding import fold
from temoin.record import Argument, PlaceValue, Role
from temoin.situation.claims import Claim
from temoin.situation.rules import Rule, table

__all__ = ["Where", "places_of", "where"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place, or a part of one.

    Attributes:
        key: What tells it from others: the same for the same place in any language.
        name: How it is called.
        latitude: Degrees north; None where it could not be located.
        longitude: Degrees east.
        radius_km: Within which it lies.
        id: Of the gazetteer's place.
        country: ISO 3166-1 alpha-2.
    """

    key: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float = 1.0
    id: str | None = None
    country: str | None = None

    @property
    def located(self) -> bool:
        """Whether it has coordinates."""
        return self.latitude is not None and self.longitude is not None

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types."""
        return {
            "name": self.name,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "radius_km": self.radius_km if self.located else None,
            "gazetteer_id": self.id,
            "country": self.country,
        }


def where(value: PlaceValue, *, words: str | None = None, part: str | None = None) -> Where:
    """The place that a value denotes.

    Args:
        value: A grounded place.
        words: The words that it was grounded from: "the hospital" in a town is no town.
        part: Words for a part of it ("two positions"), which is then a place of its own.
    """
    rule = value.rule or ""
    if part is None and _within(value):
        part = words or "somewhere"
    beside = table("sides")["beside"]
    head = next((r for r in (rule, rule.partition(" (")[0], rule.rpartition("(")[2].rstrip(")"))
                 if r in beside), None)  # fmt: skip
    base = value.gazetteer_id or fold(value.name)
    key, name = base, value.name
    if head:
        name = beside[head].format(value.name)
        key = f"{base}~{head}@{value.latitude:.2f},{value.longitude:.2f}" if _has(value) else base
    elif value.gazetteer_id is None and _has(value):
        key = f"{base}@{value.latitude:.2f},{value.longitude:.2f}"
    if part:
        key, name = f"{key}/{fold(part)}", f"{part} ({name})"
    return Where(
        key=key,
        name=name,
        latitude=value.latitude if _has(value) else None,
        longitude=value.longitude if _has(value) else None,
        radius_km=value.radius_km if value.radius_km is not None else 1.0,
        id=value.gazetteer_id,
        country=value.country,
    )


def places_of(claim: Claim, rule: Rule) -> list[Where]:
    """Where a rule says that a claim's state is; empty where nothing is told.

    Roles are tried in order: all places of the first role that has any. A captured target
    that is no place is a part of the place ("two checkpoints" in Mizda is not Mizda).
    """
    event = claim.event
    part = _part(claim) if rule.part else None
    for role in rule.place:
        values = (
            [(event.place, None)]
            if role == "event"
            else [(each.place, (each.antecedent or each).text) for each in event.of_role(role)]
        )
        found = {
            place.key: place
            for value, words in values
            if value is not None
            for place in [where(value, words=words, part=part)]
        }
        if found:
            return list(found.values())
    return []


def _part(claim: Claim) -> str | None:
    """The target that was taken, where it is no place itself nor somebody."""
    targets = claim.event.of_role(Role.TARGET)
    if not targets or any(target.place is not None for target in targets):
        return None
    places = claim.event.of_role(Role.PLACE)
    things = [t for t in targets if t.actor is None and not any(_same(t, p) for p in places)]
    return ", ".join((each.antecedent or each).text for each in things) or None


def _same(target: Argument, place: Argument) -> bool:
    """Whether target and place share words, or words that they stand for."""
    spans = [(s.start, s.end) for s in (target, target.antecedent) if s]
    others = [(s.start, s.end) for s in (place, place.antecedent) if s]
    return any(a < d and c < b for a, b in spans for c, d in others)


def _within(value: PlaceValue) -> bool:
    """Whether the value is the town's that a thing stands in, rather than the thing's own."""
    told = table("sides")["within"]
    if value.feature not in told["features"]:
        return False
    rules = re.findall(r"[a-z]+", value.rule or "")
    for rule in rules:
        note = told["by_note"].get(rule)
        wide = value.radius_km is not None and value.radius_km >= told["wide_km"]
        if rule in told["rules"] or (note and (note in (value.note or "") or wide)):
            return True
    return "antecedent" in rules and (value.ucdp_precision or 1) > 1


def _has(value: PlaceValue) -> bool:
    return value.latitude is not None and value.longitude is not None
