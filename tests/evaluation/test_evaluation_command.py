from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from made_up import event, gold, perfect, record

from temoin.cli import main
from temoin.corpus import write_jsonl
from temoin.evaluation import load_records
from temoin.record import Record


@pytest.fixture
def golds(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write_jsonl([gold()], path)
    return path


def write(path: Path, *records: Record) -> Path:
    path.write_text("".join(f"{r.to_json()}\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return write(tmp_path / "records.jsonl", perfect())


@pytest.fixture
def worse(tmp_path: Path) -> Path:
    found = record(event("x1", "shelling", "shelled"), event("x9", "protest", "men"))
    return write(tmp_path / "worse.jsonl", found)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def row(result: Result, name: str) -> list[str]:
    rows = [line.split() for line in result.stdout.splitlines()]
    return next(row for row in rows if row[:1] == [name])


def test_records_are_scored_as_a_table(golds: Path, worse: Path) -> None:
    result = run(golds, "--records", worse)
    assert result.exit_code == 0, result.output
    assert row(result, "events") == ["events", "0.500", "(0.500/0.500)"]
    assert row(result, "place_within") == ["place_within", "0.000", "of", "2"]
    assert row(result, "negated_recall") == ["negated_recall", "n/a"]


def test_types_are_added_when_asked_for(golds: Path, worse: Path) -> None:
    result = run(golds, "--records", worse, "--by-type")
    assert row(result, "protest")[:3] == ["protest", "0", "1"]
    assert row(result, "shelling")[1:4] == ["1", "1", "1.000"]


def test_errors_are_listed_when_asked_for(golds: Path, worse: Path) -> None:
    result = run(golds, "--records", worse, "--errors")
    listed = [line for line in result.stdout.splitlines() if line.startswith("a  ")]
    assert any(line.startswith("a  missed  killing 'killed'") for line in listed)
    assert any(line.startswith("a  spurious  protest 'men'") for line in listed)


def test_calibration_is_added_when_asked_for(golds: Path, records: Path) -> None:
    result = run(golds, "--records", records, "--calibration")
    assert row(result, "0.90-1.00") == ["0.90-1.00", "0"]


def test_json_has_every_figure(golds: Path, records: Path) -> None:
    result = run(golds, "--records", records, "--json", "--errors", "--calibration")
    data: dict[str, Any] = json.loads(result.stdout)
    assert data["events"]["f1"] == 1.0
    assert data["languages"]["en"]["documents"] == 1
    assert data["faults"] == []
    assert data["calibration"]["count"] == 0
    assert len(data["corpus_sha256"]) == 64


def test_the_gate_is_pinned_then_holds(golds: Path, records: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.json"
    pinned = run(golds, "--records", records, "--gate", gate, "--update-gate")
    assert pinned.exit_code == 0, pinned.output
    assert "0 floors lowered" in pinned.stderr
    held = run(golds, "--records", records, "--gate", gate)
    assert (held.exit_code, held.stderr) == (0, "gate: passed\n")


def test_a_fallen_figure_fails_the_gate(
    golds: Path, records: Path, worse: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.json"
    run(golds, "--records", records, "--gate", gate, "--update-gate")
    result = run(golds, "--records", worse, "--gate", gate)
    assert result.exit_code == 1
    assert "fell: overall.events.f1 1.0000 → 0.5000 (-0.5000)" in result.stderr
    assert result.stderr.endswith("gate: failed\n")


def test_the_gate_s_outcome_is_in_the_json(
    golds: Path, records: Path, worse: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.json"
    run(golds, "--records", records, "--gate", gate, "--update-gate")
    result = run(golds, "--records", worse, "--gate", gate, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["gate"]["status"] == "failed"


def test_another_corpus_stops_the_gate(golds: Path, records: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.json"
    run(golds, "--records", records, "--gate", gate, "--update-gate")
    write_jsonl([gold('E e1 shelling "shelled"')], golds)
    result = run(golds, "--records", records, "--gate", gate)
    assert result.exit_code == 2
    assert "the corpus has changed" in result.stderr


def test_floors_are_lowered_only_with_a_reason(
    golds: Path, records: Path, worse: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.json"
    run(golds, "--records", records, "--gate", gate, "--update-gate")
    update = (golds, "--records", worse, "--gate", gate, "--update-gate")
    before = gate.read_text(encoding="utf-8")
    refused = run(*update, "--allow-regression")
    assert refused.exit_code == 2
    assert "needs a reason" in refused.stderr
    assert gate.read_text(encoding="utf-8") == before
    allowed = run(*update, "--allow-regression", "--reason", "half the size")
    assert allowed.exit_code == 0
    assert json.loads(gate.read_text(encoding="utf-8"))["history"][-1]["reason"] == "half the size"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--update-gate",), "--update-gate needs --gate FILE"),
        (("--reason", "x"), "belong to --update-gate"),
        (("--allow-regression",), "belong to --update-gate"),
        (("--given-events",), "--records and --given-events exclude each other"),
    ],
)
def test_contradictions_are_refused(
    golds: Path, records: Path, options: tuple[str, ...], message: str
) -> None:
    result = run(golds, "--records", records, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_missing_gate_says_how_to_make_it(golds: Path, records: Path, tmp_path: Path) -> None:
    result = run(golds, "--records", records, "--gate", tmp_path / "none.json")
    assert result.exit_code == 2
    assert "--update-gate" in result.stderr


def test_a_line_that_is_no_record_is_named(golds: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('\n{"document": 1}\n', encoding="utf-8")
    result = run(golds, "--records", broken)
    assert result.exit_code == 2
    assert "broken.jsonl:2: not a record" in result.stderr


def test_gold_that_breaks_the_notation_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gold"
    broken.write_text("doc: a\n", encoding="utf-8")
    result = run(broken)
    assert result.exit_code == 2
    assert "broken.gold:1:" in result.stderr


def test_records_read_back(records: Path) -> None:
    assert load_records(records) == [perfect()]


def test_the_texts_are_read_where_no_records_are_given(
    golds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fake:
        def read_text(self, text: str, **_: object) -> Record:
            assert text == perfect().document.text
            return perfect()

    monkeypatch.setattr("temoin.pipeline.Reader", Fake)
    result = run(golds)
    assert result.exit_code == 0, result.output
    assert row(result, "events") == ["events", "1.000", "(1.000/1.000)"]


def test_given_events_measure_grounding_alone(golds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ground(given: Record) -> Record:
        values = {str(event.type): event for event in perfect().events}
        return given.model_copy(
            update={
                "events": tuple(
                    event.model_copy(update={"time": values[event.type].time})
                    for event in given.events
                )
            }
        )

    monkeypatch.setattr("temoin.grounding.ground", ground, raising=False)
    result = run(golds, "--given-events")
    assert result.exit_code == 0, result.output
    assert row(result, "time_exact") == ["time_exact", "1.000", "of", "1"]
    assert row(result, "place_within") == ["place_within", "0.000", "of", "2"]
    assert "events" not in result.stdout
