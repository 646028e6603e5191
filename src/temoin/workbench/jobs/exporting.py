"""Exports as jobs: a file and its manifest in a folder of the job's own."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from temoin.casefile import Case
from temoin.casefile.exporting import DEFAULT_PROFILE, FORMATS, Drawing, export
from temoin.casefile.privacy import load_profile
from temoin.situation.basemap import borders, countries
from temoin.workbench.jobs.job import Run

__all__ = ["ENDINGS", "PROFILES", "Wanted", "export_to", "file_name"]

#: Profiles that come with Témoin. A path of a file is no profile here: who exports from a
#: browser gets no say in which files of the server are read.
PROFILES = ("public", "partner", "internal")

#: Ending and media type of each format.
ENDINGS: dict[str, tuple[str, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "csv-acled": ("acled.csv", "text/csv; charset=utf-8"),
    "csv-ucdp": ("ucdp.csv", "text/csv; charset=utf-8"),
    "csv-polecat": ("polecat.csv", "text/csv; charset=utf-8"),
    "geojson": ("geojson", "application/geo+json"),
    "html": ("html", "text/html; charset=utf-8"),
    "jsonl": ("jsonl", "application/x-ndjson"),
    "kml": ("kml", "application/vnd.google-earth.kml+xml"),
    "ftm": ("ftm.jsonl", "application/x-ndjson"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "gpkg": ("gpkg", "application/geopackage+sqlite3"),
    "pdf": ("pdf", "application/pdf"),
}

_WITH_MAPS = frozenset({"html", "pdf"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export.

    Attributes:
        form: One of `FORMATS`.
        profile: One of `PROFILES`.
        query: Which claims; None for all.
        language: Of labels: en or fr.
        columns: Of a table: which, in this order; None for the usual ones.
    """

    form: str
    profile: str = DEFAULT_PROFILE
    query: str | None = None
    language: str = "en"
    columns: tuple[str, ...] | None = None


def export_to(case: Case, wanted: Wanted, folder: Path, run: Run) -> dict[str, Any]:
    """Export claims into a folder.

    Args:
        case: The case.
        wanted: What.
        folder: Of the job.
        run: The job.

    Returns:
        How much went out, and what the file is called.

    Raises:
        ValueError: The format or the profile is none of those that are offered.
    """
    if wanted.profile not in PROFILES or wanted.form not in FORMATS:
        message = f"no export of {wanted.form!r} with the profile {wanted.profile!r}"
        raise ValueError(message)
    run.tell(0, message="exporting")
    name = file_name(case.info().title, wanted.form)
    out = folder / name
    counts = export(
        case,
        wanted.form,
        out,
        profile=load_profile(wanted.profile),
        where=wanted.query or None,
        language=wanted.language,
        drawing=_drawing() if wanted.form in _WITH_MAPS else None,
        columns=wanted.columns,
    )
    return {
        "file": name,
        "bytes": out.stat().st_size,
        "documents": counts.documents,
        "claims": counts.claims,
        "rows": counts.rows,
        "left_out": counts.left_out,
        "profile": wanted.profile,
        "format": wanted.form,
    }


def file_name(title: str | None, form: str) -> str:
    """Name of the file: plain ASCII, whatever the case is called.

    Args:
        title: Title of the case.
        form: One of `FORMATS`.
    """
    plain = unicodedata.normalize("NFKD", title or "").encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
    day = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d")
    return f"temoin-{plain + '-' if plain else ''}{day}.{ENDINGS[form][0]}"


def _drawing() -> Drawing:
    return Drawing(
        land=lambda bounds: (
            polygon[0] for country in countries(bounds) for polygon in country.polygons
        ),
        borders=borders,
    )
