"""What goes wrong, as JSON: `{"detail": "...", ...}`, never a traceback, never HTML."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Scope

from temoin.casefile import CaseBusyError, CaseError, ConflictError
from temoin.casefile.searching import QueryError
from temoin.errors import TemoinError

__all__ = ["Problem", "add_handlers", "defect"]

_log = logging.getLogger("temoin.workbench")

#: Of what a client sent, this much is shown back.
_SHOWN = 200


class Problem(Exception):  # noqa: N818 - it is an answer, raised wherever it is found
    """A request that gets an answer other than what it asked for.

    Args:
        status: The HTTP status.
        detail: What is wrong and what mends it, a sentence for people.
        headers: More headers, such as Retry-After.
        more: Further members of the JSON answer.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.more = more

    def response(self) -> JSONResponse:
        """The answer."""
        body = {"detail": self.detail, **self.more}
        return JSONResponse(body, status_code=self.status, headers=self.headers)


def add_handlers(app: FastAPI) -> None:
    """Answer every error of an app as JSON."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(TemoinError, _temoin)


def _answer(status: int, detail: str, **more: Any) -> JSONResponse:
    return Problem(status, detail, **more).response()


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Problem):
        raise error
    return error.response()


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers) if error.headers else {}
    return Problem(error.status_code, str(error.detail), headers=headers).response()


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [
        {"where": [str(part)[:_SHOWN] for part in fault["loc"]], "what": fault["msg"][:_SHOWN]}
        for fault in error.errors()[:20]
    ]
    first = faults[0] if faults else {"where": ["body"], "what": "cannot be read"}
    return _answer(422, f"{'.'.join(first['where'])}: {first['what']}", errors=faults)


async def _temoin(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, QueryError):
        return _answer(422, error.reason, column=error.column, mark=" " * (error.column - 1) + "^")
    if isinstance(error, ConflictError):
        return _answer(409, error.cause)
    if isinstance(error, CaseBusyError):
        return _answer(503, error.cause, headers={"Retry-After": "10"})
    # Without the name of the case: its path is nobody's business.
    return _answer(422, error.cause if isinstance(error, CaseError) else str(error))


def defect(error: Exception, scope: Scope) -> Problem:
    """The answer to what nobody expected: the log has it, the browser learns nothing.

    Args:
        error: What was raised.
        scope: The request.
    """
    route = getattr(scope.get("route"), "path", "-")
    _log.error("defect in %s %s", scope["method"], route, exc_info=error)
    return Problem(500, "a defect of Témoin: the log of the server has what happened")
