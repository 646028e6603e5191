"""Claims: a list of cards, one with its history, its codes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.claims import ClaimDetail, ClaimPage, Codes
from temoin.workbench.api.models.timeline import Facets
from temoin.workbench.api.parameters import NOT_FOUND, After, Limit, Q
from temoin.workbench.dependencies import CaseDep, Number
from temoin.workbench.views import cards, codes, details, facets

__all__ = ["router"]

router = APIRouter(tags=["claims"], responses=NOT_FOUND)


@router.get("/claims", response_model=ClaimPage)
def claims(
    case: CaseDep,
    q: Q = "",
    order: Annotated[
        Literal["relevance", "time", "added", "text"] | None,
        Query(description="Best or newest first; `text`: by document and place in the text."),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Claims that a query finds, page by page."""
    return answered(
        case,
        ("claims", q, order, limit, after),
        lambda: cards.claims(case, q, order=order, limit=limit, after=after),
    )


@router.get("/claims/{claim}", response_model=ClaimDetail)
def claim(claim: Number, case: CaseDep) -> Response:
    """A claim with every field, the machine's values and people's, and its history."""
    return answered(case, ("claim", claim), lambda: details.claim(case, claim))


@router.get("/claims/{claim}/codes", response_model=Codes)
def claim_codes(
    claim: Number,
    case: CaseDep,
    book: Annotated[Literal["acled", "ucdp", "cameo", "plover"], Query()] = "acled",
) -> Response:
    """The rows of a codebook that a claim is part of; each cell with its rule and words."""
    return answered(case, ("codes", claim, book), lambda: codes.codes(case, claim, book=book))


@router.get("/facets", response_model=Facets)
def facet_counts(case: CaseDep, q: Q = "") -> Response:
    """How many claims a query finds, by type, state, country and more."""
    return answered(case, ("facets", q), lambda: facets.facets(case, q))
