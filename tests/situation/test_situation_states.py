"""States of claims: what begins, what ends, what is contested, and what makes none."""

from __future__ import annotations

import datetime as dt

import pytest
from made_situations import (
    ARMY,
    BER,
    FIGHTERS,
    GAO,
    PEOPLE,
    POLICE,
    REBELS,
    SOLDIERS,
    TANKS,
    claims,
    day,
    march,
    report,
    said,
    shown,
    states,
)

from temoin.record import ActorValue, PlaceValue, Record
from temoin.situation import Circle, changes, derive, situation
from temoin.situation.places import where

ARMY_HAS = said("capture", march(12), actor=ARMY, target=BER)
REBELS_HAVE = said("capture", march(12), actor=REBELS, target=BER)


def took(
    actor: ActorValue, first: int, last: int | None = None, **more: object
) -> dict[str, object]:
    return said("capture", march(first, last), actor=actor, target=BER, **more)


def test_a_later_capture_ends_a_holding() -> None:
    record = report("a", took(ARMY, 12), took(REBELS, 15))
    assert shown(record, kind="control") == [
        "Malian Armed Forces @ Ber 12-15",
        "Northern Front @ Ber 15-",
    ]
    (first, _) = states(record, kind="control")
    assert [claim.id for claim in first.ended_by] == ["a:e2"]


def test_two_holders_on_one_day_contradict_each_other() -> None:
    first, second = states(report("a", ARMY_HAS), report("b", REBELS_HAVE), kind="control")
    assert first.contested
    assert second.contested
    assert [c.id for c in first.supports] == [c.id for c in second.disputes]
    assert [c.id for c in first.disputes] == [c.id for c in second.supports]


def test_an_order_within_one_day_that_a_text_tells_is_no_contradiction() -> None:
    record = report("a", took(REBELS, 12), took(ARMY, 12), relations=[("e1", "before", "e2")])
    assert shown(record, kind="control") == ["Malian Armed Forces @ Ber 12-"]
    (left,) = derive(claims(record)).listed
    assert left.reason == "over within the day"


def test_days_that_overlap_settle_nothing() -> None:
    assert shown(
        report("a", took(ARMY, 12, 14)), report("b", took(REBELS, 13)), kind="control"
    ) == [
        "Malian Armed Forces @ Ber 12-13",
        "Northern Front @ Ber 13- !",
        "Malian Armed Forces @ Ber 13- !",
    ]


def test_a_later_claim_settles_a_contested_holding() -> None:
    found = shown(report("a", ARMY_HAS), report("b", REBELS_HAVE), report("c", took(ARMY, 15)),
                  kind="control")  # fmt: skip
    assert "Malian Armed Forces @ Ber 15-" in found
    assert "Northern Front @ Ber 12-15 !" in found


def test_still_in_our_hands_contests_a_capture_and_its_ending_of_the_holding_before() -> None:
    denial = took(REBELS, 14, polarity="negated", said_by="the mayor")
    found = states(report("a", took(ARMY, 12)), report("b", took(REBELS, 13)), report("c", denial),
                   kind="control")  # fmt: skip
    told = {(s.subject.key, s.start.day): s for s in found}
    rebels = told["northern-front", 13]
    assert [c.id for c in rebels.disputes] == ["c:e1", "a:e1"]
    assert told["state:ML", 13].contested
    assert not told["state:ML", 12].contested


def test_a_denial_before_the_capture_disputes_nothing() -> None:
    found = shown(report("a", took(REBELS, 10, polarity="negated")), report("b", took(REBELS, 13)),
                  kind="control")  # fmt: skip
    assert found == ["Northern Front @ Ber 13-"]


def test_a_withdrawal_ends_a_holding_and_soldiers_are_the_one_army_named() -> None:
    left = said("withdrawal", march(14), actor=SOLDIERS, origin=BER)
    assert shown(report("a", ARMY_HAS, left), kind="control") == ["Malian Armed Forces @ Ber 12-14"]


