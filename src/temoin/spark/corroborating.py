"""Incidents on Spark: the same ids, members, links, grades and scores as in one process.

The driver plans (`planning`), with a few hundred bytes a claim; workers compare, cluster,
link and grade (`linking`). Claims are linked in the order of the ids of their documents.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from temoin.corroboration.copies import Copy, copy_groups
from temoin.corroboration.decisions import Constraints, Decision, constraints
from temoin.corroboration.model import Model
from temoin.corroboration.table import NAMES, Column, Ints
from temoin.errors import TemoinError
from temoin.spark.copying import copies_on_spark
from temoin.spark.linking import CLAIMS, COLUMNS, FOUND, PAIRS, Linking, claim_rows, decoded
from temoin.spark.linking import pair_rows as _pair_rows
from temoin.spark.planning import Plan, packed, plan
from temoin.spark.reading import bounded, schema_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["MOST", "OnSpark", "corroborate_on_spark", "link_claims"]

_log = logging.getLogger(__name__)

#: Claims of a component from which it is clustered on the driver.
MOST = 100_000
_PARTS_A_CORE = 3
_INCIDENT = (
    "claims array<string>, origin_of map<string, string>, support string, origins int, "
    "denials int, contested array<string>, credibility int, why string"
)
_LINK = (
    "differences array<struct<field: string, a: string, b: string>>, agreed array<string>, "
    "why string"
)
_FIELDS = "array<struct<field: string, level: string, weight: double>>"


@dataclass(frozen=True)
class OnSpark:
    """What linking found.

    Attributes:
        incidents: One row an incident: `position` (where it stands among all), `incident`
            (its id), `claims`, `origin_of`, and its grade.
        links: What the claims of an incident are to one another.
        pairs: The compared pairs with their weights and reasons; none unless `explain`.
        copies: Documents that were found to share text.
        constraints: What people decided.
        claims: How many claims there are.
        largest: How many claims the largest component has.
        on_driver: How many claims were clustered on the driver.
    """

    incidents: DataFrame
    links: DataFrame
    pairs: DataFrame
    copies: tuple[Copy, ...]
    constraints: Constraints
    claims: int
    largest: int
    on_driver: int


def corroborate_on_spark(
    records: DataFrame,
    *,
    copies: Iterable[Copy] = (),
    decisions: Iterable[Decision] = (),
    model: Model | None = None,
    explain: bool = False,
    parts: int | None = None,
    most: int = MOST,
) -> OnSpark:
    """Group the claims of records into incidents, link and grade them, on the cluster.

    Args:
        records: What `read_on_spark` gave, better kept as Parquet before: it is read twice.
        copies: Copies that are known besides: translations share no words.
        decisions: What people decided, in the order they did.
        model: The match model; the shipped one by default.
        explain: Whether scored pairs are told.
        parts: Parts that claims are shared out into; three a core by default.
        most: Claims of a component from which it is clustered on the driver.

    Raises:
        TemoinError: A document's id stands twice among the records.
    """
    found = copies_on_spark(records)
    texts = records.where("record is not null").select("record")
    claims = texts.mapInArrow(claim_rows, CLAIMS)
    return link_claims(
        claims,
        found=found,
        copies=copies,
        decided=constraints(decisions),
        model=model,
        explain=explain,
        parts=parts,
        most=most,
    )


def link_claims(
    claims: DataFrame,
    *,
    found: Iterable[Copy] = (),
    copies: Iterable[Copy] = (),
    decided: Constraints | None = None,
    model: Model | None = None,
    explain: bool = False,
    parts: int | None = None,
    most: int = MOST,
) -> OnSpark:
    """Group claims into incidents: what `corroborate_on_spark` does after finding copies.

    Args:
        claims: A table with the columns `temoin.spark.linking.CLAIMS`.
        found: Copies that were found.
        copies: Copies that are known besides.
        decided: What people decided.
        model: The match model; the shipped one by default.
        explain: Whether scored pairs are told.
        parts: Parts that claims are shared out into.
        most: Claims of a component from which it is clustered on the driver.

    Raises:
        TemoinError: A claim stands twice.
    """
    spark = claims.sparkSession
    bounded(spark)
    claims = claims.persist()
    decided = decided or constraints(())
    found = tuple(found)
    every = [*found, *copies]
    documents = sorted({id_ for copy in every for id_ in (copy.a, copy.b)})
    link = Linking(copy_groups(documents, every), decided, model, explain)
    table = (
        claims.drop("claim").toArrow().sort_by([("document", "ascending"), ("number", "ascending")])
    )
    ids = table.column("id").to_pylist()
    _refuse_twice(ids)
    parts = parts or spark.sparkContext.defaultParallelism * _PARTS_A_CORE
    planned = plan(
        _columns(table),
        ids,
        keys=table.column("key").to_pylist(),
        causes=table.column("cause").to_pylist(),
        together=decided.together,
        parts=parts,
        most=most,
    )
    part, given = planned.part, np.full(len(ids), -1, dtype=np.int64)
    scored: list[dict[str, Any]] = []
    large = np.flatnonzero(part < 0)
    if large.size:
        _log.warning(
            "%d of %d claims belong to components of more than %d claims and are clustered on "
            "the driver, in one process; their links and grades are made on the cluster",
            large.size, len(ids), most,
        )  # fmt: skip
        given, part, scored = _on_driver(claims, table, planned, link=link, parts=parts)
    assigned = table.select(["id"]).append_column("position", [np.arange(len(ids))])
    assigned = assigned.append_column("part", [part]).append_column("given", [given])
    placed = claims.select("id", "claim").join(spark.createDataFrame(assigned), "id")
    pairs = spark.createDataFrame(_pair_table(planned))

    def linked(part: pa.Table, compared: pa.Table) -> pa.Table:
        # Spark counts the parameters of what it calls: a function of two, not an object.
        return link(part, compared)

    # As many tasks as parts: Spark's own number (200) would start Python for nothing.
    one, other = placed.repartition(parts, "part"), pairs.repartition(parts, "part")
    both = one.groupBy("part").cogroup(other.groupBy("part"))
    made = both.applyInArrow(linked, FOUND).persist()
    if scored:
        made = made.union(spark.createDataFrame(_rows(scored)))
    return _told(made, found, decided, planned, large.size)


def _told(
    made: DataFrame, found: tuple[Copy, ...], decided: Constraints, planned: Plan, on_driver: int
) -> OnSpark:
    from pyspark.sql import functions as f

    def of(kind: str, columns: list[str], schema: str) -> DataFrame:
        detail = f.from_json("detail", schema).alias("detail")
        return made.where(f.col("kind") == kind).select(*columns, detail)

    return OnSpark(
        incidents=of("incident", ["position", "incident"], _INCIDENT).select(
            "position", "incident", "detail.*"
        ),
        links=of("link", ["incident", "position", "a", "b", "relation"], _LINK).select(
            "incident", "position", "a", "b", "relation", "detail.*"
        ),
        pairs=of("pair", ["a", "b", "weight"], _FIELDS).withColumnRenamed("detail", "fields"),
        copies=found,
        constraints=decided,
        claims=len(planned.part),
        largest=planned.largest,
        on_driver=int(on_driver),
    )


def _on_driver(
    claims: DataFrame, table: pa.Table, planned: Plan, *, link: Linking, parts: int
) -> tuple[Ints, Ints, list[dict[str, Any]]]:
    """Cluster the claims of components that are too large, and share their incidents out.

    Returns:
        The number of each claim's incident (-1 for all others), the part of each claim, and
        the scored pairs.
    """
    import pyarrow as pa

    spark = claims.sparkSession
    large = np.flatnonzero(planned.part < 0)
    wanted = table.select(["id"]).take(pa.array(large)).append_column("position", [large])
    held = claims.select("id", "claim").join(spark.createDataFrame(wanted), "id").toArrow()
    listed = decoded(held.sort_by("position").column("claim").to_pylist())
    rows, scored = link.cluster(listed, planned.whole)
    given = np.full(planned.part.size, -1, dtype=np.int64)
    given[large] = large[rows]
    roots, size = np.unique(given[large], return_counts=True)
    home = parts + packed(size, parts)
    part = planned.part.copy()
    part[large] = home[np.searchsorted(roots, given[large])]
    return given, part, _pair_rows(scored)


def _refuse_twice(ids: list[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    twice = Counter(ids).most_common(1)[0][0]
    message = f"claim {twice} stands twice: the id of a document must be its own"
    raise TemoinError(message)


def _columns(table: pa.Table) -> Mapping[str, Column]:
    columns: dict[str, Column] = {name: table.column(name).to_numpy() for name in COLUMNS}
    names = b"".join(table.column("names").to_pylist())
    columns["names"] = np.frombuffer(names, np.int64).reshape(-1, NAMES)
    return columns


def _pair_table(planned: Plan) -> pa.Table:
    import pyarrow as pa

    found = [
        {"part": part, "a": a.tobytes(), "b": b.tobytes()} for part, (a, b) in planned.pairs.items()
    ]
    return pa.Table.from_pylist(found, schema=schema_of(PAIRS))


def _rows(scored: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(scored, schema=schema_of(FOUND))
