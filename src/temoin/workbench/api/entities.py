"""Entities: who, where and what."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.entities import EntityDetail, EntityPage
from temoin.workbench.api.parameters import NOT_FOUND, After, Limit, Q
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import entities as views

__all__ = ["router"]

router = APIRouter(tags=["entities"], responses=NOT_FOUND)


@router.get("/entities", response_model=EntityPage)
def entities(
    case: CaseDep,
    q: Q = "",
    kind: Annotated[Literal["actor", "place", "equipment", "other"] | None, Query()] = None,
    name: Annotated[str, Query(max_length=200, description="Words of its name.")] = "",
    known: Annotated[bool | None, Query(description="Whether Témoin's tables know it.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Who, where and what the claims name that a query finds; the most named first."""
    return answered(
        case,
        ("entities", q, kind, name, known, limit, after),
        lambda: views.entities(
            case, q, kind=kind, name=name, known=known, limit=limit, after=after
        ),
    )


@router.get("/entities/{ref:path}", response_model=EntityDetail)
def entity(
    ref: Annotated[str, Path(min_length=1, max_length=400)], case: CaseDep, q: Q = ""
) -> Response:
    """An entity: how texts call it, what it does, with whom."""
    return answered(case, ("entity", ref, q), lambda: views.entity(case, ref, q=q))
