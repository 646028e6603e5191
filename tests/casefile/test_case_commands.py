"""`temoin init`, `add`, `verify` and `migrate` on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cases import write_reports
from command_line import Run

from temoin.casefile import Case, Head, versions
from temoin.casefile.audit import entry_hash
from temoin.casefile.canonical import canonical


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return write_reports(folder)


@pytest.fixture
def path(run: Run) -> Path:
    """A case with three reports."""
    Path("reports").mkdir()
    write_reports(Path("reports"))
    assert run("init", "a.temoin", "--by", "ana").exit_code == 0
    assert run("add", "a.temoin", "reports", "--by", "ana").exit_code == 0
    return Path("a.temoin")


def tampered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_init_makes_a_case(run: Run) -> None:
    done = run("init", "a.temoin", "--title", "T", "--no-originals", "--sensitivity", "secret",
               "--by", "Ana  D.")  # fmt: skip
    assert (done.exit_code, done.stdout) == (0, "")
    assert "temoin add a.temoin" in done.stderr
    with Case.open("a.temoin") as opened:
        info = opened.info()
    assert (info.title, info.created_by, info.keep_originals, info.sensitivity) == (
        "T",
        "Ana D.",
        False,
        "secret",
    )


def test_init_does_not_overwrite(run: Run, path: Path) -> None:
    before = path.read_bytes()
    done = run("init", "a.temoin")
    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert path.read_bytes() == before


def test_add_tells_what_was_added(run: Run, reports: Path) -> None:
    run("init", "a.temoin")
    done = run("add", "a.temoin", reports)
    assert done.exit_code == 0
    assert "added 3 documents, " in done.stderr
    again = run("add", "a.temoin", reports)
    assert again.exit_code == 0
    assert "added 0 documents" in again.stderr
    assert "3 known already" in again.stderr


def test_add_tells_what_failed_and_goes_on(run: Run, reports: Path) -> None:
    run("init", "a.temoin")
    (reports / "empty.txt").touch()
    (reports / "photo.jpg").touch()
    done = run("add", "a.temoin", reports)
    assert done.exit_code == 1
    assert "empty.txt: is empty" in done.stderr
    assert "left out 1 file that is no report" in done.stderr
    assert "added 3 documents" in done.stderr


def test_add_of_nothing_readable_is_a_failure(run: Run) -> None:
    run("init", "a.temoin")
    assert run("add", "a.temoin", "none.txt").exit_code == 2


def test_add_quietly_says_failures_only(run: Run, reports: Path) -> None:
    run("init", "a.temoin")
    assert run("add", "a.temoin", reports, "--quiet").stderr == ""


def test_add_follows_the_case(run: Run, reports: Path) -> None:
    run("init", "a.temoin", "--no-originals", "--sensitivity", "secret")
    run("add", "a.temoin", reports / "kidal.txt")
    run("add", "a.temoin", reports / "mizda.txt", "--sensitivity", "public")
    with closing(sqlite3.connect("a.temoin")) as connection:
        found = connection.execute("SELECT sensitivity FROM documents ORDER BY id").fetchall()
        kept = connection.execute("SELECT count(*) FROM originals").fetchone()
    assert (found, kept) == ([("secret",), ("public",)], (0,))


def test_add_without_a_case_says_how_to_make_one(run: Run, reports: Path) -> None:
    done = run("add", "none.temoin", reports)
    assert done.exit_code == 2
    assert "temoin init none.temoin" in done.stderr


def test_who_acts_comes_from_the_environment(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMOIN_USER", "Bea")
    run("init", "a.temoin")
    run("add", "a.temoin", reports)
    with closing(sqlite3.connect("a.temoin")) as connection:
        assert connection.execute("SELECT DISTINCT actor FROM audit").fetchall() == [("Bea",)]


def test_who_acts_must_have_a_name(run: Run) -> None:
    done = run("init", "a.temoin", "--by", " ")
    assert done.exit_code == 2
    assert "--by NAME" in done.stderr


def test_verify_finds_nothing_in_a_case_that_nobody_touched(run: Run, path: Path) -> None:
    done = run("verify", path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing was tampered with; 3 documents" in done.stderr


def test_verify_says_what_was_tampered_with(run: Run, path: Path) -> None:
    tampered(path, "UPDATE claims SET state = 'accepted' WHERE id = 2")
    done = run("verify", path, "--quiet")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "claim 2: altered: state\n", "")


def test_verify_takes_heads_that_were_noted(run: Run, path: Path) -> None:
    head = run("verify", path).stderr.strip().rpartition(" ")[2]
    assert run("verify", path, "--head", head).exit_code == 0
    other = str(Head(int(head.partition(":")[0]), "0" * 64))
    done = run("verify", path, "--head", head, "--head", other)
    assert done.exit_code == 1
    assert run("verify", path, "--head", "x").exit_code == 2


def test_the_log_is_exported_so_that_anyone_can_check_it(run: Run, path: Path) -> None:
    assert run("verify", path, "--export-log", "log.jsonl").exit_code == 0
    entries = [json.loads(line) for line in Path("log.jsonl").read_text("utf-8").splitlines()]
    assert entries[0]["new"]["created_by"] == "ana"
    previous = "0" * 64
    for entry in entries:
        assert entry["prev_hash"] == previous
        for side in ("old", "new"):
            entry[side] = None if entry[side] is None else canonical(entry[side])
        previous = entry_hash(entry)
        assert entry["hash"] == previous


def test_the_log_is_exported_to_standard_output(run: Run, path: Path) -> None:
    tampered(path, "UPDATE claims SET state = 'accepted' WHERE id = 2")
    done = run("verify", path, "--export-log", "-")
    assert done.exit_code == 1
    assert all(json.loads(line)["seq"] for line in done.stdout.splitlines())
    assert "claim 2: altered: state" in done.stderr


def test_verify_of_a_file_that_is_no_case_fails(run: Run, reports: Path) -> None:
    assert run("verify", reports / "kidal.txt").exit_code == 2


def test_migrate_leaves_a_new_case_alone(run: Run, path: Path) -> None:
    done = run("migrate", path)
    assert done.exit_code == 0
    assert "of this version already" in done.stderr


def test_migrate_copies_first(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "REVISIONS", ("0000", *versions.REVISIONS))
    tampered(path, "UPDATE alembic_version SET version_num = '0000'")

    def done(*_: object, **__: object) -> None:
        tampered(path, f"UPDATE alembic_version SET version_num = '{versions.HEAD}'")  # noqa: S608

    monkeypatch.setattr(versions, "migrate", done)
    told = run("migrate", path, "--by", "ana")
    assert told.exit_code == 0
    assert f"brought from schema 0000 to {versions.HEAD}; as it was: " in told.stderr
    with closing(sqlite3.connect("a.temoin.schema-0000")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    assert run("verify", path).exit_code == 0


def test_migrate_refuses_a_newer_case(run: Run, path: Path) -> None:
    tampered(path, "UPDATE alembic_version SET version_num = '9999'")
    done = run("migrate", path)
    assert done.exit_code == 2
    assert "newer Témoin" in done.stderr
