"""What shows only in a program of its own: terminals, signals, pipes, processes, encodings."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Program, command, environment

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(*arguments: str | Path, columns: int = 90, **changes: str) -> str:
    """Everything that a terminal of some width shows of the program."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        command(*arguments),
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environment(**{"TERM": "xterm-256color", **changes}),
    )
    os.close(inner)
    shown = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(outer)
    process.wait(60)
    return shown.decode()


def wait_until(happened: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for something to happen; fail where it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_alive(group: int) -> bool:
    """Whether a group of processes has any left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_help_is_quick() -> None:
    times = []
    for _ in range(3):
        begun = time.monotonic()
        subprocess.run([sys.executable, "-m", "temoin", "--help"], capture_output=True, check=True)
        times.append(time.monotonic() - begun)
    assert min(times) < 0.5


@pytest.mark.slow
def test_workers_change_no_byte(program: Program, report: Path, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"SLOW Kidal pris {number}"[5 * (number > 0) :])
    one = program("read", tmp_path, "-f", "jsonl", "-q")
    two = program("read", tmp_path, "-f", "jsonl", "-q", "--workers", "3")
    assert report.exists()
    assert one.stdout.count(b"\n") == 13
    assert two.stdout == one.stdout


@pytest.mark.slow
def test_crash_of_a_process_is_told(program: Program, report: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("CRASH")
    done = program("read", "bad.txt", report, "-f", "jsonl", "-w", "2", "-q")
    assert done.stderr.decode() == "bad.txt: the process that read it ended with code 7\n"
    assert [json.loads(line)["document"]["id"] for line in done.stdout.splitlines()] == ["mizda"]
    assert done.returncode == 1


def test_closed_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "Kidal a été pris."}\n' * 500, "utf-8")
    with subprocess.Popen(
        command("read", tmp_path, "-f", "jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10) == b'{"schema_v'
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupt_stops_at_once_and_leaves_the_old_file(tmp_path: Path, workers: str) -> None:
    (tmp_path / "in").mkdir()
    for number in range(60):
        (tmp_path / "in" / f"{number}.txt").write_text("SLOW Kidal pris")
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    process = subprocess.Popen(
        command("read", tmp_path / "in", "-f", "jsonl", "-o", out, "-w", workers),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_until(lambda: any(tmp_path.glob(".out.jsonl.*.part")))
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    begun = time.monotonic()
    _, told = process.communicate(timeout=30)
    lines = told.decode().splitlines()
    assert time.monotonic() - begun < 10
    assert process.returncode == 130
    assert lines[0].startswith("interrupted: ")
    assert lines[1:] == [f"{out}: not written", "interrupted"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]
    assert out.read_text() == "old"
    wait_until(lambda: not is_alive(process.pid))


def test_terminal_shows_colours_and_wraps(report: Path) -> None:
    shown = on_terminal("read", report, "--quiet", columns=60)
    assert ESCAPE.search(shown)
    assert max(len(line) for line in ESCAPE.sub("", shown).splitlines()) <= 60


def test_no_color_is_respected(report: Path) -> None:
    shown = on_terminal("read", report, "--quiet", NO_COLOR="1")
    assert "\x1b" not in shown


def test_terminal_shows_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("SLOW Kidal pris")
    shown = on_terminal("read", tmp_path, "-f", "jsonl", "-o", os.devnull, columns=120)
    assert re.search(r"[1-5]/6\D.*\d words/s.*ETA.*\d:\d\d:\d\d", ESCAPE.sub("", shown))


def test_bar_and_table_do_not_mix(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("SLOW Kidal pris")
    shown = ESCAPE.sub("", on_terminal("read", tmp_path, columns=120))
    lines = [line.rsplit("\r", 1)[-1] for line in shown.replace("\r\n", "\n").split("\n")]
    assert sum(bool(re.fullmatch(r"e1  capture “pris”.*", line.rstrip())) for line in lines) == 4


def test_reading_from_a_bare_terminal_is_a_wrong_call() -> None:
    assert "Give a file or a folder, or pipe a text in." in on_terminal("read")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_terminal_without_our_symbols_gets_plain_ones(
    program: Program, report: Path, encoding: str
) -> None:
    done = program("read", report, "-q", PYTHONIOENCODING=encoding)
    text = done.stdout.decode(encoding)
    assert 'e2  x not: capture "pris" | Les rebelles | where: Kidal' in text
    assert done.returncode == 0


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_data_is_utf8_in_any_locale(program: Program, report: Path, form: str) -> None:
    done = program("read", report, "-q", "-f", form, PYTHONIOENCODING="ascii")
    assert "bombardé" in done.stdout.decode("utf-8")


def test_unencodable_file_name_is_told(program: Program) -> None:
    done = program("read", "й.txt", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
