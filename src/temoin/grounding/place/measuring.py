"""From an anchor and what the words say of it to a point, a radius and precision codes.

A stated distance is never exact: the radius grows with it. "Near" and the edges of a
town widen its radius; a part of a region lies half-way to its border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from temoin.grounding.place.features import POINTS, precision, ucdp
from temoin.grounding.place.gazetteer import Place
from temoin.grounding.place.phrase import Phrase
from temoin.grounding.place.relative import move
from temoin.grounding.place.scene import Choice
from temoin.record import PlaceValue

__all__ = ["Anchor", "measure"]

#: What "12 km" leaves open, as a share of the distance, along the way and across it.
_LOOSE = 0.1
_OUT_KM, _OUT_RADIUS = 8.0, 12.0
_BANK_KM, _BANK_RADIUS = 10.0, 25.0
_NEAR_KM, _EDGE_KM, _OFFSHORE_KM = 8.0, 4.0, 25.0
_KEPT = 5


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place that a phrase is measured from.

    Attributes:
        place: The place of the gazetteer.
        rule: How the words led to it.
        note: What the reader should know of that.
        choice: The choice among places of that name, with the others.
        radius: The radius, where it is not the place's own.
    """

    place: Place
    rule: str
    note: str = ""
    choice: Choice | None = None
    radius: float | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point with its radius, the rule that gave it and the codes of both codebooks."""

    point: tuple[float, float]
    radius: float
    rule: str
    acled: int
    ucdp: int


def measure(phrase: Phrase, anchor: Anchor) -> PlaceValue:
    """Where a phrase is, measured from its anchor."""
    place, choice = anchor.place, anchor.choice
    radius = place.radius if anchor.radius is None else anchor.radius
    codes = precision(place.feature)
    spot = _Spot((place.latitude, place.longitude), radius, anchor.rule, *codes)
    notes = [anchor.note] if anchor.note else []
    if phrase.distance_km is not None or phrase.bearing is not None:
        spot = _away(spot, phrase, place)
        notes.append(f"from {place.name}")
    else:
        spot = _beside(spot, phrase, place)
    rule = spot.rule
    if anchor.rule not in {"name", "demonym"} and rule != anchor.rule:
        rule = f"{rule} ({anchor.rule})"
    acled, where = spot.acled, spot.ucdp
    if anchor.rule in {"context", "container", "apposition", "river"} or (
        anchor.rule == "antecedent" and anchor.radius
    ):
        acled, where = max(acled, 2), max(where, 2)
    others = choice.others[:_KEPT] if choice else ()
    return PlaceValue(
        name=place.name,
        latitude=round(spot.point[0], 4),
        longitude=round(spot.point[1], 4),
        radius_km=round(spot.radius, 1),
        gazetteer_id=place.id,
        feature=place.feature,
        country=place.country or None,
        acled_precision=acled,
        ucdp_precision=where,
        score=choice.score if choice else None,
        candidates=tuple(_candidate(other, score) for other, score in others),
        rule=rule,
        note="; ".join(notes) or None,
    )


def _away(spot: _Spot, phrase: Phrase, place: Place) -> _Spot:
    """A distance, a bearing or both."""
    if phrase.distance_km is None:
        return _towards(spot, phrase.bearing or 0.0, place, outside=phrase.outside)
    stretch = max(1.0, _LOOSE * phrase.distance_km) + phrase.slack_km
    if phrase.bearing is None:
        radius = spot.radius + phrase.distance_km + stretch
        return _Spot(spot.point, radius, "distance", 2, ucdp(radius))
    radius = spot.radius + stretch + _LOOSE * phrase.distance_km
    point = move(spot.point, phrase.bearing, phrase.distance_km)
    return _Spot(point, radius, "distance and bearing", 2, ucdp(radius))


def _towards(spot: _Spot, bearing: float, place: Place, *, outside: bool) -> _Spot:
    """A bearing without a distance: out of a town, or a part of the place."""
    if place.feature in POINTS and outside:
        point = move(spot.point, bearing, place.radius + _OUT_KM)
        return _Spot(point, max(_OUT_RADIUS, spot.radius), "bearing", 2, 2)
    if place.feature in POINTS:
        return replace(spot, point=move(spot.point, bearing, 0.5 * place.radius), rule="part")
    if place.feature in {"river", "line", "border"}:
        point = move(spot.point, bearing, _BANK_KM)
        radius = max(_BANK_RADIUS, 0.5 * spot.radius)
        return replace(spot, point=point, radius=radius, rule="bearing")
    point = move(spot.point, bearing, 0.5 * spot.radius)
    return replace(spot, point=point, radius=0.6 * spot.radius, rule="part")


def _beside(spot: _Spot, phrase: Phrase, place: Place) -> _Spot:
    """Near a place, at its edge, off its coast."""
    if phrase.relation == "offshore":
        return _Spot(spot.point, max(spot.radius, _OFFSHORE_KM), "offshore", 3, 7)
    if place.feature in POINTS and phrase.relation == "near":
        return _Spot(spot.point, spot.radius + _NEAR_KM, "near", 2, 2)
    if place.feature in POINTS and phrase.relation == "edge":
        return _Spot(spot.point, spot.radius + _EDGE_KM, "edge", spot.acled, 2)
    return spot


def _candidate(place: Place, score: float) -> PlaceValue:
    acled, where = precision(place.feature)
    return PlaceValue(
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius,
        gazetteer_id=place.id,
        feature=place.feature,
        country=place.country or None,
        acled_precision=acled,
        ucdp_precision=where,
        score=score,
    )
