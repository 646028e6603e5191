"""The audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.audit import AuditPage
from temoin.workbench.api.parameters import NOT_FOUND, After, Limit, OptionalNumber
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import audit as views

__all__ = ["router"]

router = APIRouter(tags=["audit"], responses=NOT_FOUND)


@router.get("/audit", response_model=AuditPage)
def audit(
    case: CaseDep,
    claim: OptionalNumber = None,
    document: OptionalNumber = None,
    actor: Annotated[str | None, Query(max_length=200)] = None,
    action: Annotated[str | None, Query(max_length=40)] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """What was done, by whom, when and why; the newest first."""
    return answered(
        case,
        ("audit", claim, document, actor, action, kind, limit, after),
        lambda: views.audit(
            case, claim=claim, document=document, actor=actor, action=action, kind=kind,
            limit=limit, after=after,
        ),
    )  # fmt: skip
