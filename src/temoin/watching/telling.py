"""What a watch says of itself: lines for people, or one JSON object a line for machines.

Names of files and addresses may stand in it, never a word of a report: of a cause only what
Témoin itself says is told, not what a library quotes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable
from typing import Any

__all__ = ["Log", "told_cause"]

#: What libraries say in brackets, and what stands in quotation marks, may be text of a report.
_BRACKETS = re.compile(r"\s*\((?!a defect)[^()]*(?:\([^()]*\)[^()]*)*\)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_UNEXPECTED = re.compile(r"\b(unexpected \w+): .*", re.DOTALL)
_LONGEST = 300


def told_cause(cause: str) -> str:
    """A cause without anything that may come out of a document.

    Args:
        cause: Of a `ReadingError`.
    """
    cause = _UNEXPECTED.sub(r"\1 (a defect of Témoin)", cause)
    cause = _QUOTED.sub("…", _BRACKETS.sub("", cause))
    return " ".join(cause.split())[:_LONGEST]


class Log:
    """Tells what happens.

    Args:
        write: Takes a line.
        as_json: One JSON object a line, everything; or lines for people, what matters.
        quiet: For people, failures only.
    """

    def __init__(self, write: Callable[[str], None], *, as_json: bool, quiet: bool = False) -> None:
        self._write = write
        self._as_json = as_json
        self._quiet = quiet
        self._lock = threading.Lock()

    def __call__(self, event: str, message: str = "", *, level: str = "info", **told: Any) -> None:
        """Say that something happened.

        Args:
            event: Its name, for machines.
            message: The line for people; empty for none.
            level: info, warning or error.
            told: What else machines are told: names, numbers, causes.
        """
        if self._as_json:
            moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            line = json.dumps({"at": moment, "level": level, "event": event, **told})
        elif message and (level != "info" or not self._quiet):
            line = message
        else:
            return
        with self._lock:
            self._write(line)
