"""`temoin search`: find claims or documents of a case."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._claims import claim_line, document_line, dumped, snippet_line
from temoin.cli._streams import data_output, people_output, tell

if TYPE_CHECKING:
    from temoin.casefile import Case
    from temoin.casefile.searching import Page

__all__ = ["search"]

_PAGE = 500


@click.command()
@cases.case
@click.argument("query", default="")
@click.option("--documents", is_flag=True, help="Find documents, not claims.")
@click.option(
    "--order",
    type=click.Choice(["relevance", "time", "added"]),
    help="Best or newest first. Default: relevance where words are sought, else time.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="table to read, jsonl for one hit a line, csv for a spreadsheet.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Most hits to show; 0 for all.",
)
@options.out
def search(
    *,
    case: str,
    query: str,
    documents: bool,
    order: str | None,
    form: str,
    limit: int,
    out: Path | None,
) -> None:
    """Find claims of a case, or documents.

    \b
    temoin search case.temoin "Mizda"
    temoin search case.temoin "type:shelling near:Kidal~50 from:2024-03"
    temoin search case.temoin "actor:wagner killed>=10 -state:rejected" --format csv

    Words and "phrases" are sought in a claim's words, the names that they stand for and
    its sentence, with --documents in the whole text. docs/searching.md lists the fields. A
    query that begins with - is written after --, or with NOT.

    Exit code: 0 something was found, 1 nothing was, 2 the query or the case cannot be read.
    """  # noqa: D301 - click wants the backspace itself
    from temoin.casefile import Case

    with Case.open(case) as opened:
        first, hits = _hits(opened, query, documents=documents, order=order, limit=limit)
        for note in first.notes:
            tell(note)
        shown = _write(hits, form, out)
    what = "document" if documents else "claim"
    if form == "table" or not first.total:
        more = f", {shown:,} shown" if shown < first.total else ""
        tell(f"{first.total:,} {what}{'' if first.total == 1 else 's'} found{more}")
    sys.exit(0 if first.total else 1)


def _hits(
    case: Case, query: str, *, documents: bool, order: str | None, limit: int
) -> tuple[Page[Any], Iterator[Any]]:
    """The first page, and all hits up to the limit, page by page."""
    from temoin.casefile import searching

    find: Callable[..., Page[Any]] = searching.search
    if documents:
        find = searching.search_documents
    size = min(limit, _PAGE) if limit else _PAGE
    first = find(case, query, order=order, limit=size)

    def every() -> Iterator[Any]:
        page, left = first, limit or sys.maxsize
        while True:
            yield from page.hits[:left]
            left -= len(page.hits)
            if left <= 0 or page.next is None:
                return
            page = find(case, query, order=order, limit=min(left, _PAGE), after=page.next)

    return first, every()


def _write(hits: Iterator[Any], form: str, out: Path | None) -> int:
    """Write hits; how many."""
    count = 0
    if form == "table":
        with people_output(out) as stream:
            for hit in hits:
                line = claim_line(hit) if hasattr(hit, "claim") else document_line(hit)
                snippet = replace(hit.snippet, marks=()) if out else hit.snippet
                stream.write(f"{line}\n{snippet_line(snippet)}\n")
                count += 1
        return count
    with data_output(out) as stream:
        writer = None
        for hit in hits:
            row = asdict(hit)
            if form == "jsonl":
                stream.write(dumped(row) + "\n")
            else:
                flat = _flat(row)
                if writer is None:
                    writer = csv.DictWriter(stream, list(flat), lineterminator="\r\n")
                    writer.writeheader()
                writer.writerow(flat)
            count += 1
    return count


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A hit as a row: its snippet as text with offsets; no cell is taken for a formula."""
    snippet = row.pop("snippet")
    row |= {"text": snippet["text"], "start": snippet["start"], "end": snippet["end"]}
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
