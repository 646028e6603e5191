"""Small help for layers that speak ASGI themselves, so that feeds are not held up."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from temoin.workbench.problems import Problem

__all__ = ["API", "answer", "header", "headers_named"]

#: Where the API begins.
API = "/api/"


def headers_named(scope: Scope, name: str) -> list[str]:
    """All headers of a request with a name in lower case."""
    wanted = name.encode("ascii")
    return [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]


def header(scope: Scope, name: str) -> str | None:
    """A header of a request; None where there is none.

    Raises:
        Problem: 400, there are several: who reads which would be a matter of chance.
    """
    found = headers_named(scope, name)
    if len(found) > 1:
        raise Problem(400, f"there are several headers {name}")
    return found[0] if found else None


async def answer(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a problem as the answer."""
    await problem.response()(scope, receive, send)
