"""Fixtures of the command line, and what holds for all tests."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command_line import Program, Run, command, environment
from fake_extractor import FakeExtractor
from hypothesis import settings

import temoin.pipeline
from temoin.cli import main

pytest_plugins = ["entity_records", "cases"]

# A first call loads tables, and CI's machines are shared: time is measured elsewhere.
settings.register_profile("temoin", deadline=None)
settings.load_profile("temoin")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command line in this process, with the fake extractor, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        temoin.pipeline, "Reader", partial(temoin.pipeline.Reader, FakeExtractor(), ground=False)
    )

    def called(*arguments: str | Path, **options: object) -> Result:
        return CliRunner().invoke(main, [str(each) for each in arguments], **options)  # type: ignore[arg-type]

    return called


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The command line as a program of its own, with the fake extractor."""

    def called(*arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command(*arguments),
            capture_output=True,
            cwd=tmp_path,
            env=environment(**changes),
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )

    return called


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with two events, one of them denied."""
    path = tmp_path / "mizda.txt"
    path.write_text(
        "L'armée a bombardé Mizda mardi, selon un porte-parole. Les rebelles n'ont pas pris Kidal.",
        encoding="utf-8",
    )
    return path
