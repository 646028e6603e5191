"""Claims and changes as lines for a terminal."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from temoin.cli._streams import colour_for

if TYPE_CHECKING:
    from temoin.casefile.searching import ClaimHit, DocumentHit, Snippet

__all__ = [
    "claim_line",
    "clean",
    "document_line",
    "dumped",
    "joined",
    "period",
    "snippet_line",
    "value",
]

_LONGEST = 60


def clean(text: str) -> str:
    """A text in one line that cannot steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def period(earliest: dt.date | None, latest: dt.date | None) -> str:
    """Days as `2024-03-11`, `2024-03-01..2024-03-31`, `2024-03-01..`."""
    if earliest == latest:
        return str(earliest or "")
    return f"{earliest or ''}..{latest or ''}"


def claim_line(hit: ClaimHit) -> str:
    """A claim in one line: number, what, when, where, review, document."""
    what = hit.type if hit.polarity == "affirmed" else f"not {hit.type}"
    if hit.certainty != "certain":
        what += f" ({hit.certainty})"
    state = hit.state if hit.present else f"{hit.state}, the newer model does not find it"
    cells = [f"{hit.claim:>6}", what, period(hit.earliest, hit.latest), hit.place or "",
             f"[{state}]", hit.document]  # fmt: skip
    return clean("  ".join(cell for cell in cells if cell))


def document_line(hit: DocumentHit) -> str:
    """A document in one line."""
    count = f"{hit.claims} claim{'' if hit.claims == 1 else 's'}"
    cells = [f"{hit.document_id:>6}", hit.document, hit.language, str(hit.published or ""),
             hit.publisher or "", count, hit.title or ""]  # fmt: skip
    return clean("  ".join(cell for cell in cells if cell))


def snippet_line(snippet: Snippet) -> str:
    """A snippet with its marks in bold, or as it is where there are no colours."""
    text, marks = snippet.text, snippet.marks if colour_for(sys.stdout) else ()
    out, at = [], 0
    for start, end in marks:
        first, last = start - snippet.start, end - snippet.start
        if first >= at and last <= len(text):
            out += [clean(text[at:first]), click.style(clean(text[first:last]), bold=True)]
            at = last
    return "        " + "".join([*out, clean(text[at:])])


def value(told: Any) -> str:  # noqa: ANN401 - any JSON
    """A value of a field, short: its words where it has any."""
    if told is None:
        return "none"
    if isinstance(told, dict):
        short = told.get("text") or told.get("name")
        days = [str(told[name]) for name in ("earliest", "latest") if told.get(name)]
        told = short or "..".join(dict.fromkeys(days)) or json.dumps(told, ensure_ascii=False)
    shown = clean(str(told))
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "..."


def dumped(row: Any) -> str:  # noqa: ANN401 - any JSON
    """A row as one line of JSON; days as text."""
    return json.dumps(row, ensure_ascii=False, default=str)


def joined(lines: Iterable[str], most: int) -> Sequence[str]:
    """Lines, the first so many of them, and how many more there are."""
    every = list(lines)
    more = len(every) - most
    return [*every[:most], *([f"        and {more:,} more"] if more > 0 else [])]
