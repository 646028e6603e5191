"""The situation: who is claimed to hold what."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.situation import (
    SituationAnswer,
    SituationChanges,
    SituationDays,
)
from temoin.workbench.api.parameters import NOT_FOUND, Day, Q
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import situation as views

__all__ = ["router"]

router = APIRouter(tags=["situation"], prefix="/situation", responses=NOT_FOUND)

Area = Annotated[
    str | None,
    Query(
        max_length=200,
        description="LAT,LON~KM, SOUTH,WEST,NORTH,EAST, or a place's name (Gao~40).",
    ),
]
KnownBy = Annotated[Day, Query(description="Leave out what was published later.")]


@router.get("", response_model=SituationAnswer)
def situation(
    case: CaseDep, at: dt.date, area: Area = None, q: Q = "", known_by: KnownBy = None
) -> Response:
    """What is claimed to be so on a day, with the claims for and against."""
    return answered(
        case,
        ("situation", at, area, q, known_by),
        lambda: views.situation(case, at=at, area=area, q=q, known_by=known_by),
    )


@router.get("/changes", response_model=SituationChanges)
def changes(
    case: CaseDep,
    first: Annotated[dt.date, Query(alias="from")],
    second: Annotated[dt.date, Query(alias="to")],
    area: Area = None,
    q: Q = "",
    known_by: KnownBy = None,
) -> Response:
    """What is claimed otherwise on the second day than on the first."""
    return answered(
        case,
        ("changes", first, second, area, q, known_by),
        lambda: views.changes(case, first, second, area=area, q=q, known_by=known_by),
    )


@router.get("/days", response_model=SituationDays)
def days(
    case: CaseDep,
    first: Annotated[Day, Query(alias="from")] = None,
    last: Annotated[Day, Query(alias="to")] = None,
    area: Area = None,
    q: Q = "",
    known_by: KnownBy = None,
) -> Response:
    """Day by day how much is claimed to be so: for a slider; 1,000 days at most."""
    return answered(
        case,
        ("days", first, last, area, q, known_by),
        lambda: views.days(case, first, last, area=area, q=q, known_by=known_by),
    )
