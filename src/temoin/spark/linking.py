"""What happens to the claims of one part, on a worker: the code of one process, as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from temoin.corroboration.claims import Claim, claims_of
from temoin.corroboration.decisions import Constraints
from temoin.corroboration.incidents import (
    Incident,
    PairScore,
    cluster_table,
    gathered,
    id_of,
)
from temoin.corroboration.model import Model, shipped_model
from temoin.corroboration.table import NAMES, Ints, tabulate, telling
from temoin.record import Record
from temoin.spark.names import number_of
from temoin.spark.reading import batches, schema_of

__all__ = [
    "CLAIMS",
    "COLUMNS",
    "FOUND",
    "PAIRS",
    "Linking",
    "claim_rows",
    "decoded",
    "pair_rows",
    "rows_of",
]

_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)

#: What blocking needs of a claim, beside its names.
COLUMNS = {
    "family": "long",
    "placed": "int",
    "radius": "float",
    "latitude": "float",
    "longitude": "float",
    "since": "int",
    "until": "int",
}
#: A claim with what the driver plans by.
CLAIMS = ", ".join(
    (
        "document string, number int, id string, key string, cause string, claim string",
        "names binary",
        *(f"{name} {kind}" for name, kind in COLUMNS.items()),
    )
)
#: The pairs of a part, as the bytes of two arrays of rows.
PAIRS = "part long, a binary, b binary"
#: Incidents, links and scored pairs, told apart by `kind`.
FOUND = (
    "kind string, position long, incident string, a string, b string, relation string, "
    "weight double, detail string"
)


def claim_rows(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The claims of records, with the columns that blocking needs."""
    found = (
        row
        for batch in given
        for text in batch.column(0).to_pylist()
        for row in rows_of(claims_of(Record.model_validate_json(text)))
    )
    yield from batches(found, schema_of(CLAIMS), size=lambda row: 512 + len(row["claim"]))


def rows_of(claims: list[Claim]) -> Iterator[dict[str, Any]]:
    """The claims of one document as rows with the columns `CLAIMS`."""
    table = tabulate(claims)
    for number, claim in enumerate(claims):
        names = [number_of(name) for name in telling(claim.context)[:NAMES]]
        yield {
            "document": claim.document,
            "number": number,
            "id": claim.id,
            "key": id_of(claim),
            "cause": claim.cause,
            "claim": _CLAIM.dump_json(claim).decode("utf-8"),
            "names": np.array(names + [0] * (NAMES - len(names)), np.int64).tobytes(),
            **{name: table[name][number].item() for name in COLUMNS},
        }


def decoded(texts: list[str]) -> list[Claim]:
    """Claims as `claim_rows` wrote them."""
    return [_CLAIM.validate_json(text) for text in texts]


@dataclass(frozen=True)
class Linking:
    """Links the claims of a part.

    Attributes:
        groups: Copy group of each document that is not alone in its own.
        decided: What people decided.
        model: The match model; None for the shipped one.
        explain: Whether scored pairs are told.
    """

    groups: Mapping[str, str]
    decided: Constraints
    model: Model | None = None
    explain: bool = False

    def __call__(self, claims: pa.Table, pairs: pa.Table) -> pa.Table:
        """Incidents, links and scored pairs of one part."""
        table = claims.sort_by("position")
        listed = decoded(table.column("claim").to_pylist())
        positions = table.column("position").to_pylist()
        scored: tuple[PairScore, ...] = ()
        if not listed:
            return pa.Table.from_pylist([], schema=schema_of(FOUND))
        if positions and (given := table.column("given").to_pylist())[0] >= 0:
            rows = given
        else:
            clustered, scored = self.cluster(listed, _arrays(pairs))
            rows = clustered.tolist()
        first: dict[int, int] = {}
        for row, position in zip(rows, positions, strict=True):
            first.setdefault(row, position)
        found: list[dict[str, Any]] = []
        incidents = gathered(listed, rows, self.groups)
        for incident, position in zip(incidents, first.values(), strict=True):
            found += _told(incident, position)
        found += pair_rows(scored)
        return pa.Table.from_pylist(found, schema=schema_of(FOUND))

    def cluster(
        self, claims: list[Claim], pairs: tuple[Ints, Ints]
    ) -> tuple[Ints, tuple[PairScore, ...]]:
        """The incident of each claim, and the scored pairs if they are wanted."""
        return cluster_table(
            tabulate(claims, groups=self.groups),
            self.model or shipped_model(),
            decided=self.decided,
            explain=self.explain,
            pairs=pairs,
        )


def _arrays(pairs: pa.Table) -> tuple[Ints, Ints]:
    if not pairs.num_rows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    row = pairs.to_pylist()[0]
    return np.frombuffer(row["a"], np.int64), np.frombuffer(row["b"], np.int64)


def pair_rows(scored: tuple[PairScore, ...]) -> list[dict[str, Any]]:
    """Scored pairs as rows."""
    return [
        {
            "kind": "pair",
            "a": pair.a,
            "b": pair.b,
            "weight": pair.weight,
            "detail": _json([asdict(field) for field in pair.fields]),
        }
        for pair in scored
    ]


def _told(incident: Incident, position: int) -> Iterator[dict[str, Any]]:
    detail = {
        "claims": [claim.id for claim in incident.claims],
        "origin_of": dict(incident.origin_of),
        **asdict(incident.grade),
    }
    yield {
        "kind": "incident",
        "position": position,
        "incident": incident.id,
        "detail": _json(detail),
    }
    for number, link in enumerate(incident.links):
        yield {
            "kind": "link",
            "position": number,
            "incident": incident.id,
            "a": link.a,
            "b": link.b,
            "relation": str(link.kind),
            "detail": _json(
                {
                    "differences": [asdict(each) for each in link.differences],
                    "agreed": link.agreed,
                    "why": link.why,
                }
            ),
        }


_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
