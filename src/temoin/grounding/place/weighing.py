"""What speaks for one candidate and not another, of the place alone: size, rank, kind."""

from __future__ import annotations

import math

from temoin.grounding.place.features import REGIONS, SETTLEMENTS
from temoin.grounding.place.gazetteer import Place
from temoin.grounding.place.lexicon import countries
from temoin.grounding.place.names import key
from temoin.grounding.place.relative import rough_km
from temoin.grounding.place.toponyms import Toponym

__all__ = [
    "LARGE",
    "WANTED",
    "WORLD",
    "inside",
    "is_capital",
    "merit",
    "people",
    "same",
    "size",
    "suits",
]

#: Numbers of people from which a town is large, and known all over the world.
LARGE, WORLD = 50_000, 1_000_000
_SAME_KM = 12.0
_SEAT = 5_000
_WIDE = 40.0
#: What the place's own merits are worth: the logarithm of its population, being put there
#: by hand, bearing the name itself and not as an exonym, being a capital or known everywhere.
_PEOPLE, _HAND, _OWN_NAME, _CAPITAL, _FAMOUS = 0.45, 1.4, 0.8, 0.5, 0.4
#: What a place counts that was put there by hand: somebody fought over it.
_BY_HAND = 10_000
_SMALL_COUNTRY_KM = 250
_ARTICLED = REGIONS | {"river", "lake"}
_STRICT = frozenset({"admin1", "river", "lake", "sea", "island", "country", "mountain"})
#: Generic nouns that ask for a kind of place, and the kinds that satisfy them.
WANTED: dict[str, frozenset[str]] = {
    "city": SETTLEMENTS,
    "suburb": SETTLEMENTS,
    "camp": SETTLEMENTS | {"base"},
    "admin1": frozenset({"admin1", "region", "admin2"}),
    "admin2": frozenset({"admin2", "admin1", "region", "city", "suburb"}),
    "country": frozenset({"country"}),
    "airport": frozenset({"airport", "base"}),
    "base": frozenset({"base", "airport", "facility"}),
    "river": frozenset({"river"}),
    "lake": frozenset({"lake"}),
    "sea": frozenset({"sea", "strait"}),
    "strait": frozenset({"strait"}),
    "mountain": frozenset({"mountain", "pass"}),
    "valley": frozenset({"valley", "pass"}),
    "desert": frozenset({"desert", "region"}),
    "island": frozenset({"island"}),
    "facility": frozenset({"facility", "bridge"}),
}


def merit(place: Place, name: Toponym) -> float:
    """What speaks for a place whatever the document says."""
    score = _PEOPLE * math.log10(max(size(place, name), 100))
    if place.aliases:
        score += _HAND
    elif key(place.name) == key(name.text):
        score += _OWN_NAME
    if is_capital(place):
        score += _CAPITAL
    if place.feature == "city" and place.population >= WORLD:
        score += _FAMOUS
    if name.articled and place.feature in _ARTICLED:
        score += 1.0  # "le Zulia", "l'Arauca": French and Spanish towns take no article
    if place.feature == "country" and not name.kind and _has_city(place, name):
        return score + 0.3
    return score + suits(place.feature, name.kind)


def size(place: Place, name: Toponym) -> float:
    """The number of people that a candidate counts for among the others."""
    count = people(place, name.candidates)
    if place.feature in {"country", "continent"}:
        return place.population
    if place.aliases and count < WORLD:
        return max(place.population, _BY_HAND)
    return count


def _has_city(place: Place, name: Toponym) -> bool:
    """Kuwait, Djibouti: the city is meant as often, and lies better."""
    return any(
        other.country == place.country
        and other.feature == "city"
        and other.population >= LARGE
        and place.radius < _SMALL_COUNTRY_KM
        for other in name.candidates
    )


def is_capital(place: Place) -> bool:
    """Whether it is the capital of its country."""
    nation = countries().get(place.country)
    return (
        nation is not None
        and place.feature == "city"
        and place.population >= LARGE
        and key(nation.capital) == key(place.name.removesuffix(", D.C."))
    )


def inside(place: Place, larger: Place) -> bool:
    """Whether a place lies within the radius of a larger one."""
    spot, centre = (place.latitude, place.longitude), (larger.latitude, larger.longitude)
    return rough_km(spot, centre) <= larger.radius


def people(place: Place, candidates: tuple[Place, ...]) -> float:
    """How much a place counts, as a number of people.

    A first-order unit counts as a large city, unless its seat bears its name: then
    the city is meant where no generic noun says otherwise.
    """
    if place.feature in {"country", "continent"}:
        return 9_000_000
    count = max(place.population, 30_000 if place.aliases else 500)
    if place.feature == "admin1" and place.radius >= _WIDE:
        has_seat = any(
            other.country == place.country
            and other.feature == "city"
            and (other.population >= _SEAT or other.aliases)
            and inside(other, place)
            for other in candidates
        )
        count = max(count, 500 if has_seat else WORLD)
    return count


def same(one: Place, other: Place) -> bool:
    """Whether two places are one, twice in the gazetteer."""
    if (one.feature in SETTLEMENTS) != (other.feature in SETTLEMENTS):
        return False
    if one.feature not in SETTLEMENTS and one.feature != other.feature:
        return False
    return rough_km((one.latitude, one.longitude), (other.latitude, other.longitude)) < _SAME_KM


def suits(feature: str, kind: str) -> float:
    """How well a kind of place answers the generic noun beside its name."""
    wanted = WANTED.get(kind)
    if wanted is not None:
        if feature in wanted:
            return 1.5
        if kind in _STRICT:
            return -0.5
        return 0.0
    return {
        "country": 2.0, "continent": 2.0, "admin1": 0.2, "river": -0.4, "lake": -0.4,
        "airport": -1.5, "base": -0.2, "facility": -0.3, "mountain": -0.2,
    }.get(feature, 0.0)  # fmt: skip
