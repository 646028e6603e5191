"""The example reports are what examples/README.md says they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
REPORTS = sorted(path for path in EXAMPLES.glob("*/*") if path.is_file())
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")


def test_there_are_six_four_of_them_french() -> None:
    languages = re.findall(r"^\| `[^`]+` \| (fr|en) \|", README, flags=re.MULTILINE)
    assert sorted(languages) == ["en"] * 2 + ["fr"] * 4
    assert len(REPORTS) == len(languages)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_report_is_listed(report: Path) -> None:
    assert f"`{report.parent.name}/{report.name}`" in README


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_report_is_short(report: Path) -> None:
    words = re.sub(r"<[^>]+>", " ", report.read_text(encoding="utf-8")).split()
    assert 250 <= len(words) <= 500


def test_readme_says_that_they_are_synthetic_and_under_which_licence() -> None:
    assert "synthetic" in README
    assert "CC BY 4.0" in README
