"""A workbench that really listens, for what a test client cannot show: feeds, raw bytes."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fake_extractor import FakeExtractor

from temoin.pipeline import Reader
from temoin.workbench.app import create_app, workbench_of_app
from temoin.workbench.context import Workbench
from temoin.workbench.serving import _config, _listen, _Server
from temoin.workbench.settings import Settings
from temoin.workbench.users import User


@dataclass
class Event:
    """One server-sent event."""

    name: str
    data: dict[str, Any]
    id: str | None = None


@dataclass
class Real:
    """A server that listens."""

    workbench: Workbench
    server: uvicorn.Server
    port: int
    cookie: str = ""
    token: str = ""
    asked: list[tuple[http.client.HTTPConnection, http.client.HTTPResponse]] = field(
        default_factory=list
    )

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def enter(self) -> None:
        """Begin a session."""
        given = self.workbench.tokens.give(User(self.workbench.settings.actor, "admin"))
        answer = self.ask("GET", f"/enter?token={given}")
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        told = json.loads(self.ask("GET", "/api/v1/session").read())
        self.token = told["csrf"]

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> http.client.HTTPResponse:
        """Make a request as the page would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        own = {"Origin": self.origin, "Cookie": self.cookie, "X-Temoin-Token": self.token}
        if body is not None:
            own["Content-Type"] = "application/json"
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, body=sent, headers={**own, **headers})
        answer = connection.getresponse()
        self.asked.append((connection, answer))
        return answer

    def close(self) -> None:
        """Close what was asked."""
        for connection, answer in self.asked:
            answer.close()
            connection.close()

    def raw(self, data: bytes, *, patience: float = 10) -> bytes:
        """Send bytes and read what comes back until the end, or for so long."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            connection.sendall(data)
            got = b""
            try:
                while piece := connection.recv(65_536):
                    got += piece
            except TimeoutError:
                return got
            return got

    def feed(self, **headers: str) -> Iterator[Event]:
        """The events of the live feed as they come."""
        answer = self.ask("GET", "/api/v1/events", **headers)
        assert answer.status == 200, answer.read()
        name, number = "", None
        while line := answer.readline():
            key, _, value = line.decode().rstrip("\n").partition(": ")
            if key == "event":
                name = value
            elif key == "id":
                number = value
            elif key == "data":
                yield Event(name, json.loads(value), number)
                number = None


@contextmanager
def listening(case: str | Path, **settings: Any) -> Iterator[Real]:
    """A workbench on a case that is there, on a free port, in a thread.

    Args:
        case: The case.
        settings: More of `Settings`.
    """
    reader = Reader(FakeExtractor(), ground=False)
    chosen: dict[str, Any] = {
        "port": 0, "actor": "rosa", "poll": 0.05, "reader": reader, "own_process": False,
        **settings,
    }  # fmt: skip
    listener = _listen("127.0.0.1", 0)
    chosen["port"] = listener.getsockname()[1]
    made = Settings(**chosen)
    app = create_app(case, made)
    server = _Server(_config(app, made), workbench_of_app(app))
    real = Real(workbench_of_app(app), server, chosen["port"])
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server could not start"
            time.sleep(0.01)
        real.enter()
        yield real
    finally:
        server.should_exit = True
        thread.join(15)
        listener.close()
        real.close()
    assert not thread.is_alive(), "the server did not end"
