"""The scripts that measure corroboration: they run, and their figures do not fall."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.corroboration.scoring import b_cubed

FOLDER = Path(__file__).parents[2] / "benchmarks"


def run(script: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(FOLDER / script), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.slow
def test_incidents_are_found_as_well_as_the_documentation_says() -> None:
    figures = run("incidents.py", "--gold-only")["gold events"]
    both, held = figures["all"], figures["other half"]
    assert both["B3"]["F1"] >= 0.85
    assert held["B3"]["F1"] >= 0.84
    assert held["B3"]["F1"] >= held["B3 baseline"]["F1"] + 0.1
    assert both["contradictions"]["recall"] >= 0.65
    assert held["contradictions"]["recall"] >= 0.6
    assert held["contradictions"]["recall with suggestions"] >= 0.8
    assert both["false copies"] == 0


@pytest.mark.slow
def test_many_claims_are_linked_well() -> None:
    figures = run("linking_speed.py", "--claims", "3000")
    assert figures["claims"] == 3000
    assert figures["within limits"]
    assert figures["links"]["contradicts"] > 100
    assert sum(figures["grades"].values()) == figures["incidents"]
    assert figures["B3"]["F1"] >= 0.97


def test_linking_that_takes_too_much_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "linking_speed.py"), "--claims", "50", "--megabytes", "1",
         "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "600 s and 1 MB are allowed" in done.stderr
    assert not json.loads((tmp_path / "linking.json").read_text("utf-8"))["within limits"]
    assert (tmp_path / "linking.md").read_text("utf-8").startswith("50 synthetic claims")


ECB = """<Document doc_name="{name}.xml">
<token t_id="1" sentence="0" number="0">Rebels</token>
<token t_id="2" sentence="0" number="1">attacked</token>
<token t_id="3" sentence="0" number="2">{town}</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2" TAG_DESCRIPTOR="t" instance_id="ACT{number}"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT{number}">
<source m_id="1"/><target m_id="2"/></CROSS_DOC_COREF></Relations>
</Document>"""


def test_ecb_is_read_and_scored(tmp_path: Path) -> None:
    lines = ["Topic,File,Sentence Number"]
    for topic in (1, 2, 36):
        for file, town in (("1ecb", "Ber"), ("2ecb", "Ber"), ("1ecbplus", "Gao")):
            name = f"{topic}_{file}"
            path = tmp_path / "ECB+" / str(topic) / f"{name}.xml"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = ECB.format(name=name, town=town, number=f"{topic}{town}")
            path.write_text(text, encoding="utf-8")
            lines.append(f"{topic},{file},0")
    listing = tmp_path / "ECBplus_coreference_sentences.csv"
    listing.write_text("\n".join(lines), encoding="utf-8")
    figures = run("ecb.py", str(tmp_path))
    assert figures["mentions"] == 3
    assert figures["gold subtopics"]["lemma baseline"]["CoNLL"] == 100.0


def test_the_conll_score_is_that_of_a_worked_example() -> None:
    measures = runpy.run_path(str(FOLDER / "conll.py"))
    gold = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
    found = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 3}
    # MUC: 1 of 3 links each way. CEAFe: 4/5 + 1/2 + 2/3 of 3 entities.
    assert measures["muc"](found, gold).f1 == pytest.approx(1 / 3)
    assert measures["ceaf_e"](found, gold).f1 == pytest.approx((4 / 5 + 1 / 2 + 2 / 3) / 3)


CLUSTERS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), min_size=1)


@given(CLUSTERS)
def test_b_cubed_of_the_truth_is_one(gold: dict[str, int]) -> None:
    assert b_cubed(gold, gold).f1 == pytest.approx(1)


@given(CLUSTERS)
def test_b_cubed_of_nothing_found_is_all_singletons(gold: dict[str, int]) -> None:
    assert b_cubed({}, gold).precision == 1
