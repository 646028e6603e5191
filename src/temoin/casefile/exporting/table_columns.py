"""The columns of tables: which there are, which are written by default, and their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from temoin.casefile.exporting.errors import ExportError
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import mark, told
from temoin.rows import COLUMNS, Cell

__all__ = ["AVAILABLE", "DEFAULT", "chosen", "table_rows"]

_OWN = ("claim", "review", "status", "relations")

#: What may be chosen, of the formats whose columns are not fixed by somebody else.
AVAILABLE: dict[str, tuple[str, ...]] = {
    "csv": (*COLUMNS, *_OWN),
    "parquet": (*COLUMNS, *_OWN),
}

#: What is written where nobody chooses.
DEFAULT: dict[str, tuple[str, ...]] = {
    "csv": (*COLUMNS, "claim", "review"),
    "parquet": (*COLUMNS, "claim", "review", "status"),
}


def chosen(form: str, columns: Sequence[str] | None) -> tuple[str, ...]:
    """The columns of a format, in the order in which they were chosen.

    Args:
        form: The format.
        columns: What was chosen; None for what is written by default.

    Raises:
        ExportError: The format's columns cannot be chosen, or there is no such column.
    """
    if columns is None:
        return DEFAULT.get(form, ())
    if form not in AVAILABLE:
        can = " and ".join(AVAILABLE)
        message = f"the columns of {form} cannot be chosen, only those of {can}"
        raise ExportError(message)
    unknown = [name for name in columns if name not in AVAILABLE[form]]
    if unknown:
        message = f"{form} has no column {unknown[0][:40]!r}: {', '.join(AVAILABLE[form])}"
        raise ExportError(message)
    if not columns or len(set(columns)) < len(columns):
        message = "columns: name at least one, and each once"
        raise ExportError(message)
    return tuple(columns)


def table_rows(selected: Selected) -> Iterator[dict[str, Cell]]:
    """The claims of one document with all columns.

    `relations` says what a claim is to others of the table, by their numbers:
    `causes 12; before 14`.
    """
    if selected.record is None:
        return
    related: defaultdict[str, list[str]] = defaultdict(list)
    for each in selected.record.relations:
        other = selected.claims[each.target].claim
        related[each.source].append(f"{each.type} {other}")
    for claim in told(selected):
        yield claim.cells | {
            "claim": claim.reviewed.claim,
            "review": claim.reviewed.state,
            "status": mark(claim.event),
            "relations": "; ".join(related[claim.event.id]) or None,
        }
