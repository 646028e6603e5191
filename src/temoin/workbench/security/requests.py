"""Refuses requests that no browser of ours would make, before anything looks at them."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from temoin.workbench.problems import Problem
from temoin.workbench.security.asgi import API, answer, header, headers_named
from temoin.workbench.security.hosts import Hosts, origin_of

__all__ = ["RequestGuard"]

_READING = frozenset({"GET", "HEAD"})
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

#: A path and query longer than this is no filter that anybody typed.
_LONGEST = 16_384

_OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")

#: Encoded, they mean something else to whoever decodes once more.
_ENCODED = re.compile(rb"%(?:5c|00|25(?:2e|2f|5c|00))", re.IGNORECASE)
_ENCODED_SLASH = re.compile(rb"%2f", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")

#: Who may load what: pages of ours, and addresses that were typed in.
_OWN = frozenset({"same-origin", "none"})


class RequestGuard:
    """Checks host, method, path, query and origin.

    Args:
        app: What comes next.
        hosts: By which names the server may be asked for.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request and hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets
            return
        try:
            self._check(scope)
        except Problem as problem:
            await answer(problem, scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        host = header(scope, "host")
        server = scope.get("server")
        if host is None or not self._hosts.allows(host, server[1] if server else None):
            raise Problem(421, "this server has another name: see temoin serve --name")
        _check_method(scope)
        _check_address(scope)
        self._check_origin(scope, host)

    def _check_origin(self, scope: Scope, host: str) -> None:
        origin, site = header(scope, "origin"), header(scope, "sec-fetch-site")
        if origin is not None and (
            origin == "null" or origin_of(origin) not in self._hosts.origins(host)
        ):
            raise Problem(403, "this came from another site")
        if scope["method"] in _WRITING:
            if origin is None:
                raise Problem(403, "whoever changes something must say from where: Origin")
            if site is not None and site != "same-origin":
                raise Problem(403, "this came from another site")
        elif site is not None and site not in _OWN and not _is_visit(scope):
            raise Problem(403, "this came from another site")


def _is_visit(scope: Scope) -> bool:
    """Whether somebody follows a link to a page of ours: that shows nothing to the other site."""
    path = str(scope["path"])
    return (
        header(scope, "sec-fetch-mode") == "navigate"
        and header(scope, "sec-fetch-dest") == "document"
        and not path.startswith(API)
    )


def _check_method(scope: Scope) -> None:
    method = scope["method"]
    if method not in _READING | _WRITING:
        raise Problem(405, "there is no such method", headers={"Allow": "GET, HEAD, POST"})
    if any(headers_named(scope, name) for name in _OVERRIDES):
        raise Problem(400, "the method cannot be overridden")


def _check_address(scope: Scope) -> None:
    raw: bytes = scope.get("raw_path") or str(scope["path"]).encode()
    query: bytes = scope["query_string"]
    if len(raw) + len(query) > _LONGEST:
        raise Problem(414, "the address is too long")
    raw = raw.partition(b"?")[0]
    path = _decoded(raw)
    # Only the API has names with a slash in their addresses; files have none.
    slash = not path.startswith(API) and _ENCODED_SLASH.search(raw)
    if slash or _ENCODED.search(raw) or _CONTROL.search(path):
        raise Problem(400, "the path has characters that none of ours has")
    if any(part in {".", ".."} for part in path.split("/")) or "//" in path:
        raise Problem(400, "the path goes astray")
    if "\0" in _decoded(query.replace(b"+", b" ")):
        raise Problem(400, "the query has a NUL in it")


def _decoded(quoted: bytes) -> str:
    try:
        return unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "the address is not UTF-8") from error
