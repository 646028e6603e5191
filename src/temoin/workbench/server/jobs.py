"""Jobs: how far they are; corroboration and verification, which are nothing but jobs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from temoin.casefile.searching import parse
from temoin.workbench.dependencies import AnyUser, CaseDep, JobsDep, Reviewer
from temoin.workbench.jobs.checking import corroborated, verified
from temoin.workbench.server.models import Corroborate, JobList, JobTold

__all__ = ["router"]

router = APIRouter(tags=["jobs"])


@router.get("/jobs")
def jobs(jobs: JobsDep, user: AnyUser) -> JobList:
    """The jobs of the user, the newest first; an admin sees everybody's."""
    return JobList.model_validate({"items": [jobs.told(job) for job in jobs.all(user=user)]})


@router.get("/jobs/{id}", response_model=JobTold)
def job(id: str, jobs: JobsDep, user: AnyUser) -> dict[str, Any]:  # noqa: A002 - in the path
    """One job."""
    return jobs.told(jobs.of(id, user=user))


@router.delete("/jobs/{id}", status_code=204)
def cancel(id: str, jobs: JobsDep, user: AnyUser) -> Response:  # noqa: A002
    """Call a job off. What was added to the case already stays."""
    jobs.cancel(jobs.of(id, user=user))
    return Response(status_code=204)


@router.post("/corroborate", status_code=202, response_model=JobTold)
def corroborate(jobs: JobsDep, case: CaseDep, user: Reviewer, body: Corroborate) -> dict[str, Any]:
    """Group the claims of the case into incidents."""
    if body.q:
        parse(body.q)  # a query that cannot be read is told at once
    return jobs.told(
        jobs.submit("corroborate", lambda run: corroborated(case, body.q, run), user=user)
    )


@router.post("/audit/verify", status_code=202, response_model=JobTold)
def verify(jobs: JobsDep, case: CaseDep, user: AnyUser) -> dict[str, Any]:
    """Find whatever was tampered with in the case."""
    return jobs.told(jobs.submit("verify", lambda run: verified(case, run), user=user))
