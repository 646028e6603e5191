"""Copies in a large incident are linked to the first of them; a small one loses nothing."""

from __future__ import annotations

import pytest
from made import claim

from temoin.corroboration import Copy, LinkKind, carry_over, corroborate, links_of, origins
from temoin.corroboration.alike import MANY, standing
from temoin.record import Polarity

WIRE = "A strike hit the market of Ber on Sunday, a wire says."


def copied(count: int) -> list[str]:
    return [f"copy{at}:e1" for at in range(count)]


def test_few_claims_are_each_linked_to_each() -> None:
    claims = [claim(id_, sentence=WIRE) for id_ in copied(5)]
    origin_of = dict.fromkeys((each.id for each in claims), claims[0].id)
    assert len(links_of(claims, origin_of)) == len(links_of(claims)) == 10


def test_many_copies_are_linked_to_the_first_of_them() -> None:
    claims = [claim(id_, sentence=WIRE, source="Wire") for id_ in copied(MANY + 10)]
    denial = claim("army:e1", polarity=Polarity.NEGATED, sentence="There was no strike.")
    told = [*claims, denial]
    origin_of = origins(told)
    assert [len(group) for group in standing(told, origin_of)] == [MANY + 10, 1]
    links = links_of(told, origin_of)
    assert len(links) == MANY + 10
    (against,) = [each for each in links if each.kind is LinkKind.CONTRADICTS]
    assert {against.a, against.b} == {"army:e1", claims[0].id}


@pytest.mark.parametrize("field", ["sentence", "trigger", "source"])
def test_claims_that_differ_are_no_copies(field: str) -> None:
    claims = [claim(id_, sentence=WIRE, source="Wire") for id_ in copied(MANY)]
    other = claim("other:e1", **{"sentence": WIRE, "source": "Wire", field: "something else"})
    told = [*claims, other]
    assert len(standing(told, origins(told))) == 2


def test_copies_known_besides_are_one_origin_and_are_not_found() -> None:
    told = [claim("a:e1"), claim("b:e1")]
    (apart,) = corroborate(told).incidents
    found = corroborate(told, copies=[Copy("a", "b", 1.0)])
    (joined,) = found.incidents
    assert (apart.grade.origins, joined.grade.origins) == (2, 1)
    assert found.copies == ()


def test_an_id_goes_to_the_incident_with_most_of_its_claims() -> None:
    (incident,) = corroborate([claim("a:e1"), claim("b:e1"), claim("c:e1")]).incidents
    before = {
        "most": (3, frozenset({"a:e1", "b:e1"})),
        "least": (5, frozenset({"c:e1", "d:e1"})),
    }
    (kept,) = carry_over([incident], before)
    assert (kept.id, kept.revision) == ("most", 4)
