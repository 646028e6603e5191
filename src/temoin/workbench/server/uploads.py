"""Uploads: files dropped on the page, or a pasted text; each is a job."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile

from temoin.workbench.context import Workbench
from temoin.workbench.dependencies import Reviewer, WorkbenchDep
from temoin.workbench.jobs import Run
from temoin.workbench.jobs.uploading import (
    Arrived,
    Told,
    numbered,
    pasted,
    safe_name,
    upload,
)
from temoin.workbench.problems import Problem
from temoin.workbench.security.bodies import checked_json, too_large
from temoin.workbench.server.models import JobTold, Pasted, UploadForm
from temoin.workbench.settings import Limits
from temoin.workbench.users import User

__all__ = ["router"]

router = APIRouter(tags=["uploads"])

_Model = TypeVar("_Model", bound=BaseModel)

_FIELDS = frozenset(UploadForm.model_fields)
_PIECE = 1_000_000

_FORM = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "format": "binary"},
        },
        "published": {"type": "string", "format": "date"},
        "language": {"type": "string", "enum": ["fr", "en", "es", "ar", "uk", "ru", "other"]},
        "source": {"type": "string", "maxLength": 500},
        "sensitivity": {
            "type": "string",
            "enum": ["public", "internal", "confidential", "secret"],
        },
    },
}
_BODY = {
    "required": True,
    "content": {
        # Written out: FastAPI lists only the models of what it reads itself.
        "application/json": {"schema": Pasted.model_json_schema()},
        "multipart/form-data": {"schema": _FORM},
    },
}


@router.post(
    "/uploads",
    status_code=202,
    response_model=JobTold,
    openapi_extra={"requestBody": _BODY},
)
async def uploads(request: Request, workbench: WorkbenchDep, user: Reviewer) -> dict[str, Any]:
    """Read files, or a text, into the case. The result says which documents there are now."""
    # The user is known by now: strangers' files are never taken in.
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="temoin-upload-"))
    try:
        if request.headers.get("content-type", "").lower().startswith("multipart/"):
            arrived, told = await _files(request, folder, workbench.settings.limits)
        else:
            arrived, told = await _text(request, folder, workbench.settings.limits)
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise
    return await asyncio.to_thread(_submit, workbench, user, folder, arrived, told)


def _submit(
    workbench: Workbench, user: User, folder: Path, arrived: list[Arrived], told: Told
) -> dict[str, Any]:
    workbench.metrics.uploaded += sum(each.path.stat().st_size for each in arrived)

    def work(run: Run) -> dict[str, Any]:
        try:
            return upload(
                workbench.case,
                arrived,
                told,
                reader=workbench.reader,
                run=run,
                limit=workbench.settings.limits.document,
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    label = arrived[0].name if len(arrived) == 1 else f"{len(arrived)} files"
    job = workbench.jobs.submit("upload", work, user=user, label=label, folder=folder)
    return workbench.jobs.told(job)


async def _text(request: Request, folder: Path, limits: Limits) -> tuple[list[Arrived], Told]:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limits.text:
            raise too_large(limits.text)
        pieces.append(piece)
    body = checked_json(b"".join(pieces), depth=limits.depth)
    text = _valid(Pasted, body)
    row = text.model_dump(mode="json", exclude={"sensitivity"})
    arrived = await asyncio.to_thread(pasted, folder, row)
    return [arrived], Told(sensitivity=text.sensitivity)


async def _files(request: Request, folder: Path, limits: Limits) -> tuple[list[Arrived], Told]:
    async with request.form(
        max_files=limits.files, max_fields=len(_FIELDS), max_part_size=10_000
    ) as form:
        files = form.getlist("files")
        if not files:
            raise Problem(422, "there are no files in the form: the field is called files")
        told = _told(form)
        arrived = []
        for number, file in enumerate(files, 1):
            if not isinstance(file, UploadFile):
                raise Problem(422, "files: is no file")
            name = safe_name(file.filename)
            if (file.size or 0) > limits.document:
                raise too_large(limits.document)
            path = numbered(folder, number, name)
            await asyncio.to_thread(_keep, file, path)
            arrived.append(Arrived(name, path))
    return arrived, told


def _keep(file: UploadFile, path: Path) -> None:
    with path.open("xb") as out:
        shutil.copyfileobj(file.file, out, _PIECE)


def _told(form: FormData) -> Told:
    unknown = sorted(set(form) - _FIELDS - {"files"})
    if unknown:
        raise Problem(422, "the form has fields that are not known")
    fields = {name: value for name, value in form.multi_items() if name in _FIELDS and value}
    if any("\0" in str(value) for value in fields.values()):
        raise Problem(400, "a text in the form has characters that are none")
    found = _valid(UploadForm, fields)
    return Told(
        published=found.published.isoformat() if found.published else None,
        language=found.language,
        source=found.source,
        sensitivity=found.sensitivity,
    )


def _valid(model: type[_Model], body: Any) -> _Model:  # noqa: ANN401 - as it came
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise Problem(422, f"{where[:100]}: {first['msg']}") from error
