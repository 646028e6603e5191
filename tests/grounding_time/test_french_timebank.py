"""The French TimeBank benchmark, on a file of our own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "french_timebank.py"
TIMEML = """<?xml version="1.0" encoding="UTF-8"?>
<TimeML>
<DOCID>own-01</DOCID>
<DCT><TIMEX3 functionInDocument="CREATION_TIME" tid="t0" type="DATE" value="2004-03-17"/></DCT>
<TEXT>
La digue a <EVENT eid="e1">cédé</EVENT> <TIMEX3 tid="t1" value="2004-03-16">hier</TIMEX3>,
<SIGNAL sid="s1">après</SIGNAL> <TIMEX3 tid="t2" type="DURATION" value="PT7H">six heures</TIMEX3>
de crue. <TIMEX3 tid="t3" type="DATE" value="PAST_REF">En ce temps-là</TIMEX3> vivait un saunier ;
il partit mardi.
</TEXT>
</TimeML>
"""


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("french_timebank", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["french_timebank"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own-01.tml").write_text(TIMEML, encoding="utf-8")
    return tmp_path


def test_tags_are_stripped_and_kept_as_offsets(benchmark: ModuleType, folder: Path) -> None:
    document = benchmark.read_document(folder / "own-01.tml")
    assert "<" not in document.text
    assert str(document.created) == "2004-03-17"
    assert [document.text[one.start : one.end] for one in document.timexes] == [
        "hier",
        "six heures",
        "En ce temps-là",
    ]


def test_the_figures_are_counted(benchmark: ModuleType, folder: Path) -> None:
    figures, differences = benchmark.measure([benchmark.read_document(folder / "own-01.tml")])
    assert (figures.gold, figures.found, figures.matched, figures.exact) == (3, 3, 2, 1)
    assert figures.f1 == pytest.approx(2 / 3)
    assert [line.split()[2] for line in differences] == ["value", "missed", "spurious"]


def test_the_report_is_printed(
    benchmark: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    benchmark.main([str(folder), "--errors"])
    printed = capsys.readouterr().out
    assert "relaxed P/R/F1    0.667 0.667 0.667" in printed
    assert "missed [En ce temps-là] PAST_REF" in printed


def test_a_folder_without_files_is_refused(benchmark: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        benchmark.main([str(tmp_path)])
