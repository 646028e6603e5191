"""What the peers' scripts share: counting, arguments, the report, marked texts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from peers_loading import FOLDER, FakeReader, event, load

from temoin.record import EventType

SCRIPTS = ("petr2", "muc4", "meantime", "ftb_events")
WANTED = {
    "petr2": "no PETR2_GSR_validation.xml",
    "muc4": "no test.json",
    "meantime": "no .xml file",
    "ftb_events": "no .tml or .xml file",
}


def test_score_counts_bags() -> None:
    score = load("_scoring").agreement(["a", "a", "b"], ["a", "c"])
    assert (score.right, score.found, score.reached, score.gold) == (1, 3, 1, 2)
    assert score.f1 == pytest.approx(2 / 5)


def test_nothing_scores_nothing() -> None:
    scoring = load("_scoring")
    assert scoring.Score().f1 == 0.0
    assert scoring.Share().value is None
    assert "-" in str(scoring.Share())


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_empty_folder_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        load(name).main([str(tmp_path)], reader=FakeReader())
    assert ended.value.code == 2
    assert WANTED[name] in capsys.readouterr().err


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_missing_folder_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        load(name).main([str(tmp_path / "absent")], reader=FakeReader())
    assert "no folder" in capsys.readouterr().err


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_says_what_is_not_comparable(name: str) -> None:
    notes = load("_running").notes(name)
    assert notes.peers
    assert notes.not_comparable
    assert not any("  " in each for each in (*notes.peers, *notes.not_comparable))


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_is_positive(
    limit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        load("muc4").main([str(tmp_path), f"--limit={limit}"], reader=FakeReader())
    assert "less than 1" in capsys.readouterr().err


def test_the_machine_is_named() -> None:
    assert "Python 3" in load("_running").machine()


@pytest.mark.parametrize(
    ("file", "table"),
    [("cameo.toml", "types"), ("muc4.toml", "incidents"), ("ftb_scope.toml", None)],
)
def test_tables_name_types_of_the_record(file: str, table: str | None) -> None:
    whole = tomllib.loads((FOLDER / "data" / file).read_text(encoding="utf-8"))
    named = set(whole[table] if table else whole)
    assert named
    assert named <= set(EventType)


def test_timeml_gives_text_events_and_links(tmp_path: Path) -> None:
    path = tmp_path / "own.tml"
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?><TimeML><DCT><TIMEX3 value='2004-03-17'"
        " functionInDocument='CREATION_TIME'/></DCT><TEXT>Le gué <EVENT eid='e1' eiid='i1'"
        " pred='VOULOIR'>voulait</EVENT> <EVENT eid='e2' eiid='i2' pred='FUIR'>fuir</EVENT>."
        "</TEXT><SLINK relType='MODAL' eventInstanceID='i1' subordinatedEventInstance='i2'/>"
        "</TimeML>",
        encoding="utf-8",
    )
    text = load("_marked").read_timeml(path)
    assert text.text == "Le gué voulait fuir."
    assert text.created is not None
    assert [(each.id, each.text) for each in text.events] == [("e1", "voulait"), ("e2", "fuir")]
    assert [(each.type, each.source, each.target) for each in text.links] == [("MODAL", "e1", "e2")]
    assert all(text.text[each.start : each.end] == each.text for each in text.events)


def test_a_trigger_answers_one_mark() -> None:
    marked = load("_marked")
    text = "They shelled the mill."
    marks = [marked.Mark("a", 5, 12, "shelled"), marked.Mark("b", 5, 21, "shelled the mill")]
    events = [event(text, "shelling", "shelled"), event(text, "destruction", "shelled")]
    assert [(e.type, m.id) for e, m in marked.matches(events, marks)] == [
        ("shelling", "a"),
        ("destruction", "b"),
    ]
    assert len(marked.matches(events, marks[:1])) == 1


def test_json_has_all_that_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = {"docid": "TST3-MUC4-0001", "doctext": "nothing was seen.", "templates": []}
    (tmp_path / "test.json").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    load("muc4").main([str(tmp_path), "--json"], reader=FakeReader())
    told = json.loads(capsys.readouterr().out)
    assert {"machine", "seconds", "figures", "not_comparable", "peers", "temoin"} <= set(told)
    assert told["figures"]["documents without that have none"]["share"] == 1.0
