"""The tables of actors and equipment hold together."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from temoin.grounding.actors.lexicon import (
    LANGUAGES,
    classes,
    countries,
    groups,
    kinds,
    parse,
    parts,
    rows,
)
from temoin.grounding.actors.store import _DATA, Actor, actor, actors, index
from temoin.grounding.actors.words import words
from temoin.grounding.equipment import store as equipment_store

SHIPPED = [
    row
    for table in sorted((_DATA / "actors").iterdir(), key=lambda item: item.name)
    for row in parse(table.read_text(encoding="utf-8").splitlines())
]
TYPES = [row for _, row in equipment_store.shipped()]
#: Reserved in ISO 3166-1 for what was the Soviet Union and Yugoslavia.
RESERVED = {"SU", "YU"}


def test_there_are_enough_actors_and_types() -> None:
    assert len(SHIPPED) >= 600
    assert len(TYPES) >= 400


@pytest.mark.parametrize("table", [SHIPPED, TYPES], ids=["actors", "equipment"])
def test_ids_are_unique_and_plain(table: list[dict[str, str]]) -> None:
    ids = Counter(row["id"] for row in table)
    assert [one for one, count in ids.items() if count > 1] == []
    assert [one for one in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)] == []


def test_names_of_actors_are_unique() -> None:
    names = Counter(row["name"] for row in SHIPPED)
    assert [name for name, count in names.items() if count > 1] == []


def test_kinds_are_known() -> None:
    assert {row["kind"] for row in SHIPPED} <= kinds()


def test_countries_are_codes() -> None:
    assert {row["country"] for row in SHIPPED if row["country"]} <= countries().keys()
    assert {row["origin"] for row in TYPES} <= countries().keys() | RESERVED


def test_parents_exist_and_go_up() -> None:
    known = actors()
    for row in SHIPPED:
        seen = {row["id"]}
        above = known[row["id"]].parent
        while above:
            assert above in known, f"{row['id']}: no parent {above}"
            assert above not in seen, f"{row['id']} is its own parent"
            seen.add(above)
            above = known[above].parent


def test_years_run_forwards() -> None:
    def runs(known: Actor) -> bool:
        return known.first is None or known.last is None or known.first <= known.last

    assert [known.id for known in actors().values() if not runs(known)] == []


@pytest.mark.parametrize("row", [row for row in SHIPPED if row["wikidata"]], ids=lambda r: r["id"])
def test_wikidata_ids_look_like_ones(row: dict[str, str]) -> None:
    assert re.fullmatch(r"Q[1-9]\d*", row["wikidata"])


def test_wikidata_ids_are_unique() -> None:
    items = Counter(row["wikidata"] for row in SHIPPED if row["wikidata"])
    assert [item for item, count in items.items() if count > 1] == []


@pytest.mark.parametrize("table", [SHIPPED, TYPES], ids=["actors", "equipment"])
def test_aliases_have_words_and_known_languages(table: list[dict[str, str]]) -> None:
    for row in table:
        for alias in filter(None, row["aliases"].split("|")):
            prefix, colon, name = alias.partition(":")
            marked = colon and len(prefix) == 2
            assert not marked or prefix in LANGUAGES, f"{row['id']}: {alias}"
            assert words((name if marked else alias).rstrip("?")), f"{row['id']}: {alias}"


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "uk"])
def test_many_actors_have_a_name_in_the_language(language: str) -> None:
    own = [row for row in SHIPPED if f"{language}:" in row["aliases"]]
    assert len(own) >= 100


def test_calibers_are_plausible() -> None:
    for row in TYPES:
        assert not row["caliber_mm"] or 4 < float(row["caliber_mm"]) <= 1000, row["id"]


def test_classes_of_types_are_known_and_many() -> None:
    used = {row["class"] for row in TYPES}
    assert used <= equipment_store.classes().keys()
    assert len(used) >= 30


def test_national_forces_are_known_and_of_the_country() -> None:
    for row in rows("national.tsv"):
        assert row["class"] in classes(), row
        for one in row["ids"].split("|"):
            known = actor(one)
            assert known is not None, row
            assert known.country == row["country"], row


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_each_language_name_known_classes(language: str) -> None:
    table = parts(language)
    used = set(table.heads.values())
    assert used <= classes().keys()
    assert len(used) >= 40
    named = set(equipment_store.vocabulary(language).classes.values())
    assert named <= equipment_store.classes().keys()
    assert len(named) >= 60


def test_groups_name_known_classes() -> None:
    for name in ("forces", "power", "unarmed", "military", "groups", "settled"):
        assert groups()[name] <= classes().keys(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_name_is_found_by_itself(language: str) -> None:
    missed = [
        row["id"]
        for row in SHIPPED
        if not any(
            row["id"] in {alias.id for alias in found.aliases}
            for found in index(language).all_in(words(row["name"]))
        )
    ]
    assert missed == []
