"""Uploads become documents of the case: files as they came, or a pasted text.

Names of files are shown and kept as where a document was found (`upload:report.pdf`); they
never name anything on this disk. What was sent lies in a folder of the job's own, under
numbers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from temoin.casefile import Added, Case, Custody, Outcome, add
from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.reading import Source, iterate_sources
from temoin.reading.formats import EXTENSIONS, extension_problem
from temoin.workbench.jobs.job import Run
from temoin.workbench.jobs.reader_process import ProcessReader

__all__ = ["Arrived", "Told", "pasted", "safe_name", "upload"]

#: Longest name that is kept of a file.
_LONGEST = 120

#: Failures that are told one by one.
_SHOWN = 200

_PREFIX = "upload:"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was sent.

    Attributes:
        name: Its name, made safe.
        path: Where it lies, under a number.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of everything in one upload.

    Attributes:
        published: Publication day.
        language: Language.
        source: Publisher.
        sensitivity: Who may see it; None for what the case says.
    """

    published: str | None = None
    language: str | None = None
    source: str | None = None
    sensitivity: str | None = None


def safe_name(given: str | None) -> str:
    """A file's name without folders and without what steers a terminal or a page.

    Args:
        given: As the browser sent it.
    """
    name = unicodedata.normalize("NFC", (given or "").replace("\\", "/"))
    name = PurePosixPath(name).name
    name = "".join(char for char in name if char.isprintable() and char not in '<>:"|?*')
    name = " ".join(name.split()).lstrip(".")
    if len(name) > _LONGEST:
        ending = PurePosixPath(name).suffix[:10]
        name = name[: _LONGEST - len(ending)] + ending
    return name or "unnamed"


def numbered(folder: Path, number: int, name: str) -> Path:
    """Where a file of an upload lies; of its name only the ending counts, if it is known."""
    ending = PurePosixPath(name).suffix.lower()
    return folder / f"{number}{ending if re.fullmatch(r'[.][a-z0-9]{1,10}', ending) else ''}"


def pasted(folder: Path, text: dict[str, Any]) -> Arrived:
    """A pasted text as a file: one row, as `temoin read` takes it, with what is told of it.

    Args:
        folder: Of the job.
        text: text, and title, published, source, url, language as far as they are known.
    """
    path = folder / "1.jsonl"
    told = {key: value for key, value in text.items() if value is not None}
    path.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    return Arrived(safe_name(f"{text.get('title') or 'pasted text'}.jsonl"), path)


def upload(
    case: Case, arrived: Sequence[Arrived], told: Told, *, reader: Reader, run: Run, limit: int
) -> dict[str, Any]:
    """Read what was sent and keep it in the case.

    Args:
        case: The case.
        arrived: The files.
        told: What is told of them.
        reader: Reads them.
        run: The job.
        limit: Largest document in bytes.

    Returns:
        Which documents there are now, and what could not be read.
    """
    info = case.info()
    documents: list[dict[str, Any]] = []
    failures: list[dict[str, str]] = []
    sources = list(_sources(arrived, told, limit))
    run.tell(0, len(sources), "reading")

    def settled(outcome: Outcome) -> None:
        if isinstance(outcome, ReadingError):
            failures.append({"name": _shown(outcome.source), "cause": outcome.cause})
        else:
            documents.append(_document(outcome))
        run.tell(len(documents) + len(failures), len(sources))

    if isinstance(reader, ProcessReader):
        reader.check = run.check
    add(
        case,
        sources,
        reader=reader,
        actor=run.job.user.name,
        tell=settled,
        custody=Custody(
            keep_original=info.keep_originals,
            sensitivity=told.sensitivity or info.sensitivity,
            note="uploaded in the workbench",
        ),
    )
    return {
        "documents": documents,
        "failures": failures[:_SHOWN],
        "failed": len(failures),
        "claims": sum(each["claims"] for each in documents),
    }


def _sources(arrived: Sequence[Arrived], told: Told, limit: int) -> Iterator[Source]:
    """What the files hold, each with its bytes, under the names that they were sent with."""
    for each in arrived:
        name = _PREFIX + each.name
        problem = extension_problem(PurePosixPath(each.name).suffix)
        found = iterate_sources(
            [each.path],
            published=told.published,
            language=told.language,
            source=told.source,
            max_bytes=limit,
        )
        for source in found:
            renamed = replace(
                source,
                location=name,
                id=PurePosixPath(each.name).stem if source.rows is None else each.name,
                problem=problem or source.problem,
            )
            yield renamed if renamed.problem else replace(renamed, data=_bytes(source, limit))


def _bytes(source: Source, limit: int) -> bytes:
    if source.data is not None:
        return source.data
    with Path(source.location).open("rb") as file:
        if source.rows is None:
            return file.read(limit + 1)
        file.seek(source.rows.start)
        return file.read(source.rows.end - source.rows.start)


def _document(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Added):
        record = outcome.record
        return {
            "document": outcome.document_id,
            "name": record.document.title or record.document.id,
            "claims": len(record.events),
            "known": False,
        }
    if isinstance(outcome, ReadingError):
        raise outcome
    return {
        "document": outcome.document_id,
        "name": _shown(outcome.name),
        "claims": 0,
        "known": True,
    }


def _shown(name: str) -> str:
    return name.removeprefix(_PREFIX)


def endings() -> list[str]:
    """Endings of the files that are read."""
    return sorted(EXTENSIONS)
