"""Words of reports in cells, where a profile gives no quotes."""

from __future__ import annotations

from typing import Any

from temoin.casefile.privacy.redacting import WITHHELD
from temoin.codebooks import Codebook, Row
from temoin.record import Record, Span
from temoin.rows import Cell

__all__ = ["QUOTING", "coded_cells", "plain_cells", "span_of", "spoken_words", "with_known_names"]

#: What a codebook's columns take from the report word by word.
QUOTING = frozenset(
    {"@sentences", "@actor_words", "@recipient_words", "@where_description", "@title",
     "@source_article", "@attributed_to", "@crowd_size"}
)  # fmt: skip


def with_known_names(worded: Record, withheld: Record) -> Record:
    """A record with its words, but names as they are in the one without: kinds for unknown ones.

    Args:
        worded: The redacted record with its text.
        withheld: The same, redacted without quotes.
    """
    told, names = worded.to_dict(), {event["id"]: event for event in withheld.to_dict()["events"]}
    told["events"] = [_named(event, names[event["id"]]) for event in told["events"]]
    told["document"].pop("title", None)
    told |= {"mentions": [], "entities": [], "ungrounded": []}
    return Record.from_dict(told)


def plain_cells(row: dict[str, Cell], *, quotes: bool) -> dict[str, Cell]:
    """A row of `temoin.rows` without placeholders for words; that somebody says it stays."""
    if quotes:
        return row
    cells = {
        name: None if isinstance(cell, str) and "withheld]" in cell else cell
        for name, cell in row.items()
    }
    return {**cells, "attribution": row["attribution"], "start": None, "end": None}


def coded_cells(row: Row, book: Codebook, spoken: frozenset[str] | None) -> list[Cell]:
    """The cells of a codebook's row, in order; words of the report withheld where they must be.

    Args:
        row: The row.
        book: The codebook.
        spoken: `spoken_words` of the record; None where words may be given.
    """
    if spoken is None:
        return list(row.cells.values())
    return [
        cell
        if cell is None
        else WITHHELD
        if book.columns[name] in QUOTING
        else _known(cell, spoken)
        for name, cell in row.cells.items()
    ]


def spoken_words(worded: Record, withheld: Record) -> frozenset[str]:
    """The words of all spans of a record that are no names of Témoin's tables.

    A codebook names people by their words where it knows no name.
    """
    words = {span.text for _, span in worded.spans()}
    return frozenset(words - _names(withheld.to_dict()["events"]))


def _known(cell: Cell, spoken: frozenset[str]) -> Cell:
    if not isinstance(cell, str):
        return cell
    kept = [WITHHELD if piece in spoken else piece for piece in cell.split("; ")]
    return "; ".join(dict.fromkeys(kept))


def _names(value: Any) -> set[str]:  # noqa: ANN401 - JSON
    """All that is called `name` in some JSON."""
    if isinstance(value, list):
        return {name for each in value for name in _names(each)}
    if not isinstance(value, dict):
        return set()
    own = {value["name"]} if isinstance(value.get("name"), str) else set()
    return own.union(*(_names(each) for each in value.values()))


def span_of(span: Span, *, quotes: bool) -> dict[str, Any]:
    """Words with their offsets; all null where they are not given, as in `published`."""
    if not quotes:
        return {"text": None, "start": None, "end": None}
    return {"text": span.text, "start": span.start, "end": span.end}


def _named(event: Any, other: Any) -> Any:  # noqa: ANN401 - JSON
    """One event with the names of the other, which is made like it."""
    if isinstance(event, list):
        return [_named(each, its) for each, its in zip(event, other, strict=True)]
    if not isinstance(event, dict):
        return event
    told = {}
    for name, value in event.items():
        if name == "name":
            told[name] = other.get(name, value)
        elif name in {"as_written", "note", "candidates"}:
            continue
        else:
            told[name] = _named(value, other[name]) if name in other else value
    return told
