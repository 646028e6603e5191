"""Many claims in one step: looked at first, done at once, undone at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from temoin.workbench.api.models.review import (
    BulkDone,
    BulkIn,
    BulkPreview,
    BulkPreviewIn,
    BulkUndone,
)
from temoin.workbench.api.parameters import CHANGED, NOT_FOUND
from temoin.workbench.dependencies import CaseDep, JobsDep, LiveDep, Reviewer
from temoin.workbench.views import bulk as views

__all__ = ["router"]

router = APIRouter(tags=["review"], prefix="/bulk", responses=NOT_FOUND)

Batch = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.post("/preview")
def preview(body: BulkPreviewIn, case: CaseDep, user: Reviewer) -> BulkPreview:
    """What a step would do to all claims that a query finds; nothing is stored."""
    return views.preview(case, body, user=user.name)


@router.post("", responses=CHANGED)
def do(body: BulkIn, case: CaseDep, user: Reviewer, jobs: JobsDep, live: LiveDep) -> BulkDone:
    """Do what was previewed, all of it or nothing; refused (409) where a claim changed since.

    What is on more than 200 claims becomes a job, whose result has the `batch`.
    """
    step = views.take(case, body, user=user.name)
    if step.count <= views.AT_ONCE:
        batch = step.run(case)
        live.poke()
        return BulkDone(batch=batch, count=step.count, job=None)
    label = f"{step.action}: {step.count:,}"
    job = jobs.submit("bulk", step.as_job(case, live.poke), user=user, label=label)
    return BulkDone(batch=None, count=step.count, job=str(job.id))


@router.post("/{batch}/undo")
def undo(batch: Batch, case: CaseDep, user: Reviewer, live: LiveDep) -> BulkUndone:
    """Take back all that was done in one step."""
    done = views.undo(case, batch, reviewer=user.name)
    live.poke()
    return done
