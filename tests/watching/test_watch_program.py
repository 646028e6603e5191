"""`temoin watch` as a program: signals, kills, restarts, logs, counters."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import Program, Run, command, environment
from feed_texts import item, rss

from temoin.watching.metrics import Metrics, serve
from temoin.watching.service import _stopped_by_signals
from temoin.watching.state import State, WatchError
from temoin.watching.telling import Log, told_cause

if TYPE_CHECKING:
    from watched import Desk

SHELLED = "The army shelled Mizda yesterday, canaryword."


@contextmanager
def started(desk: Desk, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The program, at work."""
    given = command(
        "watch", desk.case, desk.inbox, "--log-json", "--interval", "0.1", "--quiet-for", "0",
        "--by", "test", *options,
    )  # fmt: skip
    process = subprocess.Popen(given, stderr=subprocess.PIPE, text=True, env=environment())
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def next_event(process: subprocess.Popen[str], name: str) -> dict[str, Any]:
    """What it logs next of a kind."""
    assert process.stderr is not None
    for line in process.stderr:
        told: dict[str, Any] = json.loads(line)
        if told["event"] == name:
            return told
    message = f"it ended without {name}"
    raise AssertionError(message)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(desk: Desk, number: signal.Signals) -> None:
    desk.drop("a.txt", SHELLED)
    with started(desk) as process:
        next_event(process, "added")
        process.send_signal(number)
        assert next_event(process, "stopped")["added"] == 1
        assert process.wait(30) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_meets_a_line_being_logged_does_not_hang(number: signal.Signals) -> None:
    lines: list[str] = []

    def write(line: str) -> None:
        lines.append(line)
        if len(lines) == 1:
            signal.raise_signal(number)  # while this thread holds the locks of the log

    stop = threading.Event()
    log = Log(write, as_json=True)
    with _stopped_by_signals(stop, log):
        log("added")
        assert stop.wait(10)
    assert ["stopping" in line for line in lines] == [False, True]


@pytest.mark.slow
def test_kills_lose_nothing_and_double_nothing(desk: Desk) -> None:
    texts = {f"{SHELLED} Report {number}." for number in range(24)}
    for number, text in enumerate(sorted(texts)):
        desk.drop(f"{number:02}.txt", text)
    feed = desk.case.with_name("feed.xml")
    feed.write_text(rss(*(item(f"{SHELLED} Item {number}.", str(number)) for number in range(6))))
    for _ in range(3):
        with started(desk, feed.as_uri()) as process:
            next_event(process, "added")
            next_event(process, "added")
            process.kill()
            process.wait()
    desk.watch()
    desk.watch(feed.as_uri())
    assert sorted(desk.texts()) == sorted(
        texts | {f"{SHELLED} Item {number}." for number in range(6)}
    )


@pytest.mark.slow
def test_a_document_that_ends_its_process_does_not_end_the_watch(desk: Desk) -> None:
    desk.drop("a.txt", "CRASH")
    desk.drop("b.txt", "BOOM")
    desk.drop("c.txt", SHELLED)
    with started(desk, "--once", "--workers", "2") as process:
        assert next_event(process, "stopped") | {"at": ""} == {
            "at": "", "level": "info", "event": "stopped", "added": 1, "known": 0, "failed": 2,
        }  # fmt: skip
        assert process.wait(30) == 1


@pytest.mark.slow
def test_logs_and_counters_hold_no_text(desk: Desk) -> None:
    desk.drop("a.txt", SHELLED)
    desk.drop("b.jsonl", '{"text": 5, "canaryword": 1}\n{"text": canaryword}\n')
    desk.drop("c.pdf", b"%PDF-1.4 canaryword")
    desk.drop("d.csv", "id;canaryword\n1;2\n")
    feed = desk.case.with_name("feed.xml")
    feed.write_text("<rss><canaryword ")
    listed = desk.case.with_name("failures")
    with started(desk, feed.as_uri(), "--metrics-port", "0", "--failures", str(listed)) as process:
        port = next_event(process, "metrics")["port"]
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 60
        while 'outcome="added"} 1' not in (counted := fetched(f"{address}/metrics")):
            assert time.monotonic() < end
            time.sleep(0.1)
        time.sleep(1)
        health = json.loads(fetched(f"{address}/health"))
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=30)
    assert health["status"] == "ok"
    assert '"failed"' in logged
    assert "canaryword" not in logged + counted + str(health) + listed.read_text()


@pytest.mark.slow
def test_people_are_told_in_words(desk: Desk, program: Program) -> None:
    desk.drop("a.txt", SHELLED)
    desk.drop("b.pdf", b"%PDF-1.4")
    done = program("watch", desk.case, desk.inbox, "--once", "--quiet-for", "0", "--by", "x")
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "b.pdf: cannot be read as a PDF file" in told
    assert "1 added, 0 known already, 1 failed" in told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("nowhere", "no folder"),
        ("https://me:secret@news.example/feed", "password"),
        ("https:///feed", "names no host"),
        ("http://[x/feed", "no address"),
        ("file://host/feed", "file:///"),
    ],
)
def test_what_cannot_be_watched_is_told(desk: Desk, run: Run, source: str, told: str) -> None:
    done = run("watch", desk.case, source, "--by", "x")
    assert done.exit_code == 2
    assert told in done.stderr
    assert "secret" not in done.output


def test_a_folder_within_a_folder_is_refused(desk: Desk, run: Run) -> None:
    (desk.inbox / "below").mkdir()
    done = run("watch", desk.case, desk.inbox, desk.inbox / "below", "--by", "x")
    assert "lies in another folder" in done.stderr


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("is empty", "is empty"),
        ("is damaged (x (y) z)", "is damaged"),
        ("unexpected KeyError: text", "unexpected KeyError (a defect of Témoin)"),
        ("its column 'secret' is twice there", "its column … is twice there"),
    ],
)  # fmt: skip
def test_causes_quote_nothing(cause: str, told: str) -> None:
    assert told_cause(cause) == told


def test_a_log_for_people_leaves_out_what_is_for_machines() -> None:
    lines: list[str] = []
    log = Log(lines.append, as_json=False, quiet=True)
    log("added", document=1)
    log("started", "watching")
    log("failed", "a.pdf: is empty", level="warning")
    assert lines == ["a.pdf: is empty"]


def test_counters_are_in_the_format_of_prometheus() -> None:
    metrics = Metrics()
    metrics.document("added", 0.3)
    metrics.document("failed", 400.0)
    metrics.waiting = lambda: {"items": 2}
    lines = list(metrics.lines())
    assert all(
        re.fullmatch(r'# (HELP|TYPE) .+|\w+({\w+="[^"]*"})? [\d.e+]+', each) for each in lines
    )
    assert 'temoin_watch_document_seconds_bucket{le="0.5"} 1' in lines
    assert 'temoin_watch_document_seconds_bucket{le="+Inf"} 2' in lines
    assert 'temoin_watch_queue{where="items"} 2' in lines


def test_health_tells_when_it_cannot_work() -> None:
    metrics = Metrics()
    assert metrics.health()[0]
    metrics.trouble = "is busy"
    assert metrics.health()[1]["status"] == "waiting for the case"
    metrics.beat -= 10_000
    assert metrics.health()[1]["status"] == "stuck"


def test_counters_are_served_to_this_machine_alone() -> None:
    server = serve(Metrics(), 0)
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        assert "temoin_watch_up 1" in fetched(f"{address}/metrics")
        for path, host, status in (("/x", "127.0.0.1", 404), ("/metrics", "evil.example", 421)):
            request = urllib.request.Request(address + path, headers={"Host": host})  # noqa: S310
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=10)  # noqa: S310 - loopback
            assert refused.value.code == status
            refused.value.close()
        with pytest.raises(WatchError, match="metrics-port"):
            serve(Metrics(), server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def test_a_state_of_another_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / "state")
    connection.execute("PRAGMA user_version = 99")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(WatchError, match="another version"):
        State(tmp_path / "state")


def fetched(address: str) -> str:
    """What a server answers."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
        return str(answer.read().decode())


def test_the_command_line_starts_without_it() -> None:
    code = "import sys, temoin.cli; sys.exit('temoin.watching' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
