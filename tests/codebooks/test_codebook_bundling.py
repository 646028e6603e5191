"""Several events of one incident are one row; what contradicts itself stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from codebook_records import GHARYAN, MIZDA, Report, day

from temoin.codebooks import incidents

WEDNESDAY = day("2019-11-13")


def groups(report: Report, **options: str) -> list[tuple[str, ...]]:
    return [incident.ids for incident in incidents(report.record(), **options)]


def strike(second: str = "Nine people died.") -> Report:
    report = Report(f"Jets bombed the market at Mizda on Wednesday. {second}")
    report.event("air_strike", "bombed", when=WEDNESDAY, where=MIZDA)
    return report


def test_deed_and_what_it_caused_are_one() -> None:
    report = strike()
    report.causes("e1", report.event("killing", "died", report.count("Nine", 9)))
    assert groups(report) == [("e1", "e2")]


def test_without_a_relation_another_sentence_stays_apart() -> None:
    report = strike()
    report.event("killing", "died", report.count("Nine", 9))
    assert groups(report) == [("e1",), ("e2",)]


@pytest.mark.parametrize("consequence", ["killing", "injury", "destruction", "displacement"])
def test_deed_and_consequence_of_one_sentence_are_one(consequence: str) -> None:
    report = Report("Jets bombed the market, with much harm.")
    report.event("air_strike", "bombed")
    report.event(consequence, "harm")
    assert groups(report) == [("e1", "e2")]


def test_two_types_on_one_trigger_are_one() -> None:
    report = Report("A blast tore through the bus.")
    report.event("explosion", "blast")
    report.event("destruction", "blast")
    assert groups(report) == [("e1", "e2")]


def test_salvo_of_drones_and_missiles_is_two() -> None:
    report = Report("Forty drones and missiles were fired at Mizda.")
    report.event("drone_strike", "fired")
    report.event("shelling", "fired")
    assert groups(report) == [("e1",), ("e2",)]


def test_attack_and_capture_of_one_sentence_are_one_fight() -> None:
    report = Report("The army attacked Mizda and took the town.")
    report.event("ground_attack", "attacked", report.who("actor", "The army", "army"))
    report.event("capture", "took", report.who("actor", "The army", "army"))
    (incident,) = incidents(report.record())
    assert incident.lead.type == "capture"


def test_air_strike_beside_a_battle_stays_apart() -> None:
    report = Report("The army attacked Mizda while jets bombed it, killing nine.")
    report.event("ground_attack", "attacked")
    report.event("air_strike", "bombed")
    report.event("killing", "killing", report.count("nine", 9))
    found = groups(report)
    assert len(found) == 2
    assert not any({"e1", "e2"} <= set(ids) for ids in found)


def test_same_deed_told_again_is_one() -> None:
    report = strike("The raid on Mizda that Wednesday lasted an hour.")
    report.event("air_strike", "raid", when=WEDNESDAY, where=MIZDA)
    assert groups(report) == [("e1", "e2")]


def test_same_type_on_another_day_is_two() -> None:
    report = strike("The raid on Mizda came back on Thursday.")
    report.event("air_strike", "raid", when=day("2019-11-14"), where=MIZDA)
    assert groups(report) == [("e1",), ("e2",)]


def test_same_deed_named_twice_in_a_sentence_is_one() -> None:
    report = Report("The car hit a mine, and the mine exploded.")
    car = report.who("target", "The car")
    report.event("explosion", "hit", car)
    report.event("explosion", "exploded", car)
    assert groups(report) == [("e1", "e2")]


@pytest.mark.parametrize(
    ("when", "where"), [(day("2019-11-20"), None), (None, GHARYAN)], ids=["another day", "place"]
)
def test_contradiction_keeps_apart_even_what_is_caused(when: object, where: object) -> None:
    report = strike()
    report.causes("e1", report.event("killing", "died", when=when, where=where))  # type: ignore[arg-type]
    assert groups(report) == [("e1",), ("e2",)]


def test_other_actors_in_one_sentence_keep_apart() -> None:
    report = Report("The army shelled Mizda and the rebels killed nine people.")
    report.event("shelling", "shelled", report.who("actor", "The army", "army"))
    report.event("killing", "killed", report.who("actor", "the rebels", "rebels"))
    assert groups(report) == [("e1",), ("e2",)]


def test_other_voices_in_one_sentence_keep_apart() -> None:
    report = Report("The army says it shelled Mizda; medics say nine were killed.")
    report.event("shelling", "shelled", said_by="The army")
    report.event("killing", "killed", said_by="medics")
    assert groups(report) == [("e1",), ("e2",)]


@pytest.mark.parametrize(
    ("polarity", "certainty"),
    [("negated", "certain"), ("affirmed", "planned"), ("affirmed", "possible")],
)
def test_what_did_not_happen_for_sure_stands_alone(polarity: str, certainty: str) -> None:
    report = strike()
    killing = report.event("killing", "died", polarity=polarity, certainty=certainty)
    report.causes("e1", killing)
    assert groups(report) == [("e1",), ("e2",)]


def test_probable_is_joined() -> None:
    report = strike()
    report.causes("e1", report.event("killing", "died", certainty="probable"))
    assert groups(report) == [("e1", "e2")]


def test_row_tells_why_events_are_one() -> None:
    report = strike()
    report.causes("e1", report.event("killing", "died", report.count("Nine", 9)))
    assert "e1 and e2 are one incident (causes)" in report.row("acled").notes


def test_unit_event_joins_nothing() -> None:
    report = strike()
    report.causes("e1", report.event("killing", "died"))
    assert groups(report, unit="event") == [("e1",), ("e2",)]


def fight(second: str) -> Report:
    report = Report(f"The rebels stormed the post on Wednesday. {second}")
    report.event("ground_attack", "stormed", report.who("actor", "The rebels", "rebels"))
    return report


def test_fight_that_goes_on_in_the_next_sentence_is_one() -> None:
    report = fight("They seized rifles and withdrew.")
    for kind, trigger in (("capture", "seized"), ("withdrawal", "withdrew")):
        report.event(kind, trigger, report.who("actor", "They", "rebels"))
    assert groups(report) == [("e1", "e2", "e3")]


def test_what_another_side_does_next_stays_apart() -> None:
    report = fight("The army withdrew.")
    report.event("withdrawal", "withdrew", report.who("actor", "The army", "army"))
    assert groups(report) == [("e1",), ("e2",)]


def test_noun_that_takes_the_fight_up_joins_what_it_brought() -> None:
    report = fight("Ten rebels died during the fighting.")
    killing = report.event("killing", "died", report.count("Ten", 10))
    report.causes(report.event("armed_clash", "fighting"), killing)
    assert groups(report) == [("e1", "e2", "e3")]


def test_noun_far_away_takes_nothing_up() -> None:
    report = fight("It rained. It snowed. The fighting went on.")
    report.event("armed_clash", "fighting")
    assert groups(report) == [("e1",), ("e2",)]


@pytest.mark.parametrize(
    "rule",
    [
        "one_trigger",
        "causes",
        "one_sentence",
        "one_deed",
        "next_sentence",
        "taken_up",
        "told_again",
    ],
)
def test_rule_is_documented(rule: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "codebooks.md"
    assert f"| `{rule}` |" in page.read_text(encoding="utf-8")
