"""Whether the server lives, and its counters: nothing of the case is told."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import select

from temoin._version import __version__
from temoin.casefile import CaseError
from temoin.casefile.schema import CaseInfo
from temoin.workbench.context import Workbench
from temoin.workbench.dependencies import WorkbenchDep, current_session
from temoin.workbench.metrics import MEDIA_TYPE
from temoin.workbench.problems import Problem
from temoin.workbench.server.models import Health

__all__ = ["router"]

router = APIRouter(tags=["health"])


@router.get("/health", responses={503: {"model": Health}})
def health(response: Response, workbench: WorkbenchDep) -> Health:
    """Whether the server answers and the case can be read."""
    try:
        with workbench.case.reading() as session:
            session.scalars(select(CaseInfo.id)).one()
    except CaseError:
        response.status_code = 503
        return Health(status="unavailable", version=__version__)
    return Health(status="ok", version=__version__)


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, workbench: WorkbenchDep) -> PlainTextResponse:
    """Counters for Prometheus. Where other machines reach the server, for admins alone."""
    if not workbench.settings.is_local and not current_session(request, workbench).user.may(
        "admin"
    ):
        raise Problem(403, "this needs the role admin")
    lines = workbench.metrics.lines(_gauges(workbench))
    return PlainTextResponse("\n".join(lines) + "\n", media_type=MEDIA_TYPE)


def _gauges(workbench: Workbench) -> Iterator[tuple[str, str, float]]:
    counts = workbench.jobs.counts()
    yield "temoin_jobs_waiting", "Jobs that wait.", counts["waiting"]
    yield "temoin_jobs_running", "Jobs that run.", counts["running"]
    ended = workbench.jobs.ended
    for state in ("done", "failed", "cancelled"):
        count = sum(value for (_, how), value in ended.items() if how == state)
        yield f"temoin_jobs_{state}_total", f"Jobs that ended {state}.", count
    yield "temoin_sessions", "Sessions.", workbench.sessions.count
    yield "temoin_feeds", "Live feeds that are open.", workbench.live.count
    yield "temoin_feed_messages_total", "Messages that feeds were sent.", workbench.live.sent
