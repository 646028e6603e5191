"""The shipped model and the grounding against their pinned figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from temoin.corpus import GoldReport, load
from temoin.evaluation import read_records, records_from_gold, score
from temoin.evaluation.gate import check, load_baseline, measure
from temoin.grounding import ground
from temoin.pipeline import Reader
from temoin.record import Record

CORPUS = Path(__file__).parents[2] / "corpus"

pytestmark = pytest.mark.slow


def insist(golds: Sequence[GoldReport], records: Sequence[Record], gate: str) -> None:
    measured = measure(golds, records, score(golds, records))
    result = check(load_baseline(CORPUS / gate), measured)
    assert result.passed, "\n".join(result.messages)


@pytest.mark.parametrize(
    ("folder", "gate"), [("development", "gate.json"), ("languages", "languages-gate.json")]
)
def test_no_figure_of_the_shipped_model_has_fallen(folder: str, gate: str) -> None:
    golds = load(CORPUS / folder)
    insist(golds, list(read_records(golds, Reader().read_text)), gate)


@pytest.mark.parametrize(
    ("folder", "gate"),
    [("development", "grounding-gate.json"), ("languages", "languages-grounding-gate.json")],
)
def test_no_figure_of_grounding_alone_has_fallen(folder: str, gate: str) -> None:
    golds = load(CORPUS / folder)
    insist(golds, [ground(record) for record in records_from_gold(golds)], gate)
