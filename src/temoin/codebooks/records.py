"""Records back from the files that `temoin read` wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from temoin.errors import ReadingError
from temoin.record import Record

__all__ = ["read_records", "records_of"]


def read_records(path: Path) -> Iterator[Record | ReadingError]:
    """The records of a JSON lines file, one a line; a line that is none gives its error.

    Args:
        path: A file of `temoin read --format jsonl`.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from records_of(lines, str(path))
    except (OSError, UnicodeDecodeError) as error:
        yield ReadingError(str(path), f"cannot be read ({error})")


def records_of(lines: Iterable[str], source: str) -> Iterator[Record | ReadingError]:
    """The records of lines, each with the name of its source in its error."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Record.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            cause = (
                f"not a record ({where}: {first['msg']}); make one with temoin read --format jsonl"
            )
            yield ReadingError(f"{source}, line {number}", cause)
