"""Exports of what is filtered: a job, then a file to download."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from temoin.casefile.exporting import (
    AVAILABLE_COLUMNS,
    DEFAULT_COLUMNS,
    DEFAULT_PROFILE,
    FORMATS,
    LANGUAGES,
    chosen_columns,
)
from temoin.casefile.searching import parse
from temoin.workbench.dependencies import AnyUser, CaseDep, JobsDep
from temoin.workbench.jobs import Job
from temoin.workbench.jobs.exporting import ENDINGS, PROFILES, Wanted, export_to
from temoin.workbench.problems import Problem
from temoin.workbench.server.models import ExportFormat, ExportFormats, ExportWanted, JobTold

__all__ = ["router"]

router = APIRouter(prefix="/exports", tags=["exports"])

#: What a format needs that is not always installed.
_NEEDS = {"parquet": "pyarrow", "pdf": "weasyprint"}


@router.get("/formats")
def formats(_user: AnyUser) -> ExportFormats:
    """Formats and profiles."""
    return ExportFormats(
        formats=[
            ExportFormat(
                id=form,
                extension=ENDINGS[form][0],
                media_type=ENDINGS[form][1],
                available=form not in _NEEDS or find_spec(_NEEDS[form]) is not None,
                columns=list(AVAILABLE_COLUMNS.get(form, ())),
                default_columns=list(DEFAULT_COLUMNS.get(form, ())),
            )
            for form in FORMATS
        ],
        profiles=list(PROFILES),
        default_profile=DEFAULT_PROFILE,
        languages=list(LANGUAGES),
    )


@router.post("", status_code=202, response_model=JobTold)
def export(jobs: JobsDep, case: CaseDep, user: AnyUser, body: ExportWanted) -> dict[str, Any]:
    """Export the claims that a query finds, redacted as the profile says."""
    if body.q:
        parse(body.q)
    # What cannot be is told at once, not by a job that fails.
    columns = None if body.columns is None else chosen_columns(body.format, body.columns)
    wanted = Wanted(body.format, body.profile, body.q, body.lang, columns)
    folder = Path(tempfile.mkdtemp(prefix="temoin-export-"))
    job = jobs.submit(
        "export",
        lambda run: export_to(case, wanted, folder, run),
        user=user,
        label=body.format,
        folder=folder,
    )
    return jobs.told(job)


@router.get("/{id}/file", response_class=FileResponse)
def file(id: str, jobs: JobsDep, user: AnyUser) -> FileResponse:  # noqa: A002 - in the path
    """The exported file, to be saved: no browser shows it as a page of ours."""
    job, path = _made(jobs.of(id, user=user))
    result = job.result or {}
    return _saved(path, ENDINGS[str(result["format"])][1])


@router.get("/{id}/manifest", response_class=FileResponse)
def manifest(id: str, jobs: JobsDep, user: AnyUser) -> FileResponse:  # noqa: A002
    """Its manifest: from which state of the case it is, what was asked for, and its hash."""
    _, path = _made(jobs.of(id, user=user))
    return _saved(path.with_name(f"{path.name}.manifest.json"), "application/json")


def _made(job: Job) -> tuple[Job, Path]:
    if job.kind != "export" or job.folder is None:
        raise Problem(404, "that job makes no file")
    if job.state in {"failed", "cancelled"}:
        raise Problem(404, "that export made no file")
    if job.state != "done" or job.result is None:
        raise Problem(409, "that export is not done")
    return job, job.folder / str(job.result["file"])


def _saved(path: Path, media_type: str) -> FileResponse:
    # The name is plain ASCII of our own making: nothing in it can end the header.
    return FileResponse(
        path,
        media_type=media_type,
        filename=path.name,
        content_disposition_type="attachment",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )
