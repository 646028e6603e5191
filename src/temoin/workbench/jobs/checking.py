"""Corroboration and verification as jobs."""

from __future__ import annotations

from typing import Any

from temoin.casefile import Case, verify
from temoin.casefile.incidents import run as corroborate
from temoin.workbench.jobs.job import Run

__all__ = ["corroborated", "verified"]

#: Faults that are told one by one.
_SHOWN = 200


def corroborated(case: Case, query: str | None, run: Run) -> dict[str, Any]:
    """Group the claims of a case into incidents.

    Args:
        case: The case.
        query: Only the claims that it finds; None for all.
        run: The job.
    """
    run.tell(0, message="corroborating")
    found = corroborate(case, actor=run.job.user.name, query=query or None)
    return {
        "run": found.run,
        "claims": found.claims,
        "documents": found.documents,
        "incidents": len(found.incidents),
        "contested": found.count("contested"),
        "corroborated": found.count("corroborated"),
        "single_source": found.count("single source"),
        "copies": found.copies,
        "decisions": found.decisions,
        "clashes": len(found.clashes),
        "suggestions": len(found.suggestions),
        "new": len(found.changes.new),
        "changed": len(found.changes.changed),
        "retired": len(found.changes.retired),
    }


def verified(case: Case, run: Run) -> dict[str, Any]:
    """Verify a case: the audit log, and all rows against it.

    Args:
        case: The case.
        run: The job.
    """
    run.tell(0, message="verifying")
    report = verify(case, progress=run.tell)
    return {
        "sound": not report.faults,
        "faults": [str(fault) for fault in report.faults[:_SHOWN]],
        "found": len(report.faults),
        "entries": report.entries,
        "documents": report.documents,
        "head": str(report.head),
    }
