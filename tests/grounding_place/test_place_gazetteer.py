"""The shipped gazetteer: what it holds, and that it can be read from anywhere."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from importlib import resources
from pathlib import Path

import pytest

from temoin.grounding.place.features import FEATURES
from temoin.grounding.place.gazetteer import Gazetteer, default_gazetteer, own_place
from temoin.grounding.place.lexicon import LANGUAGES, countries, lexicon
from temoin.grounding.place.names import key, likeness, skeleton, stem, stems
from temoin.grounding.place.relative import rough_km

DATA = resources.files("temoin.grounding.place") / "data"
OWN = sorted((f for f in (DATA / "own").iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)


def test_the_file_is_well_under_forty_megabytes() -> None:
    assert Path(str(DATA / "gazetteer.sqlite")).stat().st_size < 38_000_000


def test_the_file_was_built_by_this_code() -> None:
    database = sqlite3.connect(f"{Path(str(DATA / 'gazetteer.sqlite')).as_uri()}?mode=ro", uri=True)
    for name in ("Бахмут", "Горлівка", "Харків"):
        assert database.execute("SELECT 1 FROM stem WHERE key = ?", (stem(name),)).fetchone()
    for table, form in (("name", key), ("skeleton", skeleton)):
        found = database.execute(
            f"SELECT 1 FROM {table} WHERE key = ?",  # noqa: S608 - our own table names
            (form("Deir ez-Zor"),),
        )
        assert found.fetchone()
    database.close()


@pytest.mark.parametrize(
    ("name", "country", "where"),
    [
        ("Tabiya", "SY", (35.22, 40.33)),
        ("Jdeid Ekeidat", "SY", (35.24, 40.36)),
        ("Jadid Bakkarah", "SY", (35.28, 40.32)),
        ("Hatla", "SY", (35.34, 40.18)),
        ("Baghuz", "SY", (34.45, 40.95)),
        ("Bunagana", "CD", (-1.30, 29.59)),
        ("Ber", "ML", (16.84, -2.53)),
        ("Al-Baghdadi", "IQ", (33.85, 42.55)),
        ("Klishchiivka", "UA", (48.53, 37.96)),
        ("Tinzaouaten", "ML", (19.95, 2.97)),
        ("El Fasher", "SD", (13.63, 25.35)),
        ("Palma", "MZ", (-10.77, 40.47)),
        ("Lashio", "MM", (22.94, 97.75)),
        ("Stepanakert", "AZ", (39.82, 46.75)),
        ("Mir Ali", "PK", (32.97, 70.27)),
        ("Cité Soleil", "HT", (18.58, -72.33)),
        ("Zuwara", "LY", (32.93, 12.08)),
        ("Baidoa", "SO", (3.11, 43.65)),
        ("Mekelle", "ET", (13.50, 39.47)),
        ("Jabalia", "PS", (31.53, 34.49)),
    ],
)
def test_places_of_wars_are_known(name: str, country: str, where: tuple[float, float]) -> None:
    found = [p for p in default_gazetteer().lookup(name) if p.country == country]
    assert any(rough_km((p.latitude, p.longitude), where) < 15 for p in found)


@pytest.mark.parametrize("file", OWN, ids=lambda f: str(f.name))
def test_own_list_can_be_read(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            place = own_place(line, where=f"{file.name}:{number}")
            assert place.feature in FEATURES
            assert place.aliases


@pytest.mark.parametrize("code", sorted(countries()))
def test_country_and_capital_are_known(code: str) -> None:
    gazetteer = default_gazetteer()
    assert gazetteer.country(code) is not None
    capital = countries()[code].capital
    assert any(p.country == code for p in gazetteer.lookup(capital))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lexicon_of_each_language(language: str) -> None:
    words = lexicon(language)
    tags = {tag.what for found in words.phrases.values() for tag in found}
    assert {"kind", "near", "between", "bearing", "unit", "number", "of"} <= tags


def test_one_town_is_one_place_under_all_its_names() -> None:
    gazetteer = default_gazetteer()
    found = {
        place.id
        for name in ("Deir ez-Zor", "Deir al-Zor", "دير الزور", "Дейр-эз-Зор")
        for place in gazetteer.lookup(name)
        if place.feature == "city" and place.country == "SY"
    }
    assert found == {"geonames:170794"}


@pytest.mark.parametrize(("code", "name"), [("FR", "France"), ("RU", "Russia"), ("US", "USA")])
def test_a_country_lies_on_its_mainland(code: str, name: str) -> None:
    place = default_gazetteer().country(code)
    assert place is not None
    assert place.radius > 400, name
    assert {"FR": (46, 2), "RU": (60, 100), "US": (39.76, -98.5)}[code] == pytest.approx(
        (place.latitude, place.longitude)
    )


def test_crimea_is_ukraine() -> None:
    assert {p.country for p in default_gazetteer().lookup("Crimea")} == {"UA"}


def test_the_border_of_two_countries() -> None:
    border = default_gazetteer().border("SY", "IQ")
    assert border is not None
    assert border == default_gazetteer().border("IQ", "SY")


def test_the_file_may_be_read_only(tmp_path: Path) -> None:
    copy = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(str(DATA / "gazetteer.sqlite"), copy)
    copy.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        gazetteer = Gazetteer(shipped=copy)
        assert gazetteer.lookup("Alep")
        gazetteer.close()
        assert [path.name for path in tmp_path.iterdir()] == ["gazetteer.sqlite"]
    finally:
        tmp_path.chmod(0o755)


def _found(name: str) -> list[str]:
    return [place.id for place in default_gazetteer().lookup(name)]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_opens_its_own_connection() -> None:
    names = ["Alep", "Kidal", "Goma", "Бахмут", "حلب"]
    here = [_found(name) for name in names]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(_found, names) == here


@pytest.mark.parametrize(
    ("one", "other"),
    [("Deir ez-Zor", "Deirezzor"), ("Al-Hasakah", "الحسكة".replace("الحسكة", "al hasakah"))],
)
def test_key_levels_spelling(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("nominative", "inflected"),
    [
        ("Бахмут", "Бахмутом"), ("Горлівка", "Горлівці"), ("Харків", "Харкова"),
        ("Київ", "Києві"), ("Донецьк", "Донецька"), ("Авдіївка", "Авдіївкою"),
        ("Москва", "Москве"), ("Грозный", "Грозного"), ("Алеппо", "Алеппо"),
    ],
)  # fmt: skip
def test_cases_meet_in_a_stem(nominative: str, inflected: str) -> None:
    assert stem(nominative) in stems(inflected)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [("Maarrat an Numan", "Maarat al-Nouman", 0.85), ("Tinzaouaten", "Tin-Zaouatene", 0.85)],
)
def test_likeness(one: str, other: str, least: float) -> None:
    assert skeleton(one) == skeleton(other)
    assert likeness(one, other) >= least
    assert likeness(one, "Mogadishu") < least
