"""Fetching, politely: one address at a time, with limits, and never past a host's door.

No cookies, no cache but what the server itself names (ETag, Last-Modified), no proxy but the
system's. A redirect is followed on the same host alone; one to another is told, for the
user names what is fetched.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import http.client
import ipaddress
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from temoin._version import __version__
from temoin.reading.limits import as_size

__all__ = ["AGENT", "Answer", "FetchError", "Fetcher", "is_public", "shown"]

#: What is fetched says who asks.
AGENT = f"temoin/{__version__} (temoin watch; reads feeds for a case of reports)"

#: By which name robots.txt may speak of it.
_ROBOT = "temoin"

_REDIRECTS = 5
_PIECE = 65_536
_ROBOTS_BYTES = 500_000
_ROBOTS_SECONDS = 24 * 3600.0
_LONGEST_WAIT = 24 * 3600.0


class FetchError(Exception):
    """An address cannot be fetched now.

    Args:
        cause: Why.
        wait: Seconds after which the server wants to be asked again, if it says so.
        gone: Whether it says that there will never be anything again.
        passing: Whether it may go better later.
    """

    def __init__(
        self, cause: str, *, wait: float | None = None, gone: bool = False, passing: bool = True
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.wait = wait
        self.gone = gone
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent.

    Attributes:
        data: The bytes; None where nothing has changed.
        charset: The encoding that it declares.
        etag: What it calls this state.
        modified: When it says that this changed.
    """

    data: bytes | None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


def shown(url: str) -> str:
    """An address for messages and logs: without names, passwords and queries, which are secrets."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return f"file://{parts.path}"
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


def is_public(host: str) -> bool:
    """Whether a name leads to the public network alone, not into somebody's own.

    Raises:
        FetchError: The name is not known.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("cannot be fetched: its host is not known") from error
    addresses = {str(each[4][0]).partition("%")[0] for each in found}
    return all(ipaddress.ip_address(each).is_global for each in addresses)


class Fetcher:
    """Fetches for one feed; for one thread.

    Args:
        max_bytes: Largest answer.
        seconds: Longest time for one answer.
        silence: Seconds without a byte after which a server counts as silent.
    """

    def __init__(self, *, max_bytes: int, seconds: float = 60.0, silence: float = 20.0) -> None:
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._silence = min(silence, seconds)
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._connections = _Connections()
        self._opener = _opener(self._connections)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """Fetch an address.

        Args:
            url: http, https or file.
            etag: What the server called it the last time.
            modified: When it said that it changed.

        Raises:
            FetchError: It cannot be had.
        """
        if urlsplit(url).scheme == "file":
            return self._from_file(url, modified)
        self._ask_robots(url)
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        return self._followed(url, headers, self._max_bytes)

    def delay(self, url: str) -> float:
        """Seconds that the host wants between two requests; 1 where it says nothing."""
        known = self._robots.get(_origin(url))
        told = known[1].crawl_delay(_ROBOT) if known else None
        return min(float(told), 60.0) if told else 1.0

    def _from_file(self, url: str, modified: str | None) -> Answer:
        path = Path(urllib.request.url2pathname(urlsplit(url).path))
        try:
            told = path.stat()
            mark = f"{told.st_size} {told.st_mtime_ns}"
            if mark == modified:
                return Answer(None, modified=modified)
            if told.st_size > self._max_bytes:
                raise _too_large(self._max_bytes)
            return Answer(path.read_bytes(), modified=mark)
        except OSError as error:
            message = f"cannot be read: {(error.strerror or str(error)).lower()}"
            raise FetchError(message) from error

    def _ask_robots(self, url: str) -> None:
        origin = _origin(url)
        known = self._robots.get(origin)
        if known is None or known[0] < time.monotonic():
            rules = RobotFileParser()
            try:
                answer = self._followed(f"{origin}/robots.txt", {}, _ROBOTS_BYTES)
                lines = (answer.data or b"").decode("utf-8", "replace").splitlines()
            except FetchError as error:
                if error.passing:
                    # RFC 9309: rules that cannot be had now may forbid everything.
                    message = f"waits, for the host's robots.txt {error.cause}"
                    raise FetchError(message, wait=error.wait) from error
                lines = []
            rules.parse(lines)
            known = (time.monotonic() + _ROBOTS_SECONDS, rules)
            self._robots[origin] = known
        if not known[1].can_fetch(_ROBOT, url):
            raise FetchError("is not fetched: the host's robots.txt forbids it", passing=False)

    def _followed(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer:
        """Fetch an address through redirects within its host."""
        until = time.monotonic() + self._seconds
        host = urlsplit(url).hostname
        for _ in range(_REDIRECTS + 1):
            try:
                return self._once(url, headers, max_bytes, until)
            except _Redirected as error:
                url = urljoin(url, error.to)
                parts = urlsplit(url)
                if parts.scheme not in {"http", "https"} or parts.hostname != host:
                    message = f"is redirected to {shown(url)}: name that address if you mean it"
                    raise FetchError(message, passing=False) from error
        message = f"is redirected more than {_REDIRECTS} times"
        raise FetchError(message, passing=False)

    def _once(self, url: str, headers: Mapping[str, str], max_bytes: int, until: float) -> Answer:
        sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        try:
            request = urllib.request.Request(url, headers=sent)  # noqa: S310 - http(s) alone
            with (
                self._connections.until(until),
                self._opener.open(request, timeout=self._silence) as answer,
            ):
                data = _body(answer, max_bytes, until)
                told = answer.headers
                return Answer(
                    data, told.get_content_charset(), told.get("ETag"), told.get("Last-Modified")
                )
        except urllib.error.HTTPError as error:
            with error:
                return _refused(error)
        except urllib.error.URLError as error:
            cause = "it takes too long" if isinstance(error.reason, TimeoutError) else error.reason
            message = f"cannot be fetched: {cause}"
            raise FetchError(message) from error
        except TimeoutError as error:
            raise FetchError("cannot be fetched: it takes too long") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= until:
                raise FetchError("cannot be fetched: it takes too long") from error
            message = f"cannot be fetched: {type(error).__name__}"
            raise FetchError(message) from error


class _Connections:
    """The sockets of one request, to be shut when its time is over.

    A server that sends a byte of its headers now and then never falls silent.
    """

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []

    @contextmanager
    def until(self, moment: float) -> Iterator[None]:
        """Shut whatever is open then."""
        timer = threading.Timer(max(0.0, moment - time.monotonic()), self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._sockets.clear()

    def opened(self, sock: socket.socket) -> None:
        """One more is open."""
        self._sockets.append(sock)

    def _shut(self) -> None:
        for sock in list(self._sockets):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, connections: _Connections) -> None:
        super().__init__()
        self._connections = connections

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_noted, http.client.HTTPConnection, self._connections), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, connections: _Connections) -> None:
        super().__init__()
        self._connections = connections

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_noted, http.client.HTTPSConnection, self._connections), req)


