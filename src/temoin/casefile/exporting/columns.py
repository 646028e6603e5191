"""Claims as Parquet, through pyarrow: an extra, `pip install temoin[parquet]`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from temoin._version import __version__
from temoin.casefile.exporting.errors import ExportError
from temoin.casefile.exporting.labels import STATEMENT
from temoin.casefile.exporting.manifest import Origin
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.table_columns import chosen, table_rows
from temoin.rows import Cell

__all__ = ["ParquetWriter"]

_NUMBERS = frozenset({"latitude", "longitude", "radius_km", "value", "confidence"})
_OFFSETS = frozenset({"start", "end"})
_DAYS = frozenset({"published", "earliest", "latest"})
#: Claims are written in groups of so many.
_GROUP = 10_000


class ParquetWriter:
    """One claim a row: the columns of `csv`, with types, and `status`; or others.

    Args:
        path: The file.
        origin: The state of the case.
        columns: Those that were chosen.

    Raises:
        ExportError: pyarrow is not there, or there is no such column.
    """

    def __init__(self, path: Path, origin: Origin, columns: Sequence[str] | None = None) -> None:
        names = chosen("parquet", columns)
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            message = "parquet needs pyarrow: pip install temoin[parquet]"
            raise ExportError(message) from error
        self._arrow = pa
        kinds = {"text": pa.string(), "number": pa.float64(), "offset": pa.int64(),
                 "day": pa.date32()}  # fmt: skip
        fields = [pa.field(name, kinds[_kind(name)]) for name in names]
        about = {"statement": STATEMENT, "case": origin.case, "head": origin.head,
                 "temoin": __version__}  # fmt: skip
        self._schema = pa.schema(fields, metadata=about)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        found = [_row(row) for row in table_rows(selected)]
        self._rows += found
        if len(self._rows) >= _GROUP:
            self._flush()
        return len(found)

    def close(self) -> None:
        """Write what remains."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Close the file; it is thrown away."""
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
            self._rows = []


def _kind(name: str) -> str:
    if name in _NUMBERS:
        return "number"
    if name in _OFFSETS or name == "claim":
        return "offset"
    return "day" if name in _DAYS else "text"


def _row(cells: dict[str, Cell]) -> dict[str, Any]:
    row: dict[str, Any] = dict(cells)
    for name in _DAYS:
        row[name] = None if row[name] is None else dt.date.fromisoformat(row[name])
    return row
