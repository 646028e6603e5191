"""The project's own corpus: it compiles, it is clean, its README counts right."""

from __future__ import annotations

from pathlib import Path

import pytest

from temoin.corpus import GoldReport, lint, load, markdown_table, statistics

CORPUS = Path(__file__).parents[2] / "corpus"
PARTS = ("train", "development", "languages", "incidents")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not installed")


@pytest.fixture(scope="module")
def reports() -> dict[str, list[GoldReport]]:
    return {part: load(CORPUS / part) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_the_corpus_is_clean(reports: dict[str, list[GoldReport]], part: str) -> None:
    assert [str(slip) for report in reports[part] for slip in lint(report)] == []


@pytest.mark.parametrize("part", PARTS)
def test_every_report_says_that_it_is_synthetic_or_what_it_is(
    reports: dict[str, list[GoldReport]], part: str
) -> None:
    assert [report.id for report in reports[part] if not report.document.source] == []


def test_no_report_is_in_two_parts(reports: dict[str, list[GoldReport]]) -> None:
    texts = [report.document.text for found in reports.values() for report in found]
    assert len(texts) == len(set(texts))


def test_the_readme_counts_right(reports: dict[str, list[GoldReport]]) -> None:
    # If this fails after reports were added, refresh the table: corpus/README.md says how.
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    stated = readme.partition("<!-- counts -->\n")[2].partition("\n<!-- /counts -->")[0]
    assert stated == markdown_table({part: statistics(found) for part, found in reports.items()})
