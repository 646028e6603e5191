"""Searches a case: claims or documents, in order, page by page, with a count of all."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.errors import CaseError
from temoin.casefile.evidence import evidence
from temoin.casefile.schema import Claim, Document
from temoin.casefile.searching.compiling import Compiler, words_said
from temoin.casefile.searching.fields import words
from temoin.casefile.searching.parsing import parse
from temoin.casefile.searching.query import All, Either, Filter, Node, Said, parts, positive_words
from temoin.casefile.searching.snippets import Snippet, around, marks
from temoin.casefile.searching.words import Index, Words

__all__ = [
    "ORDERS",
    "ClaimHit",
    "DocumentHit",
    "Page",
    "claims_where",
    "hits_of",
    "search",
    "search_documents",
]

#: How hits can be ordered: best first, or newest first.
ORDERS = ("relevance", "time", "added")

Hit = TypeVar("Hit")


@dataclass(frozen=True, slots=True)
class Page(Generic[Hit]):
    """One page of what was found.

    Attributes:
        hits: The hits, in order.
        total: How many there are on all pages.
        next: Give it back as `after` for the next page; None on the last.
        notes: What the reader should know, e.g. which Kidal was meant.
    """

    hits: tuple[Hit, ...]
    total: int
    next: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim that was found, as it stands now.

    Attributes:
        claim: Its number.
        version: Its version: what a verdict names as `seen`.
        document_id, document: Number and name of its document.
        published: Day of publication.
        snippet: Its sentence, with the words that were sought, or else its trigger, marked.
    """

    claim: int
    version: int
    document_id: int
    document: str
    published: dt.date | None
    language: str
    type: str
    trigger: str
    polarity: str
    certainty: str
    attribution: str | None
    earliest: dt.date | None
    latest: dt.date | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    confidence: float | None
    state: str
    decided_by: str | None
    present: bool
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that was found.

    Attributes:
        document_id, document: Its number and name.
        claims: How many claims it has.
        snippet: Where the words that were sought stand first, or its beginning.
    """

    document_id: int
    document: str
    title: str | None
    publisher: str | None
    language: str
    published: dt.date | None
    sensitivity: str
    status: str
    claims: int
    snippet: Snippet


def search(
    case: Case,
    query: str = "",
    *,
    order: str | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Page[ClaimHit]:
    """Find claims.

    Args:
        case: The case.
        query: In the language of docs/searching.md; an empty one finds all.
        order: One of `ORDERS`; relevance where words are sought, else time.
        limit: Most hits on a page.
        after: Where the page before ended: its `next`.

    Raises:
        QueryError: The query cannot be read.
        CaseError: The case cannot be read, or `after` is of no page.
    """
    node = parse(query)
    with case.reading() as session:
        found = _Found(case, session, node, documents=False)
        keys, total, following = found.page(order, limit, after)
        return Page(
            _claim_hits(session, keys, _highlighted(node)),
            total,
            following,
            tuple(found.compiler.notes),
        )


def search_documents(
    case: Case,
    query: str = "",
    *,
    order: str | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Page[DocumentHit]:
    """Find documents; arguments and errors are those of `search`."""
    node = parse(query)
    with case.reading() as session:
        found = _Found(case, session, node, documents=True)
        keys, total, following = found.page(order, limit, after)
        return Page(
            _document_hits(session, keys, _highlighted(node)),
            total,
            following,
            tuple(found.compiler.notes),
        )


def claims_where(session: Session, query: str) -> list[int]:
    """Numbers of all claims that a query finds, in the order in which they came.

    Raises:
        QueryError: The query cannot be read.
    """
    condition = Compiler(session).claims(parse(query))
    return list(session.scalars(select(Claim.id).where(condition).order_by(Claim.id)))


def hits_of(session: Session, numbers: Sequence[int], query: str = "") -> tuple[ClaimHit, ...]:
    """Claims by their numbers, in that order, as a search for `query` shows them.

    Args:
        session: A transaction.
        numbers: Numbers of claims that are there.
        query: Its words are marked in the snippets.

    Raises:
        QueryError: The query cannot be read.
    """
    return _claim_hits(session, list(numbers), _highlighted(parse(query)))


class _Found:
    """What a query finds, in one transaction."""

    def __init__(self, case: Case, session: Session, node: Node, *, documents: bool) -> None:
        self.case = case
        self.session = session
        self.node = node
        self.documents = documents
        self.compiler = Compiler(session)

    @cached_property
    def condition(self) -> ColumnElement[bool]:
        """What a hit must meet."""
        return self._condition(self.node)

    def _condition(self, node: Node) -> ColumnElement[bool]:
        return self.compiler.documents(node) if self.documents else self.compiler.claims(node)

    def page(
        self, order: str | None, limit: int, after: str | None
    ) -> tuple[list[int], int, str | None]:
        """Numbers of the hits of a page, how many there are in all, and where the next begins."""
        said = [words_said(each) for each in positive_words(self.node)]
        order = order or ("relevance" if said else "time")
        if order not in ORDERS:
            cause = f"there is no order {order!r}: it is one of {', '.join(ORDERS)}"
            raise CaseError(self.case.target.shown, cause)
        keys, source, condition = self._keys(order, said)
        last = None if after is None else self._read(after, order, len(keys))
        if self.node == All():
            # Everything is found: an index gives the order, and only a page is looked at.
            counted = select(func.count(keys[-1])).where(condition)
            statement = select(*keys).select_from(source).where(condition)
            total = self.session.scalar(counted) or 0
        else:
            # What is found is worked out once, for the page and for the count.
            named = [key.label(f"key_{at}") for at, key in enumerate(keys)]
            found = select(*named).select_from(source).where(condition)
            common = found.cte("found")
            keys = list(common.c)
            counted = select(func.count()).select_from(common)
            statement = select(*keys, counted.scalar_subquery().label("total"))
            total = -1
        if last is not None:
            statement = statement.where(_following(keys, last))
        ordered = statement.order_by(*(key.desc().nulls_last() for key in keys))
        rows = self.session.execute(ordered.limit(limit + 1)).all()
        if total < 0:
            # Where the first page is empty there is none; a page past the last cannot tell.
            total = rows[0].total if rows else 0 if after is None else self._count()
        numbers = [row[len(keys) - 1] for row in rows[:limit]]
        following = None
        if len(rows) > limit and numbers:
            told = rows[limit - 1][: len(keys) - 1]
            following = _written([order, *(_plain(each) for each in told)], numbers)
        return numbers, total, following

    def _count(self) -> int:
        """How many there are on all pages."""
        number = Document.id if self.documents else Claim.id
        return self.session.scalar(select(func.count(number)).where(self.condition)) or 0

    def _keys(self, order: str, said: list[Words]) -> tuple[list[Any], Any, ColumnElement[bool]]:
        """What is sorted by, falling, the number at the end; where it comes from; which of it."""
        number = Document.id if self.documents else Claim.id
        source: Any = Document.__table__ if self.documents else Claim.__table__
        if order == "added":
            return [number], source, self.condition
        if order == "time":
            times = [Document.published] if self.documents else [Claim.earliest, Claim.latest]
            return [*times, number], source, self.condition
        if not said:
            return [literal(0.0), number], source, self.condition
        index = Index(self.session.get_bind().dialect.name)
        rest = _beside_words(self.node)
        # Where what has the words is what is ranked, it is sought once.
        together = rest is not None and not isinstance(self.node, Either)
        ranks = index.ranks(said, documents=self.documents, together=together).subquery()
        joined = source.join(ranks, ranks.c.id == number, isouter=rest is None)
        # Of double precision, as what is told of the last hit of a page.
        rank = func.coalesce(ranks.c.rank, 0.0)
        return [rank, number], joined, self.condition if rest is None else self._condition(rest)

    def _read(self, after: str, order: str, count: int) -> list[Any]:
        """The keys of the last hit of the page before."""
        try:
            told = json.loads(base64.urlsafe_b64decode(after.encode("ascii")))
            first, *values = told
            if first == order and len(values) == count:
                return [*(_value(each, order) for each in values[:-1]), int(values[-1])]
        except (ValueError, TypeError, OverflowError):
            pass
        cause = "the place where the next page begins is none of this search"
        raise CaseError(self.case.target.shown, cause)


def _beside_words(node: Node) -> Node | None:
    """What else is asked where all words must be there, or any; None where it is not so simple."""
    if isinstance(node, Said):
        return All(())
    if isinstance(node, Either):
        return All(()) if all(isinstance(each, Said) for each in node.nodes) else None
    if isinstance(node, All):
        rest = All(tuple(each for each in node.nodes if not isinstance(each, Said)))
        return None if positive_words(rest) else rest
    return None


def _following(keys: Sequence[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """What comes after these keys in falling order, nulls last."""
    options = []
    for at, (key, value) in enumerate(zip(keys, values, strict=True)):
        if value is None:
            continue
        same = [one.is_(None) if other is None else one == other
                for one, other in zip(keys[:at], values[:at], strict=True)]  # fmt: skip
        options.append(and_(*same, or_(key < value, key.is_(None))))
    return or_(*options)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(told: object, order: str) -> object:
    if told is None:
        return None
    return dt.date.fromisoformat(str(told)) if order == "time" else float(str(told))


def _written(keys: list[object], numbers: list[int]) -> str:
    told = json.dumps([*keys, numbers[-1]], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode("ascii")).decode("ascii")


def _highlighted(node: Node) -> list[Words]:
    """What is marked in snippets: words sought anywhere, and values of fields that are words."""
    texts = [part for part in parts(node) if isinstance(part, Filter) and part.name == "text"]
    return [
        *(words_said(each) for each in positive_words(node)),
        *(Words(tuple(words(part)), part.prefix) for part in texts),
    ]


def _claim_hits(session: Session, keys: list[int], said: list[Words]) -> tuple[ClaimHit, ...]:
    sentences = evidence(session, keys)
    rows = session.execute(
        select(Claim, Document.name, Document.published, Document.language)
        .join(Document, Document.id == Claim.document_id)
        .where(Claim.id.in_(keys))
    ).all()
    hits = {}
    for claim, name, published, language in rows:
        sentence = sentences[claim.id]
        found = marks(sentence.text, said, offset=sentence.start)
        found = found or [(claim.trigger_start, claim.trigger_end)]
        hits[claim.id] = ClaimHit(
            claim=claim.id,
            version=claim.version,
            document_id=claim.document_id,
            document=name,
            published=published,
            language=language,
            **{name: getattr(claim, name) for name in _SHOWN},
            snippet=Snippet(sentence.start, sentence.end, sentence.text, tuple(found)),
        )
    return tuple(hits[key] for key in keys)


_SHOWN = (
    "type",
    "trigger",
    "polarity",
    "certainty",
    "attribution",
    "earliest",
    "latest",
    "place",
    "country",
    "latitude",
    "longitude",
    "radius_km",
    "confidence",
    "state",
    "decided_by",
    "present",
)


def _document_hits(session: Session, keys: list[int], said: list[Words]) -> tuple[DocumentHit, ...]:
    claims = select(func.count(Claim.id)).where(Claim.document_id == Document.id).scalar_subquery()
    rows = session.execute(select(Document, claims).where(Document.id.in_(keys))).all()
    hits = {
        document.id: DocumentHit(
            document_id=document.id,
            document=document.name,
            title=document.title,
            publisher=document.publisher,
            language=document.language,
            published=document.published,
            sensitivity=document.sensitivity,
            status=document.status,
            claims=count,
            snippet=around(document.text, said),
        )
        for document, count in rows
    }
    return tuple(hits[key] for key in keys)
