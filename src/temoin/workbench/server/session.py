"""Entering and leaving: start address, log-in, log-out, what the session is about."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import func, select

from temoin._version import __version__
from temoin.casefile.schema import Claim, Document
from temoin.workbench.context import Workbench
from temoin.workbench.dependencies import (
    Admin,
    AnyUser,
    SessionDep,
    WorkbenchDep,
    address_of,
)
from temoin.workbench.jobs.uploading import endings
from temoin.workbench.problems import Problem
from temoin.workbench.security.sessions import Session, set_cookie
from temoin.workbench.server.models import (
    CaseTold,
    LimitsTold,
    LogIn,
    SessionTold,
    StartAddress,
)

__all__ = ["outer", "router", "start_address"]

router = APIRouter(tags=["session"])
outer = APIRouter(include_in_schema=False)

#: Minutes for which an address for a second browser is valid.
_MINUTES = 10

_LANGUAGES = ["fr", "en", "es", "ar", "uk", "ru"]


@outer.get("/enter")
async def enter(
    request: Request, workbench: WorkbenchDep, token: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Exchange a start token for a session. It works once."""
    mode = request.headers.get("sec-fetch-mode")
    if mode not in {None, "navigate"} or request.headers.get("sec-purpose"):
        raise Problem(403, "open this address yourself")
    user = workbench.tokens.take(token)
    if user is None:
        raise Problem(
            403, "this start address was used already, or is none: start temoin serve again"
        )
    cookie = workbench.sessions.begin(user, address=address_of(request))
    answer = RedirectResponse("/", status_code=303)
    answer.headers["Set-Cookie"] = set_cookie(workbench.settings, request.url.port, cookie)
    return answer


@router.get("/session")
def session(session: SessionDep, workbench: WorkbenchDep) -> SessionTold:
    """Who is logged in, with which role, to which case."""
    return _told(workbench, session)


@router.post("/login")
def log_in(
    request: Request, response: Response, workbench: WorkbenchDep, body: LogIn
) -> SessionTold:
    """Log in with name and password, where the server has a file of users."""
    if workbench.users is None:
        raise Problem(404, "there are no passwords here: open the address of temoin serve")
    address, name = address_of(request), " ".join(body.name.split()).casefold()
    wait = workbench.throttle.wait(address, name)
    if wait:
        raise Problem(
            429,
            f"too many attempts failed: wait {wait} seconds",
            headers={"Retry-After": str(wait)},
        )
    # Counted as failed before it is known: attempts at the same time are counted all.
    workbench.throttle.failed(address, name)
    user = workbench.users.check(body.name, body.password)
    if user is None:
        raise Problem(401, "name or password are wrong", login="password")
    workbench.throttle.succeeded(address, name)
    cookie = workbench.sessions.begin(user, address=address)
    response.headers["Set-Cookie"] = set_cookie(workbench.settings, request.url.port, cookie)
    begun = workbench.sessions.of(cookie, address=address)
    if begun is None:
        raise Problem(401, "that user was removed", login="password")
    return _told(workbench, begun)


@router.post("/logout", status_code=204)
def log_out(request: Request, workbench: WorkbenchDep, session: SessionDep) -> Response:
    """End the session; its cookie is worth nothing from now on."""
    workbench.sessions.end(session)
    gone = set_cookie(workbench.settings, request.url.port, None)
    return Response(status_code=204, headers={"Set-Cookie": gone})


@router.post("/start-tokens", status_code=201)
def start_tokens(request: Request, workbench: WorkbenchDep, user: Admin) -> StartAddress:
    """Make an address that opens a session in another browser, once, within some minutes."""
    if workbench.users is not None:
        raise Problem(409, "here one logs in with a password")
    token = workbench.tokens.give(user, seconds=_MINUTES * 60)
    base = str(request.base_url).rstrip("/")
    return StartAddress(url=start_address(base, token), minutes=_MINUTES)


def start_address(base: str, token: str) -> str:
    """The address that uses a start token.

    Args:
        base: Of the server, without a slash at its end.
        token: The token.
    """
    return f"{base}/enter?token={token}"


def _told(workbench: Workbench, session: Session) -> SessionTold:
    user: AnyUser = session.user
    limits = workbench.settings.limits
    return SessionTold(
        user=user.name,
        role=user.role,
        csrf=session.csrf,
        case=_case(workbench),
        version=__version__,
        languages=_LANGUAGES,
        login="password" if workbench.users else "token",
        local=workbench.settings.is_local,
        endings=endings(),
        limits=LimitsTold(
            upload=limits.upload,
            document=limits.document,
            files=limits.files,
            text=limits.text,
        ),
    )


def _case(workbench: Workbench) -> CaseTold:
    case = workbench.case
    info = case.info()
    with case.reading() as session:
        documents = session.scalar(select(func.count()).select_from(Document)) or 0
        claims = session.scalar(select(func.count()).select_from(Claim)) or 0
    path = case.target.path
    return CaseTold(
        name=info.title or (path.stem if path else case.target.url.database or "case"),
        uuid=info.uuid,
        documents=documents,
        claims=claims,
        backend="sqlite" if path else "postgresql",
    )
