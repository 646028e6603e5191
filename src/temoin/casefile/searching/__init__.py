"""Search: one query language for the command line, the API and the workbench.

`search` finds claims, `search_documents` documents, page by page; `claims_where` gives the
numbers of all claims that a query finds. `parse` reads a query, `written` writes it.
`docs/searching.md` describes the language.
"""

from __future__ import annotations

from temoin.casefile.searching.parsing import parse
from temoin.casefile.searching.query import QueryError, written
from temoin.casefile.searching.searching import (
    ORDERS,
    ClaimHit,
    DocumentHit,
    Page,
    claims_where,
    hits_of,
    search,
    search_documents,
)
from temoin.casefile.searching.snippets import Snippet

__all__ = [
    "ORDERS",
    "ClaimHit",
    "DocumentHit",
    "Page",
    "QueryError",
    "Snippet",
    "claims_where",
    "hits_of",
    "parse",
    "search",
    "search_documents",
    "written",
]
