"""Documents: a list, one with its text, its claims, what is known of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.documents import DocumentClaims, DocumentDetail, DocumentPage
from temoin.workbench.api.models.review import DocumentUpdate
from temoin.workbench.api.parameters import CHANGED, NOT_FOUND, After, Limit, Q
from temoin.workbench.dependencies import CaseDep, LiveDep, Number, Reviewer
from temoin.workbench.views import documents as views

__all__ = ["router"]

router = APIRouter(tags=["documents"], responses=NOT_FOUND)

Order = Annotated[
    Literal["relevance", "time", "added"] | None,
    Query(description="Best or newest first; relevance where words are sought, else time."),
]


@router.get("/documents", response_model=DocumentPage)
def documents(
    case: CaseDep, q: Q = "", order: Order = None, limit: Limit = 50, after: After = None
) -> Response:
    """Documents that a query finds, page by page."""
    return answered(
        case,
        ("documents", q, order, limit, after),
        lambda: views.documents(case, q, order=order, limit=limit, after=after),
    )


@router.get("/documents/{document}", response_model=DocumentDetail)
def document(document: Number, case: CaseDep) -> Response:
    """A document with its untouched text."""
    return answered(case, ("document", document), lambda: views.document(case, document))


@router.get("/documents/{document}/claims", response_model=DocumentClaims)
def document_claims(document: Number, case: CaseDep) -> Response:
    """All claims of a document with the spans of every field, in the order of the text."""
    return answered(case, ("document claims", document), lambda: views.claims_of(case, document))


@router.patch("/documents/{document}", responses=CHANGED)
def update_document(
    document: Number, body: DocumentUpdate, case: CaseDep, user: Reviewer, live: LiveDep
) -> DocumentDetail:
    """Mark a document as more or less sensitive, hide it, show it again; its text never changes."""
    views.update(case, document, body, actor=user.name)
    live.poke()
    return views.document(case, document)
