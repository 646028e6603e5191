"""The queue: order, bounds, progress, calling off, failure, forgetting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Client

from temoin.casefile import CaseError
from temoin.errors import TemoinError
from temoin.workbench.jobs import Job, JobFailed, Jobs, Run
from temoin.workbench.problems import Problem
from temoin.workbench.settings import Limits
from temoin.workbench.users import User

ANA, BEA, ROOT = User("ana", "review"), User("bea", "review"), User("root", "admin")


class Queue:
    """A queue whose jobs wait until they are let go."""

    def __init__(self, **limits: int) -> None:
        self.told: list[tuple[str, str]] = []
        self.jobs = Jobs(Limits(**limits), lambda job: self.told.append((job.label, job.state)))
        self.go = threading.Event()

    def waits(self, run: Run) -> dict[str, Any]:
        while not self.go.wait(0.01):
            run.check()
        return {"did": run.job.label}

    def submit(self, label: str = "", *, user: User = ANA, kind: str = "export") -> Job:
        return self.jobs.submit(kind, self.waits, user=user, label=label)


@pytest.fixture
def make() -> Iterator[Callable[..., Queue]]:
    queues: list[Queue] = []

    def made(**limits: int) -> Queue:
        queues.append(Queue(**limits))
        return queues[-1]

    yield made
    for queue in queues:
        queue.go.set()
        queue.jobs.close()


def ended(job: Job) -> Job:
    for _ in range(500):
        if job.finished_at:
            return job
        threading.Event().wait(0.01)
    message = f"the job did not end: {job}"
    raise AssertionError(message)


def started(job: Job) -> None:
    for _ in range(500):
        if job.started_at:
            return
        threading.Event().wait(0.01)


def test_job_is_done(make: Callable[..., Queue]) -> None:
    queue = make()
    job = queue.submit("one")
    queue.go.set()
    assert ended(job).state == "done"
    assert job.result == {"did": "one"}


def test_jobs_are_done_in_their_order(make: Callable[..., Queue]) -> None:
    queue = make()
    jobs = [queue.submit(str(number)) for number in range(5)]
    queue.go.set()
    for job in jobs:
        ended(job)
    assert [label for label, state in queue.told if state == "running"] == list("01234")


def test_reading_does_not_wait_for_an_export(make: Callable[..., Queue]) -> None:
    queue = make()
    export = queue.submit("export")
    upload = queue.submit("upload", kind="upload")
    started(export)
    started(upload)
    assert (export.state, upload.state) == ("running", "running")


def test_job_knows_how_many_come_before_it(make: Callable[..., Queue]) -> None:
    queue = make()
    jobs = [queue.submit() for _ in range(3)]
    started(jobs[0])
    assert [queue.jobs.ahead(job) for job in jobs] == [None, 0, 1]


def test_full_queue_says_when_to_come_back(make: Callable[..., Queue]) -> None:
    queue = make(queue=2, jobs_each=9)
    started(queue.submit())
    queue.submit()
    queue.submit()
    with pytest.raises(Problem) as refused:
        queue.submit(user=BEA)
    assert refused.value.status == 429
    assert int(refused.value.headers["Retry-After"]) > 0


def test_one_user_cannot_fill_the_queue(make: Callable[..., Queue]) -> None:
    queue = make(jobs_each=2)
    queue.submit()
    queue.submit()
    with pytest.raises(Problem, match="you have 2 jobs"):
        queue.submit()
    queue.submit(user=BEA)


def test_refused_job_leaves_no_files(make: Callable[..., Queue], tmp_path: Path) -> None:
    queue = make(jobs_each=0)
    folder = tmp_path / "files"
    folder.mkdir()
    with pytest.raises(Problem):
        queue.jobs.submit("export", queue.waits, user=ANA, folder=folder)
    assert not folder.exists()


def test_job_that_waits_is_called_off_at_once(make: Callable[..., Queue]) -> None:
    queue = make()
    started(queue.submit())
    second = queue.submit()
    queue.jobs.cancel(second)
    assert second.state == "cancelled"


def test_job_that_runs_is_called_off_at_its_next_step(make: Callable[..., Queue]) -> None:
    queue = make()
    job = queue.submit()
    started(job)
    queue.jobs.cancel(job)
    assert ended(job).state == "cancelled"


def test_job_that_is_done_stays_done(make: Callable[..., Queue]) -> None:
    queue = make()
    queue.go.set()
    job = ended(queue.submit())
    queue.jobs.cancel(job)
    assert job.state == "done"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (JobFailed("no such thing"), "no such thing"),
        (TemoinError("cannot"), "cannot"),
        (CaseError("/secret/case.temoin", "is damaged"), "is damaged"),
        (Problem(409, "not now"), "not now"),
        (RuntimeError("/secret/path"), "a defect of Témoin (RuntimeError): see the server's log"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_failure_is_told(make: Callable[..., Queue], error: Exception, said: str) -> None:
    def fails(_run: Run) -> None:
        raise error

    job = ended(make().jobs.submit("export", fails, user=ANA))
    assert (job.state, job.error) == ("failed", said)


def test_queue_goes_on_after_a_failure(make: Callable[..., Queue]) -> None:
    queue = make()
    queue.go.set()

    def fails(_run: Run) -> None:
        raise RuntimeError

    ended(queue.jobs.submit("export", fails, user=ANA))
    assert ended(queue.submit()).state == "done"


def test_progress_is_told_but_not_each_step(make: Callable[..., Queue]) -> None:
    queue = make()

    def steps(run: Run) -> None:
        for number in range(10_000):
            run.tell(number, 10_000)

    job = ended(queue.jobs.submit("export", steps, user=ANA, label="steps"))
    assert (job.done, job.total) == (9_999, 10_000)
    assert len(queue.told) < 50


def test_users_see_their_own_jobs_and_admins_all(make: Callable[..., Queue]) -> None:
    queue = make()
    own, other = queue.submit(), queue.submit(user=BEA)
    assert queue.jobs.all(user=ANA) == [own]
    assert queue.jobs.all(user=ROOT) == [other, own]
    with pytest.raises(Problem) as refused:
        queue.jobs.of(other.id, user=ANA)
    assert refused.value.status == 404


def test_old_jobs_are_forgotten_with_their_files(
    make: Callable[..., Queue], tmp_path: Path
) -> None:
    queue = make(kept_jobs=2)
    queue.go.set()
    folders = []
    for number in range(4):
        folder = tmp_path / str(number)
        folder.mkdir()
        folders.append(folder)
        ended(queue.jobs.submit("export", queue.waits, user=ANA, folder=folder))
    assert [folder.exists() for folder in folders] == [False, True, True, True]
    assert len(queue.jobs.all(user=ANA)) == 3


def test_end_of_the_server_calls_everything_off(make: Callable[..., Queue], tmp_path: Path) -> None:
    queue = make()
    folder = tmp_path / "files"
    folder.mkdir()
    job = queue.jobs.submit("export", queue.waits, user=ANA, folder=folder)
    started(job)
    queue.jobs.close()
    assert job.state == "cancelled"
    assert not folder.exists()
    with pytest.raises(Problem, match="ending"):
        queue.submit()


def test_ids_cannot_be_guessed(make: Callable[..., Queue]) -> None:
    queue = make()
    ids = {queue.submit(user=User(str(number), "read")).id for number in range(15)}
    assert len(ids) == 15
    assert all(len(each) == 24 for each in ids)


def test_verification_is_a_job(client: Client) -> None:
    job = client.post("/api/v1/audit/verify")
    assert job.status_code == 202
    done = client.finished(job.json()["id"])
    assert done["state"] == "done"
    assert done["result"]["sound"] is True
    assert done["result"]["documents"] == 3


def test_verification_finds_what_was_altered(client: Client, case_file: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(case_file)) as connection, connection:
        connection.execute("UPDATE claims SET place = 'Elsewhere' WHERE id = 1")
    done = client.finished(client.post("/api/v1/audit/verify").json()["id"])
    assert done["result"]["sound"] is False
    assert "claim 1" in done["result"]["faults"][0]


def test_corroboration_is_a_job(client: Client) -> None:
    done = client.finished(client.post("/api/v1/corroborate", json={}).json()["id"])
    assert done["state"] == "done", done["error"]
    assert done["result"]["incidents"] > 0


def test_query_that_cannot_be_read_is_told_at_once(client: Client) -> None:
    answer = client.post("/api/v1/corroborate", json={"q": "type:"})
    assert answer.status_code == 422
    assert answer.json()["column"]


def test_job_can_be_called_off_by_its_address(client: Client) -> None:
    job = client.post("/api/v1/audit/verify").json()["id"]
    assert client.delete(f"/api/v1/jobs/{job}").status_code == 204


def test_list_of_jobs(client: Client) -> None:
    job = client.post("/api/v1/audit/verify").json()["id"]
    client.finished(job)
    assert [each["id"] for each in client.get("/api/v1/jobs").json()["items"]] == [job]
