"""A local server that plays an OpenAI-compatible endpoint, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Called with the handler of one request: sends whatever it likes.
Answer = Callable[["Handler"], None]


@dataclass
class Played:
    """What the server does, and what it was sent."""

    answers: list[Answer]
    released: threading.Event = field(default_factory=threading.Event)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def texts(self) -> list[str]:
        """The words that were sent to be read."""
        return [
            body["messages"][-1]["content"].split("\n", 1)[1].removesuffix("\n</text>")
            for body in self.bodies
        ]


class Server(ThreadingHTTPServer):
    """The server; clients that leave early are no error to it."""

    daemon_threads = True
    played: Played

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        played = self.server.played
        length = int(self.headers["Content-Length"])
        played.bodies.append(json.loads(self.rfile.read(length)))
        played.headers.append(dict(self.headers))
        played.paths.append(self.path)
        number = min(len(played.bodies), len(played.answers)) - 1
        played.answers[number](self)

    def do_GET(self) -> None:
        self.server.played.paths.append(f"GET {self.path}")
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def playing(*answers: Answer) -> Iterator[Played]:
    """An endpoint that gives these answers in turn, and the last one from then on."""
    server = Server(("127.0.0.1", 0), Handler)
    played = Played(list(answers))
    played.url = f"http://127.0.0.1:{server.server_port}/v1"
    server.played = played
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield played
    finally:
        played.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def raw(body: bytes | str, *, status: int = 200, **headers: str) -> Answer:
    """Any body with any status; underscores in names of headers stand for hyphens."""
    data = body if isinstance(body, bytes) else body.encode()

    def send(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def completion(content: object, *, finish_reason: str = "stop") -> str:
    """The JSON of a chat completion."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]})


def said(content: object, **options: str) -> Answer:
    """A chat completion in which the model says this."""
    return raw(completion(content, **options))


def named(*events: object) -> Answer:
    """A chat completion that names these events."""
    return said(json.dumps({"events": events}, ensure_ascii=False))


def event(
    type: str,  # noqa: A002 - the field's own name
    trigger: str,
    arguments: Sequence[tuple[str, str]] = (),
    **marks: object,
) -> dict[str, object]:
    """An event as a model names it."""
    return {
        "type": type,
        "trigger": trigger,
        "arguments": [{"role": role, "quote": quote} for role, quote in arguments],
        "polarity": "affirmed",
        "certainty": "certain",
        "attribution": "",
    } | marks


def silent(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.server.played.released.wait(10)


def endless(handler: Handler) -> None:
    """Send without end."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        while not handler.server.played.released.is_set():
            handler.wfile.write(b" " * 65536)


def dripping(handler: Handler) -> None:
    """Send a byte now and then, so that the connection never falls silent."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        while not handler.server.played.released.wait(0.05):
            handler.wfile.write(b" ")


def hanging_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True
