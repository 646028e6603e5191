"""Field by field: whether two claims can both be right, and what both say.

Only what a report says in its own words can contradict: a place or a day that stands in
for words it has not, or a class of actor ("the soldiers"), contradicts nothing that it
could be. Counts are compared as ranges.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from temoin.corroboration.claims import Claim, Count, Party, Spot
from temoin.corroboration.objects import hit
from temoin.corroboration.table import side_of
from temoin.record import EventType

__all__ = ["Difference", "agreed", "differences", "most", "said", "shown", "tells_more"]

#: Kilometres that two radii may miss each other by.
_SLACK_KM = 3.0
#: From this radius a place is a region: it can contain, not contradict.
_REGION_KM = 40.0
_PARTS = frozenset({"civilian", "combatant"})
_PEOPLE = frozenset({"people", "family"})
#: Types in which both sides act: naming one is no denial of the other.
_MUTUAL = frozenset({EventType.ARMED_CLASH, EventType.NEGOTIATION, EventType.AGREEMENT,
                     EventType.CEASEFIRE})  # fmt: skip
#: "People" and "residents" may be anybody.
_ANYBODY = frozenset({"people", "community"})
_VICTIMS = frozenset(
    {
        EventType.KILLING,
        EventType.INJURY,
        EventType.AIR_STRIKE,
        EventType.DRONE_STRIKE,
        EventType.SHELLING,
        EventType.EXPLOSION,
        EventType.GROUND_ATTACK,
        EventType.DETENTION,
        EventType.DESTRUCTION,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two claims cannot both be right."""

    field: str
    a: str
    b: str


def differences(a: Claim, b: Claim) -> tuple[Difference, ...]:
    """The fields in which two claims of one incident contradict each other.

    A claim that denies the event contradicts those that affirm it, and nothing else.
    """
    if a.denied != b.denied:
        said = ("denied", "affirmed")
        return (Difference("occurred", *(said if a.denied else said[::-1])),)
    return tuple(
        Difference(field, shown(a, field), shown(b, field))
        for field, differs in _RULES.items()
        if differs(a, b)
    )


def agreed(a: Claim, b: Claim) -> tuple[str, ...]:
    """The fields that both claims fill, and in which they do not contradict each other."""
    if a.denied != b.denied:
        return ()
    return tuple(
        field
        for field, differs in _RULES.items()
        if shown(a, field) and shown(b, field) and not differs(a, b)
    )


def tells_more(a: Claim, b: Claim) -> bool:
    """Whether `a` fills a field that `b` leaves open."""
    return any(shown(a, field) and not shown(b, field) for field in _RULES)


def said(claim: Claim) -> tuple[str, ...]:
    """All that a claim says, field by field, and how sure it is."""
    return (claim.type, claim.certainty, *(shown(claim, field) for field in _SHOWN))


def shown(claim: Claim, field: str) -> str:
    """What a claim says in a field, in words; empty where it says nothing."""
    return _SHOWN[field](claim)


def _counts(claim: Claim, *, people: bool) -> dict[str, list[Count]]:
    found: dict[str, list[Count]] = {}
    for count in claim.counts:
        of_people = count.status is not None or count.unit in _PEOPLE
        if of_people == people and (count.unit or count.status):
            key = "people" if people else count.unit or ""
            found.setdefault(key, []).append(count)
    return found


def most(claim: Claim) -> float:
    """The largest number that a claim counts people with; 0 where it counts none."""
    ranges = [_range(c) for each in _counts(claim, people=True).values() for c in each]
    return max((low if math.isinf(high) else high for low, high in ranges), default=0.0)


def _range(count: Count) -> tuple[float, float]:
    low = count.low if count.low is not None else (0.0 if count.high is not None else count.value)
    high = count.high if count.high is not None else math.inf
    return (low or 0.0, high)


def _apart(left: list[Count], right: list[Count]) -> bool:
    """Whether no reading of the counts lets both be right: each alone, or all summed up."""
    return all(_disjoint(one, other) for one in _readings(left) for other in _readings(right))


#: Lower bound, upper bound, and whether only a part (the civilians) is counted.
_Reading = tuple[float, float, bool]


def _readings(counts: list[Count]) -> list[_Reading]:
    every = [(*_range(count), count.kind in _PARTS) for count in counts]
    if len(every) == 1:
        return every
    return [*every, (sum(low for low, _, _ in every), sum(high for _, high, _ in every), False)]


def _disjoint(one: _Reading, other: _Reading) -> bool:
    """Whether two counts exclude each other; a part may be less than the whole."""
    low_a, high_a, part_a = one
    low_b, high_b, part_b = other
    above, below = low_a > high_b, low_b > high_a
    if part_a == part_b:
        return above or below
    return above if part_a else below


def _others(left: Iterable[Count], right: Iterable[Count]) -> bool:
    """Whether the one counts civilians only and the other fighters only."""
    one, other = {count.kind for count in left}, {count.kind for count in right}
    return {frozenset(one), frozenset(other)} == {
        frozenset({"civilian"}),
        frozenset({"combatant"}),
    }