def _noted(
    kind: type[http.client.HTTPConnection],
    connections: _Connections,
    host: str,
    **told: Any,
) -> http.client.HTTPConnection:
    """A connection that says when its socket is open."""
    connection = kind(host, **told)
    connect = connection.connect

    def noted() -> None:
        connect()
        connections.opened(connection.sock)

    connection.connect = noted  # type: ignore[method-assign] # one object, not the class
    return connection


class _Redirected(Exception):  # noqa: N818 - no error
    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


def _body(answer: http.client.HTTPResponse, max_bytes: int, until: float) -> bytes:
    if (answer.headers.get("Content-Encoding") or "identity").lower() != "identity":
        raise FetchError("comes compressed, which was not asked for: refused", passing=False)
    pieces, size = [], 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if time.monotonic() > until:
            raise TimeoutError
        pieces.append(piece)
    if time.monotonic() >= until:  # its connection was shut: what there is may be a part
        raise TimeoutError
    if answer.length:  # the server promised more
        raise FetchError("cannot be fetched: the answer breaks off")
    return b"".join(pieces)


def _too_large(max_bytes: int) -> FetchError:
    return FetchError(f"has more than {as_size(max_bytes)}", passing=False)


def _refused(error: urllib.error.HTTPError) -> Answer:
    """What an answer other than 200 means.

    Raises:
        FetchError: It is a refusal.
        _Redirected: It is somewhere else.
    """
    if error.code == 304:
        return Answer(None)
    to = error.headers.get("Location")
    if error.code in {301, 302, 303, 307, 308} and to:
        raise _Redirected(to)
    message = f"cannot be fetched: the server answers {error.code}"
    passing = error.code in {408, 425, 429} or error.code >= 500
    wait = _wait(error.headers.get("Retry-After"))
    raise FetchError(message, wait=wait, gone=error.code == 410, passing=passing)


def _wait(told: str | None) -> float | None:
    """Seconds that `Retry-After` asks for, as a number or a date."""
    if not told:
        return None
    if told.strip().isdecimal() and len(told.strip()) < 9:
        return min(float(told), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(told)
        seconds = (moment - dt.datetime.now(dt.UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _opener(connections: _Connections) -> urllib.request.OpenerDirector:
    """An opener for http(s) alone that leaves redirects to us."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Plain(connections),
        _Secure(connections),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
