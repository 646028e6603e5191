"""Claims in a list: compact cards, page by page."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile.schema import SENSITIVITIES, Argument, Claim
from temoin.casefile.searching import ClaimHit, hits_of, parse, search
from temoin.casefile.searching.query import positive_words
from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.claims import ClaimCard, ClaimPage
from temoin.workbench.api.models.common import Snippet
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import FAR, Array
from temoin.workbench.views.selecting import Reading, reading
from temoin.workbench.views.telling import days, point
from temoin.workbench.views.vocabulary import family_of

__all__ = ["cards_of", "claims"]

#: Names of one role that a card shows.
_MOST = 6

#: No key of an order is as large.
_LARGEST = 2**40

_WHO, _WHOM, _WHAT = "actor", "target", ("instrument", "quantity")


def claims(case: Case, q: str, *, order: str | None, limit: int, after: str | None) -> ClaimPage:
    """Claims that a query finds.

    Args:
        case: The case.
        q: The query.
        order: relevance, time, added, or text: by document and place in the text.
        limit: Most on a page.
        after: Where the page before ended.

    Raises:
        QueryError: The query cannot be read.
        CaseError: `after` is of no page.
    """
    if order is None:
        order = "relevance" if positive_words(parse(q)) else "time"
    if order != "relevance":
        return _ordered(case, q, order=order, limit=limit, after=after)
    page = search(case, q, order=order, limit=limit, after=after)
    with reading(case) as now:
        return ClaimPage(
            items=_cards(now, page.hits), total=page.total, next=page.next, notes=list(page.notes)
        )


def cards_of(now: Reading, numbers: Sequence[int], q: str = "") -> list[ClaimCard]:
    """Cards of claims by their numbers, in that order; those that are not there are left out.

    Args:
        now: The state of the case.
        numbers: Numbers of claims.
        q: Its words are marked.
    """
    there = [number for number in numbers if now.columns.position(number) is not None]
    return _cards(now, hits_of(now.session, there, q)) if there else []


def _ordered(case: Case, q: str, *, order: str, limit: int, after: str | None) -> ClaimPage:
    """Put in order in memory, where what the query finds is known already to other views."""
    with reading(case) as now:
        found = now.found(q)
        keys = _keys(now, found.at, order)
        rest = np.arange(len(found))
        if after is not None:
            rest = rest[_following(keys, _place(after, order, len(keys)))]
        # The first key counts most; lexsort wants it last.
        places = rest[np.lexsort([key[rest] for key in reversed(keys)])]
        page = places[:limit]
        following = None
        if len(places) > limit:
            told = [order, *(int(key[page[-1]]) for key in keys)]
            following = base64.urlsafe_b64encode(json.dumps(told).encode()).decode()
        numbers = now.columns.claims["id"][found.at[page]].tolist()
        return ClaimPage(
            items=cards_of(now, numbers, q),
            total=len(found),
            next=following,
            notes=list(found.notes),
        )


def _keys(now: Reading, at: Array, order: str) -> list[Array]:
    """What claims are put in order by, rising; the last key tells each from all others."""
    claims = now.columns.claims
    number = claims["id"][at].astype(np.int64)
    if order == "text":
        return [claims["document"][at], claims["start"][at], number]
    if order == "added":
        return [-number]
    earliest, latest = claims["earliest"][at].astype(np.int64), claims["latest"][at]
    # Newest first; what has no day on a side comes last.
    return [-earliest, -np.where(latest < FAR, latest, -FAR).astype(np.int64), -number]


def _following(keys: list[Array], values: list[int]) -> Array:
    """Which claims come after a place."""
    later = np.zeros(len(keys[0]), dtype=bool)
    same = np.ones(len(keys[0]), dtype=bool)
    for key, value in zip(keys, values, strict=True):
        later |= same & (key > value)
        same &= key == value
    return later


def _place(after: str, order: str, count: int) -> list[int]:
    try:
        told, *values = json.loads(base64.urlsafe_b64decode(after.encode("ascii")))
        if told == order and len(values) == count:
            numbers = [int(each) for each in values]
            if all(abs(each) < _LARGEST for each in numbers):
                return numbers
    except (ValueError, TypeError, OverflowError, RecursionError):
        pass
    raise Problem(422, "the place where the next page begins is none of this search")


def _cards(now: Reading, hits: Sequence[ClaimHit]) -> list[ClaimCard]:
    numbers = [hit.claim for hit in hits]
    named = _named(now, numbers)
    rows = now.session.execute(
        select(Claim.id, Claim.trigger_start, Claim.trigger_end).where(Claim.id.in_(numbers))
    )
    places = {row.id: (row.trigger_start, row.trigger_end) for row in rows}
    cards = []
    for hit in hits:
        at = now.columns.position(hit.claim)
        if at is None or hit.claim not in places:
            continue
        start, end = places[hit.claim]
        told = named[hit.claim]
        cards.append(
            ClaimCard(
                id=hit.claim,
                version=hit.version,
                document=hit.document_id,
                document_name=hit.document,
                published=hit.published,
                language=hit.language,
                sensitivity=SENSITIVITIES[int(now.columns.claims["sensitivity"][at])],
                type=EventType(hit.type),
                family=family_of(hit.type),
                trigger=hit.trigger,
                trigger_start=start,
                trigger_end=end,
                polarity=Polarity(hit.polarity),
                certainty=Certainty(hit.certainty),
                attribution=hit.attribution,
                snippet=Snippet(
                    start=hit.snippet.start,
                    end=hit.snippet.end,
                    text=hit.snippet.text,
                    marks=list(hit.snippet.marks),
                ),
                who=told[_WHO],
                whom=told[_WHOM],
                what=[each for role in _WHAT for each in told[role]],
                place=hit.place,
                country=hit.country,
                point=point(hit.latitude, hit.longitude, hit.radius_km),
                when=days(hit.earliest, hit.latest),
                state=hit.state,
                origin="human" if now.columns.claims["human"][at] else "machine",
                present=hit.present,
                decided_by=hit.decided_by,
                confidence=hit.confidence,
                incident=now.columns.incident(at),
                contested=bool(now.columns.claims["contested"][at]),
            )
        )
    return cards


def _named(now: Reading, numbers: Sequence[int]) -> defaultdict[int, defaultdict[str, list[str]]]:
    """Whom and what claims name, by claim and role: names that are known, else the words."""
    named: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows: Sequence[Any] = now.session.execute(
        select(
            Argument.claim_id, Argument.role, Argument.words, Argument.antecedent, Argument.name,
            Argument.ref,
        )
        .where(
            Argument.claim_id.in_(numbers),
            Argument.active,
            Argument.role.in_((_WHO, _WHOM, *_WHAT)),
        )
        .order_by(Argument.claim_id, Argument.start, Argument.id)
    ).all()  # fmt: skip
    for row in rows:
        told = named[row.claim_id][row.role]
        # "Army of a country that is not told" says less than the words that it stands for.
        name = row.name if row.name and row.ref else row.antecedent or row.words
        if name not in told and len(told) < _MOST:
            told.append(name)
    return named
