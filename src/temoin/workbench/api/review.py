"""Decisions on claims, and taking them back."""

from __future__ import annotations

from fastapi import APIRouter

from temoin.workbench.api.models.claims import ClaimDetail
from temoin.workbench.api.models.review import Conflict, DecisionIn, LevelIn, UndoIn, Undone
from temoin.workbench.api.parameters import NOT_FOUND
from temoin.workbench.dependencies import CaseDep, LiveDep, Number, Reviewer
from temoin.workbench.views import details, reviewing

__all__ = ["CONFLICT", "router"]

router = APIRouter(tags=["review"], responses=NOT_FOUND)

#: What an endpoint that changes a claim may answer besides.
CONFLICT: dict[int | str, dict[str, object]] = {
    409: {"model": Conflict, "description": "Somebody changed it since; nothing was stored."}
}


@router.post("/claims/{claim}/decisions", responses=CONFLICT)
def decide(
    claim: Number, body: DecisionIn, case: CaseDep, user: Reviewer, live: LiveDep
) -> ClaimDetail:
    """Accept, edit, reject or doubt a claim, or one field of it."""
    reviewing.decide(case, claim, body, reviewer=user.name)
    live.poke()
    return details.claim(case, claim)


@router.post("/claims/{claim}/undo", responses=CONFLICT)
def undo(claim: Number, body: UndoIn, case: CaseDep, user: Reviewer, live: LiveDep) -> ClaimDetail:
    """Take back the last decision on a claim that holds: the one below it holds again."""
    reviewing.undo(case, claim, body, reviewer=user.name)
    live.poke()
    return details.claim(case, claim)


@router.post("/undo")
def undo_last(case: CaseDep, user: Reviewer, live: LiveDep) -> Undone:
    """Take back your own last step, whatever it was on."""
    numbers = reviewing.undo_last(case, reviewer=user.name)
    live.poke()
    return Undone(claims=details.claims(case, numbers[:100]))


@router.put("/claims/{claim}/sensitivity")
def set_sensitivity(
    claim: Number, body: LevelIn, case: CaseDep, user: Reviewer, live: LiveDep
) -> ClaimDetail:
    """Say how sensitive a claim, or one field of it, is: what exports leave out."""
    reviewing.set_level(case, claim, body, actor=user.name)
    live.poke()
    return details.claim(case, claim)
