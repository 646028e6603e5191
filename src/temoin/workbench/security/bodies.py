"""Bodies of requests: how large, how slow, of what type, and whether JSON is sound."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any, NoReturn

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from temoin.workbench.problems import Problem
from temoin.workbench.security.asgi import answer, header, headers_named
from temoin.workbench.settings import Limits

__all__ = ["UPLOADS", "BodyGuard", "checked_json"]

#: The one address that takes files and long texts.
UPLOADS = "/api/v1/uploads"

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_CHARSET = re.compile(r'charset\s*=\s*"?([^\s;"]+)', re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**63 - 1

#: What is still coming is not waited for.
_CLOSE = {"Connection": "close"}

#: A length with more digits is too large, whatever it is.
_DIGITS = 15


class BodyGuard:
    """Checks bodies. Uploads are passed on as they come, everything else is read whole.

    Args:
        app: What comes next.
        limits: How much is taken.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request's body and hand the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"] == UPLOADS and scope["method"] == "POST"
        limit = self._limits.upload if is_upload else self._limits.body
        try:
            kind = _checked_headers(scope, limit, is_upload=is_upload)
            if scope["method"] not in _WRITING:
                await self._app(scope, receive, send)
                return
            limited = _Limited(receive, limit, self._limits)
            if is_upload:
                await self._app(scope, limited, send)
                return
            body = await limited.whole()
            if body:
                _check_kind(kind)
                checked_json(body, depth=self._limits.depth)
        except Problem as problem:
            await answer(problem, scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)


class _Limited:
    """`receive` that stops at a number of bytes, and after some time."""

    def __init__(self, receive: Receive, limit: int, limits: Limits) -> None:
        self._receive = receive
        self._limit = limit
        self._limits = limits
        self._taken = 0
        self._until = time.monotonic() + limits.sending
        self._ended = False

    async def __call__(self) -> Message:
        if self._ended:  # what comes now is the end of the connection, whenever that is
            return await self._receive()
        patience = min(self._limits.between, self._until - time.monotonic())
        try:
            async with asyncio.timeout(max(0.0, patience)):
                message = await self._receive()
        except TimeoutError as error:
            raise Problem(408, "the body came too slowly", headers=_CLOSE) from error
        if message["type"] == "http.request":
            self._taken += len(message.get("body", b""))
            if self._taken > self._limit:
                raise too_large(self._limit)
            self._ended = not message.get("more_body", False)
        return message

    async def whole(self) -> bytes:
        """The whole body."""
        pieces = []
        while not self._ended:
            message = await self()
            if message["type"] != "http.request":
                raise Problem(400, "the body ended too soon")
            pieces.append(message.get("body", b""))
        return b"".join(pieces)


def too_large(limit: int) -> Problem:
    """The answer to who sends too much."""
    said = f"that is more than the {limit:,} bytes that are taken at once"
    return Problem(413, said, headers=_CLOSE)


def checked_json(body: bytes, *, depth: int) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Read JSON strictly.

    Args:
        body: What was sent.
        depth: How deep it may be nested.

    Returns:
        What it says.

    Raises:
        Problem: 400, it is no JSON in UTF-8, or holds what no database could: NUL, halves of
            surrogate pairs, numbers without end, NaN; or it is nested too deep.
    """
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "the body is no sound JSON in UTF-8") from error
    _look_through(found, depth)
    return found


def _look_through(found: Any, depth: int) -> None:  # noqa: ANN401 - as above
    if depth < 0:
        raise Problem(400, "the JSON is nested too deep")
    if isinstance(found, dict):
        for key, value in found.items():
            _check_words(key)
            _look_through(value, depth - 1)
    elif isinstance(found, list):
        for value in found:
            _look_through(value, depth - 1)
    elif isinstance(found, str):
        _check_words(found)
    elif isinstance(found, int | float) and not -_LARGEST <= found <= _LARGEST:
        raise Problem(400, "a number in the JSON is too large")


def _check_words(words: str) -> None:
    if "\0" in words or _SURROGATE.search(words):
        raise Problem(400, "a text in the JSON has characters that are none")


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)


def _checked_headers(scope: Scope, limit: int, *, is_upload: bool) -> str | None:
    """The type of the body; None where none is named."""
    length = header(scope, "content-length")
    if length is not None and (not length.isascii() or not length.isdigit()):
        raise Problem(400, "the length of the body is no number")
    if length is not None and (len(length) > _DIGITS or int(length) > limit):
        raise too_large(limit)
    if headers_named(scope, "content-encoding"):
        raise Problem(415, "send the body as it is, not packed")
    kind = header(scope, "content-type")
    if kind is None or scope["method"] not in _WRITING:
        return None
    charset = _CHARSET.search(kind)
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        raise Problem(415, "the body must be UTF-8")
    name = kind.partition(";")[0].strip().lower()
    if name == "application/json" or (is_upload and name == "multipart/form-data"):
        return name
    raise Problem(415, "the body must be application/json" + (" or a form" if is_upload else ""))


def _check_kind(kind: str | None) -> None:
    if kind is None:
        raise Problem(415, "say what the body is: Content-Type: application/json")


def _again(body: bytes, receive: Receive) -> Receive:
    """`receive` for a body that was read already."""
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received
