"""Records from a file, to score what a system wrote earlier."""

from __future__ import annotations

import json
from pathlib import Path

from temoin.errors import EvaluationError
from temoin.record import Record

__all__ = ["load_records"]


def load_records(path: Path | str) -> list[Record]:
    """Read records, one JSON object a line.

    Raises:
        EvaluationError: The file cannot be read or a line is no record; the
            message starts with `file:line`.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise EvaluationError(message) from error
    records = []
    # Not splitlines: JSON strings may hold other line separators of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(Record.from_dict(json.loads(line)))
        except (TypeError, ValueError) as error:
            message = f"{path}:{number}: not a record: {error}"
            raise EvaluationError(message) from error
    return records
