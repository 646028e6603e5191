"""GeoNames dumps: read whole or zipped, broken lines told, found afterwards."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from command_line import Program, Run

from temoin.errors import GazetteerError
from temoin.grounding.place.gazetteer import Gazetteer, default_gazetteer, user_database
from temoin.grounding.place.importing import import_dump


def line(number: int, name: str, *, names: str = "", code: str = "PPL", kind: str = "P") -> str:
    cells = [
        str(number), name, name, names, "35.1", "40.2", kind, code, "SY", "", "07", "", "", "",
        "120", "", "210", "Asia/Damascus", "2024-01-01",
    ]  # fmt: skip
    return "\t".join(cells)


DUMP = "\n".join(
    [
        line(900001, "Qaryat al Wahmiyah", names="القرية الوهمية,Wahmiyeh"),
        "900002\tbroken line",
        line(900003, "Madrasat Wahm", code="SCH", kind="S"),
        line(900004, "Tall Wahm").replace("35.1", "north"),
        line(900005, "Tall Wahm").replace("35.1", "135.1"),
        line(900006, "Wadi Wahm", code="WAD", kind="H"),
        "",
    ]
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def test_broken_lines_are_told_and_the_rest_goes_on(dump: Path, tmp_path: Path) -> None:
    done = import_dump(dump, tmp_path / "user" / "gazetteer.sqlite")
    assert (done.places, done.skipped, done.broken) == (2, 1, 3)
    assert [number for number, _ in done.faults] == [2, 4, 5]
    assert "2 columns instead of 19" in done.faults[0][1]


@pytest.mark.parametrize("name", ["Qaryat al-Wahmiyah", "wahmiyeh", "القرية الوهمية"])
def test_imported_places_are_found(dump: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "gazetteer.sqlite"
    import_dump(dump, target)
    gazetteer = Gazetteer(user=target)
    (place,) = gazetteer.lookup(name)
    assert (place.id, place.country, place.feature) == ("geonames:900001", "SY", "city")
    gazetteer.close()


def test_a_newer_dump_replaces_an_older_one(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "gazetteer.sqlite"
    import_dump(dump, target)
    dump.write_text(line(900001, "Qaryat Jadidah Wahmiyah"), encoding="utf-8")
    import_dump(dump, target)
    gazetteer = Gazetteer(user=target)
    assert gazetteer.lookup("Wahmiyeh") == ()
    assert len(gazetteer.lookup("Qaryat Jadidah Wahmiyah")) == 1
    gazetteer.close()


def test_a_zipped_dump_is_read(dump: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "SY.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("readme.txt", "GeoNames")
        archive.write(dump, "SY.txt")
    assert import_dump(zipped, tmp_path / "gazetteer.sqlite").places == 2


@pytest.mark.parametrize("content", ["", "id,name\n1,Alep\n", "\x00\x01" * 50])
def test_a_file_that_is_no_dump_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"dump\.txt: no place in it"):
        import_dump(path, tmp_path / "gazetteer.sqlite")


def test_an_empty_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    zipfile.ZipFile(path, "w").close()
    with pytest.raises(GazetteerError, match="no dump in it"):
        import_dump(path, tmp_path / "gazetteer.sqlite")


def test_a_damaged_user_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"no database" * 100)
    gazetteer = Gazetteer(user=path)
    with pytest.raises(GazetteerError, match="not a gazetteer"):
        gazetteer.lookup("Alep")


@pytest.mark.parametrize(
    ("variable", "expected"),
    [("TEMOIN_DATA", "gazetteer.sqlite"), ("XDG_DATA_HOME", "temoin/gazetteer.sqlite")],
)
def test_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, expected: str
) -> None:
    monkeypatch.delenv("TEMOIN_DATA", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    assert user_database() == tmp_path / expected


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError

    for variable in ("TEMOIN_DATA", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(Path, "expanduser", homeless)
    with pytest.raises(GazetteerError, match="set TEMOIN_DATA"):
        user_database()
    assert default_gazetteer.__wrapped__().lookup("Alep")


def test_import_and_search_on_the_command_line(
    dump: Path, program: Program, tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    done = program("gazetteer", "import", str(dump), TEMOIN_DATA=data)
    assert done.returncode == 1
    assert b"SY.txt:2: 2 columns instead of 19" in done.stderr
    assert b"2 places added" in done.stderr
    found = program("gazetteer", "search", "Wahmiyeh", "--json", TEMOIN_DATA=data)
    assert found.returncode == 0
    assert json.loads(found.stdout)["id"] == "geonames:900001"


def test_search_shows_the_largest_first(run: Run) -> None:
    shown = run("gazetteer", "search", "Tripoli", "--limit", "2").output.splitlines()
    assert len(shown) == 2
    assert " LY " in shown[0]
    assert " LB " in shown[1]


def test_search_without_result(run: Run) -> None:
    done = run("gazetteer", "search", "Zzyzxgrad")
    assert done.exit_code == 1
    assert "temoin gazetteer import" in done.output


def test_the_default_gazetteer_is_opened_once() -> None:
    assert default_gazetteer() is default_gazetteer()
