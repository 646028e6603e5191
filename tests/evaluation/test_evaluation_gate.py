from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_up import event, gold, perfect, record

from temoin.corpus import digest
from temoin.errors import EvaluationError
from temoin.evaluation import score
from temoin.evaluation._processor import processor_kind
from temoin.evaluation.gate import (
    EPSILON,
    MIN_TYPE_COUNT,
    Baseline,
    Measurement,
    Status,
    check,
    load_baseline,
    measure,
    save_baseline,
    update,
)

DAY = dt.date(2025, 1, 2)


def measurement(*, corpus: str = "c1", model: str | None = "m1", **figures: float) -> Measurement:
    return Measurement(corpus, figures or {"f1": 0.8, "recall": 0.7}, {"events": 10}, model, model)


@pytest.fixture
def baseline() -> Baseline:
    return update(None, measurement(), today=DAY)


def test_the_same_figures_pass(baseline: Baseline) -> None:
    result = check(baseline, measurement())
    assert (result.status, result.messages) == (Status.PASSED, ())
    assert result.passed


def test_a_fall_fails(baseline: Baseline) -> None:
    result = check(baseline, measurement(f1=0.79, recall=0.7))
    assert result.status is Status.FAILED
    assert [change.name for change in result.falls] == ["f1"]
    assert result.messages[0] == "fell: f1 0.8000 → 0.7900 (-0.0100)"


@pytest.mark.parametrize(
    ("value", "status"),
    [(0.8 - 0.0004, Status.PASSED), (0.8 - 0.0006, Status.FAILED)],
)
def test_noise_within_epsilon_passes(baseline: Baseline, value: float, status: Status) -> None:
    assert check(baseline, measurement(f1=value, recall=0.7)).status is status


def test_epsilon_can_be_given(baseline: Baseline) -> None:
    result = check(baseline, measurement(f1=0.75, recall=0.7), epsilon=0.1)
    assert result.status is Status.PASSED


@pytest.mark.parametrize(("value", "status"), [(0.78, Status.PASSED), (0.76, Status.FAILED)])
def test_another_kind_of_processor_may_round_otherwise(
    baseline: Baseline, value: float, status: Status
) -> None:
    elsewhere = replace(measurement(f1=value, recall=0.7), processor="sparc")
    result = check(baseline, elsewhere)
    assert result.status is status
    assert "sparc" in result.messages[0]


