"""The access log and the counters: which kind of request, how it went, how long it took.

Never what was asked: no query, no id, no name of a file, no text. A path is told as the
route that it matched (`/api/v1/claims/{claim}`).
"""

from __future__ import annotations

import json
import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from temoin.casefile.canonical import now
from temoin.workbench.metrics import Metrics
from temoin.workbench.security.asgi import API

__all__ = ["AccessLog", "open_log"]

LOG = logging.getLogger("temoin.workbench.access")

#: What a client called its method may be anything.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class AccessLog:
    """Counts every request, and writes a line of JSON on it.

    Args:
        app: What answers.
        metrics: The counters.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and take note."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, sent_bytes, begun = 500, 0, time.perf_counter()
        scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            nonlocal status, sent_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent_bytes += len(message.get("body", b""))
            await send(message)

        self._metrics.active += 1
        try:
            await self._app(scope, receive, sent)
        finally:
            self._metrics.active -= 1
            self._note(scope, status, sent_bytes, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, sent_bytes: int, seconds: float) -> None:
        route = _route(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.count(method, route, status, seconds)
        if not LOG.isEnabledFor(logging.INFO):
            return
        client = scope.get("client")
        told = {
            "at": now(),
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "bytes": sent_bytes,
            "user": scope["state"].get("user"),
            "address": client[0] if client else None,
        }
        LOG.info("%s", json.dumps(told, ensure_ascii=True))


def _route(scope: Scope) -> str:
    """The route that a request matched; routers name theirs without the API's prefix."""
    route = str(getattr(scope.get("route"), "path", "-"))
    prefix = "/".join(str(scope["path"]).split("/", 3)[:3])
    inner = prefix.startswith(API) and not route.startswith((API, "-", "/{path:path}"))
    return prefix + route if inner else route


def open_log(handler: logging.Handler | None) -> None:
    """Say where the access log goes; None for nowhere."""
    LOG.handlers.clear()
    LOG.propagate = False
    LOG.setLevel(logging.CRITICAL if handler is None else logging.INFO)
    if handler is not None:
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(handler)
