"""What part of the world a map shows, and which colour and shape each side has."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from temoin.situation.basemap import Bounds
from temoin.situation.deriving import Situation
from temoin.situation.places import Where
from temoin.situation.states import State
from temoin.situation.subjects import NOBODY

__all__ = ["KM_PER_DEGREE", "Frame", "Look", "frame_of", "looks"]

KM_PER_DEGREE = 111.2
#: A map shows no less than so many degrees from south to north.
_LEAST = 0.6
_MARGIN = 0.18

#: Okabe and Ito's palette, told apart with any colour vision; black is left for text.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
_SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*")


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a map shows.

    Attributes:
        bounds: South, west, north, east.
        stretch: How many degrees of longitude are as long as one of latitude.
    """

    bounds: Bounds
    stretch: float

    def degrees(self, km: float) -> tuple[float, float]:
        """Kilometres as degrees east and north."""
        north = km / KM_PER_DEGREE
        return north * self.stretch, north


@dataclass(frozen=True, slots=True)
class Look:
    """How a side is drawn: colour and shape, so that it is told apart without colour too."""

    colour: str
    shape: str


_UNNAMED = Look("#777777", "8")


def frame_of(found: Situation, *, ratio: float) -> Frame:
    """The part of the world to show: the area, else all places with their circles.

    Args:
        found: The situation.
        ratio: Width of the map to its height.
    """
    if found.area is not None:
        south, west, north, east = found.area.bounds()
        margin = 0.03
    else:
        south, west, north, east = _around(s.place for s in found.states)
        margin = _MARGIN
    middle, across = (south + north) / 2, (west + east) / 2
    stretch = 1 / max(math.cos(math.radians(min(abs(middle), 80.0))), 0.1)
    high = max((north - south) * (1 + 2 * margin), _LEAST)
    wide = max((east - west) * (1 + 2 * margin), _LEAST * stretch)
    # The map fills its frame: whichever side is short gets more of the world.
    high = max(high, wide / stretch / ratio)
    high = min(high, 176.0)
    wide = min(high * ratio * stretch, 360.0)
    middle = max(min(middle, 88.0 - high / 2), -88.0 + high / 2)
    bounds = (middle - high / 2, across - wide / 2, middle + high / 2, across + wide / 2)
    return Frame(bounds, stretch)


def looks(states: Sequence[State]) -> dict[str, Look]:
    """Colour and shape of each side, by the key of the subject: the most frequent first."""
    counts = Counter(state.subject.key for state in states if state.kind.subject == "side")
    unnamed = counts.pop(NOBODY.key, 0)
    counted = sorted(counts, key=lambda key: (-counts[key], key))
    found = {
        key: Look(_COLOURS[at % len(_COLOURS)], _SHAPES[at % len(_SHAPES)])
        for at, key in enumerate(counted)
    }
    return found | ({NOBODY.key: _UNNAMED} if unnamed else {})


def _around(places: Iterable[Where | None]) -> Bounds:
    boxes = []
    for place in places:
        if place is None or place.latitude is None or place.longitude is None:
            continue
        north = place.radius_km / KM_PER_DEGREE
        east = north / max(math.cos(math.radians(place.latitude)), 0.1)
        boxes.append((place.latitude - north, place.longitude - east,
                      place.latitude + north, place.longitude + east))  # fmt: skip
    if not boxes:
        return (-60.0, -180.0, 75.0, 180.0)
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
