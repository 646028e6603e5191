"""Case files from others: damaged by a disk, or made to act when they are opened."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from fuzz_cases import base_case, fresh_case, used

from temoin.casefile import Case, CaseError, verify
from temoin.casefile.backup import back_up, manifest_path, restore
from temoin.casefile.canonical import unpack
from temoin.casefile.errors import DamagedError
from temoin.casefile.parts import forget
from temoin.casefile.searching import search
from temoin.casefile.showing import claim_shown


@pytest.fixture(autouse=True)
def _quick_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")


@pytest.fixture
def file() -> Path:
    """A case with three reports, in a file of its own."""
    return fresh_case(base_case())


def run(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER extra AFTER INSERT ON decisions BEGIN DELETE FROM claims; END",
        "CREATE TRIGGER extra INSTEAD OF INSERT ON claim_list BEGIN DELETE FROM claims; END",
        """DROP TRIGGER audit_stays;
        CREATE TRIGGER audit_stays AFTER INSERT ON audit BEGIN DELETE FROM claims; END""",
    ],
    ids=["new", "view", "changed"],
)
def test_a_trigger_of_somebody_else_is_refused(file: Path, sql: str) -> None:
    run(file, sql)
    with pytest.raises(CaseError, match=rf"{file.name}: holds the trigger '\w+'"):
        Case.open(file)
    with pytest.raises(CaseError, match="holds the trigger"):
        Case.migrate(file, actor="ana")


@pytest.mark.parametrize("table", ["claims", "documents", "case_info", "document_search"])
def test_a_view_in_the_place_of_a_table_is_refused(file: Path, table: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    run(file, f"DROP TABLE {table}; CREATE VIEW {table} AS {endless}")
    began = time.process_time()
    with pytest.raises(CaseError, match=f"(in the place of the table {table}|holds no case)"):
        Case.open(file)
    assert time.process_time() - began < 5


def test_a_computed_column_is_refused(file: Path) -> None:
    run(file, "ALTER TABLE claims ADD COLUMN heavy AS (hex(zeroblob(400000000)))")
    with pytest.raises(CaseError, match="computes the column 'heavy' of claims"):
        Case.open(file)


def test_tables_and_views_of_others_are_left_alone(file: Path) -> None:
    run(file, "CREATE TABLE layer_styles (id); CREATE VIEW mine AS SELECT * FROM claims")
    used(file)


def test_own_triggers_are_known(file: Path) -> None:
    with Case.open(file) as case:
        assert verify(case).faults == ()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM case_info",
        "UPDATE case_info SET head_seq = 'x'",
        "UPDATE case_info SET uuid = x'00'",
    ],
)
def test_a_case_that_does_not_say_which_it_is(file: Path, sql: str) -> None:
    run(file, sql)
    with pytest.raises(DamagedError, match="case_info"):
        Case.open(file)


def test_a_value_of_the_wrong_kind_names_the_case(file: Path) -> None:
    run(file, "UPDATE claims SET earliest = 'a day', latest = 'none'")
    with (
        Case.open(file) as case,
        pytest.raises(DamagedError, match=f"{file.name}: holds a value of the wrong kind"),
    ):
        search(case)


BOMB = zlib.compress(bytes(300_000_000), 9)


@pytest.mark.parametrize("data", [b"\0" * 100, BOMB], ids=["rubbish", "bomb"])
def test_a_record_that_cannot_be_unpacked_is_named(file: Path, data: bytes) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER records_keep")
        connection.execute("UPDATE records SET codec = 'zlib', data = ?", (data,))
        connection.commit()
    forget()
    with Case.open(file) as case:
        with pytest.raises(DamagedError, match=r"record 1 of document #\d: is damaged"):
            claim_shown(case, 1)
        assert verify(case).faults


def test_what_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="far more than a report has"):
        unpack("zlib", BOMB)
    assert len(unpack("zlib", zlib.compress(b"a word " * 1_000_000))) == 7_000_000


def test_a_file_that_was_cut_off(file: Path) -> None:
    size = file.stat().st_size
    for part in (100, 512, 4096, size // 2, size - 4096):
        held = base_case().read_bytes()[:part]
        file.write_bytes(held)
        with pytest.raises(CaseError):
            used(file)


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions")
def test_what_is_made_of_a_case_is_its_owners(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Case.create(tmp_path / "a.temoin", actor="ana"):
            made = list(tmp_path.iterdir())
        back_up(tmp_path / "a.temoin", tmp_path / "b.temoin")
        restore(tmp_path / "b.temoin", tmp_path / "c.temoin")
    finally:
        os.umask(before)
    made += [tmp_path / name for name in ("a.temoin", "b.temoin", "c.temoin")]
    made += [manifest_path(tmp_path / "b.temoin")]
    for path in made:
        if path.exists():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
