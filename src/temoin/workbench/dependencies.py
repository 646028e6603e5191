"""What endpoints ask for: the user, a role, the case, the jobs, the feed.

    @router.post("/claims/{claim}/decisions")
    def decide(claim: Number, case: CaseDep, user: Reviewer, live: LiveDep) -> Card: ...

Every endpoint of the API must ask for a user, by one of these; a test goes through all
routes and insists.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Path, Request

from temoin.casefile import Case
from temoin.workbench.context import Workbench
from temoin.workbench.jobs import Jobs
from temoin.workbench.live import Live
from temoin.workbench.problems import Problem
from temoin.workbench.security.sessions import Session, cookie_name
from temoin.workbench.users import Role, User

__all__ = [
    "Admin",
    "AnyUser",
    "CaseDep",
    "JobsDep",
    "LiveDep",
    "Number",
    "Reviewer",
    "SessionDep",
    "WorkbenchDep",
    "current_session",
    "current_user",
    "open_case",
    "require_role",
]

#: What every request that changes something must carry, beside the cookie.
CSRF_HEADER = "X-Temoin-Token"

_READING = frozenset({"GET", "HEAD"})

#: The largest number that both databases can hold as a key.
LARGEST = 2**63 - 1

#: A number of a document, claim, ... in a path.
Number = Annotated[int, Path(ge=1, le=LARGEST)]


def workbench_of(request: Request) -> Workbench:
    """The workbench that serves a request."""
    found = request.app.state.workbench
    if not isinstance(found, Workbench):
        message = "the app has no workbench: make it with create_app"
        raise TypeError(message)
    return found


WorkbenchDep = Annotated[Workbench, Depends(workbench_of)]


def current_session(request: Request, workbench: WorkbenchDep) -> Session:
    """The session of a request.

    Raises:
        Problem: 401, there is none; 403, something would be changed without the session's token.
    """
    cookie = request.cookies.get(cookie_name(workbench.settings, request.url.port))
    session = workbench.sessions.of(cookie, address=address_of(request))
    if session is None:
        how = "password" if workbench.users else "token"
        say = (
            "log in first"
            if workbench.users
            else "open the address that temoin serve printed when it was started"
        )
        raise Problem(401, say, login=how)
    request.state.user = session.user.name  # for the access log
    if request.method not in _READING:
        given = request.headers.get(CSRF_HEADER, "")
        if not secrets.compare_digest(given.encode(), session.csrf.encode()):
            raise Problem(403, f"the header {CSRF_HEADER} must have the csrf of the session")
    return session


SessionDep = Annotated[Session, Depends(current_session)]


def current_user(session: SessionDep) -> User:
    """The user who makes a request, with the role that holds now.

    Raises:
        Problem: 401, nobody has entered.
    """
    return session.user


AnyUser = Annotated[User, Depends(current_user)]


def require_role(role: Role) -> Callable[..., User]:
    """A dependency that gives the user, and refuses who may not do that.

    Args:
        role: read, review or admin.
    """

    def required(user: AnyUser) -> User:
        if not user.may(role):
            raise Problem(403, f"this needs the role {role}; yours is {user.role}", role=user.role)
        return user

    required.role = role  # type: ignore[attr-defined] # for the test that goes through all routes
    return required


Reviewer = Annotated[User, Depends(require_role("review"))]
Admin = Annotated[User, Depends(require_role("admin"))]


def open_case(workbench: WorkbenchDep, _user: AnyUser) -> Case:
    """The case, for whoever has entered: `with case.reading() as session: ...`."""
    return workbench.case


CaseDep = Annotated[Case, Depends(open_case)]


def _jobs(workbench: WorkbenchDep, _user: AnyUser) -> Jobs:
    return workbench.jobs


def _live(workbench: WorkbenchDep, _user: AnyUser) -> Live:
    return workbench.live


JobsDep = Annotated[Jobs, Depends(_jobs)]
LiveDep = Annotated[Live, Depends(_live)]


def address_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""
