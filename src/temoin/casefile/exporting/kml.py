"""Claims as KML 2.2, for viewers of maps and globes."""

from __future__ import annotations

from html import escape
from typing import TextIO

from temoin.casefile.exporting.labels import STATEMENT, labels
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import Told, mark, properties, told
from temoin.exporting.markup import xml_text

__all__ = ["KmlWriter"]

# Colours are aabbggrr. Balloons show the description alone: data are not taken for markup.
_STYLES = {"affirmed": "ffa56700", "denied": "ff3a12a3", "doubted": "ff003b8a"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>Témoin</name>
<description>{statement}</description>
{styles}
"""
_STYLE = """<Style id="{name}"><IconStyle><color>{colour}</color></IconStyle>\
<BalloonStyle><text>$[description]</text></BalloonStyle></Style>"""
_DATA = (
    "claim", "review", "status", "type", "polarity", "certainty", "confidence", "earliest",
    "latest", "time_precision", "place", "gazetteer_id", "radius_km", "sentence", "document",
    "language", "published", "source", "url",
)  # fmt: skip


class KmlWriter:
    """One placemark a claim; one without a place has no point.

    Args:
        stream: Where to write.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        styles = "\n".join(
            _STYLE.format(name=name, colour=colour) for name, colour in _STYLES.items()
        )
        stream.write(_HEAD.format(statement=xml_text(STATEMENT), styles=styles))

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        count = 0
        for claim in told(selected):
            self._stream.write(_placemark(claim))
            count += 1
        return count

    def close(self) -> None:
        """End the file."""
        self._stream.write("</Document>\n</kml>\n")


def _placemark(claim: Told) -> str:
    given = properties(claim)
    status = mark(claim.event)
    style = status if status in _STYLES else "doubted"
    said = given["attribution"] or {}
    flat = {name: given[name] for name in _DATA}
    flat |= {"attribution": said.get("text") or said.get("known")}
    flat |= {f"trigger_{name}": value for name, value in given["trigger"].items()}
    data = "".join(
        f'<Data name="{name}"><value>{xml_text(str(value))}</value></Data>'
        for name, value in flat.items()
        if value is not None
    )
    place = claim.place
    point = ""
    if place:
        point = f"<Point><coordinates>{place.longitude},{place.latitude}</coordinates></Point>"
    # Viewers take descriptions, and some of them names, for HTML.
    name = given["title"].replace("<", "‹").replace(">", "›")
    return f"""<Placemark id="claim-{claim.reviewed.claim}">
<name>{xml_text(name)}</name>
<description>{xml_text(_description(claim, flat["attribution"]))}</description>
{_when(claim)}<styleUrl>#{style}</styleUrl>
<ExtendedData>{data}</ExtendedData>
{point}
</Placemark>
"""


def _description(claim: Told, said: str | None) -> str:
    """A claim as HTML, in which every word of the report is escaped."""
    words = labels("en")
    lines = [claim.title(), f"{words['said_by']} {said}" if said else "",
             claim.cells["sentence"], f"{words['document']}: {claim.record.document.id}",
             STATEMENT]  # fmt: skip
    return "<br/>".join(escape(str(line)) for line in lines if line)


def _when(claim: Told) -> str:
    first, last = claim.days
    if first is None and last is None:
        return ""
    if first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>\n"
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>\n"
