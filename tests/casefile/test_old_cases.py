"""Cases of every released version can be brought to this one, and nothing is lost."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from sqlalchemy import select

from temoin.casefile import Case, CaseVersionError, verify, versions
from temoin.casefile.schema import Claim, Decision, Document

DATA = Path(__file__).parent / "data"
OLD = sorted(DATA.glob("case-*.temoin.gz"))


@pytest.fixture(params=OLD, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An old case, unpacked."""
    path = tmp_path / "old.temoin"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def revision(path: Path) -> str:
    with Case.open(path) as opened:
        return str(opened.revision())


def test_there_is_a_case_of_each_version_before_this_one() -> None:
    kept = {path.name.removeprefix("case-").partition(".")[0] for path in OLD}
    assert set(versions.REVISIONS[:-1]) <= kept


def test_an_old_case_is_not_opened_as_it_is(old: Path, request: pytest.FixtureRequest) -> None:
    if f"case-{versions.HEAD}." in request.node.name:
        assert revision(old) == versions.HEAD
        return
    with pytest.raises(CaseVersionError, match="temoin migrate"):
        Case.open(old)


def test_an_old_case_keeps_all_it_had(old: Path) -> None:
    Case.migrate(old, actor="bea")
    assert revision(old) == versions.HEAD
    with Case.open(old) as opened:
        assert [str(fault) for fault in verify(opened).faults] == []
        with opened.reading() as session:
            names = session.scalars(select(Document.name).order_by(Document.id)).all()
            states = session.scalars(select(Claim.state).order_by(Claim.id)).all()
            verdicts = session.scalars(select(Decision.verdict).order_by(Decision.id)).all()
    assert names == ["both", "kidal", "mizda"]
    assert states[:3] == ["accepted", "edited", "pending"]
    assert verdicts == ["accept", "edit", "reject", "undo"]
