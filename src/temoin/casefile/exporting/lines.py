"""Records as JSON lines, redacted and filtered; they can be imported, but carry no decisions."""

from __future__ import annotations

import json
from typing import TextIO

from temoin.casefile.exchanging.writing import FORMAT
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.privacy import published

__all__ = ["LinesWriter"]


class LinesWriter:
    """One document a line, as an export with a profile has it.

    Args:
        stream: Where to write.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, selected: Selected) -> int:
        """Write one document."""
        if selected.record is None:
            return 0
        line = published(selected.record, selected.profile)
        line["review"] = {
            "format": FORMAT,
            "profile": selected.profile.name,
            "claims": [
                {"event": event, "state": each.state} for event, each in selected.claims.items()
            ],
        }
        self._stream.write(
            json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
        )
        return 1

    def close(self) -> None:
        """Nothing remains to be written."""
