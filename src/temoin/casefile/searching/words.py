"""Full text on both databases: conditions and ranks over `claim_search`, `document_search`.

Words reach the database as parameters only, folded, and hold nothing but letters and
digits; what stands around them here is the syntax of FTS5 or of tsquery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from temoin.casefile.search import ROLES

__all__ = ["Index", "Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words that follow each other.

    Attributes:
        words: The words.
        prefix: Whether the last one may go on.
    """

    words: tuple[str, ...]
    prefix: bool = False


#: How much a word counts that stands in the title.
_TITLE = 5.0

_CLAIMS = table(
    "claim_search",
    *(column(name) for name in ("rowid", "claim_search", "claim_id", "terms", *ROLES)),
)
_DOCUMENTS = table(
    "document_search",
    *(column(name) for name in ("rowid", "document_search", "document_id", "terms")),
)


class Index:
    """The full-text index of a case.

    Args:
        dialect: sqlite or postgresql.
    """

    def __init__(self, dialect: str) -> None:
        self._sqlite = dialect == "sqlite"

    def claims(self, said: Sequence[Words], *, role: str | None = None) -> Select[int]:
        """Numbers of claims that have all these words, anywhere or in one role."""
        if self._sqlite:
            match = f"{{{role or 'body'}}} : ({_fts5(said, 'AND')})"
            return select(_CLAIMS.c.rowid).where(_match(_CLAIMS.c.claim_search, match))
        terms = _CLAIMS.c[role or "terms"]
        return select(_CLAIMS.c.claim_id).where(terms.op("@@")(_tsquery(said, "&")))

    def documents(self, said: Sequence[Words], *, part: str | None = None) -> Select[int]:
        """Numbers of documents that have all these words; `part` is `title` or `body`."""
        if self._sqlite:
            match = _fts5(said, "AND")
            match = f"{{{part}}} : ({match})" if part else match
            return select(_DOCUMENTS.c.rowid).where(_match(_DOCUMENTS.c.document_search, match))
        weight = {"title": "A", "body": "D"}.get(part or "", "")
        found = [
            select(_DOCUMENTS.c.document_id).where(
                _DOCUMENTS.c.terms.op("@@")(_tsquery([each], "&", weight=weight))
            )
            for each in said
        ]
        # A long text has several parts: each word may stand in another one.
        return found[0] if len(found) == 1 else found[0].intersect(*found[1:])  # type: ignore[return-value]

    def ranks(
        self, said: Sequence[Words], *, documents: bool, together: bool = False
    ) -> Select[int, float]:
        """Numbers (`id`) of what has any of these words, and how well it fits (`rank`).

        Args:
            said: The words.
            documents: Whether documents are sought, or else claims.
            together: Whether only what has all of these words is told; it fits as well.
        """
        index = _DOCUMENTS if documents else _CLAIMS
        if self._sqlite:
            name = index.c[index.name]
            # FTS5 counts downwards.
            weights = (_TITLE, 1.0) if documents else (1.0, *(0.0 for _ in ROLES))
            rank: ColumnElement[Any] = -func.bm25(name, *weights)
            match = _fts5(said, "AND" if together else "OR")
            match = match if documents else f"{{body}} : ({match})"
            return select(index.c.rowid.label("id"), rank.label("rank")).where(_match(name, match))
        number = index.c.document_id if documents else index.c.claim_id
        query = _tsquery(said, "|")
        rank = func.ts_rank(index.c.terms, query)
        found = select(number.label("id"), func.max(rank).label("rank"))
        if together:
            found = found.where(
                number.in_(self.documents(said) if documents else self.claims(said))
            )
        return found.where(index.c.terms.op("@@")(query)).group_by(number)


def _fts5(said: Iterable[Words], operator: str) -> str:
    phrases = (f'"{" ".join(each.words)}"{" *" if each.prefix else ""}' for each in said)
    return f" {operator} ".join(phrases)


def _match(name: ColumnElement[object], match: str) -> ColumnElement[bool]:
    return name.op("MATCH", is_comparison=True)(bindparam(None, match, type_=Text))


def _tsquery(said: Iterable[Words], operator: str, *, weight: str = "") -> ColumnElement[object]:
    phrases = []
    for each in said:
        # A phrase lies in the title or in the text, not across: their positions overlap.
        weights = [weight] if weight or len(each.words) == 1 else ["A", "D"]
        options = [_phrase(each, one) for one in weights]
        phrases.append(options[0] if len(options) == 1 else f"({' | '.join(options)})")
    return cast(bindparam(None, f" {operator} ".join(phrases), type_=Text), TSQUERY)


def _phrase(said: Words, weight: str) -> str:
    last = len(said.words) - 1
    marks = ["*" * (said.prefix and at == last) + weight for at in range(last + 1)]
    terms = (
        f"'{word}'{':' * bool(mark)}{mark}" for word, mark in zip(said.words, marks, strict=True)
    )
    return f"({' <-> '.join(terms)})"
