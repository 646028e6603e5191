"""Claims as GeoJSON (RFC 7946) with the `when` of the Linked Places format."""

from __future__ import annotations

import json
from typing import Any, TextIO

from temoin.casefile.exporting.labels import STATEMENT
from temoin.casefile.exporting.manifest import Origin
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import Told, properties, told

__all__ = ["GeoJsonWriter"]

_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)


class GeoJsonWriter:
    """One feature collection; a claim without a place has a null geometry.

    Args:
        stream: Where to write.
        origin: The state of the case.
    """

    def __init__(self, stream: TextIO, origin: Origin) -> None:
        self._stream = stream
        self._case = origin.case
        self._begun = False
        head = {"type": "FeatureCollection", "@context": _CONTEXT, "statement": STATEMENT}
        stream.write(_json(head)[:-1] + ',"features":[')

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        count = 0
        for claim in told(selected):
            self._stream.write((",\n" if self._begun else "\n") + _json(self._feature(claim)))
            self._begun = True
            count += 1
        return count

    def close(self) -> None:
        """End the collection."""
        self._stream.write("\n]}\n")

    def _feature(self, claim: Told) -> dict[str, Any]:
        name = f"urn:temoin:{self._case}:claim:{claim.reviewed.claim}"
        feature: dict[str, Any] = {"type": "Feature", "@id": name, "id": claim.reviewed.claim}
        feature["properties"] = properties(claim)
        place = claim.place
        feature["geometry"] = place and {
            "type": "Point", "coordinates": [place.longitude, place.latitude],
        }  # fmt: skip
        when = _when(claim)
        if when:
            feature["when"] = when
        if place:
            feature["names"] = [{"toponym": place.name}]
        if place and place.gazetteer_id and place.gazetteer_id.startswith("geonames:"):
            number = place.gazetteer_id.partition(":")[2]
            if number.isdigit():
                found = f"https://www.geonames.org/{number}"
                feature["links"] = [{"type": "closeMatch", "identifier": found}]
        return feature


def _when(claim: Told) -> dict[str, Any] | None:
    """The days that the words allow: on one day, or at some time between two."""
    first, last = claim.days
    if first is None and last is None:
        return None
    if first == last:
        span = {"start": {"in": first}, "end": {"in": last}}
    else:
        span = {}
        if first is not None:
            span["start"] = {"earliest": first}
        if last is not None:
            span["end"] = {"latest": last}
    when: dict[str, Any] = {"timespans": [span]}
    words = claim.cells["time"]
    return when | ({"label": words} if words else {})


def _json(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