def _counts_differ(*, people: bool) -> Callable[[Claim, Claim], bool]:
    def differ(a: Claim, b: Claim) -> bool:
        left, right = _counts(a, people=people), _counts(b, people=people)
        if people and left and right and _others(left["people"], right["people"]):
            return True
        return any(_apart(left[key], right[key]) for key in left.keys() & right.keys())

    return differ


def _parties_differ(left: Iterable[Party], right: Iterable[Party]) -> bool:
    """Whether no party of the one can be a party of the other."""
    one, other = list(left), list(right)
    return bool(one and other) and not any(_may_be(a, b) for a in one for b in other)


def _may_be(a: Party, b: Party) -> bool:
    if a.id and b.id:
        kin = {a.id, a.parent} & {b.id, b.parent} - {None}
        return bool(kin) or (a.country is not None and a.country == b.country and _sided(a, b))
    if a.country and b.country and a.country != b.country and side_of(a) == "state":
        return False
    return _sided(a, b)


def _sided(a: Party, b: Party) -> bool:
    """Whether their sides allow that they are the same; an unknown side allows all."""
    sides = side_of(a), side_of(b)
    return None in sides or sides[0] == sides[1]


def _actors_differ(a: Claim, b: Claim) -> bool:
    if a.type in _MUTUAL or b.type in _MUTUAL:
        return False
    return _parties_differ(a.actors, b.actors)


def _targets_differ(a: Claim, b: Claim) -> bool:
    """Whether the one hit civilians and the other hit fighters."""
    if not {a.type, b.type} <= _VICTIMS:
        return False
    one, other = _hit(a), _hit(b)
    return bool(one and other) and not one & other


def _hit(claim: Claim) -> set[str]:
    """Whom or what a claim says was hit: civilian, military, both or nothing known."""
    sides = {
        "civilian" if side_of(party) == "civilian" else "military"
        for party in claim.targets
        if side_of(party) and party.kind not in _ANYBODY
    }
    kinds = {"civilian": "civilian", "combatant": "military"}
    counted = {kinds[count.kind] for count in claim.counts if count.kind in kinds}
    return sides.union(counted, *(hit(party.text) for party in claim.targets))


def _places_differ(a: Claim, b: Claim) -> bool:
    one, other = a.place, b.place
    if one is None or other is None or not (one.own and other.own):
        return False
    if max(one.radius_km, other.radius_km) >= _REGION_KM or (one.id and one.id == other.id):
        return False
    return kilometres(one, other) > one.radius_km + other.radius_km + _SLACK_KM


def kilometres(a: Spot, b: Spot) -> float:
    """Great-circle distance of two points."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    lon = math.radians(a.longitude - b.longitude)
    half = (
        math.sin((lat_a - lat_b) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(lon / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _times_differ(a: Claim, b: Claim) -> bool:
    one, other = a.days, b.days
    if one is None or other is None or not (one.own and other.own):
        return False
    return one.earliest > other.latest or other.earliest > one.latest


@lru_cache(maxsize=1)
def _means() -> tuple[dict[str, str], dict[str, str]]:
    text = resources.files(__package__).joinpath("data/means.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return (
        {kind: group for group, kinds in table["groups"].items() for kind in kinds},
        {type_: group for group, types in table["types"].items() for type_ in types},
    )


def _group(claim: Claim) -> set[str]:
    by_kind, by_type = _means()
    groups = {by_kind[thing.kind] for thing in claim.equipment if thing.kind in by_kind}
    if claim.type in by_type:
        groups.add(by_type[claim.type])
    return groups


def _means_differ(a: Claim, b: Claim) -> bool:
    one, other = _group(a), _group(b)
    return bool(one and other) and not one & other


_RULES: dict[str, Callable[[Claim, Claim], bool]] = {
    "casualties": _counts_differ(people=True),
    "quantity": _counts_differ(people=False),
    "actor": _actors_differ,
    "target": _targets_differ,
    "place": _places_differ,
    "time": _times_differ,
    "instrument": _means_differ,
}


def _parties(parties: Iterable[Party]) -> str:
    return ", ".join(dict.fromkeys(" ".join(party.text.split()) for party in parties))


def _shown_counts(claim: Claim, *, people: bool) -> str:
    counts = _counts(claim, people=people)
    return ", ".join(dict.fromkeys(c.text for each in counts.values() for c in each))


def _shown_days(claim: Claim) -> str:
    days = claim.days
    if days is None or not days.own:
        return ""
    if days.earliest == days.latest:
        return days.earliest.isoformat()
    return f"{days.earliest.isoformat()} to {days.latest.isoformat()}"


_SHOWN: dict[str, Callable[[Claim], str]] = {
    "occurred": lambda claim: "denied" if claim.denied else "affirmed",
    "casualties": lambda claim: _shown_counts(claim, people=True),
    "quantity": lambda claim: _shown_counts(claim, people=False),
    "actor": lambda claim: _parties(claim.actors),
    "target": lambda claim: _parties(claim.targets),
    "place": lambda claim: claim.place.name if claim.place and claim.place.own else "",
    "time": _shown_days,
    "instrument": lambda claim: (
        ", ".join(dict.fromkeys(t.text for t in claim.equipment))
        or (str(claim.type) if claim.type in _means()[1] else "")
    ),
}
