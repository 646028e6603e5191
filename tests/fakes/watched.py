"""A case that is watched in this process with the fake extractor, and a server of feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from fake_extractor import FakeExtractor
from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile.schema import Document
from temoin.pipeline import Reader
from temoin.watching.feeds import Habits
from temoin.watching.running import Settings, Watch
from temoin.watching.state import State
from temoin.watching.telling import Log

#: Answers a request by writing it.
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """A server on loopback: what it answers by path, and what it was asked."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serves(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> str:
        """Answer a path with this; its address."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        self.answers[path] = answer
        return self.address + path

    def asked_for(self, path: str) -> int:
        """How often."""
        return sum(each == path for each, _ in self.asked)


@dataclass
class Desk:
    """A case and what watches it."""

    case: Path
    inbox: Path
    lines: list[str] = field(default_factory=list)

    def watch(self, *feeds: str, **changes: Any) -> Watch:
        """Watch until all that is there is read, as a process of its own would."""
        with self.watching(*feeds, once=True, **changes) as watch:
            watch.run()
        return watch

    @contextmanager
    def watching(self, *feeds: str, **changes: Any) -> Iterator[Watch]:
        told: dict[str, Any] = {
            "interval": 0.1, "quiet": 0.0, "actor": "test",
            "folders": [] if feeds else [self.inbox],
            "habits": Habits(every=0.2, seconds=changes.pop("seconds", 5.0),
                             follow=changes.pop("follow", False), politeness=0.0,
                             feed_bytes=100_000, page_bytes=100_000),
        }  # fmt: skip
        with (
            Case.open(self.case) as case,
            State(self.case.with_name("state")) as state,
        ):
            yield Watch(
                case,
                Settings(feeds=feeds, **(told | changes)),
                state=state,
                reader=Reader(FakeExtractor(), ground=False),
                log=Log(self.lines.append, as_json=True),
            )

    def texts(self) -> list[str]:
        """The texts in the case."""
        with Case.open(self.case) as case, case.reading() as session:
            return list(session.scalars(select(Document.text).order_by(Document.id)))

    def failures(self) -> dict[str, str]:
        """What could not be read, and why."""
        with State(self.case.with_name("state")) as state:
            return {each.source: each.cause for each in state.failures()}

    def drop(self, name: str, text: str | bytes) -> Path:
        """Let a file arrive."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path
