"""Claims as a GeoPackage (OGC 12-128r18), written with the standard library's SQLite.

Layers: `claims` (points; claims without a place have none), `radii` (the circles within which
the places lie), and the table `about`.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from geographiclib.geodesic import Geodesic

from temoin._version import __version__
from temoin.casefile.exporting.labels import STATEMENT
from temoin.casefile.exporting.manifest import Origin
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import Told, properties, told

__all__ = ["GeoPackageWriter"]

_WGS84 = 4326
#: Corners of a circle.
_CORNERS = 48
#: A circle that comes nearer to a pole than this is no polygon in degrees.
_POLE = 89.0

_COLUMNS = {
    "claim": "INTEGER", "title": "TEXT", "review": "TEXT", "status": "TEXT", "type": "TEXT",
    "polarity": "TEXT", "certainty": "TEXT", "attribution": "TEXT", "confidence": "REAL",
    "earliest": "DATE", "latest": "DATE", "time_precision": "TEXT", "place": "TEXT",
    "country": "TEXT", "gazetteer_id": "TEXT", "radius_km": "REAL", "trigger": "TEXT",
    "trigger_start": "INTEGER", "trigger_end": "INTEGER", "actor": "TEXT", "actor_known": "TEXT",
    "target": "TEXT", "target_known": "TEXT", "arguments": "TEXT", "sentence": "TEXT",
    "document": "TEXT", "language": "TEXT", "published": "DATE", "source": "TEXT", "url": "TEXT",
}  # fmt: skip
_RADII = {"claim": "INTEGER", "title": "TEXT", "status": "TEXT", "type": "TEXT",
          "earliest": "DATE", "latest": "DATE", "radius_km": "REAL"}  # fmt: skip

_Box = tuple[float, float, float, float]


class GeoPackageWriter:
    """A GeoPackage.

    Args:
        path: A file that is not there yet.
        origin: The state of the case.
    """

    def __init__(self, path: Path, origin: Origin) -> None:
        self._origin = origin
        self._database = sqlite3.connect(path)
        self._boxes: dict[str, _Box] = {}
        self._database.execute("PRAGMA journal_mode = MEMORY")
        schema = resources.files(__package__) / "data" / "geopackage.sql"
        self._database.executescript(schema.read_text("utf-8"))
        self._layer("claims", "POINT", _COLUMNS, STATEMENT)
        note = "The circles within which the places of claims may lie. " + STATEMENT
        self._layer("radii", "POLYGON", _RADII, note)
        self._database.execute("BEGIN")

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        count = 0
        for claim in told(selected):
            row = _row(claim)
            place = claim.place
            point = None
            if place and place.latitude is not None and place.longitude is not None:
                at = (place.longitude, place.latitude)
                point = _header() + struct.pack("<BIdd", 1, 1, *at)
                self._widen("claims", [at])
                if place.radius_km:
                    self._circle(row, at, place.radius_km)
            self._insert("claims", {"geom": point, **row})
            count += 1
        return count

    def close(self) -> None:
        """Write what remains, and what the layers span."""
        for name, box in self._boxes.items():
            self._database.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?"
                " WHERE table_name = ?",
                (*box, name),
            )
        about = {"statement": STATEMENT, "case": self._origin.case, "head": self._origin.head,
                 "temoin": __version__}  # fmt: skip
        self._database.executemany("INSERT INTO about (name, value) VALUES (?, ?)", about.items())
        self._contents("about", "attributes", STATEMENT, srs=None)
        self._database.commit()
        self._database.close()

    def abandon(self) -> None:
        """Close the file; it is thrown away."""
        self._database.close()

    def _circle(self, row: dict[str, object], at: tuple[float, float], radius_km: float) -> None:
        ring = circle(*at, radius_km)
        if ring is None:
            return
        self._widen("radii", ring)
        values = {name: row[name] for name in _RADII}
        self._insert("radii", {"geom": _polygon(ring), **values})

    def _layer(self, name: str, shape: str, columns: dict[str, str], note: str) -> None:
        told = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self._database.execute(
            f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom {shape}, {told})'
        )
        self._contents(name, "features", note, srs=_WGS84)
        self._database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            (name, shape, _WGS84),
        )
        self._database.commit()

    def _contents(self, name: str, kind: str, note: str, *, srs: int | None) -> None:
        # The time of the case's last change, not of the export: one state gives one file.
        at = self._origin.at[:23] + "Z"
        self._database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
            " last_change, srs_id) VALUES (?, ?, ?, ?, ?, ?)",
            (name, kind, name, note, at, srs),
        )

    def _insert(self, table: str, row: dict[str, object]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        # Names are ours; values go apart from them.
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
        self._database.execute(statement, tuple(row.values()))

    def _widen(self, name: str, points: Sequence[tuple[float, float]]) -> None:
        box = _box(points)
        old = self._boxes.get(name, box)
        self._boxes[name] = (
            min(box[0], old[0]), min(box[1], old[1]), max(box[2], old[2]), max(box[3], old[3]),
        )  # fmt: skip


def circle(longitude: float, latitude: float, radius_km: float) -> list[tuple[float, float]] | None:
    """A circle on the ellipsoid as a closed ring, counterclockwise; None around a pole.

    Across 180° longitudes go on (180.2), so that the ring stays one.
    """
    if abs(latitude) + radius_km / 111.0 > _POLE:
        return None
    ring = []
    for corner in range(_CORNERS):
        azimuth = -360.0 * corner / _CORNERS
        found = Geodesic.WGS84.Direct(latitude, longitude, azimuth, radius_km * 1000)
        east = longitude + (found["lon2"] - longitude + 540) % 360 - 180
        ring.append((round(east, 6), round(found["lat2"], 6)))
    return [*ring, ring[0]]


def _row(claim: Told) -> dict[str, object]:
    given, cells = properties(claim), claim.cells
    trigger, said = given["trigger"], given["attribution"] or {}
    row: dict[str, object] = {
        **given,
        "attribution": cells["attribution"] if claim.quotes else said.get("known"),
        "trigger": trigger["text"],
        "trigger_start": trigger["start"],
        "trigger_end": trigger["end"],
        "arguments": json.dumps(given["arguments"], ensure_ascii=False),
        **{name: cells[name] for name in ("actor", "actor_known", "target", "target_known")},
    }
    return {name: row[name] for name in _COLUMNS}


def _header(box: _Box | None = None) -> bytes:
    """The head of a geometry: little endian, with its box where there is one."""
    flags = 0b00000001 if box is None else 0b00000011
    head = struct.pack("<2sBBi", b"GP", 0, flags, _WGS84)
    if box is None:
        return head
    west, south, east, north = box
    return head + struct.pack("<4d", west, east, south, north)


def _polygon(ring: Sequence[tuple[float, float]]) -> bytes:
    body = struct.pack("<BIII", 1, 3, 1, len(ring))
    return _header(_box(ring)) + body + b"".join(struct.pack("<dd", *at) for at in ring)


def _box(points: Sequence[tuple[float, float]]) -> _Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
