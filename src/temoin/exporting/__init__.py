"""Records as text, data and pages: table, JSON, JSON lines, CSV, marked text."""

from __future__ import annotations

from temoin.exporting.structured import CsvWriter, JsonLinesWriter, JsonWriter
from temoin.exporting.table import TableWriter

__all__ = ["CsvWriter", "JsonLinesWriter", "JsonWriter", "TableWriter"]
