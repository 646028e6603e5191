"""How many claims a query finds, by what they are: counted in memory."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np

from temoin.casefile import Case
from temoin.casefile.schema import SENSITIVITIES
from temoin.casefile.searching.query import Filter, written
from temoin.workbench.api.models.timeline import Facet, Facets
from temoin.workbench.views.columns import FAR, Array, Columns
from temoin.workbench.views.selecting import reading
from temoin.workbench.views.vocabulary import FAMILIES, families

__all__ = ["facets"]

#: Publishers, and months, that are told.
_SOURCES = 30
_MONTHS = 600


def facets(case: Case, q: str) -> Facets:
    """Counts of the claims that a query finds.

    Raises:
        QueryError: The query cannot be read.
    """
    with reading(case) as now:
        found, columns = now.found(q), now.columns
        at, claims = found.at, columns.claims
        notes = list(found.notes)
        types = _counts(columns, claims["type"][at], "type")
        source = _counts(columns, columns.of_document("publisher")[at], "publisher")
        if len(source) > _SOURCES:
            notes.append(f"The {_SOURCES} publishers with the most claims, of {len(source):,}.")
        months = _months(claims["earliest"][at], claims["latest"][at])
        if len(months) > _MONTHS:
            notes.append(f"The last {_MONTHS} months, of {len(months):,}.")
        dated = (claims["earliest"][at] > -FAR) | (claims["latest"][at] < FAR)
        return Facets(
            total=len(found),
            documents=len(np.unique(claims["document"][at])),
            located=int((~np.isnan(claims["latitude"][at])).sum()),
            dated=int(dated.sum()),
            contested=int(claims["contested"][at].sum()),
            type=_facets("type", types),
            family=_families(types),
            state=_facets("state", _counts(columns, claims["state"][at], "state")),
            country=_facets("country", _counts(columns, claims["country"][at], "country")),
            language=_facets(
                "lang", _counts(columns, columns.of_document("language")[at], "language")
            ),
            certainty=_facets("certainty", _counts(columns, claims["certainty"][at], "certainty")),
            polarity=_facets("polarity", _counts(columns, claims["polarity"][at], "polarity")),
            sensitivity=_levels(columns.of_document("sensitivity")[at]),
            source=_facets("source", dict(list(source.items())[:_SOURCES])),
            month=_facets("on", dict(list(months.items())[-_MONTHS:])),
            notes=notes,
        )


def _counts(columns: Columns, values: Array, words: str) -> dict[str, int]:
    """How often each text occurs, the most frequent first; nothing is told of none."""
    texts = columns.words[words].texts
    counts = np.bincount(values, minlength=len(texts))
    found = [(str(texts[each]), int(counts[each])) for each in np.nonzero(counts)[0] if each]
    return dict(sorted(found, key=lambda told: (-told[1], told[0])))


def _facets(field: str, counts: dict[str, int]) -> list[Facet]:
    return [
        Facet(value=value, count=count, q=written(Filter(field, ":", value)))
        for value, count in counts.items()
    ]


def _families(types: dict[str, int]) -> list[Facet]:
    counts: Counter[str] = Counter()
    for type_, count in types.items():
        counts[families()[type_]] += count
    return [
        Facet(
            value=family,
            count=counts[family],
            q="type:" + ",".join(type_ for type_, of in families().items() if of == family),
        )
        for family in FAMILIES
        if counts[family]
    ]


def _levels(values: Array) -> list[Facet]:
    counts = np.bincount(values, minlength=len(SENSITIVITIES))
    told = zip(SENSITIVITIES, counts, strict=True)
    return _facets("sensitivity", {level: int(count) for level, count in told if count})


def _months(earliest: Array, latest: Array) -> dict[str, int]:
    """How many claims begin in each month, in order."""
    begins = np.where(earliest > -FAR, earliest, latest)
    begins = begins[begins < FAR]
    values, counts = np.unique(begins, return_counts=True)
    months: Counter[str] = Counter()
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        months[dt.date.fromordinal(value).strftime("%Y-%m")] += count
    return dict(sorted(months.items()))