def test_a_denied_withdrawal_leaves_the_holding_contested() -> None:
    left = said("withdrawal", march(14), actor=ARMY, origin=BER)
    stayed = said("withdrawal", march(15), actor=ARMY, origin=BER, polarity="negated")
    before, after = states(report("a", ARMY_HAS, left), report("b", stayed), kind="control")
    assert (before.contested, after.contested) == (False, True)
    assert after.start == day(14)
    assert after.end is None
    assert [c.id for c in after.disputes] == ["a:e2"]
    assert [c.id for c in after.supports] == ["a:e1", "b:e1"]


@pytest.mark.parametrize("certainty", ["planned", "possible"])
def test_what_is_planned_or_possible_makes_no_state(certainty: str) -> None:
    record = report("a", took(ARMY, 12, certainty=certainty))
    assert states(record) == []
    (left,) = derive(claims(record)).listed
    assert left.reason == {"planned": "planned", "possible": "only possible"}[certainty]


def test_what_is_denied_makes_no_state_and_is_listed() -> None:
    record = report("a", took(ARMY, 12, polarity="negated"))
    assert states(record) == []
    assert [each.reason for each in derive(claims(record)).listed] == ["denied"]


def test_a_claim_without_a_place_or_a_day_is_listed() -> None:
    record = report("a", said("capture", march(12), actor=ARMY))
    assert [each.reason for each in derive(claims(record)).listed] == ["no place"]
    undated = report("b", said("capture", None, actor=ARMY, target=BER), published=None)
    assert [each.reason for each in derive(claims(undated)).listed] == ["no day"]


def test_an_undated_claim_holds_for_the_week_before_publication_and_says_so() -> None:
    (state,) = states(report("a", said("capture", None, actor=ARMY, target=BER)))
    assert (state.begins.earliest, state.begins.latest) == (day(13), day(20))
    assert not state.begins.own
    assert state.open_on(day(15))


def test_two_positions_in_a_town_are_not_the_town() -> None:
    record = report("a", said("capture", march(12), actor=ARMY, target="two posts", place=BER))
    assert shown(record, kind="control") == ["Malian Armed Forces @ two posts (Ber) 12-"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"rule": "context", "note": "taken to be in Ber, named nearest"}, "the hospital (Ber)"),
        ({"rule": "context", "note": "taken for Ber, named before"}, "Ber"),
        ({"rule": "near (container)", "radius_km": 10.0}, "the hospital (near Ber)"),
        ({"rule": "antecedent", "ucdp_precision": 2}, "the hospital (Ber)"),
        ({"rule": "antecedent", "ucdp_precision": 1}, "Ber"),
    ],
)
def test_a_thing_in_a_town_is_not_the_town(fields: dict[str, object], name: str) -> None:
    assert where(BER.model_copy(update=fields), words="the hospital").name == name


@pytest.mark.parametrize("words", ["they", "Les", "они"])
def test_a_pronoun_alone_names_nobody(words: str) -> None:
    (state,) = states(report("a", said("capture", march(12), actor=words, target=BER)))
    assert state.subject.name == "not named"


def test_the_army_of_a_divided_state_joins_the_one_that_is_named() -> None:
    vague = ActorValue(name="Military Forces of Libya", id="libya-military-forces",
                       kind="state_forces", country="LY", parent="libya-government")  # fmt: skip
    gna = ActorValue(name="GNA", id="gna", kind="government", country="LY")
    lna = ActorValue(name="LNA", id="lna", kind="state_forces", country="LY")
    assert shown(report("a", took(vague, 12)), report("b", took(gna, 12))) == ["GNA @ Ber 12-"]
    three = states(report("a", took(vague, 12)), report("b", took(gna, 12), took(lna, 12)))
    assert len(three) == 3
    assert all(state.contested for state in three)