def test_the_processor_is_told_by_what_it_can_multiply(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor : 0\nflags : fpu avx2 avx512_vnni mmx\n", encoding="utf-8")
    assert processor_kind(cpuinfo).split()[1:] == ["avx2", "avx512_vnni"]
    assert processor_kind(tmp_path / "none").split()[1:] == []


def test_a_rise_passes_and_is_told(baseline: Baseline) -> None:
    result = check(baseline, measurement(f1=0.9, recall=0.7))
    assert result.status is Status.PASSED
    assert [str(change) for change in result.rises] == ["f1 0.8000 → 0.9000 (+0.1000)"]
    assert result.messages[-1] == "1 figures rose: raise their floors with --update-gate"


def test_a_figure_that_is_gone_fails(baseline: Baseline) -> None:
    result = check(baseline, measurement(f1=0.8))
    assert [str(change) for change in result.falls] == ["recall 0.7000 → none"]
    assert result.status is Status.FAILED


def test_a_new_figure_passes(baseline: Baseline) -> None:
    result = check(baseline, measurement(f1=0.8, recall=0.7, other=0.1))
    assert result.passed
    assert [str(change) for change in result.rises] == ["other none → 0.1000"]


def test_another_corpus_stops_even_where_figures_rise(baseline: Baseline) -> None:
    result = check(baseline, measurement(corpus="c2", f1=0.9, recall=0.9))
    assert result.status is Status.STOPPED
    assert not result.passed
    assert result.messages[0].startswith("the corpus has changed (c1 → c2)")


def test_other_counts_stop(baseline: Baseline) -> None:
    other = Measurement("c1", {"f1": 0.8, "recall": 0.7}, {"events": 11}, "m1", "m1")
    result = check(baseline, other)
    assert result.status is Status.STOPPED
    assert "counted differently (events)" in result.messages[0]


def test_another_model_is_told_and_passes(baseline: Baseline) -> None:
    result = check(baseline, measurement(model="m2"))
    assert result.passed
    assert result.messages == ("another model than the one pinned: m2 instead of m1",)


def test_updating_raises_floors(baseline: Baseline) -> None:
    raised = update(baseline, measurement(f1=0.9, recall=0.8), today=DAY)
    assert raised.pinned.figures == {"f1": 0.9, "recall": 0.8}
    assert check(raised, measurement()).status is Status.FAILED


@pytest.mark.parametrize(
    ("allow", "reason", "message"),
    [
        (False, "", "needs --allow-regression --reason"),
        (False, "because", "needs --allow-regression --reason"),
        (True, "", r"needs a reason \(--reason TEXT\)"),
        (True, "  ", r"needs a reason \(--reason TEXT\)"),
    ],
)
def test_updating_refuses_to_lower_a_floor(
    baseline: Baseline, *, allow: bool, reason: str, message: str
) -> None:
    with pytest.raises(EvaluationError, match=message) as caught:
        update(baseline, measurement(f1=0.7, recall=0.7), allow_regression=allow, reason=reason)
    assert "f1 0.8000 → 0.7000" in str(caught.value)


def test_another_corpus_does_not_lower_floors_by_the_way(baseline: Baseline) -> None:
    with pytest.raises(EvaluationError, match="1 floors would be lowered"):
        update(baseline, measurement(corpus="c2", f1=0.7, recall=0.7))


def test_a_lowered_floor_keeps_its_reason(baseline: Baseline) -> None:
    lowered = update(
        baseline,
        measurement(f1=0.7, recall=0.7),
        allow_regression=True,
        reason=" a smaller model ",
        today=dt.date(2025, 2, 3),
    )
    entry = lowered.history[-1]
    assert (entry.date, entry.reason) == (dt.date(2025, 2, 3), "a smaller model")
    assert [(c.name, c.floor, c.value) for c in entry.lowered] == [("f1", 0.8, 0.7)]
    assert lowered.history[:-1] == baseline.history
    assert check(lowered, measurement(f1=0.7, recall=0.7)).passed


def test_noise_does_not_wear_a_floor_down(baseline: Baseline) -> None:
    again = baseline
    for _ in range(5):
        again = update(again, measurement(f1=0.8 - 0.0004, recall=0.7), today=DAY)
    assert again.pinned.figures["f1"] == 0.8


def test_another_corpus_pins_its_own_figures(baseline: Baseline) -> None:
    again = update(baseline, measurement(corpus="c2", f1=0.7998, recall=0.8), today=DAY)
    assert again.pinned.figures == {"f1": 0.7998, "recall": 0.8}
    assert [entry.corpus_sha256 for entry in again.history] == ["c1", "c2"]


def test_a_file_reads_back(baseline: Baseline, tmp_path: Path) -> None:
    lowered = update(
        baseline, measurement(f1=0.7), allow_regression=True, reason="dropped", today=DAY
    )
    path = tmp_path / "gate.json"
    save_baseline(lowered, path)
    assert load_baseline(path) == lowered


def test_a_file_is_replaced_as_a_whole(
    baseline: Baseline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gate.json"
    save_baseline(baseline, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        save_baseline(update(baseline, measurement(f1=0.9, recall=0.9)), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"make it with --gate .* --update-gate"):
        load_baseline(tmp_path / "gate.json")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1}'])
def test_a_file_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gate.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match="not a gate file"):
        load_baseline(path)


def test_the_file_is_stable_json(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    save_baseline(baseline, path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": 1,
        "corpus": {"sha256": "c1", "counts": {"events": 10}},
        "model": {"name": "m1", "sha256": "m1"},
        "processor": None,
        "epsilon": EPSILON,
        "figures": {"f1": 0.8, "recall": 0.7},
        "history": [
            {
                "date": "2025-01-02",
                "corpus_sha256": "c1",
                "model": "m1",
                "model_sha256": "m1",
                "reason": None,
                "lowered": [],
            }
        ],
    }


def test_measuring_pins_figures_overall_and_by_language() -> None:
    golds = [gold(), gold(name="b", language="fr")]
    records = [perfect()]
    found = measure(golds, records, score(golds, records))
    assert found.corpus_sha256 == digest(golds)
    assert (found.model, found.model_sha256) == (None, None)
    assert found.figures["overall.events.f1"] == pytest.approx(2 / 3, abs=1e-6)
    assert found.figures["en.events.f1"] == 1.0
    assert found.figures["fr.events.recall"] == 0.0
    assert found.figures["fr.place_within"] == 0.0
    assert "fr.polarity" not in found.figures
    assert found.counts["overall.events"] == 4
    assert found.counts["fr.places"] == 2


def test_a_type_is_pinned_where_there_is_enough_of_it() -> None:
    golds = [gold(name=f"d{i}") for i in range(MIN_TYPE_COUNT)]
    golds.append(gold('E e1 protest "men"', name="other"))
    records = [record(event("x1", "killing", "killed"), name="d0")]
    found = measure(golds, records, score(golds, records))
    types = sorted(name for name in found.figures if name.startswith("type."))
    assert types == [
        f"type.{kind}.events.{figure}"
        for kind in ("killing", "shelling")
        for figure in ("f1", "precision", "recall")
    ]
    assert found.counts["type.killing.events"] == MIN_TYPE_COUNT


def test_the_model_is_that_of_the_records() -> None:
    provenance = {"temoin": "1", "model": "small", "model_sha256": "ab"}
    records = [record(provenance=provenance)]
    found = measure([gold()], records, score([gold()], records))
    assert (found.model, found.model_sha256) == ("small", "ab")


def test_records_of_several_models_are_refused() -> None:
    golds = [gold(), gold(name="b")]
    records = [
        record(name=name, provenance={"temoin": "1", "model": "small", "model_sha256": sha256})
        for name, sha256 in (("a", "ab"), ("b", "cd"))
    ]
    with pytest.raises(EvaluationError, match="several models: small ab, small cd"):
        measure(golds, records, score(golds, records))
