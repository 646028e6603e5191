"""The site has every page, and its links are those of the repository, made to fit."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFIG = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
NAV = re.findall(r"([\w/-]+\.md)$", CONFIG.partition("\nnav:")[2], flags=re.MULTILINE)


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_in_the_navigation_once() -> None:
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    outside = tool("docs_site").OUTSIDE.values()
    assert sorted(NAV) == sorted([*pages, *outside])


def test_the_site_fetches_nothing() -> None:
    assert "font: false" in CONFIG
    assert "polyfills: [assets/iframe-worker.js]" in CONFIG
    assert not re.search(r"https?://", CONFIG)


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("model.md", "[a](../README.md#how)", "[a](project/readme.md#how)"),
        ("model.md", "[a](record.md)", "[a](record.md)"),
        ("tutorials/coder.md", "[a](../../corpus/README.md)", "[a](../project/corpus.md)"),
        ("tutorials/coder.md", "[a](../events.md#x)", "[a](../events.md#x)"),
        ("project/readme.md", "[a](docs/record.md)", "[a](../record.md)"),
        ("project/readme.md", "[a](LICENSE)", "[a](licence.md)"),
        ("project/readme.md", "[a](https://a.org/b)", "[a](https://a.org/b)"),
        ("project/readme.md", "[a](#use-it)", "[a](#use-it)"),
        ("model.md", "[its code](../src/temoin/rows.py)", "its code"),
        ("model.md", "```text\n[a](../README.md)\n```\n", "```text\n[a](../README.md)\n```\n"),
    ],
)
def test_links_of_the_repository_become_links_of_the_site(
    page: str, before: str, after: str
) -> None:
    assert tool("docs_site").rewritten(before, page) == after


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<a href="b.html">b</a>', "b.html: is not there"),
        ('<a href="#b">b</a>', "#b: no such anchor"),
        ('<img src="https://cdn.example.org/a.png">', "would be fetched"),
        ('<script src="//cdn.example.org/a.js"></script>', "would be fetched"),
        ('<link rel="stylesheet" href="https://fonts.example.org/">', "would be fetched"),
        ('<a href="https://example.org">elsewhere</a>', ""),
        ('<p id="c"><a href="a.html#c">c</a>', ""),
    ],
)
def test_the_check_of_the_built_site_finds(tmp_path: Path, page: str, fault: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    faults = tool("check_site").faults(tmp_path)
    assert [found for found in faults if fault in found] == faults
    assert bool(faults) == bool(fault)


def test_the_check_of_the_built_site_reads_styles(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a { src: url(https://fonts.example.org/b) }", encoding="utf-8")
    assert len(tool("check_site").faults(tmp_path)) == 1
