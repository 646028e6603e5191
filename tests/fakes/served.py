"""A workbench for tests, with a client that has entered as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fake_extractor import FakeExtractor
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from temoin.pipeline import Reader
from temoin.workbench.app import create_app, workbench_of_app
from temoin.workbench.context import Workbench
from temoin.workbench.settings import Settings
from temoin.workbench.users import Role, User

HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"
HERE = ("127.0.0.1", 50_000)


class Client(TestClient):
    """A browser on the page of the workbench: it says so with every request.

    Args:
        app: The workbench.
        address: Where it is.
        base: The server's address.
    """

    def __init__(self, app: FastAPI, *, address: str = HERE[0], base: str = ORIGIN) -> None:
        super().__init__(
            app,
            base_url=base,
            client=(address, HERE[1]),
            follow_redirects=False,
            headers={"Origin": base, "Sec-Fetch-Site": "same-origin"},
        )

    @property
    def workbench(self) -> Workbench:
        """The workbench behind it."""
        return workbench_of_app(self.app)  # type: ignore[arg-type]

    def enter(self, role: Role = "admin") -> None:
        """Enter with a start token; the one user gets this role."""
        workbench = self.workbench
        user = User(workbench.settings.actor, role)
        workbench.sessions._user_of = lambda name: user if name == user.name else None
        token = workbench.tokens.give(user)
        answer = self.get("/enter", params={"token": token}, headers={"Sec-Fetch-Site": "none"})
        assert answer.status_code == 303, answer.text
        self.take_token()

    def log_in(self, name: str, password: str) -> Response:
        """Log in with a password."""
        answer = self.post("/api/v1/login", json={"name": name, "password": password})
        if answer.status_code == 200:
            self.headers["X-Temoin-Token"] = answer.json()["csrf"]
        return answer

    def take_token(self) -> None:
        """Carry the session's token from now on."""
        told = self.get("/api/v1/session")
        assert told.status_code == 200, told.text
        self.headers["X-Temoin-Token"] = told.json()["csrf"]

    def finished(self, job: str) -> dict[str, Any]:
        """A job when it has ended."""
        import time

        for _ in range(600):
            told: dict[str, Any] = self.get(f"/api/v1/jobs/{job}").json()
            if told["state"] not in {"waiting", "running"}:
                return told
            time.sleep(0.02)
        message = f"the job did not end: {told}"
        raise AssertionError(message)


@contextmanager
def served(case: str | Path, *, role: Role | None = "admin", **settings: Any) -> Iterator[Client]:
    """A workbench on a case that is there, with the fake extractor.

    Args:
        case: The case.
        role: What the client may do; None where it is not to enter.
        settings: More of `Settings`.
    """
    chosen: dict[str, Any] = {
        "reader": Reader(FakeExtractor(), ground=False),
        "own_process": False,
        "actor": "rosa",
        "poll": 0.1,
        **settings,
    }
    with Client(create_app(case, Settings(**chosen))) as client:
        if role is not None:
            client.enter(role)
        yield client
