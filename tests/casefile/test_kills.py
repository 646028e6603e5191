"""Processes that are killed at any moment, and processes that write at the same time."""

from __future__ import annotations

import os
import random
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import add_reports
from fake_extractor import FakeExtractor
from sqlalchemy import func, select

from temoin.casefile import Added, Case, CaseError, Known, Outcome, verify
from temoin.casefile.schema import Acquisition, AuditEntry, CaseInfo, Document, StoredRecord
from temoin.pipeline import Reader

#: On each kind of database.
KILLS = int(os.environ.get("TEMOIN_KILLS", "100"))


def faults(case: Case) -> list[str]:
    return [str(fault) for fault in verify(case).faults]


def child(work: Callable[[], None]) -> int:
    """Do something in a process of its own; its number."""
    with warnings.catch_warnings():
        # Python warns of threads that other tests left; the child uses nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        number = os.fork()
    if number:
        return number
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def ended(number: int) -> int:
    """Wait for a process; how it ended."""
    return os.waitpid(number, 0)[1]


def counted(case: Case) -> tuple[int, int, int]:
    with case.reading() as session:
        found = [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Document, StoredRecord, Acquisition)
        ]
    return found[0], found[1], found[2]


@pytest.mark.slow
def test_a_run_that_is_killed_loses_and_doubles_nothing(address: str, tmp_path: Path) -> None:
    reports = tmp_path / "many"
    reports.mkdir()
    chance = random.Random(5)
    # Children inherit the tables of grounding instead of loading them each time.
    Reader(FakeExtractor()).read_text("The army shelled Mizda yesterday.", published="2024-03-01")

    def write(number: int) -> None:
        text = f"The army shelled Mizda {number} times yesterday. The rebels captured Kidal."
        (reports / f"{number:04}.txt").write_text(text, encoding="utf-8")

    def tell(outcome: Outcome) -> None:
        if isinstance(outcome, Added):
            os.write(said, b".")

    def run() -> None:
        os.close(heard)
        with Case.open(address) as opened:
            add_reports(opened, *newest, tell=tell)

    for kill in range(KILLS):
        # So that there is always something left to do.
        for number in range(3 * kill, 3 * kill + 3):
            write(number)
        newest = sorted(reports.iterdir())[-9:]
        heard, said = os.pipe()
        number = child(run)
        os.close(said)
        # Time alone would tell little on a machine that is busy: some reports are waited for.
        for _ in range(chance.randrange(4)):
            os.read(heard, 1)
        time.sleep(chance.choice([0.0, chance.uniform(0.0, 0.02)]))
        os.kill(number, signal.SIGKILL)
        ended(number)
        os.close(heard)
        with Case.open(address) as opened:
            documents, records, places = counted(opened)
        assert documents == records == places
    with Case.open(address) as opened:
        added = counted(opened)[0]
        assert 0 < added < 3 * KILLS
        told = add_reports(opened, reports)
        assert sum(isinstance(each, Known) for each in told) == added
        total = len(list(reports.iterdir()))
        assert counted(opened) == (total, total, total)
        assert faults(opened) == []


@pytest.mark.parametrize("writers", [3])
def test_writers_stand_in_line(address: str, writers: int) -> None:
    """Each reads a number and writes the next: none is lost."""
    each = 30

    def run() -> None:
        with Case.open(address) as opened:
            for _ in range(each):
                with opened.writing(actor=f"writer {os.getpid()}") as work:
                    info = work.session.scalars(select(CaseInfo)).one()
                    before = info.title
                    info.title = str(int(before or 0) + 1)
                    work.log.append("note", "case", 1, field="title", new=info.title)

    numbers = [child(run) for _ in range(writers)]
    assert [ended(number) for number in numbers] == [0] * writers
    with Case.open(address) as opened:
        assert opened.info().title == str(writers * each)
        with opened.reading() as session:
            assert session.scalar(select(func.max(AuditEntry.seq))) == 1 + writers * each
        assert faults(opened) == ["case 1: altered since audit entry 1: title"]


def test_two_runs_on_the_same_reports_double_nothing(address: str, tmp_path: Path) -> None:
    reports = tmp_path / "many"
    reports.mkdir()
    for number in range(20):
        (reports / f"{number:02}.txt").write_text(f"Mizda shelled {number}.", encoding="utf-8")

    def run() -> None:
        with Case.open(address) as opened:
            add_reports(opened, reports)

    numbers = [child(run), child(run)]
    assert [ended(number) for number in numbers] == [0, 0]
    with Case.open(address) as opened:
        assert counted(opened) == (20, 20, 20)
        assert faults(opened) == []


def test_readers_do_not_wait_for_a_writer(case: Case, address: str) -> None:
    with case.writing(actor="ana") as work:
        work.log.append("note", "case", 1)
        begun = time.monotonic()
        with Case.open(address) as other:
            assert other.info().head_seq == 1
        assert time.monotonic() - begun < 5


def test_who_waits_too_long_is_told_so(
    case: Case, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.casefile.engine.PATIENCE", 1)
    monkeypatch.setattr("temoin.casefile.case.PATIENCE", 1)
    with (
        Case.open(address) as other,
        case.writing(actor="ana"),
        pytest.raises(CaseError, match="try again later"),
        other.writing(actor="bea"),
    ):
        pass
