"""A backup is the case, whatever it is in; nothing is overwritten, nothing altered passes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cases import Databases, add_reports, decide, write_reports
from click.testing import CliRunner

from temoin.casefile import Case, CaseError, CaseExistsError, verify
from temoin.casefile.backup import back_up, manifest_path, restore
from temoin.casefile.doctor import examine
from temoin.casefile.exchanging import exported_records
from temoin.cli import main

pytest_plugins = ["cases"]


def address_of(case: Case) -> str:
    return str(case.target.path or case.target.url.render_as_string(hide_password=False))


def lines(case: Case) -> list[str | None]:
    return [each.line for each in exported_records(case)]


def test_there_and_back(filled: Case, databases: Databases, tmp_path: Path) -> None:
    decide(filled, 1, "edit", field="certainty", value='"possible"')
    target = tmp_path / "backup.temoin"
    made = back_up(address_of(filled), target)
    assert made.documents == 3
    assert made.head.startswith(f"{filled.info().head_seq}:")
    before = target.read_bytes()
    with Case.open(target) as opened:
        assert lines(opened) == lines(filled)
    new = databases.new()
    restored = restore(target, new)
    assert restored == made
    assert target.read_bytes() == before
    with Case.open(new) as again:
        assert not verify(again).faults
        assert lines(again) == lines(filled)
        # It goes on where it was: new numbers, new entries.
        decide(again, 2, "accept")
        more = tmp_path / "more"
        more.mkdir()
        (more / "new.txt").write_text("The army shelled Kidal.")
        add_reports(again, more)
        assert not verify(again).faults
    assert sorted(path.name for path in tmp_path.glob("*.part*")) == []


def test_from_one_kind_of_database_to_the_other(filled: Case, backend: str, tmp_path: Path) -> None:
    target = tmp_path / "backup.temoin"
    back_up(address_of(filled), target)
    other = tmp_path / "other.temoin"
    restore(target, other)
    with Case.open(other) as again:
        assert lines(again) == lines(filled)
        found = verify(again)
        assert not found.faults, backend
        assert str(found.head) == str(verify(filled).head)


def test_nothing_is_overwritten(filled: Case, tmp_path: Path) -> None:
    target = tmp_path / "backup.temoin"
    back_up(address_of(filled), target)
    with pytest.raises(CaseExistsError):
        back_up(address_of(filled), target)
    with pytest.raises(CaseExistsError):
        restore(target, address_of(filled))
    with pytest.raises(CaseExistsError):
        restore(target, target)


@pytest.mark.parametrize("with_manifest", [True, False])
def test_an_altered_backup_is_refused(
    filled: Case,
    tmp_path: Path,
    with_manifest: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    target = tmp_path / "backup.temoin"
    back_up(address_of(filled), target)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE documents SET title = 'another'")
        connection.commit()
    if not with_manifest:
        manifest_path(target).unlink()
    new = tmp_path / "new.temoin"
    with pytest.raises(CaseError, match="altered" if with_manifest else "does not verify"):
        restore(target, new)
    assert not new.exists()


def test_a_backup_of_another_case_under_that_name_is_refused(filled: Case, tmp_path: Path) -> None:
    target = tmp_path / "backup.temoin"
    back_up(address_of(filled), target)
    told = json.loads(manifest_path(target).read_text())
    manifest_path(target).write_text(json.dumps({**told, "head": "1:" + "0" * 64}))
    with pytest.raises(CaseError, match="its manifest says"):
        restore(target, tmp_path / "new.temoin")
    manifest_path(target).write_text("{}")
    with pytest.raises(CaseError, match="no manifest"):
        restore(target, tmp_path / "new.temoin")


def test_commands(address: str, tmp_path: Path) -> None:
    with Case.open(address) as case:
        add_reports(case, write_reports(tmp_path))
    runner = CliRunner()
    done = runner.invoke(main, ["backup", address, str(tmp_path)])
    assert done.exit_code == 0
    (made,) = tmp_path.glob("*.temoin")
    again = tmp_path / "again.case"
    assert runner.invoke(main, ["restore", str(made), str(again)]).exit_code == 0
    assert runner.invoke(main, ["restore", str(made), str(again)]).exit_code == 2
    assert runner.invoke(main, ["verify", str(again)]).exit_code == 0


def test_the_doctor_finds_all_well(filled: Case) -> None:
    checks = list(examine(address_of(filled)))
    assert [check for check in checks if check.state == "wrong"] == []
    assert {"model", "gazetteer", "disk", "database", "integrity", "verify"} <= {
        check.name for check in checks
    }


def test_the_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "case.temoin"
    Case.create(path, actor="ana").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE case_info SET title = 'x'")
        connection.commit()
    done = CliRunner().invoke(main, ["doctor", str(path), "--json"])
    assert done.exit_code == 1
    told = {each["name"]: each for each in json.loads(done.output)}
    assert told["verify"]["state"] == "wrong"
    assert "altered" in told["verify"]["detail"]
    quick = CliRunner().invoke(main, ["doctor", str(path), "--quick"])
    assert quick.exit_code == 0
    gone = CliRunner().invoke(main, ["doctor", str(tmp_path / "none.temoin")])
    assert gone.exit_code == 1
    nobody = "postgresql://nobody@127.0.0.1:1/none"
    (check,) = [each for each in examine(nobody) if each.name == "case"]
    assert check.state == "wrong"
