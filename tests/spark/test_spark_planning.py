"""Parts of claims: what belongs together is in one, with its pairs."""

from __future__ import annotations

import numpy as np
import pytest

from temoin.corroboration import Claim, Days, Spot
from temoin.corroboration.blocking import candidate_pairs
from temoin.corroboration.table import Table, tabulate
from temoin.record import EventType
from temoin.spark.names import number_of
from temoin.spark.planning import Plan, packed, plan


def claims() -> list[Claim]:
    """Six towns far apart, of one to six claims each, one after the other in no order."""
    import datetime as dt

    day = dt.date(2023, 5, 1)
    return [
        Claim(
            id=f"d{number}-{town}:e1",
            document=f"d{number}-{town}",
            event="e1",
            type=EventType.SHELLING,
            trigger="shelled",
            sentence=f"Town{town} was shelled.",
            days=Days(day, day),
            place=Spot(f"Town{town}", 10.0 * town - 25, 20.0 * town - 50, 1.0, f"t{town}"),
            context=frozenset({f"place:t{town}"}),
        )
        for number in range(6)
        for town in range(6)
        if number <= town
    ]


def planned(table: Table, *, most: int = 100, causes: tuple[int, int] | None = None) -> Plan:
    given: list[str | None] = [None] * len(table)
    if causes:
        given[causes[0]] = table.ids[causes[1]]
    return plan(table.columns, table.ids, keys=table.ids, causes=given, parts=3, most=most)


@pytest.mark.parametrize("most", [100, 4, 1])
def test_every_pair_is_in_the_part_of_its_claims(most: int) -> None:
    table = tabulate(claims())
    found = planned(table, most=most)
    members = {part: np.flatnonzero(found.part == part) for part in range(-1, 3)}
    pairs = {**found.pairs, -1: found.whole}
    told = {
        (int(members[part][x]), int(members[part][y]))
        for part, (a, b) in pairs.items()
        for x, y in zip(a.tolist(), b.tolist(), strict=True)
    }
    a, b = candidate_pairs(table)
    assert told == set(zip(a.tolist(), b.tolist(), strict=True))


def test_components_that_are_too_large_are_in_no_part() -> None:
    table = tabulate(claims())
    found = planned(table, most=4)
    assert found.largest == 6
    large = {id_ for id_, part in zip(table.ids, found.part, strict=True) if part < 0}
    assert large == {id_ for id_ in table.ids if id_.endswith(("-4:e1", "-5:e1"))}


def test_a_claim_is_with_its_cause() -> None:
    table = tabulate(claims())
    rows = [table.ids.index("d0-0:e1"), table.ids.index("d0-5:e1")]
    found = planned(table, causes=(rows[0], rows[1]))
    assert found.part[rows[0]] == found.part[rows[1]]


def test_costs_are_shared_out_evenly() -> None:
    where = packed(np.array([9, 1, 1, 5, 4, 1]), 2)
    totals = np.bincount(where, weights=[9, 1, 1, 5, 4, 1])
    assert totals.max() <= 11


def test_numbers_of_names_never_change() -> None:
    assert number_of("place:geonames:2214846") == number_of("place:geonames:2214846")
    assert len({number_of(f"name:{n}") for n in range(10_000)}) == 10_000
    assert all(0 < number_of(f"name:{n}") < 2**63 for n in range(100))
