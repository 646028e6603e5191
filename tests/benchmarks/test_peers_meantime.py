"""MEANTIME, on a CAT file of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from peers_loading import FakeReader, event, load, record

from temoin.record import Record

WORDS = [
    *enumerate(("Rebels", "shelled", "the", "mill", ",", "killing", "12", "people", ".")),
    *((at, word) for at, word in enumerate(("The", "dam", "was", "not", "destroyed", "."), 9)),
    *((at, word) for at, word in enumerate(("Troops", "fled", "."), 15)),
]
SENTENCES = [0] * 9 + [1] * 6 + [2] * 3
TEXT = "Rebels shelled the mill, killing 12 people.\nThe dam was not destroyed.\nTroops fled."


def mention(name: str, token: int, **given: str) -> str:
    stated = {"polarity": "POS", "certainty": "CERTAIN", "time": "NON_FUTURE", **given}
    attributes = " ".join(f'{key}="{value}"' for key, value in stated.items())
    return (
        f'<EVENT_MENTION m_id="{name}" {attributes}><token_anchor t_id="{token}"/></EVENT_MENTION>'
    )


def gold() -> str:
    tokens = "".join(
        f'<token t_id="{at}" sentence="{SENTENCES[at]}" number="{at}">{word}</token>'
        for at, word in WORDS
    )
    return (
        f'<?xml version="1.0"?><Document doc_id="own" lang="en">{tokens}<Markables>'
        f"{mention('1', 1)}{mention('2', 5)}{mention('3', 13, polarity='NEG')}"
        '<VALUE m_id="4" type="QUANTITY"><token_anchor t_id="6"/></VALUE>'
        '<TIMEX3 m_id="5" functionInDocument="CREATION_TIME" value="2019-03-11"/>'
        '<EVENT m_id="6"/></Markables><Relations>'
        '<TLINK r_id="1" reltype="AFTER"><source m_id="2"/><target m_id="1"/></TLINK>'
        '<TLINK r_id="2" reltype="IS_INCLUDED"><source m_id="1"/><target m_id="5"/></TLINK>'
        '<CLINK r_id="3"><source m_id="1"/><target m_id="2"/></CLINK>'
        "</Relations></Document>"
    )


def answer(text: str) -> Record:
    shelling = event(text, "shelling", "shelled")
    killing = event(text, "killing", "killing")
    destruction = event(text, "destruction", "destroyed", polarity="negated", certainty="possible")
    flight = event(text, "withdrawal", "fled")
    links = [("before", shelling.id, killing.id), ("causes", killing.id, shelling.id)]
    return record(text, [shelling, killing, destruction, flight], links)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "intra-doc_annotation" / "corpus_own"
    inside.mkdir(parents=True)
    (inside / "own.xml").write_text(gold(), encoding="utf-8")
    return tmp_path


def test_tokens_become_text(folder: Path) -> None:
    (text,) = load("meantime").read_gold(folder)
    assert text.text == TEXT
    assert [each.text for each in text.events] == ["shelled", "killing", "destroyed"]
    assert [each.text for each in text.values] == ["12"]
    assert text.created is not None
    assert text.text[text.until :] == "Troops fled."


def test_one_of_two_annotations_is_read(folder: Path) -> None:
    other = folder / "intra_cross-doc_annotation"
    other.mkdir()
    (other / "own.xml").write_text("no XML at all", encoding="utf-8")
    assert len(load("meantime").read_gold(folder)) == 1


def test_figures_stand_on_what_both_mark(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load("meantime").main([str(folder), "--json"], reader=FakeReader(answer))
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["events that both mark"] == 3
    # What stands behind the annotated part is not counted.
    assert told["counts"]["triggers of Témoin in the annotated part"] == 3
    figures = told["figures"]
    assert figures["polarity: agree"]["share"] == 1.0
    assert figures["polarity: negated"]["f1"] == 1.0
    assert figures["certainty: agree"]["right"] == 2
    assert figures["links: before"]["f1"] == 1.0
    assert figures["links: cause"] == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "right": 0,
        "found": 1,
        "reached": 0,
        "gold": 1,
    }
    assert figures["quantities: found (VALUE)"]["f1"] == 1.0


def test_planned_events_are_compared_with_the_future() -> None:
    meantime, marked = load("meantime"), load("_marked")
    text = "Troops will flee."
    planned = event(text, "withdrawal", "flee", certainty="planned")
    mark = marked.Mark("1", 12, 16, "flee", {"certainty": "CERTAIN", "time": "FUTURE"})
    figures = meantime.certainty([(planned, mark)])
    assert figures["certainty: agree"].of == 0
    assert figures["certainty or future: hedged or to come"].f1 == 1.0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("tokens", "is not XML"),
        ("<TimeML/>", "is not a CAT file"),
        ("<Document/>", "is not a CAT file"),
        ("<Document><token t_id='1'>It</token></Document>", "no EVENT_MENTION"),
    ],
)
def test_another_format_is_told(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.xml").write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        load("meantime").main([str(tmp_path)], reader=FakeReader())
    assert message in capsys.readouterr().err
