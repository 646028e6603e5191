"""Puts a workbench together: the case, the layers of security, the endpoints, the pages."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import anyio.to_thread
from fastapi import FastAPI

from temoin._version import __version__
from temoin.casefile import Case
from temoin.pipeline import Reader
from temoin.workbench import api, server
from temoin.workbench.context import Workbench
from temoin.workbench.front_end import FrontEnd
from temoin.workbench.jobs import Job, Jobs
from temoin.workbench.jobs.reader_process import ProcessReader
from temoin.workbench.live import Live, Poller
from temoin.workbench.metrics import Metrics
from temoin.workbench.problems import add_handlers
from temoin.workbench.security.access import AccessLog
from temoin.workbench.security.bodies import BodyGuard
from temoin.workbench.security.headers import SecurityHeaders
from temoin.workbench.security.hosts import Hosts
from temoin.workbench.security.requests import RequestGuard
from temoin.workbench.security.sessions import Sessions
from temoin.workbench.security.throttle import Throttle
from temoin.workbench.security.tokens import StartTokens
from temoin.workbench.server.models import ProblemTold
from temoin.workbench.settings import Settings
from temoin.workbench.users import User, UserTable
from temoin.workbench.views.remembering import memory_of

__all__ = ["PREFIX", "create_app", "description", "workbench_of_app"]

_log = logging.getLogger("temoin.workbench")

#: Where the API is.
PREFIX = "/api/v1"

#: What any request may be answered with: most of it by the layers before the endpoints.
_PROBLEMS = (400, 401, 403, 404, 408, 409, 413, 414, 415, 421, 422, 429, 503)

_DESCRIPTION = """Everything the workbench of Témoin can do.

Requests need the session's cookie. Whatever changes something needs an `Origin` of the
server's own and the header `X-Temoin-Token` with the `csrf` of `/api/v1/session`.
Offsets are counted in Unicode code points of the untouched text. What is told are
claims, not facts.
"""


def create_app(case: str | os.PathLike[str], settings: Settings | None = None) -> FastAPI:
    """Make the app that serves a case. It is closed when its lifespan ends.

    Args:
        case: The case: a file, or the address of a PostgreSQL database.
        settings: How it is served.

    Raises:
        CaseError: The case cannot be opened.
        UserError: The file of users cannot be used.
    """
    chosen = settings or Settings()
    users = UserTable.open(chosen.users) if chosen.users else None
    workbench = _workbench(Case.open(case), chosen, users)
    app = _described()
    app.state.workbench = workbench
    app.include_router(FrontEnd(chosen.static).router())
    # The last one that is added is the outermost.
    app.add_middleware(BodyGuard, limits=chosen.limits)
    app.add_middleware(RequestGuard, hosts=Hosts(chosen))
    app.add_middleware(SecurityHeaders, secure=chosen.is_secure)
    app.add_middleware(AccessLog, metrics=workbench.metrics)
    return app


def description() -> dict[str, Any]:
    """The API as OpenAPI describes it; needs no case."""
    return _described().openapi()


def _described() -> FastAPI:
    """All endpoints with their descriptions, without anything behind them."""
    app = FastAPI(
        title="Témoin workbench",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=True,
        # FastAPI could send traces of requests to whatever the environment names.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    add_handlers(app)
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": ProblemTold} for status in _PROBLEMS
    }
    for router in (*server.routers(), *api.routers()):
        app.include_router(router, prefix=PREFIX, responses=problems)
    for router in server.outer_routers():
        app.include_router(router, responses=problems)
    return app


def workbench_of_app(app: FastAPI) -> Workbench:
    """The workbench of an app."""
    found = app.state.workbench
    if not isinstance(found, Workbench):
        message = "the app has no workbench: make it with create_app"
        raise TypeError(message)
    return found


def _workbench(case: Case, settings: Settings, users: UserTable | None) -> Workbench:
    live = Live(limit=settings.limits.streams)
    jobs = Jobs(settings.limits, partial(_tell, live))
    reader = settings.reader or Reader()
    if settings.own_process:
        reader = ProcessReader(reader, seconds=settings.limits.reading)
    return Workbench(
        case=case,
        settings=settings,
        sessions=Sessions(settings, users.of if users else _only(settings.actor)),
        tokens=StartTokens(),
        users=users,
        throttle=Throttle(settings.limits.attempts),
        reader=reader,
        jobs=jobs,
        live=live,
        poller=Poller(case, live, every=settings.poll),
        metrics=Metrics(),
        closing=threading.Event(),
    )


def _only(name: str) -> Callable[[str], User | None]:
    owner = User(name, "admin")
    return lambda asked: owner if asked == name else None


def _tell(live: Live, job: Job) -> None:
    live.publish("job_progress", job.told(), only=job.user)
    live.poke()  # it may have written something


def _warm(case: Case) -> None:
    """Read what the first view needs. If that fails, the first request will say why."""
    try:
        memory_of(case).warm(case)
    except Exception as error:  # noqa: BLE001 - a thread of its own: nobody would hear of it
        _log.warning("the case could not be read ahead: %s", type(error).__name__)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    workbench = workbench_of_app(app)
    anyio.to_thread.current_default_thread_limiter().total_tokens = workbench.settings.threads
    workbench.poller.start()
    warming = threading.Thread(target=_warm, args=(workbench.case,), daemon=True)
    warming.start()
    try:
        yield
    finally:
        workbench.closing.set()
        workbench.live.end()
        workbench.poller.stop()
        await anyio.to_thread.run_sync(workbench.jobs.close)
        if isinstance(workbench.reader, ProcessReader):
            workbench.reader.close()
        warming.join(5)
        workbench.case.close()
