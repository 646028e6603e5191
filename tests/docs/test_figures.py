"""The README quotes what the commands print that it names, or says that there is nothing yet."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"


def block(name: str) -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(
        rf"^<!-- figures: {name} -->\n(.*?)^<!-- /figures -->$", readme, re.MULTILINE | re.DOTALL
    )
    assert found, f"README.md has no place for the figures of {name}"
    return found[1].strip()


@pytest.mark.parametrize(("name", "path"), [("bench", "results.md"), ("linking", "linking.md")])
def test_speed_is_what_was_measured(name: str, path: str) -> None:
    results = BENCHMARKS / path
    measured = results.read_text(encoding="utf-8") if results.exists() else "Not measured yet."
    assert block(name) == measured.strip()


@pytest.mark.slow
def test_the_readme_quotes_what_its_commands_print() -> None:
    done = subprocess.run(
        [sys.executable, "tools/readme.py", "--check"], cwd=ROOT, check=False, timeout=120
    )
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["evaluate", "bench", "linking"])
def test_figures_have_their_place(name: str) -> None:
    assert block(name)
