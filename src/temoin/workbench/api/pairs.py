"""Pairs of claims: do they speak of one incident?"""

from __future__ import annotations

from fastapi import APIRouter, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.incidents import PairDone, PairIn, PairPage, PairUndoIn
from temoin.workbench.api.parameters import NOT_FOUND, After, Limit, Q
from temoin.workbench.dependencies import CaseDep, LiveDep, Reviewer
from temoin.workbench.views import pairs as views

__all__ = ["router"]

router = APIRouter(tags=["incidents"], responses=NOT_FOUND)


@router.get("/pairs", response_model=PairPage)
def pairs(case: CaseDep, q: Q = "", limit: Limit = 20, after: After = None) -> Response:
    """Pairs of claims in two incidents that may be one, the likeliest first."""
    return answered(
        case, ("pairs", q, limit, after), lambda: views.pairs(case, q, limit=limit, after=after)
    )


@router.post("/pairs")
def judge(body: PairIn, case: CaseDep, user: Reviewer, live: LiveDep) -> PairDone:
    """Say whether two claims speak of one incident; the next run applies it."""
    done = views.judge(case, body, reviewer=user.name)
    live.poke()
    return done


@router.post("/pairs/undo")
def undo(body: PairUndoIn, case: CaseDep, user: Reviewer, live: LiveDep) -> PairDone:
    """Take back the last verdict on two claims."""
    done = views.undo(case, body, reviewer=user.name)
    live.poke()
    return done
