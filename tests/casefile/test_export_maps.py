"""GeoJSON, KML, GeoPackage: read by others, and true to what is claimed."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pyogrio
import pytest
from export_cases import EVIL, EVIL_TEXT, opened, write
from lxml import etree

from temoin.casefile import Case
from temoin.casefile.exporting import ExportError
from temoin.casefile.exporting.geopackage import circle

SCHEMA = json.loads((Path(__file__).parent / "data" / "geojson.schema.json").read_text("utf-8"))


@pytest.fixture
def exported(tmp_path: Path) -> Iterator[Case]:
    with opened(tmp_path) as case:
        yield case


def beside(folder: Path) -> list[str]:
    """What lies in a folder besides the case."""
    names = sorted(each.name for each in folder.iterdir())
    return [name for name in names if not name.startswith("case.temoin")]


def geojson(case: Case, folder: Path, profile: str = "internal", **options: Any) -> dict[str, Any]:
    out = folder / "claims.geojson"
    write(case, "geojson", out, profile, **options)
    told: dict[str, Any] = json.loads(out.read_text("utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    return told


def test_geojson_is_valid_and_tells_when_where_and_how_sure(exported: Case, tmp_path: Path) -> None:
    told = geojson(exported, tmp_path)
    assert "not a fact" in told["statement"]
    by_claim = {each["id"]: each for each in told["features"]}
    assert [*by_claim] == [1, 2, 3, 4, 5, 6]
    first = by_claim[1]
    assert first["geometry"] == {"type": "Point", "coordinates": [12.98, 31.44]}
    assert first["when"]["timespans"] == [
        {"start": {"in": "2019-11-12"}, "end": {"in": "2019-11-12"}}
    ]
    given = first["properties"]
    assert given["radius_km"] == 15
    assert given["trigger"] == {"text": "bombardé", "start": 17, "end": 25}
    assert given["attribution"]["text"] == "un porte-parole"
    assert given["title"] == "claimed: shelling, Mizda"
    assert by_claim[2]["geometry"] is None
    assert by_claim[2]["properties"]["status"] == "denied"
    assert by_claim[3]["properties"]["status"] == "planned"
    assert "when" not in by_claim[3]
    evil = by_claim[4]
    assert evil["when"]["timespans"] == [
        {"start": {"earliest": "2024-03-01"}, "end": {"latest": "2024-03-09"}}
    ]
    assert evil["links"][0]["identifier"] == "https://www.geonames.org/1"
    assert evil["properties"]["url"] is None, "javascript: is no address"
    trigger = evil["properties"]["trigger"]
    assert EVIL_TEXT[trigger["start"] : trigger["end"]] == trigger["text"]


def test_geojson_is_read_by_gdal(exported: Case, tmp_path: Path) -> None:
    geojson(exported, tmp_path)
    info = pyogrio.read_info(tmp_path / "claims.geojson")
    assert info["features"] == 6
    assert info["crs"] == "EPSG:4326"


def test_geojson_without_quotes_has_no_words_and_no_offsets(exported: Case, tmp_path: Path) -> None:
    (only,) = geojson(exported, tmp_path, "public")["features"]
    assert only["properties"]["trigger"] == {"text": None, "start": None, "end": None}
    assert all(each["text"] is None for each in only["properties"]["arguments"])
    assert only["properties"]["sentence"] is None
    assert EVIL not in json.dumps(only)


def test_geojson_of_nothing_is_valid(exported: Case, tmp_path: Path) -> None:
    assert geojson(exported, tmp_path, where="type:siege")["features"] == []


def test_geopackage_is_read_by_gdal(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.gpkg"
    counts = write(exported, "gpkg", out)
    assert counts.rows == 6
    assert [name for name, _ in pyogrio.list_layers(out)] == ["claims", "radii", "about"]
    info = pyogrio.read_info(out, layer="claims", force_total_bounds=True)
    assert (info["crs"], info["geometry_type"], info["features"]) == ("EPSG:4326", "Point", 6)
    assert info["total_bounds"] == pytest.approx((12.98, 18.44, 179.9, 31.44))
    meta, _, shapes, values = pyogrio.raw.read(out, layer="claims")
    columns = dict(zip(meta["fields"], values, strict=True))
    assert list(columns["status"])[:3] == ["affirmed", "denied", "planned"]
    assert columns["trigger_start"][0] == 17
    assert str(columns["earliest"][0]) == "2019-11-12"
    assert json.loads(columns["arguments"][0])[0]["text"] == "l'armée"
    assert struct.unpack("<dd", shapes[0][5:21]) == (12.98, 31.44)
    assert shapes[1] is None, "a claim without a place is there without a point"
    radii = pyogrio.read_info(out, layer="radii", force_total_bounds=True)
    assert (radii["geometry_type"], radii["features"]) == ("Polygon", 2)
    _, _, _, about = pyogrio.raw.read(out, layer="about")
    assert "not a fact" in about[1][0]


def test_geopackage_is_as_the_standard_has_it(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.gpkg"
    write(exported, "gpkg", out)
    with sqlite3.connect(out) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
        (head,) = database.execute("SELECT geom FROM radii").fetchone()
    assert head[:4] == b"GP\x00\x03"
    database.close()
    first = out.read_bytes()
    write(exported, "gpkg", out)
    assert out.read_bytes() == first
    assert beside(tmp_path) == ["claims.gpkg", "claims.gpkg.manifest.json"]


def test_binary_formats_need_a_file_and_leave_none_behind(
    exported: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from temoin.casefile.exporting import BINARY, export
    from temoin.casefile.exporting.geopackage import GeoPackageWriter
    from temoin.casefile.privacy import load_profile

    for form in BINARY:
        with pytest.raises(ExportError, match="--out"):
            export(exported, form, None, profile=load_profile("internal"))

    with pytest.raises(OSError, match="is no file"):
        write(exported, "gpkg", Path("/dev/null"))

    def fail(*_: object) -> None:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(GeoPackageWriter, "close", fail)
    with pytest.raises(OSError, match="disk full"):
        write(exported, "gpkg", tmp_path / "claims.gpkg")
    assert beside(tmp_path) == []


def test_circles_run_counterclockwise_and_stay_whole_at_the_date_line() -> None:
    for longitude, latitude in ((12.98, 31.44), (179.9, 18.44), (-179.9, -60.0)):
        ring = circle(longitude, latitude, 30)
        assert ring
        assert ring[0] == ring[-1]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert area > 0
        assert max(x for x, _ in ring) - min(x for x, _ in ring) < 2
        assert max(y for _, y in ring) == pytest.approx(latitude + 0.27, abs=0.01)
    assert circle(0, 89, 50) is None


KML = "{http://www.opengis.net/kml/2.2}"


def test_kml_is_well_formed_and_runs_nothing(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.kml"
    write(exported, "kml", out)
    tree = etree.parse(out)
    marks = tree.findall(f".//{KML}Placemark")
    assert [each.get("id") for each in marks] == [f"claim-{n}" for n in range(1, 7)]
    assert marks[0].findtext(f"{KML}Point/{KML}coordinates") == "12.98,31.44"
    assert marks[0].findtext(f"{KML}TimeStamp/{KML}when") == "2019-11-12"
    assert marks[1].find(f"{KML}Point") is None
    assert str(marks[1].findtext(f"{KML}name")).startswith("denied: ")
    assert marks[3].findtext(f"{KML}TimeSpan/{KML}begin") == "2024-03-01"
    description = str(marks[3].findtext(f"{KML}description"))
    assert "<script" not in description, "viewers take it for HTML"
    assert "&lt;script&gt;" in description
    assert "<" not in str(marks[3].findtext(f"{KML}name"))
    assert "not a fact" in str(tree.findtext(f"{KML}Document/{KML}description"))
    data = {each.get("name"): each.findtext(f"{KML}value") for each in marks[0].iter(f"{KML}Data")}
    assert data["trigger_start"] == "17"
    assert data["attribution"] == "un porte-parole"
    assert pyogrio.read_info(out)["features"] == 6


def test_kml_without_quotes_has_no_words(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.kml"
    write(exported, "kml", out, "public")
    told = out.read_text("utf-8")
    assert "shelled" not in told
    assert "Diallo" not in told
    assert told.count("<Placemark") == 1
