from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from made import ARMY, BER, DAY, GAO, REBELS, SOLDIERS, VILLAGERS, between, claim, killed, on

from temoin.corroboration import Claim, LinkKind, Thing, link
from temoin.record import EventType, Polarity

LATER = DAY + dt.timedelta(days=3)


def deaths(id_: str, *counts: object, **given: object) -> Claim:
    return claim(id_, **{"type": EventType.KILLING, "trigger": "killed", "counts": counts, **given})


def fields(a: Claim, b: Claim) -> list[str]:
    return [difference.field for difference in link(a, b).differences]


def test_the_same_told_twice_is_the_same() -> None:
    assert link(claim("a:e1"), claim("b:e1")).kind is LinkKind.SAME


def test_a_report_that_says_more_complements() -> None:
    found = link(claim("a:e1"), claim("b:e1", actors=(ARMY,)))
    assert found.kind is LinkKind.COMPLEMENTS
    assert found.agreed == ("place", "time", "instrument")


def test_a_denial_contradicts_that_it_happened() -> None:
    found = link(claim("a:e1"), claim("b:e1", polarity=Polarity.NEGATED))
    assert found.kind is LinkKind.CONTRADICTS
    assert {(d.field, d.a, d.b) for d in found.differences} == {("occurred", "denied", "affirmed")}


def test_two_counts_that_differ_contradict() -> None:
    found = link(deaths("a:e1", killed(13)), deaths("b:e1", killed(21)))
    assert found.kind is LinkKind.CONTRADICTS
    assert [(d.field, {d.a, d.b}) for d in found.differences] == [("casualties", {"13", "21"})]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (between("dozens", 24, 99), killed(40)),
        (between("at least 13", 13, None), killed(21)),
        (between("up to 240", None, 240), killed(200)),
    ],
)
def test_a_vague_count_does_not_contradict_one_within_it(one: object, other: object) -> None:
    assert fields(deaths("a:e1", one), deaths("b:e1", other)) == []


def test_a_lower_bound_contradicts_a_lower_count() -> None:
    one = deaths("a:e1", between("at least 37", 37, None))
    assert fields(one, deaths("b:e1", killed(11))) == ["casualties"]


def test_counts_of_two_groups_may_be_summed_up() -> None:
    one = deaths("a:e1", killed(4, kind="civilian"), killed(6, kind="combatant"))
    assert fields(one, deaths("b:e1", killed(10))) == []


def test_dead_fighters_contradict_dead_civilians() -> None:
    one = deaths("a:e1", between("up to 120", None, 120))
    one = replace(one, counts=tuple(replace(c, kind="combatant") for c in one.counts))
    assert fields(one, deaths("b:e1", killed(9, kind="civilian"))) == ["casualties", "target"]


def test_a_later_toll_of_the_same_source_updates() -> None:
    first = deaths("a:e1", killed(13), source="Agency")
    later = deaths("b:e1", killed(17), source="Agency", published=LATER)
    found = link(first, later)
    assert (found.kind, found.a, found.b) == (LinkKind.UPDATES, "b:e1", "a:e1")


def test_a_toll_that_has_risen_by_its_own_words_updates() -> None:
    risen = "Three days later the toll has risen to seventeen."
    later = deaths("b:e1", killed(17), published=LATER, sentence=risen)
    assert link(deaths("a:e1", killed(13)), later).kind is LinkKind.UPDATES


def test_a_lower_toll_of_another_source_contradicts() -> None:
    risen = "Three days later the toll has risen to seventeen."
    later = deaths("b:e1", killed(17), published=LATER, sentence=risen)
    assert link(deaths("a:e1", killed(21)), later).kind is LinkKind.CONTRADICTS


def test_a_source_that_denies_what_it_said_retracts() -> None:
    first = claim("a:e1", source="Agency")
    later = claim("b:e1", source="Agency", published=LATER, polarity=Polarity.NEGATED)
    assert link(first, later).kind is LinkKind.RETRACTS


def test_another_known_culprit_contradicts() -> None:
    assert fields(claim("a:e1", actors=(ARMY,)), claim("b:e1", actors=(REBELS,))) == ["actor"]


def test_a_class_may_be_the_known_actor() -> None:
    assert fields(claim("a:e1", actors=(ARMY,)), claim("b:e1", actors=(SOLDIERS,))) == []


def test_both_sides_of_a_clash_do_not_contradict() -> None:
    clash = {"type": EventType.ARMED_CLASH}
    one, other = claim("a:e1", actors=(ARMY,), **clash), claim("b:e1", actors=(REBELS,), **clash)
    assert fields(one, other) == []


def test_civilians_and_fighters_as_targets_contradict() -> None:
    one, other = claim("a:e1", targets=(VILLAGERS,)), claim("b:e1", targets=(REBELS,))
    assert fields(one, other) == ["target"]


def test_places_apart_beyond_their_radii_contradict() -> None:
    assert fields(claim("a:e1"), claim("b:e1", place=GAO)) == ["place"]


def test_a_place_within_the_radius_does_not_contradict() -> None:
    wide = replace(GAO, radius_km=300.0, id="geonames:3")
    assert fields(claim("a:e1"), claim("b:e1", place=wide)) == []


def test_what_a_report_does_not_say_itself_contradicts_nothing() -> None:
    lent = claim("b:e1", place=replace(GAO, own=False), days=on(25, own=False))
    assert fields(claim("a:e1"), lent) == []


def test_days_apart_contradict() -> None:
    assert fields(claim("a:e1"), claim("b:e1", days=on(18))) == ["time"]


def test_shells_contradict_an_air_strike() -> None:
    assert fields(claim("a:e1"), claim("b:e1", type=EventType.SHELLING)) == ["instrument"]


def test_an_unexplained_blast_may_be_an_air_strike() -> None:
    blast = claim("b:e1", type=EventType.EXPLOSION, equipment=(Thing("explosives", None, "x"),))
    assert fields(claim("a:e1"), blast) == []


def test_a_link_does_not_depend_on_the_order() -> None:
    one, other = deaths("a:e1", killed(13)), deaths("b:e1", killed(21), place=BER)
    assert link(one, other) == link(other, one)
