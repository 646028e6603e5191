"""Files that arrive in a folder are read once, when they are whole."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from temoin.casefile import CaseBusyError, add
from temoin.watching import running, settling
from temoin.watching.arrivals import Fingerprint
from temoin.watching.state import State, WatchError

if TYPE_CHECKING:
    from watched import Desk

SHELLED = "The army shelled Mizda yesterday."
TAKEN = "Les rebelles ont pris Kidal mardi."


def test_what_is_there_is_read(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.drop("below/b.txt", TAKEN)
    counts = desk.watch().metrics.counts()
    assert sorted(desk.texts()) == sorted([SHELLED, TAKEN])
    assert counts == {"added": 2, "known": 0, "failed": 0}


def test_nothing_is_read_twice(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.watch()
    desk.drop("b.txt", TAKEN)
    assert desk.watch().metrics.counts() == {"added": 1, "known": 0, "failed": 0}
    assert desk.watch().metrics.counts() == {"added": 0, "known": 0, "failed": 0}


def test_the_same_text_under_another_name_is_known(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.drop("b.txt", SHELLED)
    assert desk.watch().metrics.counts() == {"added": 1, "known": 1, "failed": 0}


def test_a_lost_state_doubles_nothing(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.watch()
    desk.case.with_name("state").unlink()
    assert desk.watch().metrics.counts() == {"added": 0, "known": 1, "failed": 0}


def test_a_broken_state_is_put_aside(desk: Desk) -> None:
    desk.case.with_name("state").write_bytes(b"no database at all, of more than a page" * 200)
    desk.drop("a.txt", SHELLED)
    desk.watch()
    assert desk.texts() == [SHELLED]
    assert desk.case.with_name("state.broken").exists()


def test_two_watches_do_not_share_a_state(desk: Desk) -> None:
    with desk.watching(), pytest.raises(WatchError, match="another temoin watch"):
        State(desk.case.with_name("state"))


def test_rows_of_a_file_are_documents(desk: Desk) -> None:
    rows = "\n".join(json.dumps({"text": text}) for text in (SHELLED, TAKEN))
    desk.drop("rows.jsonl", rows + "\n{broken\n")
    counts = desk.watch().metrics.counts()
    assert counts == {"added": 2, "known": 0, "failed": 1}


def test_rows_that_are_added_are_read(desk: Desk) -> None:
    path = desk.drop("rows.jsonl", json.dumps({"text": SHELLED}) + "\n")
    desk.watch()
    with path.open("a") as file:
        file.write(json.dumps({"text": TAKEN}) + "\n")
    assert desk.watch().metrics.counts() == {"added": 1, "known": 1, "failed": 0}


def test_a_changed_file_is_another_document(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.watch()
    desk.drop("a.txt", TAKEN + " More.")
    desk.watch()
    assert desk.texts() == [SHELLED, TAKEN + " More."]


def test_hidden_and_other_files_are_left_alone(desk: Desk) -> None:
    for name in (".a.txt", "b.jpg", "c.part", ".hidden/d.txt"):
        desk.drop(name, SHELLED)
    desk.watch()
    assert desk.texts() == []


def test_a_growing_file_waits(desk: Desk) -> None:
    with desk.watching(quiet=0.6) as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        path = desk.drop("a.txt", "The army ")
        for piece in ("shelled ", "Mizda ", "yesterday."):
            time.sleep(0.25)
            with path.open("a") as file:
                file.write(piece)
        until(lambda: watch.metrics.counts()["added"] == 1)
        watch.stop.set()
        thread.join(20)
    assert desk.texts() == [SHELLED]


def test_a_file_that_changes_while_it_is_read_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.drop("a.txt", SHELLED)
    real, times = Path.read_bytes, []

    def read(self: Path) -> bytes:
        data = real(self)
        times.append(self)
        if len(times) == 1:
            self.write_text(TAKEN + " And more.")
        return data

    monkeypatch.setattr(Path, "read_bytes", read)
    with desk.watching() as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        until(lambda: watch.metrics.counts()["added"] == 1)
        watch.stop.set()
        thread.join(20)
    assert desk.texts() == [TAKEN + " And more."]
    assert set(times) == {path}


def test_a_file_that_is_gone_is_no_failure(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED).unlink()
    assert desk.watch().metrics.counts()["failed"] == 0


def test_failures_are_told_once_and_listed(desk: Desk, tmp_path: Path) -> None:
    desk.drop("a.pdf", b"%PDF-1.4 nothing")
    listed = tmp_path / "failures.jsonl"
    desk.watch(failures=listed)
    desk.watch(failures=listed)
    told = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [(Path(each["source"]).name, each["tries"]) for each in told] == [("a.pdf", 1)]
    assert sum('"failed"' in line for line in desk.lines if '"event": "failed"' in line) == 1


def test_a_failure_is_tried_again_and_then_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AGAIN", (0.0, 0.0))
    desk.drop("a.pdf", b"%PDF-1.4 nothing")
    failed = [desk.watch().metrics.counts()["failed"] for _ in range(5)]
    assert sum(failed) == 3
    assert failed[-1] == 0


def test_a_mended_file_leaves_the_list(desk: Desk) -> None:
    desk.drop("a.txt", b"\0\1\2" * 50)
    desk.watch()
    assert list(desk.failures()) == [str(desk.inbox / "a.txt")]
    desk.drop("a.txt", SHELLED)
    desk.watch()
    assert desk.failures() == {}


def test_a_file_too_large_is_not_read(desk: Desk) -> None:
    from temoin.reading.documents import Options

    desk.drop("a.txt", SHELLED * 100)
    desk.watch(options=Options(max_bytes=1000))
    assert "more than" in desk.failures()[str(desk.inbox / "a.txt")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED).chmod(0)
    desk.watch()
    assert "permission" in desk.failures()[str(desk.inbox / "a.txt")]


def test_a_name_that_is_no_text_is_told(desk: Desk) -> None:
    path = os.fsencode(desk.inbox) + b"/a\xff.txt"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - bytes
            file.write(SHELLED.encode())
    except OSError:
        pytest.skip("this file system has no such names")
    desk.drop("b.txt", TAKEN)
    assert desk.watch().metrics.counts() == {"added": 1, "known": 0, "failed": 1}


def test_a_folder_that_vanishes_comes_back(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    with desk.watching() as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        until(lambda: watch.metrics.counts()["added"] == 1)
        away = desk.inbox.rename(desk.inbox.with_name("away"))
        until(lambda: any("folder_failed" in line for line in desk.lines))
        shutil.move(away, desk.inbox)
        desk.drop("b.txt", TAKEN)
        until(lambda: watch.metrics.counts()["added"] == 2)
        watch.stop.set()
        thread.join(20)
    assert watch.metrics.counts()["known"] == 0
    assert desk.failures() == {}


def test_a_case_that_is_busy_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.drop("a.txt", SHELLED)
    times = []

    def busy(*given: Any, **told: Any) -> None:
        times.append(1)
        if len(times) < 3:
            raise CaseBusyError("case", "is busy")
        add(*given, **told)

    monkeypatch.setattr("temoin.watching.running.add", busy)
    monkeypatch.setattr(running, "_LONGEST", 0.05)
    watch = desk.watch()
    assert desk.texts() == [SHELLED]
    assert watch.metrics.trouble == ""
    assert sum("case_trouble" in line for line in desk.lines) == 2


def test_a_stop_in_the_middle_of_a_backlog_loses_nothing(desk: Desk) -> None:
    for number in range(30):
        desk.drop(f"{number:02}.txt", f"{SHELLED} Report {number}.")
    with desk.watching() as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        until(lambda: watch.metrics.counts()["added"] >= 3)
        watch.stop.set()
        thread.join(20)
    first = watch.metrics.counts()["added"]
    second = desk.watch().metrics.counts()
    assert first + second["added"] == len(set(desk.texts())) == 30
    assert second["failed"] == 0


def test_a_fingerprint_tells_a_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    before = Fingerprint.of(path)
    path.write_text("ab")
    assert Fingerprint.of(path) != before


def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
