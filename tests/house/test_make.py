"""The Makefile and the CI script say and do what they promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = ("setup", "demo", "test", "check", "train", "evaluate", "bench", "build", "docs", "dist")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def make(*arguments: str, cwd: Path = ROOT, path: str = "") -> subprocess.CompletedProcess[str]:
    # The outer make's flags must not reach this one.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    if path:
        environment["PATH"] = path
    return subprocess.run(
        ["make", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the Makefile and nothing installed."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("target", TARGETS)
def test_make_alone_lists_the_target(target: str) -> None:
    assert re.search(rf"^  make {target} +\S", make().stdout, flags=re.MULTILINE)


def test_setup_does_nothing_twice(bare: Path) -> None:
    (bare / ".venv").mkdir()
    (bare / ".venv" / ".ready").touch()
    assert "Installing" not in make("--dry-run", "setup", cwd=bare).stdout


def test_setup_runs_again_when_the_requirements_change(bare: Path) -> None:
    (bare / ".venv").mkdir()
    (bare / ".venv" / ".ready").touch()
    os.utime(bare / ".venv" / ".ready", (0, 0))
    assert "Installing" in make("--dry-run", "setup", cwd=bare).stdout


def test_old_python_is_told_so(bare: Path) -> None:
    done = make("setup", "PYTHON=", cwd=bare)
    assert done.returncode != 0
    assert "needs Python 3.11 or later" in done.stderr
    assert not (bare / ".venv").exists()


def test_python_without_venv_is_told_so(bare: Path) -> None:
    done = make("setup", "PYTHON=false", cwd=bare)
    assert done.returncode != 0
    assert "python3-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_setup_installs_no_torch() -> None:
    assert "train" not in make("--dry-run", "--always-make", "setup").stdout


def test_ci_script_is_sound_bash() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_ci_script_runs_checks_and_tests() -> None:
    assert "make check pages-check test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_ci_script_may_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
