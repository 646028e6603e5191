"""Every command and every block of the tutorials runs, and prints what the page shows."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "tutorials").glob("*.md"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tutorials", ROOT / "tools" / "tutorials.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_one_for_each_reader() -> None:
    assert [page.stem for page in PAGES] == ["coder", "documenter", "researcher"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_block_is_of_a_kind_that_is_not_run(page: Path) -> None:
    fences = re.findall(r"^```(\w+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(fences) <= {"sh", "python", "r", "text"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_everything_runs_and_prints_what_the_page_shows(page: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/tutorials.py", "--check", str(page)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_long_output_is_cut_where_the_page_cut_it(tool: ModuleType) -> None:
    assert tool.shown("1\n2\n3\n4\n", "a\nb\n...\n") == "1\n2\n...\n"


def test_a_short_output_is_shown_whole(tool: ModuleType) -> None:
    assert tool.shown("1\n2\n", "a\nb\n...\n") == "1\n2\n"


def test_a_page_is_told_with_what_its_blocks_print(tool: ModuleType, tmp_path: Path) -> None:
    page = (
        "```sh\necho a > b\ncat b\n```\n\n```text\n?\n```\n"
        "```python\nx = 3\n```\n```python\nprint(x)\n```\n\n```text\n?\n```\n"
        "<!-- needs: no_such_module -->\n```python\nimport no_such_module\n```\n"
    )
    assert tool.told(page, tmp_path) == page.replace("?", "a", 1).replace("?", "3", 1)


@pytest.mark.parametrize("block", ["```sh\nfalse\n```\n", "```python\n1 / 0\n```\n"])
def test_a_block_that_fails_is_told(tool: ModuleType, tmp_path: Path, block: str) -> None:
    with pytest.raises(tool.BlockError):
        tool.told(block, tmp_path)
