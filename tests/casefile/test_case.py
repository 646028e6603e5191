"""Making and opening a case, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from cases import Databases
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from temoin.casefile import (
    Case,
    CaseError,
    CaseExistsError,
    CaseVersionError,
    NotACaseError,
    versions,
)
from temoin.casefile.audit import FIRST, entries
from temoin.casefile.schema import AuditEntry, CaseInfo


def test_a_new_case_knows_what_it_was_told(databases: Databases) -> None:
    address = databases.new()
    with Case.create(
        address, actor="ana", title="Été", keep_originals=False, sensitivity="secret"
    ) as made:
        info = made.info()
    assert (info.title, info.created_by, info.keep_originals, info.sensitivity) == (
        "Été",
        "ana",
        False,
        "secret",
    )
    with Case.open(address) as opened:
        assert opened.info().uuid == info.uuid


def test_the_first_audit_entry_tells_of_the_case(databases: Databases) -> None:
    with Case.create(databases.new(), actor="ana") as made, made.reading() as session:
        (entry,) = entries(session)
        info = session.scalars(select(CaseInfo)).one()
    assert (entry["seq"], entry["actor"], entry["action"], entry["prev_hash"]) == (
        1,
        "ana",
        "create",
        FIRST,
    )
    assert info.uuid in entry["new"]
    assert (info.head_seq, info.head_hash) == (1, entry["hash"])


def test_a_case_is_not_made_twice(databases: Databases) -> None:
    address = databases.new()
    Case.create(address, actor="ana").close()
    with pytest.raises(CaseExistsError, match="already"):
        Case.create(address, actor="ana")


def test_a_case_of_a_newer_version_is_refused(case: Case, address: str) -> None:
    with case.writing(actor="x") as work:
        work.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CaseVersionError, match=r"newer Témoin .*9999"):
        Case.open(address)


def test_a_case_of_an_older_version_is_to_be_migrated(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "REVISIONS", (*versions.REVISIONS, "9999"))
    monkeypatch.setattr(versions, "HEAD", "9999")
    with pytest.raises(CaseVersionError, match="temoin migrate"):
        Case.open(address)


def test_a_failed_write_leaves_nothing(case: Case) -> None:
    before = case.info()
    with suppress(ZeroDivisionError), case.writing(actor="ana") as work:
        work.session.execute(update(CaseInfo).values(title="new"))
        work.log.append("update", "case", 1, new={"title": "new"})
        _ = 1 / 0
    after = case.info()
    assert (after.title, after.head_seq, after.head_hash) == (
        before.title,
        before.head_seq,
        before.head_hash,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM audit",
    ],
)
def test_the_audit_log_cannot_be_changed_by_mistake(case: Case, statement: str) -> None:
    with (
        pytest.raises(CaseError, match="append-only"),
        case.writing(actor="ana") as work,
    ):
        work.session.execute(text(statement))


def test_reading_sees_one_state(case: Case) -> None:
    with case.reading() as session:
        first = session.scalar(select(CaseInfo.head_seq))
        with case.writing(actor="ana") as work:
            work.log.append("note", "case", 1)
        session.expire_all()
        assert session.scalar(select(CaseInfo.head_seq)) == first
    assert case.info().head_seq == (first or 0) + 1


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_reading_on_postgresql_cannot_write(case: Case) -> None:
    with pytest.raises(CaseError, match="read-only"), case.reading() as session:
        session.execute(update(CaseInfo).values(title="new"))


def test_entries_are_chained(case: Case) -> None:
    with case.writing(actor="ana") as work:
        for number in range(3):
            work.log.append("note", "case", 1, new={"number": number}, reason="because")
    with case.reading() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert [entry.seq for entry in found] == [1, 2, 3, 4]
    assert [entry.prev_hash for entry in found[1:]] == [entry.hash for entry in found[:-1]]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "nor any SQLite file"),
        (b"a report", "nor any SQLite file"),
    ],
)
def test_a_file_that_is_no_case_is_refused(tmp_path: Path, content: bytes, match: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(NotACaseError, match=match):
        Case.open(path)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
    with pytest.raises(NotACaseError, match="is a SQLite file, but no case"):
        Case.open(path)


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(NotACaseError, match="no file"):
        Case.open(tmp_path)


def test_a_case_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.temoin"
    with pytest.raises(NotACaseError, match="temoin init"):
        Case.open(path)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no folder"):
        Case.create(tmp_path / "none" / "a.temoin", actor="ana")


def test_making_leaves_one_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.temoin"
    Case.create(path, actor="ana").close()
    assert [each.name for each in tmp_path.iterdir()] == ["a.temoin"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_is_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.temoin"
    Case.create(path, actor="ana").close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.temoin"
    Case.create(path, actor="ana").close()
    data = bytearray(path.read_bytes())
    data[100:4000] = bytes(3900)
    path.write_bytes(data)
    with pytest.raises(CaseError, match="damaged"):
        Case.open(path)


@pytest.mark.parametrize(
    ("address", "match"),
    [
        ("mysql://a@b/c", "is no kind of case"),
        ("postgresql+asyncpg://a@b/c", "is no kind of case"),
        ("://", "is no address"),
    ],
)
def test_an_address_that_is_none_is_told(address: str, match: str) -> None:
    with pytest.raises(CaseError, match=match):
        Case.open(address)


def test_a_missing_driver_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.casefile.engine.find_spec", lambda _name: None)
    with pytest.raises(CaseError, match=r"pip install 'temoin\[postgres\]'"):
        Case.open("postgresql://ana:secret@host/a")


def test_a_password_is_never_shown() -> None:
    with pytest.raises(CaseError) as told:
        Case.open("postgresql://ana:geheim@127.0.0.1:9/a")
    assert "geheim" not in str(told.value)
    assert "127.0.0.1:9" in str(told.value)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_database_with_other_tables_is_left_alone(databases: Databases) -> None:
    import psycopg

    address = databases.new()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE other (a integer)")
    with pytest.raises(CaseExistsError, match="other tables"):
        Case.create(address, actor="ana")
    with pytest.raises(NotACaseError, match="holds no case"):
        Case.open(address)


def test_errors_of_the_database_are_chained(case: Case) -> None:
    with pytest.raises(CaseError) as told, case.reading() as session:
        session.execute(text("SELECT * FROM nothing_of_the_kind"))
    assert isinstance(told.value.__cause__, DBAPIError)
