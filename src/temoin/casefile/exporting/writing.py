"""One export: from the case to a whole file with its manifest."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.exporting.columns import ParquetWriter
from temoin.casefile.exporting.drawing import Drawing
from temoin.casefile.exporting.entities import EntitiesWriter
from temoin.casefile.exporting.errors import ExportError
from temoin.casefile.exporting.geojson import GeoJsonWriter
from temoin.casefile.exporting.geopackage import GeoPackageWriter
from temoin.casefile.exporting.kml import KmlWriter
from temoin.casefile.exporting.lines import LinesWriter
from temoin.casefile.exporting.manifest import (
    Counts,
    Origin,
    file_sha256,
    manifest,
    origin_of,
    shown_filter,
)
from temoin.casefile.exporting.pdf import PdfWriter
from temoin.casefile.exporting.quarrels import quarrels
from temoin.casefile.exporting.report import ReportWriter
from temoin.casefile.exporting.selecting import Selected, selected
from temoin.casefile.exporting.table_columns import chosen
from temoin.casefile.exporting.tables import CodesWriter, TableWriter
from temoin.casefile.exporting.targets import whole_file
from temoin.casefile.privacy import Profile, Report
from temoin.exporting.files import atomic_file

__all__ = [
    "BINARY",
    "DEFAULT_PROFILE",
    "FORMATS",
    "Drawing",
    "ExportError",
    "Writer",
    "export",
    "reports",
]

#: What is left out where nobody says: what is marked secret.
DEFAULT_PROFILE = "internal"


class Writer(Protocol):
    """Writes documents of an export, one after the other."""

    def write(self, selected: Selected) -> int:
        """Write one document: how many rows."""

    def close(self) -> None:
        """Write what remains."""


class FileWriter(Writer, Protocol):
    """Writes to a file that it has open."""

    def abandon(self) -> None:
        """Close the file; it is thrown away."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What a format may want to know.

    Attributes:
        session: The transaction that all is read in.
        origin: The case's state.
        profile: What is left out.
        where: The filter, as it may be told.
        language: Of the labels.
        drawing: The background of maps.
        columns: Of a table, those that were chosen.
    """

    session: Session
    origin: Origin
    profile: Profile
    where: str | None
    language: str
    drawing: Drawing
    columns: Sequence[str] | None


def _report_options(job: _Job) -> dict[str, Any]:
    return {
        "origin": job.origin,
        "profile": job.profile,
        "where": job.where,
        "language": job.language,
        "drawing": job.drawing,
        "quarrels": lambda claims: quarrels(job.session, claims),
    }


_TEXT: dict[str, Callable[[TextIO, _Job], Writer]] = {
    "csv": lambda stream, job: TableWriter(stream, job.columns),
    "csv-acled": lambda stream, _: CodesWriter(stream, "acled"),
    "csv-ucdp": lambda stream, _: CodesWriter(stream, "ucdp"),
    "csv-polecat": lambda stream, _: CodesWriter(stream, "plover"),
    "geojson": lambda stream, job: GeoJsonWriter(stream, job.origin),
    "html": lambda stream, job: ReportWriter(stream, **_report_options(job)),
    "jsonl": lambda stream, _: LinesWriter(stream),
    "kml": lambda stream, _: KmlWriter(stream),
    "ftm": lambda stream, job: EntitiesWriter(stream, job.origin),
}
_FILES: dict[str, Callable[[Path, _Job], FileWriter]] = {
    "parquet": lambda path, job: ParquetWriter(path, job.origin, job.columns),
    "gpkg": lambda path, job: GeoPackageWriter(path, job.origin),
    "pdf": lambda path, job: PdfWriter(path, **_report_options(job)),
}

#: All formats.
FORMATS = (*_TEXT, *_FILES)

#: Those that need a file of their own.
BINARY = tuple(_FILES)


def export(
    case: Case,
    form: str,
    out: Path | None,
    *,
    profile: Profile,
    where: str | None = None,
    language: str = "en",
    drawing: Drawing | None = None,
    columns: Sequence[str] | None = None,
) -> Counts:
    """Export claims of a case; beside a file goes `FILE.manifest.json`.

    Args:
        case: The case.
        form: One of `FORMATS`.
        out: The file; None for standard output, without a manifest.
        profile: What to leave out.
        where: Only claims that this query finds.
        language: Of labels in reports: en or fr.
        drawing: What maps in reports have as their background.
        columns: Of csv and parquet: which columns, in this order.

    Returns:
        How much went out.

    Raises:
        ExportError: The format needs a file, or a library that is not there, or has no such
            columns.
        QueryError: The query cannot be read.
        CaseError: The case cannot be read.
        OSError: The file cannot be written.
    """
    counts = Counts()
    if columns is not None:
        columns = chosen(form, columns)
    with case.reading() as session:
        origin = origin_of(session)
        shown = shown_filter(where, profile)
        job = _Job(session, origin, profile, shown, language, drawing or Drawing(), columns)
        documents = selected(session, profile=profile, where=where)
        if form in _FILES:
            if out is None:
                message = f"{form} is written to a file: give --out"
                raise ExportError(message)
            with whole_file(out) as made:
                writer = _FILES[form](made, job)
                try:
                    _write(writer, documents, counts)
                except BaseException:
                    writer.abandon()
                    raise
        else:
            with _stream(out) as stream:
                _write(_TEXT[form](stream, job), documents, counts)
    if out is not None and out.is_file():
        beside = out.with_name(f"{out.name}.manifest.json")
        told = manifest(
            origin, counts, form=form, name=out.name, profile=profile, where=where,
            sha256=file_sha256(out), columns=columns,
        )  # fmt: skip
        with atomic_file(beside) as stream:
            stream.write(told)
    return counts


def reports(case: Case, *, profile: Profile, where: str | None = None) -> Iterator[Report]:
    """What a profile would leave out of each document that an export would have."""
    with case.reading() as session:
        for each in selected(session, profile=profile, where=where):
            yield each.report


def _write(writer: Writer, documents: Iterator[Selected], counts: Counts) -> None:
    for each in documents:
        counts.add(each)
        if each.record is not None:
            counts.rows += writer.write(each)
    writer.close()


@contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    if out is not None:
        with atomic_file(out) as stream:
            yield stream
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    yield sys.stdout
    sys.stdout.flush()
