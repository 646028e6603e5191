"""Places made coarse: coordinates rounded, or the centre of the first-order unit."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from temoin.casefile.privacy.finding import facility_of
from temoin.casefile.privacy.profiles import Profile
from temoin.codebooks.places import admin1_of
from temoin.grounding.place.gazetteer import Place, default_gazetteer
from temoin.record import PlaceValue

__all__ = ["coarse_place", "is_fine"]

#: Kilometres in a degree of latitude.
_DEGREE = 111.32

#: Features as large as a first-order unit or larger: nothing to be made coarser.
_LARGE = frozenset({"admin1", "country", "region", "continent", "sea", "ocean", "border"})

#: What a place keeps when it becomes a larger one: all else tells of the smaller one.
_KEPT = ("country",)


def is_fine(feature: str | None) -> bool:
    """Whether a feature is smaller than a first-order unit."""
    return feature not in _LARGE


def coarse_place(told: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """A place, as JSON, as exact as a profile allows.

    Args:
        told: The place.
        profile: The profile.
    """
    place = PlaceValue.model_validate(told)
    facility = facility_of(place.feature, place.name) if profile.facilities else None
    if profile.coordinates == "exact" and facility is None:
        return told
    coarse = {name: value for name, value in told.items() if name != "candidates"}
    if profile.coordinates == "admin1" and is_fine(place.feature):
        return _unit(place)
    if facility is not None:
        decimals = profile.facility_decimals
        if profile.coordinates == "decimals":
            decimals = min(decimals, profile.decimals)
        name = place.name if profile.coordinates == "exact" and not profile.facilities else facility
        coarse = {
            key: coarse[key]
            for key in (*_KEPT, "latitude", "longitude", "radius_km")
            if key in coarse
        }
        coarse |= {"name": name, "feature": facility}
    elif profile.coordinates == "decimals":
        decimals = profile.decimals
    else:
        decimals = None
    if profile.coordinates == "none":
        decimals = None
    return _rounded(coarse, decimals)


def _rounded(place: dict[str, Any], decimals: int | None) -> dict[str, Any]:
    """Rounded coordinates, with a radius that holds the place for sure."""
    if "latitude" not in place or "longitude" not in place or decimals is None:
        gone = {"latitude", "longitude", "radius_km"}
        return {name: value for name, value in place.items() if name not in gone}
    error = 0.5 * 10**-decimals * _DEGREE * math.sqrt(2)
    return {
        **place,
        "latitude": round(place["latitude"], decimals),
        "longitude": round(place["longitude"], decimals),
        "radius_km": math.ceil((place.get("radius_km") or 0.0) + error),
    }


def _unit(place: PlaceValue) -> dict[str, Any]:
    """The first-order unit of a place, else its country, else only that there is a place."""
    unit = admin1_of(place)
    found = _of_feature(unit, place.country, "admin1") if unit and place.country else None
    if found is None and place.country:
        found = default_gazetteer().country(place.country)
    if found is None:
        return {"name": "place"}
    return {
        "name": found.name,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "radius_km": found.radius,
        "gazetteer_id": found.id,
        "feature": found.feature,
        "country": found.country or place.country,
    }


@lru_cache(maxsize=4096)
def _of_feature(name: str, country: str, feature: str) -> Place | None:
    for place in default_gazetteer().lookup(name):
        if place.country == country and place.feature == feature:
            return place
    return None
