"""MUC-4 templates: both scorers on templates of our own, and incidents from events."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peers_loading import FakeReader, argument, event, load, record

from temoin.record import Record

TEXT = "guerrillas of the tall reed bombed the mill. a bomb killed anselme okro. it rained."
GOLD = {
    "docid": "TST3-MUC4-0007",
    "doctext": TEXT,
    "templates": [
        {
            "incident_type": "bombing",
            "PerpInd": [[["guerrillas of the tall reed", 0], ["guerrillas", 0]]],
            "PerpOrg": [],
            "Target": [[["the mill", 34]]],
            "Victim": [[["anselme okro", 59]]],
            "Weapon": [[["bomb", 47], ["a bomb", 45]]],
        }
    ],
}
EMPTY: dict[str, list[Any]] = {
    slot: [] for slot in ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
}


def template(incident: str, **slots: list[list[str]]) -> Any:  # noqa: ANN401 - of a script
    filled = {slot: tuple(frozenset(entity) for entity in slots.get(slot, [])) for slot in EMPTY}
    return load("_templates").Template(incident, filled)


def answer(text: str) -> Record:
    bombing = event(
        text,
        "explosion",
        "bombed",
        argument(text, "actor", "guerrillas of the tall reed", kind="rebel_group"),
        argument(text, "target", "the mill"),
    )
    killing = event(
        text,
        "killing",
        "killed",
        argument(text, "instrument", "a bomb"),
        argument(text, "target", "anselme okro"),
    )
    return record(text, [killing, bombing])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test.json").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return tmp_path


def figures(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = json.loads(capsys.readouterr().out)["figures"]
    return told


def test_harm_beside_a_bombing_joins_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load("muc4").main([str(folder), "--json"], reader=FakeReader(answer))
    told = figures(capsys)
    assert told["templates, GTT's scorer: micro"]["f1"] == 1.0
    assert told["entities, CEAF-REE: micro"]["f1"] == 1.0


def test_predictions_of_others_are_scored_alike(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = {"30007": {"pred_templates": [{"incident_type": "bombing", **EMPTY}]}}
    path = folder / "preds.out"
    path.write_text(json.dumps(theirs), encoding="utf-8")
    load("muc4").main([str(folder), "--json", "--predictions", str(path)], reader=FakeReader())
    micro = figures(capsys)["templates, GTT's scorer: micro"]
    assert (micro["precision"], micro["gold"], micro["reached"]) == (1.0, 5, 1)


def test_predictions_must_cover_the_gold(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "preds.out"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit):
        load("muc4").main([str(folder), "--predictions", str(path)], reader=FakeReader())
    assert "lacks 1 documents, TST3-MUC4-0007 first" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    [
        b"<SGML>",
        b"[]",
        b'{"docid": "x", "doctext": "y"}',
        b'{"docid": "x", "doctext": "y", "templates": [{"PerpInd": []}]}',
        b"",
        b"\xff\xfe",
    ],
)
def test_another_format_is_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test.json").write_bytes(content)
    with pytest.raises(SystemExit):
        load("muc4").main([str(tmp_path)], reader=FakeReader())
    assert "test.json" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["[1]", "no", '{"30007": {}}'])
def test_other_predictions_are_told(
    content: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "preds.out"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        load("muc4").main([str(folder), "--predictions", str(path)], reader=FakeReader())
    assert "not predictions in GTT's format" in capsys.readouterr().err


def test_strings_are_compared_without_articles() -> None:
    assert load("_templates").plain('The "tall" reed-bed, a mill') == "tall reedbed mill"


def test_the_scorer_pairs_the_templates_that_agree() -> None:
    gold = [template("attack", Target=[["mill"]]), template("attack", Target=[["dam"]])]
    ours = [template("attack", Target=[["dam"]])]
    scores = load("_templates").template_scores(ours, gold)
    assert scores["Target"].right == 1
    assert scores["incident_type"].reached == 1


def test_a_type_answers_a_gold_that_leaves_it_open() -> None:
    scores = load("_templates").template_scores(
        [template("bombing")], [template("attack / bombing")]
    )
    assert scores["incident_type"].f1 == 1.0


def test_every_string_of_a_prediction_must_be_right() -> None:
    gold = [template("attack", Victim=[["anselme okro", "okro"]])]
    both = [template("attack", Victim=[["okro", "mayor"]])]
    scorer = load("_templates")
    assert scorer.template_scores(both, gold)["Victim"].right == 0
    lenient = scorer.template_scores(both, gold, similar=scorer.contains)
    assert lenient["Victim"].right == 1


def test_ceaf_answers_an_entity_once() -> None:
    gold = [template("attack", Weapon=[["bomb", "car bomb"]])]
    ours = [template("attack", Weapon=[["bomb"], ["car bomb"]])]
    score = load("_templates").ceaf_ree(ours, gold)["Weapon"]
    assert (score.right, score.found, score.gold) == (1, 2, 1)


def test_ceaf_looks_across_templates() -> None:
    gold = [template("attack", Weapon=[["bomb"]]), template("arson", Weapon=[["bomb", "keg"]])]
    score = load("_templates").ceaf_ree([template("robbery", Weapon=[["keg"]])], gold)["Weapon"]
    assert (score.right, score.gold) == (1, 1)


ENTITIES = st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), max_size=2)
TEMPLATES = st.lists(
    st.tuples(st.sampled_from(["attack", "arson"]), ENTITIES, ENTITIES), max_size=3
)


@given(TEMPLATES, TEMPLATES)
def test_no_pairing_beats_the_one_that_is_taken(ours: list[Any], theirs: list[Any]) -> None:
    scorer, score = load("_templates"), load("_scoring").Score
    predicted, gold = (
        [template(kind, Target=list(a), Victim=list(b)) for kind, a, b in some]
        for some in (ours, theirs)
    )
    taken = sum(scorer.template_scores(predicted, gold).values(), start=score())
    for order in itertools.permutations([*range(len(gold)), *[None] * len(predicted)]):
        pairs = [
            (i, j)
            for i, j in enumerate(order[: len(predicted)])
            if j is not None and predicted[i].incident in gold[j].incident
        ]
        scores = scorer._scored(predicted, gold, pairs, scorer.same)
        assert sum(scores.values(), start=score()).f1 <= taken.f1


@pytest.mark.parametrize(
    ("kind", "trigger", "actor", "marks", "incident"),
    [
        ("ground_attack", "bombed", None, {}, "bombing"),
        ("ground_attack", "killed", None, {}, "attack"),
        ("ground_attack", "killed", None, {"polarity": "negated"}, ""),
        ("ground_attack", "killed", None, {"certainty": "planned"}, ""),
        ("detention", "killed", None, {}, ""),
        ("detention", "killed", "police", {}, ""),
        ("detention", "killed", "rebel_group", {}, "kidnapping"),
        ("air_strike", "killed", None, {}, ""),
    ],
)
def test_events_are_incidents_by_the_table(
    kind: str, trigger: str, actor: str | None, marks: dict[str, str], incident: str
) -> None:
    given_arguments = [argument(TEXT, "actor", "guerrillas", kind=actor)] if actor else []
    one = event(TEXT, kind, trigger, *given_arguments, **marks)
    assert load("_incidents").incident_of(one) == incident


def test_soldiers_against_fighters_are_no_incident() -> None:
    text = "soldiers attacked guerrillas."
    one = event(
        text,
        "ground_attack",
        "attacked",
        argument(text, "actor", "soldiers", kind="state_forces"),
        argument(text, "target", "guerrillas", kind="rebel_group"),
    )
    assert load("_incidents").incident_of(one) == ""


@pytest.mark.parametrize(
    ("words", "slot"),
    [("tall reed front", "PerpOrg"), ("two tall men", "PerpInd"), ("they", None)],
)
def test_perpetrators_are_told_apart(words: str, slot: str | None) -> None:
    text = f"{words} attacked the mill."
    one = event(text, "ground_attack", "attacked", argument(text, "actor", words))
    made = load("_incidents").templates(record(text, [one]))
    assert [each for each in ("PerpInd", "PerpOrg") for t in made if t.of(each)] == (
        [slot] if slot else []
    )
