"""Entities: who, where and what the claims name that a query finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import func, select

from temoin.casefile import Case
from temoin.casefile.schema import Argument, Claim, Document
from temoin.casefile.search import words_of
from temoin.casefile.searching.query import Either, Filter, written
from temoin.grounding.actors.search import names_of
from temoin.grounding.actors.store import actor
from temoin.grounding.equipment.store import equipment
from temoin.workbench.api.models.common import Point
from temoin.workbench.api.models.entities import (
    EntityDetail,
    EntityPage,
    EntityRow,
    Neighbour,
    Variant,
)
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import FAR, Array, day_of
from temoin.workbench.views.naming import ROLES, Entities, Named
from temoin.workbench.views.paging import offset
from temoin.workbench.views.selecting import Reading, reading

__all__ = ["entities", "entity"]

_VARIANTS = 40
_NEIGHBOURS = 20

#: Claims of something that the tables do not know whose words are looked at.
_LOOKED_AT = 2_000
_CHUNK = 500


def entities(
    case: Case,
    q: str,
    *,
    kind: str | None,
    name: str,
    known: bool | None,
    limit: int,
    after: str | None,
) -> EntityPage:
    """What the claims name that a query finds, the most named first.

    Args:
        case: The case.
        q: The query.
        kind: actor, place, equipment or other.
        name: Words that its name or id has.
        known: Whether Témoin's tables know it.
        limit: Most on a page.
        after: Where the page before ended.

    Raises:
        Problem: `after` is of no page.
        QueryError: The query cannot be read.
    """
    first = offset(after)
    with reading(case) as now:
        found = now.found(q)
        named = now.columns.entities(now.session)
        counts = now.memory.value_of(
            ("entities", q), now.head, lambda: _counts(now, named, found.at)
        )
        wanted = [
            number
            for number in np.nonzero(counts)[0].tolist()
            if _fits(named.all[number], kind=kind, known=known)
        ]
        sought = "".join(f" {word}" for word in words_of(name))
        if name.strip():
            wanted = [each for each in wanted if sought and sought in named.all[each].folded]
        wanted.sort(key=lambda each: (-int(counts[each]), named.all[each].name, each))
        page = wanted[first : first + limit]
        return EntityPage(
            items=_rows(now, named, page, found.at),
            total=len(wanted),
            next=str(first + limit) if first + limit < len(wanted) else None,
            notes=list(found.notes),
        )


def entity(case: Case, ref: str, *, q: str) -> EntityDetail:
    """All that is known of an entity.

    Args:
        case: The case.
        ref: Its id, or `~` and its words.
        q: Only in claims that this query finds.

    Raises:
        Problem: No claim names it.
        QueryError: The query cannot be read.
    """
    with reading(case) as now:
        found = now.found(q)
        named = now.columns.entities(now.session)
        number = named.by_ref.get(ref)
        rows = [] if number is None else _rows(now, named, [number], found.at)
        if number is None or not rows[0].claims:
            raise Problem(404, f"no claim names {ref!r}")
        mask = named.within(now.columns.claims["id"][found.at])
        claims = np.unique(named.claim[mask & (named.entity == number)])
        at = now.columns.positions(claims.astype(np.int64))
        variants, notes = _variants(now, named.all[number], claims)
        days = now.columns.claims["earliest"][at], now.columns.claims["latest"][at]
        firsts = days[0][days[0] > -FAR]
        lasts = days[1][days[1] < FAR]
        about = actor(ref) if named.all[number].kind == "actor" else None
        table = about or equipment().get(ref)
        return EntityDetail(
            **dict(rows[0]),
            variants=variants,
            types=_by(now, at, "type"),
            states=_by(now, at, "state"),
            with_=_neighbours(named, number, claims),
            first=day_of(int(firsts.min())) if len(firsts) else None,
            last=day_of(int(lasts.max())) if len(lasts) else None,
            parent=about.parent if about else None,
            wikidata=about.wikidata if about else None,
            names=list(dict.fromkeys(names_of(table)))[1:] if table else [],
            notes=[*found.notes, *notes],
        )


def _fits(each: Named, *, kind: str | None, known: bool | None) -> bool:
    return (kind is None or each.kind == kind) and (known is None or each.known == known)


def _counts(now: Reading, named: Entities, at: Array) -> Array:
    """How many of these claims name each entity."""
    mask = named.first & named.within(now.columns.claims["id"][at])
    counts: Array = np.bincount(named.entity[mask], minlength=len(named.all))
    return counts


def _rows(now: Reading, named: Entities, numbers: Sequence[int], at: Array) -> list[EntityRow]:
    mask = named.within(now.columns.claims["id"][at])
    chosen = np.zeros(len(named.all), dtype=bool)
    chosen[list(numbers)] = True
    mask &= chosen[named.entity]
    claim, entity_, role = named.claim[mask], named.entity[mask], named.role[mask]
    place = now.columns.positions(claim.astype(np.int64))
    document = now.columns.claims["document"][place]
    rows = []
    for number in numbers:
        mine = entity_ == number
        each = named.all[number]
        roles = np.bincount(role[mine], minlength=len(ROLES))
        told = {name: int(count) for name, count in zip(ROLES, roles, strict=True) if count}
        kind: Any = each.kind
        rows.append(
            EntityRow(
                ref=each.ref,
                name=each.name,
                kind=kind,
                subkind=each.subkind,
                country=each.country,
                known=each.known,
                claims=len(np.unique(claim[mine])),
                documents=len(np.unique(document[mine])),
                roles=told,
                point=Point(
                    latitude=each.point[0], longitude=each.point[1], radius_km=each.point[2]
                )
                if each.point
                else None,
                q=_query(each, list(told)),
            )
        )
    return rows


def _query(each: Named, roles: list[str]) -> str:
    """A query that finds its claims: exact for what is known, else by its words."""
    if each.known:
        return written(Filter("ref", ":", each.ref))
    filters = tuple(Filter(role, ":", each.ref.removeprefix("~")) for role in roles)
    if len(filters) == 1:
        return written(filters[0])
    return f"({written(Either(filters))})"


def _variants(now: Reading, each: Named, claims: Array) -> tuple[list[Variant], list[str]]:
    """The words by which texts name it, and in which languages."""
    counts: Counter[str] = Counter()
    languages: defaultdict[str, set[str]] = defaultdict(set)
    notes = []
    statement = (
        select(Argument.words, Argument.antecedent, Document.language, func.count())
        .join(Claim, Claim.id == Argument.claim_id)
        .join(Document, Document.id == Claim.document_id)
        .where(Argument.active)
        .group_by(Argument.words, Argument.antecedent, Document.language)
    )
    if each.known:
        parts = [statement.where(Argument.ref == each.ref)]
    else:
        if len(claims) > _LOOKED_AT:
            notes.append(f"Its words in the first {_LOOKED_AT:,} of {len(claims):,} claims.")
        numbers = claims[:_LOOKED_AT].tolist()
        parts = [
            statement.where(
                Argument.claim_id.in_(numbers[first : first + _CHUNK]),
                Argument.ref.is_(None),
                Argument.role.in_(ROLES),
            )
            for first in range(0, len(numbers), _CHUNK)
        ]
    for part in parts:
        for words, antecedent, language, count in now.session.execute(part):
            if each.known or "~" + " ".join(words_of(antecedent or words)) == each.ref:
                counts[words] += count
                languages[words].add(language)
    if len(counts) > _VARIANTS:
        notes.append(f"The {_VARIANTS} most frequent of {len(counts):,} ways to name it.")
    ordered = sorted(counts.items(), key=lambda told: (-told[1], told[0]))[:_VARIANTS]
    variants = [
        Variant(words=words, count=count, languages=sorted(languages[words]))
        for words, count in ordered
    ]
    return variants, notes


def _neighbours(named: Entities, number: int, claims: Array) -> list[Neighbour]:
    """What stands in the same claims, the most frequent first."""
    mask = named.first & named.within(claims) & (named.entity != number)
    counts = np.bincount(named.entity[mask], minlength=len(named.all))
    best = np.argsort(-counts, kind="stable")[:_NEIGHBOURS]
    found = []
    for each in best.tolist():
        if counts[each]:
            other = named.all[each]
            kind: Any = other.kind
            found.append(
                Neighbour(ref=other.ref, name=other.name, kind=kind, claims=int(counts[each]))
            )
    return found


def _by(now: Reading, at: Array, column: str) -> dict[str, int]:
    texts = now.columns.words[column].texts
    counts = np.bincount(now.columns.claims[column][at], minlength=len(texts))
    told = Counter({str(text): int(n) for text, n in zip(texts, counts, strict=True) if n})
    return dict(told.most_common())
