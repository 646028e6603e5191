"""The PETR-2 validation file, on sentences of our own in its form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from peers_loading import FakeReader, argument, event, load, record

from temoin.record import Argument, Record

NAME = "PETR2_GSR_validation.xml"
# Sentence elements that close twice, comments, a sentence with its parse alone: as there.
GOLD = """<?xml version='1.0' encoding='utf-8'?>
<Validation>
##  <EventCoding...> in prose
<Sentences>
<Sentence category="OWN" date="20190311" id="own-1" evaluate="true"/>
<!-- <EventCoding eventcode="999" sourcecode="XXX" targetcode="XXX" /> -->
<EventCoding eventcode="190" sourcecode="MLIREB" targetcode="MLIMIL" />
<Text>
Malian rebels attacked
the Malian army.
</Text>
<Parse>
1\tMalian\tMalian
</Parse></Sentence>
<Sentence category="OWN" date="99" id="own-2" evaluate="true"/>
<EventCoding noevents="True" />
<Text></Text>
<Parse>
1\tIt\tit
2\trained\train
3\t.\t.
</Parse></Sentence>
<Sentence category="OWN" date="20190312" id="own-3" evaluate="false"/>
<EventCoding eventcode="040" sourcecode="FRA" targetcode="MLI" />
<Text>France met Mali.</Text></Sentence>
</Sentences></Validation>
"""
ATTACK = "Malian rebels attacked the Malian army."


def rebels(text: str) -> Argument:
    return argument(text, "actor", "Malian rebels", kind="rebel_group", country="ML")


def army(text: str) -> Argument:
    return argument(text, "target", "the Malian army", kind="state_forces", country="ML")


def answer(text: str) -> Record:
    if text != ATTACK:
        return record(text)
    return record(text, [event(text, "ground_attack", "attacked", rebels(text), army(text))])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(GOLD, encoding="utf-8")
    return tmp_path


def test_sentences_are_read_by_their_tags(folder: Path) -> None:
    sentences = load("petr2").read_gold(folder)
    assert [each.id for each in sentences] == ["own-1", "own-2"]
    assert [each.text for each in sentences] == [ATTACK, "It rained."]
    assert [len(each.gold) for each in sentences] == [1, 0]
    assert [each.date is None for each in sentences] == [False, True]


def test_the_file_is_found_in_the_repository(folder: Path) -> None:
    inside = folder / "copy" / "UniversalPetrarch" / "data" / "text"
    inside.mkdir(parents=True)
    (folder / NAME).rename(inside / NAME)
    assert load("petr2").read_gold(folder / "copy")


def test_a_right_triple_scores(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader = FakeReader(answer)
    load("petr2").main([str(folder), "--json"], reader=reader)
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures["triple, exact"]["f1"] == 1.0
    assert figures["code, two digits, force alone"]["f1"] == 1.0
    assert figures["no event where the gold has none"] == {"share": 1.0, "right": 1, "of": 1}
    assert [each[1] for each in reader.asked] == ["en", "en"]


def test_text_names_the_peers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load("petr2").main([str(folder), "--limit", "1"], reader=FakeReader(answer))
    told = capsys.readouterr().out
    assert "the first 1 only" in told
    assert "peer: UniversalPetrarch" in told
    assert "not comparable: " in told


@pytest.mark.parametrize("content", [b"<Sentences></Sentences>", b"{}", b"\xff\xfe\x00"])
def test_another_format_is_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(SystemExit):
        load("petr2").main([str(tmp_path)], reader=FakeReader())
    assert NAME in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "marks", "code"),
    [
        ("ground_attack", {}, "190"),
        ("ground_attack", {"polarity": "negated"}, ""),
        ("ground_attack", {"certainty": "planned"}, "138"),
        ("detention", {}, "181"),  # rebels hold nobody by law
        ("delay", {}, ""),
    ],
)
def test_codes_follow_the_table(kind: str, marks: dict[str, str], code: str) -> None:
    assert load("_cameo").event_code(event(ATTACK, kind, "attacked", rebels(ATTACK), **marks)) == (
        code
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"kind": "government", "country": "FR", "rule": "country"}, "FRA"),
        ({"kind": "government", "country": "FR", "rule": "country+class"}, "FRAGOV"),
        ({"kind": "state_forces"}, "---MIL"),
        ({"kind": "intergovernmental", "id": "united-nations"}, "IGOUNO"),
        ({}, "---"),
    ],
)
def test_actors_have_country_and_role(options: dict[str, str], code: str) -> None:
    given = argument("The envoys of nobody spoke.", "actor", "The envoys", **options)
    assert load("_cameo").actor_code(given) == code


def test_parties_that_meet_do_so_both_ways() -> None:
    text = "France and Mali met about the ford."
    parties = [
        argument(text, "actor", "France", kind="government", country="FR", rule="country"),
        argument(text, "actor", "Mali", kind="government", country="ML", rule="country"),
        argument(text, "target", "the ford"),
    ]
    found = load("_cameo").triples(record(text, [event(text, "negotiation", "met", *parties)]))
    assert told(list(found)) == [("FRA", "MLI", "040"), ("MLI", "FRA", "040")]


def test_an_unknown_side_is_no_dyad() -> None:
    text = ATTACK
    found = list(
        load("_cameo").triples(record(text, [event(text, "shelling", "attacked", army(text))]))
    )
    assert told(found) == [("---", "MLIMIL", "194")]
    assert not found[0].is_dyad


def told(triples: Sequence[Any]) -> list[tuple[str, str, str]]:
    return [(each.source, each.target, each.code) for each in triples]
