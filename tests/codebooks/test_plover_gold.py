"""The benchmark on PLOVER's gold records, on records of our own."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from codebook_records import Report

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "plover_gold.py"
GOLD: list[dict[str, Any]] = [
    {"id": "D", "event": "DOCUMENT", "comment": "about the file"},
    {
        "id": "A", "event": "FIGHT", "text": "Mortars shelled Mizda.",
        "textInfo": {"markup": "(SRC: Mortars) (EVT: shelled) (TAR: Mizda)."},
    },
    {"id": "B", "event": "DEMAND", "eventText": "pay", "text": "The union wants more pay."},
    {"id": "C", "event": "ASSAULT", "eventText": "met", "text": "Elders met in Mizda."},
]  # fmt: skip


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plover_gold", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["plover_gold"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "PLOVER_GSR_CAMEO.txt").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def kept(folder: Path) -> Path:
    """The records that Témoin would make: one right, one without events, one of another type."""
    reports = [Report(str(gold["text"])) for gold in GOLD[1:]]
    reports[0].event("shelling", "shelled")
    reports[2].event("negotiation", "met")
    path = folder / "kept.jsonl"
    lines = (report.record().to_json() + "\n" for report in reports)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_gold_is_read_with_todays_types(benchmark: ModuleType, folder: Path) -> None:
    golds = benchmark.read_gold(folder)
    assert [(gold.id, gold.type, gold.spans) for gold in golds] == [
        ("A", "ASSAULT", ((8, 15),)), ("B", "REQUEST", ((21, 24),)), ("C", "ASSAULT", ((7, 10),)),
    ]  # fmt: skip


def test_figures(benchmark: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    benchmark.main([str(folder), "--records", str(kept(folder)), "--errors"])
    printed = capsys.readouterr().out
    assert "records      3\n" in printed
    assert "extracted    2 (0.667)\n" in printed
    assert "type right   1: 0.500 of the extracted" in printed
    assert "C ASSAULT, coded ['CONSULT']" in printed
