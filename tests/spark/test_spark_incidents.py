"""Corroboration on Spark: the same incidents, links, grades and scores as one process."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fake_extractor import FakeExtractor

from temoin.corroboration import (
    Claim,
    Copy,
    Corroboration,
    Decision,
    Verdict,
    claims_of_all,
    constraints,
    corroborate,
)
from temoin.errors import TemoinError
from temoin.pipeline import Reader
from temoin.spark import OnSpark, corroborate_on_spark, read_on_spark
from temoin.spark.corroborating import link_claims
from temoin.spark.linking import CLAIMS, rows_of
from temoin.spark.reading import schema_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = [
    pytest.mark.slow,
    # No pandas is used, but PySpark looks at its version all the same.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
COPIES = [Copy("d1", "d2", 0.5), Copy("d2", "d30", 0.9)]


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """Three thousand, some with a cause, in the order of their documents' ids."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        made_up = import_module("linking_speed").made_up
    finally:
        sys.path.remove(str(BENCHMARKS))
    found = [claim for claim, _ in made_up(3000)]
    for at in range(7, len(found), 7):
        found[at] = replace(found[at], cause=found[at - 1].id)
    return sorted(found, key=lambda claim: claim.document)


def on_spark(spark: SparkSession, claims: Iterable[Claim]) -> DataFrame:
    import pyarrow as pa

    rows = [row for claim in claims for row in rows_of([claim])]
    return spark.createDataFrame(pa.Table.from_pylist(rows, schema=schema_of(CLAIMS)))


def incidents(found: OnSpark) -> list[dict[str, Any]]:
    rows = [row.asDict(recursive=True) for row in found.incidents.collect()]
    return [
        {name: value for name, value in row.items() if name != "position"}
        for row in sorted(rows, key=lambda row: row["position"])
    ]


def expected(found: Corroboration) -> list[dict[str, Any]]:
    return [
        {
            "incident": each.id,
            "claims": [claim.id for claim in each.claims],
            "origin_of": dict(each.origin_of),
            **asdict(each.grade),
            "contested": list(each.grade.contested),
        }
        for each in found.incidents
    ]


def links(found: OnSpark) -> list[tuple[Any, ...]]:
    rows = [row.asDict(recursive=True) for row in found.links.collect()]
    return sorted(
        (
            row["incident"],
            row["position"],
            row["a"],
            row["b"],
            row["relation"],
            tuple(tuple(sorted(each.items())) for each in row["differences"]),
            tuple(row["agreed"]),
            row["why"],
        )
        for row in rows
    )


def expected_links(found: Corroboration) -> list[tuple[Any, ...]]:
    return sorted(
        (
            incident.id,
            number,
            link.a,
            link.b,
            str(link.kind),
            tuple(tuple(sorted(asdict(each).items())) for each in link.differences),
            link.agreed,
            link.why,
        )
        for incident in found.incidents
        for number, link in enumerate(incident.links)
    )


def pairs(found: OnSpark) -> list[tuple[Any, ...]]:
    return sorted(
        (row["a"], row["b"], row["weight"], tuple(tuple(each) for each in row["fields"]))
        for row in found.pairs.collect()
    )


def expected_pairs(found: Corroboration) -> list[tuple[Any, ...]]:
    return sorted(
        (
            pair.a,
            pair.b,
            pair.weight,
            tuple((each.field, each.level, each.weight) for each in pair.fields),
        )
        for pair in found.pairs
    )


@pytest.mark.parametrize("most", [100_000, 5], ids=["on workers", "large ones on the driver"])
def test_incidents_links_and_scores_are_those_of_one_process(
    spark: SparkSession, claims: list[Claim], most: int
) -> None:
    local = corroborate(claims, copies=COPIES)
    one = next(each for each in local.incidents if len(each.claims) > 2)
    other = next(each for each in local.incidents if len(each.claims) == 1)
    decisions = [
        Decision(one.claims[0].id, one.claims[1].id, Verdict.DIFFERENT),
        Decision(one.claims[2].id, other.claims[0].id, Verdict.SAME),
    ]
    local = corroborate(claims, copies=COPIES, decisions=decisions)
    found = link_claims(
        on_spark(spark, claims),
        copies=COPIES,
        decided=constraints(decisions),
        explain=True,
        parts=5,
        most=most,
    )
    assert incidents(found) == expected(local)
    assert links(found) == expected_links(local)
    assert pairs(found) == expected_pairs(local)
    assert found.claims == len(claims)
    assert (found.on_driver > 0) == (most == 5)


def test_records_are_corroborated_with_the_copies_among_them(spark: SparkSession) -> None:
    wire = "The army shelled Mizda on Tuesday, according to residents who fled to the hills. "
    texts = [
        ("b", wire + "Nobody was able to count the dead on the evening of that day."),
        ("a", wire),
        ("c", "L'armée a bombardé Mizda mardi. Des renforts étaient attendus dans la ville."),
        ("d", "Kidal was captured on Tuesday, the rebels said in a statement to the press."),
    ]
    given = [(id_, text, "2019-11-14") for id_, text in texts]
    table = spark.createDataFrame(given, "id string, text string, published string")
    records = read_on_spark(spark, table, extractor=FakeExtractor(), partitions=2)
    reader = Reader(FakeExtractor())
    read = [reader.read_text(text, id=i, published=day) for i, text, day in sorted(given)]
    local = corroborate(
        list(claims_of_all(read)), texts=[(r.document.id, r.document.text) for r in read]
    )
    found = corroborate_on_spark(records, parts=2)
    assert found.copies == local.copies != ()
    assert incidents(found) == expected(local)


def test_a_claim_that_stands_twice_is_refused(spark: SparkSession, claims: list[Claim]) -> None:
    with pytest.raises(TemoinError, match="stands twice"):
        link_claims(on_spark(spark, [claims[0], claims[0]]))
