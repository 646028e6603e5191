"""Incidents."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.incidents import IncidentDetail, IncidentPage
from temoin.workbench.api.parameters import NOT_FOUND, After, Limit, Q
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import incidents as views

__all__ = ["router"]

router = APIRouter(tags=["incidents"], responses=NOT_FOUND)


@router.get("/incidents", response_model=IncidentPage)
def incidents(
    case: CaseDep,
    q: Q = "",
    contested: Annotated[bool, Query(description="Only contested ones.")] = False,  # noqa: FBT002 - of a query
    several: Annotated[bool, Query(description="Without those of one claim.")] = False,  # noqa: FBT002
    order: Annotated[Literal["contested", "claims", "time"], Query()] = "contested",
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Incidents that have a claim which the query finds."""
    return answered(
        case,
        ("incidents", q, contested, several, order, limit, after),
        lambda: views.incidents(
            case, q, contested=contested, several=several, order=order, limit=limit, after=after
        ),
    )


@router.get("/incidents/{incident}", response_model=IncidentDetail)
def incident(
    incident: Annotated[str, Path(min_length=1, max_length=80)], case: CaseDep
) -> Response:
    """Who says what, field by field; an incident by its id or by the number of a claim."""
    return answered(case, ("incident", incident), lambda: views.incident(case, incident))
