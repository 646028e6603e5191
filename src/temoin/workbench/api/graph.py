"""The event graph."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.graph import GraphAnswer
from temoin.workbench.api.parameters import NOT_FOUND, OptionalNumber, Q
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.problems import Problem
from temoin.workbench.views import graph as views

__all__ = ["router"]

router = APIRouter(tags=["graph"], responses=NOT_FOUND)


@router.get("/graph", response_model=GraphAnswer)
def graph(
    case: CaseDep,
    doc: OptionalNumber = None,
    incident: Annotated[str | None, Query(max_length=80)] = None,
    claim: OptionalNumber = None,
    q: Q = "",
) -> Response:
    """How claims hang together: of a document, an incident, around a claim, or of a filter."""
    if sum(each is not None for each in (doc, incident, claim)) > 1:
        raise Problem(422, "give one of doc, incident and claim")
    return answered(
        case,
        ("graph", doc, incident, claim, q),
        lambda: views.graph(case, doc=doc, incident=incident, claim=claim, q=q),
    )