def test_a_holding_is_contested_since_the_first_dispute() -> None:
    found = states(report("a", took(ARMY, 10)), report("b", took(REBELS, 12, 20)),
                   report("c", took(FIGHTERS, 14, 20)))  # fmt: skip
    last = [s for s in found if s.subject.key == "northern-front"][-1]
    assert (last.start, last.contested_since) == (day(14), day(14))
    first = next(s for s in found if s.subject.key == "northern-front")
    assert (first.start, first.contested_since) == (day(12), None)


def test_near_a_town_is_not_the_town() -> None:
    near = BER.model_copy(update={"rule": "near", "radius_km": 9.0})
    record = report("a", ARMY_HAS, said("capture", march(13), actor=REBELS, target=near))
    assert not any(state.contested for state in states(record))
    assert "Northern Front @ near Ber 13-" in shown(record)


def test_forces_of_one_state_are_one_side_unless_the_state_is_divided() -> None:
    assert len(states(report("a", took(ARMY, 12), took(POLICE, 12)))) == 1
    lna = ActorValue(name="LNA", id="lna", kind="state_forces", country="LY")
    gna = ActorValue(name="GNA", id="gna", kind="government", country="LY")
    assert all(s.contested for s in states(report("a", took(lna, 12)), report("b", took(gna, 12))))


def test_fighters_are_too_wide_to_be_anybody_and_people_hold_nothing() -> None:
    found = shown(report("a", took(FIGHTERS, 12)), report("b", took(REBELS, 12)), kind="control")
    assert all(each.endswith("!") for each in found)
    assert shown(report("a", took(PEOPLE, 12))) == ["not named @ Ber 12-"]


def test_a_capture_by_nobody_named_is_that_of_the_only_side_of_those_days() -> None:
    fell = said("capture", march(12), target=BER)
    assert shown(report("a", fell), report("b", REBELS_HAVE)) == ["Northern Front @ Ber 12-"]


def test_an_advance_into_a_held_place_contests_it() -> None:
    into = said("advance", march(14), actor=ARMY, destination=BER)
    assert shown(report("a", REBELS_HAVE, into), kind="control") == [
        "Northern Front @ Ber 12-14",
        "Northern Front @ Ber 14- !",
        "Malian Armed Forces @ Ber 14- !",
    ]


def test_a_front_that_collapses_contests_until_the_place_is_claimed_again() -> None:
    fell = said("front_collapse", march(14), place=BER)
    assert shown(report("a", took(REBELS, 12), fell, took(REBELS, 17)), kind="control") == [
        "Northern Front @ Ber 12-14",
        "Northern Front @ Ber 14-17 !",
        "Northern Front @ Ber 17-",
    ]


def test_a_deployment_makes_actors_and_equipment_present() -> None:
    record = report(
        "a", said("deployment", march(5), actor=ARMY, instrument=TANKS, destination=GAO)
    )
    assert shown(record) == ["Malian Armed Forces @ Gao 5-", "tank @ Gao 5-"]
    gone = report("b", said("withdrawal", march(9), actor=ARMY, instrument=TANKS, origin=GAO))
    assert shown(record, gone) == ["Malian Armed Forces @ Gao 5-9", "tank @ Gao 5-9"]


def test_a_withdrawal_that_ends_nothing_known_is_listed() -> None:
    record = report("a", said("withdrawal", march(9), actor=ARMY, origin=GAO))
    (left,) = derive(claims(record)).listed
    assert (left.kind.name, left.reason) == ("actors", "ends what no claim begins")


def test_a_denied_means_lasts_its_days_and_a_destroyed_one_stays_so() -> None:
    fog = said("capability_denied", march(5, 6), target="the drones", place=GAO)
    burnt = said("destruction", march(9), target=TANKS, place=GAO)
    wall = said("destruction", march(9), target="a wall", place=GAO)
    assert shown(report("a", fog, burnt, wall), kind="capability") == [
        "the drones @ Gao 5-7",
        "tank @ Gao 9-",
    ]


