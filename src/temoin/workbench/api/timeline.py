"""The timeline."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.timeline import Timeline
from temoin.workbench.api.parameters import NOT_FOUND, Day, Q
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import timeline as views

__all__ = ["router"]

router = APIRouter(tags=["timeline"], responses=NOT_FOUND)


@router.get("/timeline", response_model=Timeline)
def timeline(
    case: CaseDep,
    q: Q = "",
    start: Annotated[Day, Query(alias="from")] = None,
    end: Annotated[Day, Query(alias="to")] = None,
    bins: Annotated[int, Query(ge=1, le=400, description="About so many.")] = 60,
) -> Response:
    """Claims over time, in bins of whole days, weeks, months or years; each, where they are few."""
    return answered(
        case,
        ("timeline", q, start, end, bins),
        lambda: views.timeline(case, q, start=start, end=end, bins=bins),
    )
