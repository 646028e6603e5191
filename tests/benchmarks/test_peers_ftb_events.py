"""The French TimeBank's events, on a file of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from peers_loading import FakeReader, event, load, record

from temoin.record import Record

GOLD = """<?xml version='1.0' encoding='UTF-8'?>
<TimeML><DOCID>own</DOCID>
<DCT><TIMEX3 functionInDocument="CREATION_TIME" tid="t1" type="DATE" value="1999-05-19"/></DCT>
<TEXT>Le pont n'a pas été <EVENT eid="e1" eiid="ei1" pred="DÉTRUIRE"
polarity="NEG">détruit</EVENT>. On <EVENT eid="e2" eiid="ei2" pred="VOULOIR">voulait</EVENT>
<EVENT eid="e3" eiid="ei3" pred="évacuer">évacuer</EVENT> le bac. Le passeur a
<EVENT eid="e4" eiid="ei4" pred="BLESSER">blessé</EVENT> un mulet.</TEXT>
<SLINK lid="l1" relType="MODAL" eventInstanceID="ei2" subordinatedEventInstance="ei3"/>
</TimeML>
"""


def answer(text: str) -> Record:
    return record(
        text,
        [
            event(text, "destruction", "détruit", polarity="negated"),
            event(text, "agreement", "évacuer", certainty="planned"),
            event(text, "accusation", "mulet"),
        ],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.tml").write_text(GOLD, encoding="utf-8")
    return tmp_path


def test_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader = FakeReader(answer)
    load("ftb_events").main([str(folder), "--json"], reader=reader)
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["of them in scope"] == 3
    figures = {name: each.get("right") for name, each in told["figures"].items()}
    assert figures["events in scope that have a trigger"] == 2
    assert figures["of these, a type that the predicate allows"] == 1
    assert figures["triggers that are an event of the corpus"] == 2
    assert figures["polarity: agree"] == 2
    assert figures["modality: agree"] == 1
    assert figures["modality: agree, with links"] == 2
    assert [(language, str(day)) for _, language, day in reader.asked] == [("fr", "1999-05-19")]


@pytest.mark.parametrize(
    "given", [{"modality": "POSSIBILITY"}, {"mood": "CONDITIONAL"}, {"tense": "FUTURE"}]
)
def test_what_is_not_certain(given: dict[str, str]) -> None:
    marked, ftb = load("_marked"), load("ftb_events")
    mark = marked.Mark("e1", 0, 1, "a", given)
    text = marked.Marked("own", "a", None, (mark,))
    assert ftb.is_unreal(mark, text, linked=False)
    assert not ftb.is_unreal(marked.Mark("e1", 0, 1, "a"), text, linked=True)


def test_predicates_are_in_capitals() -> None:
    assert all(word == word.upper() for word in load("ftb_events").scope())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("texte", "is not XML"),
        ("<Document/>", "is not TimeML"),
        ("<TimeML><TEXT>Rien.</TEXT></TimeML>", "no EVENT in"),
    ],
)
def test_another_format_is_told(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.tml").write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        load("ftb_events").main([str(tmp_path)], reader=FakeReader())
    assert message in capsys.readouterr().err
