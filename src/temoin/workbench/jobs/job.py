"""One job, and what its work may say while it runs."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from temoin.casefile.canonical import now
from temoin.workbench.users import User

__all__ = ["Cancelled", "Job", "JobFailed", "Run", "State"]

State = Literal["waiting", "running", "done", "failed", "cancelled"]

#: Seconds between two messages on the progress of one job.
_EVERY = 0.2


class Cancelled(Exception):  # noqa: N818 - as KeyboardInterrupt: no error
    """Somebody called the job off."""


class JobFailed(Exception):  # noqa: N818
    """A job cannot be done: the message says why, for people."""


@dataclass(slots=True)
class Job:
    """One job.

    Attributes:
        kind: upload, export, corroborate, verify, ...
        user: Who asked for it; others do not see it, but admins do.
        label: What it is about, for people; a name of a file may stand here, never a path.
        id: What addresses it; cannot be guessed.
        state: waiting, running, done, failed or cancelled.
        done: Steps that are done.
        total: Of how many; None where that is not known.
        message: What is being done.
        result: What came of it, for the front end.
        error: Why it failed.
        created_at: When it was asked for, UTC.
        started_at: When it began.
        finished_at: When it ended.
        folder: Files that it needs or made; removed when the job is forgotten.
    """

    kind: str
    user: User
    label: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    state: State = "waiting"
    done: int = 0
    total: int | None = None
    message: str = ""
    result: dict[str, Any] | None = None
    error: str | None = None
    created_at: str = field(default_factory=now)
    started_at: str | None = None
    finished_at: str | None = None
    folder: Path | None = None
    cancelled: threading.Event = field(default_factory=threading.Event, repr=False)

    def told(self, *, ahead: int | None = None) -> dict[str, Any]:
        """The job as JSON has it.

        Args:
            ahead: Jobs that come before it.
        """
        return {
            "id": self.id,
            "kind": self.kind,
            "by": self.user.name,
            "label": self.label,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "message": self.message,
            "result": self.result,
            "error": self.error,
            "ahead": ahead,
            "created_at": self.created_at,
            "started_at": self.started_at,
            "finished_at": self.finished_at,
        }


class Run:
    """What the work of a job may do: tell how far it is, and learn that it was called off.

    Args:
        job: The job.
        tell: Called when there is news of it.
    """

    def __init__(self, job: Job, tell: Callable[[Job], None]) -> None:
        self.job = job
        self._tell = tell
        self._told = 0.0

    def tell(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Say how far the job is.

        Args:
            done: Steps done.
            total: Of how many, where that is known.
            message: What is being done.

        Raises:
            Cancelled: The job was called off.
        """
        self.check()
        self.job.done = done
        if total is not None:
            self.job.total = total
        if message is not None:
            self.job.message = message
        at = time.monotonic()
        if at - self._told >= _EVERY:
            self._told = at
            self._tell(self.job)

    def check(self) -> None:
        """Stop here if the job was called off.

        Raises:
            Cancelled: It was.
        """
        if self.job.cancelled.is_set():
            raise Cancelled
