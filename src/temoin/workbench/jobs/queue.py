"""The queue of jobs: bounded, with one thread for reading and one for everything else."""

from __future__ import annotations

import logging
import shutil
import threading
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from temoin.casefile import CaseError
from temoin.casefile.canonical import now
from temoin.errors import TemoinError
from temoin.workbench.jobs.job import Cancelled, Job, JobFailed, Run, State
from temoin.workbench.problems import Problem
from temoin.workbench.settings import Limits
from temoin.workbench.users import User

__all__ = ["Jobs", "Work"]

_log = logging.getLogger("temoin.workbench.jobs")

#: What a job does; what it gives back is the job's result.
Work = Callable[[Run], dict[str, Any] | None]

#: Reading must not wait for an export, nor an export for reading.
_LANES = ("reading", "other")
_READING = frozenset({"upload", "reread"})

#: Seconds that a queue that is full is likely to stay so, for each job in it.
_EACH = 5


class Jobs:
    """Runs jobs, one at a time in each lane, in the order in which they came.

    Args:
        limits: How many may wait.
        tell: Called with a job whenever there is news of it, from any thread.
    """

    def __init__(self, limits: Limits, tell: Callable[[Job], None]) -> None:
        self._limits = limits
        self._tell = tell
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[tuple[Job, Work]]] = {lane: deque() for lane in _LANES}
        self._jobs: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []
        self._closing = False
        #: Jobs that ended, by kind and state.
        self.ended: Counter[tuple[str, str]] = Counter()

    def submit(
        self,
        kind: str,
        work: Work,
        *,
        user: User,
        label: str = "",
        folder: Path | None = None,
    ) -> Job:
        """Put a job into the queue.

        Args:
            kind: upload, export, corroborate, verify, ...
            work: What is to be done, in a thread of the queue.
            user: Who asks.
            label: What it is about, for people.
            folder: Files of the job's own; the queue removes them when the job is forgotten.

        Returns:
            The job, waiting.

        Raises:
            Problem: 429, the queue is full, or the user has too many jobs in it; 503, the
                server is ending.
        """
        job = Job(kind, user, label, folder=folder)
        lane = _lane(kind)
        with self._changed:
            try:
                self._see_that_there_is_room(user)
            except Problem:
                _remove(folder)
                raise
            self._jobs[job.id] = job
            self._waiting[lane].append((job, work))
            self._forget()
            self._start()
            self._changed.notify_all()
        self._tell(job)
        return job

    def of(self, id_: str, *, user: User) -> Job:
        """A job by its id.

        Raises:
            Problem: 404, there is none, or it is another user's.
        """
        with self._changed:
            job = self._jobs.get(id_)
        if job is None or not _sees(user, job):
            raise Problem(404, "there is no such job: jobs do not outlive the server")
        return job

    def all(self, *, user: User) -> list[Job]:
        """The jobs that a user may see, the newest first."""
        with self._changed:
            return [job for job in reversed(self._jobs.values()) if _sees(user, job)]

    def told(self, job: Job) -> dict[str, Any]:
        """A job as JSON, with how many come before it."""
        return job.told(ahead=self.ahead(job))

    def ahead(self, job: Job) -> int | None:
        """How many jobs come before one that waits; None where it does not."""
        with self._changed:
            lane = self._waiting[_lane(job.kind)]
            places = [place for place, (each, _) in enumerate(lane) if each is job]
        return places[0] if places else None

    def cancel(self, job: Job) -> None:
        """Call a job off: at once where it waits, else at its next step."""
        job.cancelled.set()
        with self._changed:
            lane = self._waiting[_lane(job.kind)]
            for each in list(lane):
                if each[0] is job:
                    lane.remove(each)
                    self._end(job, "cancelled")
        self._tell(job)

    def counts(self) -> Counter[str]:
        """How many jobs wait and run."""
        with self._changed:
            return Counter(job.state for job in self._jobs.values())

    def close(self, *, patience: float = 5.0) -> None:
        """Call everything off, wait a little, and remove all files.

        Args:
            patience: Seconds to wait for each thread.
        """
        with self._changed:
            self._closing = True
            for lane in self._waiting.values():
                lane.clear()
            for job in self._jobs.values():
                job.cancelled.set()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(patience)
        for job in self._jobs.values():
            _remove(job.folder)

    def _see_that_there_is_room(self, user: User) -> None:
        if self._closing:
            raise Problem(503, "the server is ending")
        waiting = sum(len(lane) for lane in self._waiting.values())
        if waiting >= self._limits.queue:
            raise Problem(
                429,
                f"{waiting} jobs wait already: try again later",
                headers={"Retry-After": str(min(300, _EACH * waiting))},
            )
        own = sum(
            job.user.name == user.name and job.state in {"waiting", "running"}
            for job in self._jobs.values()
        )
        if own >= self._limits.jobs_each:
            raise Problem(
                429,
                f"you have {own} jobs that are not done: wait for one of them",
                headers={"Retry-After": str(_EACH)},
            )

    def _start(self) -> None:
        if not self._threads:
            for lane in _LANES:
                thread = threading.Thread(
                    target=self._work_off, args=(lane,), name=f"temoin-{lane}", daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _work_off(self, lane: str) -> None:
        waiting = self._waiting[lane]
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or waiting)
                if self._closing:
                    return
                job, work = waiting.popleft()
                job.state, job.started_at = "running", now()
            self._tell(job)
            self._do(job, work)
            self._tell(job)

    def _do(self, job: Job, work: Work) -> None:
        try:
            run = Run(job, self._tell)
            run.check()
            job.result = work(run)
        except Cancelled:
            self._end(job, "cancelled")
        except CaseError as error:
            self._fail(job, error.cause)  # without the case's path
        except (TemoinError, JobFailed, Problem) as error:
            self._fail(job, str(error))
        except Exception as error:  # noqa: BLE001 - one job must not end the queue
            _log.error("defect in a job of kind %s", job.kind, exc_info=error)
            self._fail(job, f"a defect of Témoin ({type(error).__name__}): see the server's log")
        else:
            self._end(job, "done")

    def _fail(self, job: Job, why: str) -> None:
        job.error = why
        self._end(job, "failed")

    def _end(self, job: Job, state: State) -> None:
        job.state = state
        job.finished_at = now()
        self.ended[job.kind, state] += 1
        if state != "done":
            _remove(job.folder)

    def _forget(self) -> None:
        """Forget the oldest jobs that ended, and their files."""
        ended = [job for job in self._jobs.values() if job.finished_at is not None]
        for job in ended[: max(0, len(ended) - self._limits.kept_jobs)]:
            _remove(job.folder)
            del self._jobs[job.id]


def _lane(kind: str) -> str:
    return "reading" if kind in _READING else "other"


def _sees(user: User, job: Job) -> bool:
    return user.name == job.user.name or user.may("admin")


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
