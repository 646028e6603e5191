from __future__ import annotations

import datetime as dt
import random

import pytest
from made import ARMY, BER, DAY, GAO, REBELS, claim, killed, on

from temoin.corroboration import Claim, Support, carry_over, corroborate, origins, shipped_model
from temoin.record import Certainty, EventType, Polarity

KILLING = EventType.KILLING


def told() -> list[Claim]:
    """Two strikes on one day, 30 km apart, each told by two, with its dead."""
    north = {"place": GAO, "context": frozenset({"place:geonames:2"})}
    return [
        claim("a:e1"),
        claim("a:e2", type=KILLING, trigger="killed", counts=(killed(13),), cause="a:e1"),
        claim("b:e1", language="fr", trigger="frappe"),
        claim("b:e2", type=KILLING, trigger="morts", counts=(killed(13),), cause="b:e1"),
        claim("c:e1", **north),
        claim("d:e1", **north),
    ]


def groups(claims: list[Claim]) -> set[frozenset[str]]:
    return {incident.claim_ids for incident in corroborate(claims).incidents}


def test_reports_of_one_event_are_one_incident() -> None:
    assert groups(told()) == {
        frozenset({"a:e1", "b:e1"}),
        frozenset({"a:e2", "b:e2"}),
        frozenset({"c:e1", "d:e1"}),
    }


def test_the_order_of_claims_changes_nothing() -> None:
    claims = told()
    shuffled = random.Random(1).sample(claims, len(claims))
    first, other = corroborate(claims), corroborate(shuffled)
    assert {i.id: i.claim_ids for i in first.incidents} == {
        i.id: i.claim_ids for i in other.incidents
    }


def test_no_claims_give_no_incidents() -> None:
    assert corroborate([]).incidents == ()


def test_a_claim_with_nothing_but_its_type_stands_alone() -> None:
    bare = claim("a:e1", days=None, place=None, context=frozenset(), published=None, sentence="")
    (incident,) = corroborate([bare]).incidents
    assert incident.claim_ids == {"a:e1"}


def test_two_places_of_one_report_are_two_incidents() -> None:
    claims = [claim("a:e1"), claim("a:e2", place=GAO)]
    assert len(groups(claims)) == 2


def test_a_denial_belongs_to_what_it_denies() -> None:
    claims = [claim("a:e1"), claim("b:e1", polarity=Polarity.NEGATED)]
    (incident,) = corroborate(claims).incidents
    assert incident.grade.support is Support.CONTESTED
    assert incident.grade.contested == ("occurred",)


def test_every_pair_is_explained_to_the_bit() -> None:
    (pair,) = corroborate([claim("a:e1"), claim("b:e1")]).pairs
    assert pair.weight == pytest.approx(sum(field.weight for field in pair.fields), abs=0.02)
    assert {field.field for field in pair.fields} > {"prior", "type", "time", "place", "actors"}


def test_ids_stay_when_a_later_report_comes_in() -> None:
    before = corroborate([claim("a:e1"), claim("b:e1")]).incidents[0]
    late = claim("c:e1", published=DAY + dt.timedelta(days=5))
    assert corroborate([claim("a:e1"), claim("b:e1"), late]).incidents[0].id == before.id


def test_an_earlier_report_keeps_the_id_and_raises_the_revision() -> None:
    old = corroborate([claim("b:e1")]).incidents[0]
    new = corroborate([claim("a:e1", published=DAY), claim("b:e1")]).incidents
    (carried,) = carry_over(new, {old.id: (old.revision, old.claim_ids)})
    assert (carried.id, carried.revision) == (old.id, 2)


def test_an_incident_that_did_not_change_keeps_its_revision() -> None:
    found = corroborate([claim("a:e1")]).incidents
    assert carry_over(found, {found[0].id: (4, found[0].claim_ids)})[0].revision == 4


def test_an_id_goes_to_one_part_of_an_incident_that_was_split() -> None:
    claims = [claim("a:e1"), claim("b:e1"), claim("c:e1", place=GAO, context=frozenset())]
    parts = corroborate(claims).incidents
    carried = carry_over(parts, {"i1": (1, frozenset({"a:e1", "b:e1", "c:e1"}))})
    assert len({part.id for part in carried}) == 2
    assert next(p for p in carried if "a:e1" in p.claim_ids).id == "i1"


def test_copies_are_one_origin() -> None:
    claims = [claim("a:e1"), claim("b:e1"), claim("c:e1")]
    found = origins(claims, {"a": "a", "b": "a", "c": "c"})
    assert found == {"a:e1": "a:e1", "b:e1": "a:e1", "c:e1": "c:e1"}


def test_two_papers_that_quote_one_army_are_one_origin() -> None:
    claims = [claim("a:e1", attribution=ARMY), claim("b:e1", attribution=ARMY)]
    assert set(origins(claims).values()) == {"a:e1"}


def test_one_paper_that_quotes_both_sides_is_two_origins() -> None:
    claims = [claim("a:e1", attribution=ARMY), claim("a:e2", attribution=REBELS)]
    assert len(set(origins(claims).values())) == 2


@pytest.mark.parametrize(
    ("claims", "support", "credibility"),
    [
        ([claim("a:e1")], Support.SINGLE, 3),
        ([claim("a:e1", source="X"), claim("b:e1", source="X")], Support.SINGLE, 3),
        ([claim("a:e1"), claim("b:e1")], Support.CORROBORATED, 2),
        ([claim("a:e1"), claim("b:e1"), claim("c:e1")], Support.CORROBORATED, 1),
        ([claim("a:e1"), claim("b:e1", days=on(18))], Support.CONTESTED, 2),
        ([claim("a:e1", certainty=Certainty.POSSIBLE)], Support.SINGLE, 6),
        ([claim("a:e1", polarity=Polarity.NEGATED)], Support.SINGLE, 5),
        ([claim("a:e1"), claim("b:e1", polarity=Polarity.NEGATED)], Support.CONTESTED, 4),
    ],
)
def test_grades_count_origins(claims: list[Claim], support: Support, credibility: int) -> None:
    (incident,) = corroborate(claims).incidents
    assert (incident.grade.support, incident.grade.credibility) == (support, credibility)


def test_the_shipped_model_names_where_it_comes_from() -> None:
    model = shipped_model()
    assert "corpus/incidents" in model.fitted_on
    for levels in model.comparisons.values():
        assert sum(level.m for level in levels) == pytest.approx(1, abs=0.001)
        assert sum(level.u for level in levels) == pytest.approx(1, abs=0.001)


def test_place_apart_weighs_less_than_same_place() -> None:
    weights = {level.name: level.weight for level in shipped_model().comparisons["place"]}
    assert weights["same place"] > 0 > weights["within 60 km"]
    assert BER.id != GAO.id
