"""What the machine missed: claims and arguments, added by their words."""

from __future__ import annotations

from fastapi import APIRouter

from temoin.workbench.api.models.claims import ClaimDetail
from temoin.workbench.api.models.review import ArgumentIn, ClaimIn
from temoin.workbench.api.parameters import NOT_FOUND
from temoin.workbench.api.review import CONFLICT
from temoin.workbench.dependencies import CaseDep, LiveDep, Number, Reviewer
from temoin.workbench.views import adding, details

__all__ = ["router"]

router = APIRouter(tags=["review"], responses=NOT_FOUND)


@router.post("/claims", status_code=201)
def add_claim(body: ClaimIn, case: CaseDep, user: Reviewer, live: LiveDep) -> ClaimDetail:
    """Add a claim to a document: its words are cut from the text, then grounded."""
    number = adding.add_claim(case, body, reviewer=user.name)
    live.poke()
    return details.claim(case, number)


@router.post("/claims/{claim}/arguments", status_code=201, responses=CONFLICT)
def add_argument(
    claim: Number, body: ArgumentIn, case: CaseDep, user: Reviewer, live: LiveDep
) -> ClaimDetail:
    """Add an argument to a claim: its words are cut from the text, then grounded."""
    adding.add_argument(case, claim, body, reviewer=user.name)
    live.poke()
    return details.claim(case, claim)
