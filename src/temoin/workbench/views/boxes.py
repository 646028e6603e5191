"""Boxes of degrees, also over the date line."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Box"]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of degrees; where west is greater than east it crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, given: str) -> Box:
        """A box from `WEST,SOUTH,EAST,NORTH`.

        Raises:
            ValueError: It is none.
        """
        west, south, east, north = (float(each) for each in given.split(","))
        if not (-90 <= south <= north <= 90):
            message = "south and north are degrees from -90 to 90, south first"
            raise ValueError(message)
        if east - west >= 360:
            return cls(-180.0, south, 180.0, north)
        # A map that was panned around the world tells longitudes beyond 180.
        return cls(_turned(west), south, _turned(east), north)


def _turned(longitude: float) -> float:
    if -180 <= longitude <= 180:
        return longitude
    return (longitude + 180) % 360 - 180
