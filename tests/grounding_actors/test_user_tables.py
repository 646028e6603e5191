"""The user's own actors and equipment, and the commands that look names up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from temoin.cli import main
from temoin.errors import TemoinError
from temoin.grounding.actors import resolve_actor
from temoin.grounding.actors import store as actor_store
from temoin.grounding.actors.search import search_actors
from temoin.grounding.equipment import resolve_equipment
from temoin.grounding.equipment import store as equipment_store


def forget() -> None:
    actor_store.forget()
    equipment_store.forget()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TEMOIN_DATA", str(tmp_path))
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


def test_own_actors_are_known(folder: Path) -> None:
    (folder / "actors.tsv").write_text(
        "# mine\nid\tname\tkind\tcountry\tyears\taliases\n"
        "lions-of-sila\tLions of Sila\tmilitia\tTD\t2015-\tfr:Lions de Sila\n",
        encoding="utf-8",
    )
    value = resolve_actor("vingt combattants des Lions de Sila", "fr")
    assert value is not None
    assert (value.id, value.kind, value.country, value.inter) == (
        "lions-of-sila",
        "militia",
        "TD",
        3,
    )


def test_an_own_row_replaces_a_shipped_one(folder: Path) -> None:
    (folder / "actors.tsv").write_text(
        "id\tname\tkind\thamas-is-missing\nhamas\tHamas\tparty\t\n", encoding="utf-8"
    )
    value = resolve_actor("Hamas", "en")
    assert value is not None
    assert value.kind == "party"


def test_own_equipment_is_known(folder: Path) -> None:
    (folder / "equipment.tsv").write_text(
        "id\tname\tclass\torigin\tcaliber_mm\taliases\nnims\tAl-Nims\tdrone\tSD\t\tfr:Nims\n",
        encoding="utf-8",
    )
    value = resolve_equipment("deux Nims", "fr")
    assert value is not None
    assert (value.id, value.kind, value.origin) == ("nims", "drone", "SD")


@pytest.mark.parametrize(
    ("table", "rows", "complaint"),
    [
        ("actors.tsv", "id\tname\tkind\nx\tX\t\n", "row 1: no kind"),
        ("actors.tsv", "id\tname\tkind\nx\tX\twizards\n", "'wizards' is no kind"),
        ("actors.tsv", "id\tname\tkind\tcountry\nx\tX\tmilitia\tZZ\n", "no country code"),
        ("actors.tsv", "id\tname\tkind\tyears\nx\tX\tmilitia\tlong\n", "no span of years"),
        ("equipment.tsv", "id\tname\tclass\nx\tX\twand\n", "'wand' is no class"),
        ("equipment.tsv", "id\tname\tclass\tcaliber_mm\nx\tX\tmortar\tbig\n", "no caliber"),
    ],
)
def test_a_broken_row_is_told(folder: Path, table: str, rows: str, complaint: str) -> None:
    (folder / table).write_text(rows, encoding="utf-8")
    resolve = resolve_actor if table == "actors.tsv" else resolve_equipment
    with pytest.raises(TemoinError, match=complaint) as error:
        resolve("X", "fr")
    assert table in str(error.value)


def test_a_file_that_is_no_utf_8_is_told(folder: Path) -> None:
    (folder / "actors.tsv").write_bytes(b"id\tname\tkind\nx\t\xff\tmilitia\n")
    with pytest.raises(TemoinError, match="cannot be read"):
        resolve_actor("X", "fr")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Front al-Nosra", "nusra"),
        ("حزب الله", "hezbollah"),
        ("хуситы", "houthis"),
        ("FARC", "farc"),
        ("rapid support", "rsf"),
        ("hts", "hts"),
    ],
)
def test_search_finds_in_any_script(name: str, expected: str) -> None:
    assert expected in [known.id for known in search_actors(name)][:3]


def test_search_for_nothing_finds_nothing() -> None:
    assert search_actors("  ") == []


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_actors_command() -> None:
    code, output = run("actors", "search", "M23", "--limit", "1")
    assert code == 0
    assert output.startswith("March 23 Movement  rebel_group  CD  2012–  inter 2  m23  ")


def test_actors_command_composes() -> None:
    assert run("actors", "search", "armée malienne")[1].startswith("Malian Armed Forces")


def test_actors_command_as_json() -> None:
    _, output = run("actors", "search", "Hezbollah", "--limit", "1", "--json")
    about = json.loads(output)
    assert (about["id"], about["inter"], about["wikidata"]) == ("hezbollah", 2, "Q41053")


def test_equipment_command() -> None:
    code, output = run("equipment", "search", "Град")
    assert code == 0
    assert output.startswith("BM-21 Grad  mlrs  SU  122 mm  bm-21-grad")


@pytest.mark.parametrize("command", ["actors", "equipment"])
def test_an_unknown_name_gives_exit_code_1(command: str, folder: Path) -> None:
    code, output = run(command, "search", "zzzq")
    assert code == 1
    assert str(folder / f"{command}.tsv") in output
