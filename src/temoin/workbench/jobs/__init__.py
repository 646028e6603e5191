"""What takes longer than a request: a bounded queue and the threads that work it off.

    job = jobs.submit("export", work, user=user, label="csv")

    def work(run: Run) -> dict[str, Any] | None:
        for done, each in enumerate(things, 1):
            ...
            run.tell(done, len(things), "what is being done")
        return {"file": ...}

Jobs go on when the browser is closed. They are not kept anywhere but in memory: when the
server ends, what waits is lost and what runs stops between two documents; what was added
to the case by then stays, and the same upload goes on from there.
"""

from __future__ import annotations

from temoin.workbench.jobs.job import Cancelled, Job, JobFailed, Run
from temoin.workbench.jobs.queue import Jobs, Work

__all__ = ["Cancelled", "Job", "JobFailed", "Jobs", "Run", "Work"]
