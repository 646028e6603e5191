"""Exports: what holds in a case as tables, maps, graphs of entities and a report to read.

    with Case.open("case.temoin") as case:
        export(case, "geojson", Path("claims.geojson"), profile=load_profile("public"))

Every export goes through `privacy.redact`; what the filter finds is what goes out. Each
says that it holds claims, not facts. `docs/exports.md` tells of the formats.
"""

from __future__ import annotations

from temoin.casefile.exporting.labels import LANGUAGES
from temoin.casefile.exporting.manifest import Counts
from temoin.casefile.exporting.table_columns import AVAILABLE as AVAILABLE_COLUMNS
from temoin.casefile.exporting.table_columns import DEFAULT as DEFAULT_COLUMNS
from temoin.casefile.exporting.table_columns import chosen as chosen_columns
from temoin.casefile.exporting.writing import (
    BINARY,
    DEFAULT_PROFILE,
    FORMATS,
    Drawing,
    ExportError,
    export,
    reports,
)

__all__ = [
    "AVAILABLE_COLUMNS",
    "BINARY",
    "DEFAULT_COLUMNS",
    "DEFAULT_PROFILE",
    "FORMATS",
    "LANGUAGES",
    "Counts",
    "Drawing",
    "ExportError",
    "chosen_columns",
    "export",
    "reports",
]