@pytest.mark.parametrize(
    ("language", "after"), [("en", "was lifted"), ("fr", "a été levé"), ("ru", "снята")]
)
def test_a_siege_ends_when_it_is_lifted(language: str, after: str) -> None:
    began = report("a", said("siege", march(5), actor=ARMY, target=BER), language=language)
    ended = report("b", said("siege", march(9), target=BER, after=after), language=language)
    assert shown(began, ended, kind="siege") == ["Malian Armed Forces @ Ber 5-9"]


def test_a_truce_is_breached_anywhere_and_ends() -> None:
    record = report(
        "a",
        said("ceasefire", march(5), actor=[ARMY, REBELS]),
        said("shelling", march(9), place=BER, after="in breach of the truce"),
        said("shelling", march(10), place=BER),
        said("ceasefire", march(12), after="collapsed"),
    )
    calm, breached = states(record, kind="truce")
    assert calm.subject.name == "Malian Armed Forces, Northern Front"
    assert (calm.start, calm.end, breached.end) == (day(5), day(9), day(12))
    assert [claim.id for claim in breached.disputes] == ["a:e2"]


def test_a_truce_of_one_town_is_not_breached_in_another() -> None:
    record = report(
        "a",
        said("ceasefire", march(5), actor=[ARMY, REBELS], place=GAO),
        said("shelling", march(9), place=BER, after="despite the truce"),
    )
    assert shown(record, kind="truce") == ["Malian Armed Forces, Northern Front @ Gao 5-"]


def test_the_situation_on_a_day_in_an_area() -> None:
    given = claims(
        report("a", took(ARMY, 12), said("capture", march(13), actor=REBELS, target=GAO))
    )
    assert len(situation(given, at=day(13)).states) == 2
    assert len(situation(given, at=day(12)).states) == 1
    near = situation(given, at=day(13), area=Circle(16.3, 0.0, 20))
    assert [s.place.name for s in near.states if s.place] == ["Gao"]


def test_places_that_nobody_could_locate_are_counted_where_an_area_is_asked_for() -> None:
    lost = PlaceValue(name="Nowhere")
    given = claims(report("a", said("capture", march(12), actor=ARMY, target=lost)))
    assert situation(given, at=day(12), area=Circle(16.3, 0.0, 20)).elsewhere == 1


def test_what_was_published_later_was_not_known() -> None:
    early = report("a", took(ARMY, 12), published=dt.date(2024, 3, 13))
    late = report("b", took(REBELS, 12), published=dt.date(2024, 3, 16))
    given = claims(early, late)
    assert [s.contested for s in situation(given, at=day(13), known_by=day(14)).states] == [False]
    assert [s.contested for s in situation(given, at=day(13)).states] == [True, True]


def _two(first: Record, second: Record) -> list[str]:
    return [c.what for c in changes(claims(first, second), day(12), day(18))]


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (took(REBELS, 15), ["changed hands"]),
        (said("withdrawal", march(15), actor=ARMY, origin=BER), ["ended"]),
        (took(REBELS, 12, 18), []),
        (said("front_collapse", march(15), place=BER), ["became contested"]),
        (said("capture", march(15), actor=REBELS, target=GAO), ["began"]),
        (took(ARMY, 15), []),
    ],
)
def test_changes_between_two_days(event: dict[str, object], what: list[str]) -> None:
    assert _two(report("a", took(ARMY, 12)), report("b", event)) == what


def test_json_cites_words_and_who_says_so() -> None:
    record = report("a", took(ARMY, 12, said_by="the mayor", certainty="probable"))
    (cited,) = situation(claims(record), at=day(12)).to_dict()["states"][0]["supports"]
    span = cited["trigger"]
    assert record.document.text[span["start"] : span["end"]] == span["text"] == "capture"
    assert cited["attribution"]["text"] == "the mayor"
    assert (cited["claim"], cited["certainty"], cited["days_told"]) == ("a:e1", "probable", True)
