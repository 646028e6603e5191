"""Runs a workbench: the socket, the address to open, the server, a clean end."""

from __future__ import annotations

import errno
import gc
import html
import logging
import os
import socket
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from temoin.errors import TemoinError
from temoin.workbench.app import create_app, workbench_of_app
from temoin.workbench.context import Workbench
from temoin.workbench.security.access import open_log
from temoin.workbench.server.protocol import protocol
from temoin.workbench.server.session import start_address
from temoin.workbench.settings import Settings, is_loopback, is_loopback_url
from temoin.workbench.users import User

__all__ = ["ServeError", "check", "serve"]

#: Seconds that open requests have to end when the server does.
_PATIENCE = 5

#: Largest head of a request.
_HEAD = 32_768

#: Seconds for which the file that opens the browser lies there.
_OPENING = 20.0


#: New objects after which each generation of garbage is looked for; Python has 700, 10, 10.
_GARBAGE = (50_000, 20, 20)


class ServeError(TemoinError):
    """The workbench cannot be served like that."""


def check(settings: Settings) -> None:
    """See that nobody is let in by mistake.

    Raises:
        ServeError: Others could reach the server, and there are no users; or the settings
            do not go together.
    """
    outside = [] if is_loopback(settings.host) else [f"--host {settings.host}"]
    if settings.url:
        _check_url(settings.url)
        outside += [f"--url {settings.url}"] if not is_loopback_url(settings.url) else []
    outside += [f"--name {name}" for name in settings.names if not is_loopback(name)]
    if outside and settings.users is None:
        message = (
            f"with {outside[0]} other machines can reach it: make a file of users "
            "(temoin users add FILE NAME --role admin) and give it with --users FILE"
        )
        raise ServeError(message)
    if (settings.certificate is None) != (settings.key is None):
        message = "--certificate and --key belong together"
        raise ServeError(message)
    for path in (settings.certificate, settings.key):
        if path is not None and not path.is_file():
            message = f"{path}: there is no such file"
            raise ServeError(message)


def serve(
    case: str | os.PathLike[str],
    settings: Settings,
    *,
    tell: Callable[[str], None],
    browser: bool = True,
) -> None:
    """Serve a case until it is interrupted.

    Args:
        case: The case.
        settings: How.
        tell: Shows a line to whoever started it.
        browser: Whether to open a browser.

    Raises:
        ServeError: Nothing can listen there, or others could get in.
        CaseError: The case cannot be opened.
        UserError: The file of users cannot be used.
    """
    check(settings)
    listening = _listen(settings.host, settings.port)
    try:
        settings = replace(settings, port=listening.getsockname()[1])
        app = create_app(case, settings)
        workbench = workbench_of_app(app)
        _log_to(settings.log)
        address = _address(settings)
        if settings.users is None:
            token = workbench.tokens.give(User(settings.actor, "admin"))
            tell(f"Open {start_address(address, token)}")
            tell("This address works once. End with Ctrl-C.")
            opened = start_address(address, token)
        else:
            tell(f"Open {address}/ and log in. End with Ctrl-C.")
            opened = f"{address}/"
            if not settings.is_secure and not is_loopback(settings.host):
                tell(
                    "Warning: without https, passwords and reports can be read on the way: "
                    "give --certificate and --key, or --url of a proxy that has https."
                )
        server = _Server(_config(app, settings), workbench)
        # Records are many small objects without cycles: to look through all that is kept for
        # garbage after every 700 new ones takes as long again as reading them.
        gc.set_threshold(*_GARBAGE)
        if browser:
            threading.Thread(target=_open_browser, args=(server, opened), daemon=True).start()
        with suppress(KeyboardInterrupt):  # that is how one ends it
            server.run(sockets=[listening])
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """A server whose live feeds end with it, instead of holding it up."""

    def __init__(self, config: uvicorn.Config, workbench: Workbench) -> None:
        super().__init__(config)
        self._workbench = workbench

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the feeds, then the rest."""
        self._workbench.closing.set()
        self._workbench.live.end()
        await super().shutdown(sockets)


def _config(app: object, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # an app is one
        http=protocol(settings.limits.head),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Only a proxy on this machine may say for whom it asks, and only where there is one.
        proxy_headers=settings.url is not None,
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=settings.limits.requests,
        backlog=128,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_PATIENCE,
        h11_max_incomplete_event_size=_HEAD,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
    )


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        ServeError: It cannot.
    """
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((bare, port))
        # Whoever comes with the address before the server runs waits instead of being refused.
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} is in use: choose another one with --port, or --port 0 for any"
        else:
            message = f"cannot listen on {host}, port {port}: {error.strerror or error}"
        raise ServeError(message) from error
    listening.set_inheritable(True)
    return listening


def _address(settings: Settings) -> str:
    """The address to open, without a slash at its end."""
    if settings.url:
        return settings.url.rstrip("/")
    host = settings.host.strip("[]")
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared, not bound
        host = settings.names[0] if settings.names else "localhost"
    scheme = "https" if settings.certificate else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        message = f"--url {url}: is no address"
        raise ServeError(message) from error
    whole = parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"}
    if not whole or parts.query or parts.fragment or parts.username:
        message = f"--url {url}: write it as https://temoin.example.org"
        raise ServeError(message)


def _log_to(path: Path | None) -> None:
    """Defects to standard error, the access log to its file."""
    root = logging.getLogger("temoin.workbench")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        root.addHandler(handler)
        root.propagate = False
    if path is None:
        open_log(None)
        return
    try:
        path.touch(mode=0o600, exist_ok=True)
        open_log(logging.FileHandler(path, encoding="utf-8"))
    except OSError as error:
        message = f"--log {path}: cannot be written: {error.strerror or error}"
        raise ServeError(message) from error


def _open_browser(server: uvicorn.Server, address: str) -> None:
    """Open a browser when the server is there.

    By a file that only its owner can read: the arguments of a program, and so a token among
    them, can be seen by everybody on the machine.
    """
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    descriptor, name = tempfile.mkstemp(prefix="temoin-", suffix=".html")
    path = Path(name)
    shown = html.escape(address, quote=True)
    page = f'<!doctype html><meta http-equiv="refresh" content="0;url={shown}">'
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(page)
        if webbrowser.open(path.as_uri()):
            time.sleep(_OPENING)
    finally:
        path.unlink(missing_ok=True)
