"""The exceptions of Témoin.

TemoinError
├── ReadingError        a source cannot be read: names the source and the cause
├── ModelError          the extraction model is missing, damaged or of another version
├── GazetteerError      a gazetteer is missing or a line of a dump cannot be read
├── CorpusError         a .gold file breaks the notation: names file and line
└── EvaluationError     gold and records cannot be compared

Every message names the thing it is about and, where there is one, the command
that mends it. The command line prints messages of this family without a
traceback; anything else is a defect of Témoin.
"""

from __future__ import annotations

__all__ = [
    "CorpusError",
    "EvaluationError",
    "GazetteerError",
    "ModelError",
    "ReadingError",
    "TemoinError",
]


class TemoinError(Exception):
    """Root of everything Témoin raises on purpose."""


class ReadingError(TemoinError):
    """A source (file, row, page, standard input) cannot be read.

    Args:
        source: What was read, as the user would name it (a path, `file.csv, row 3`, a URL).
        cause: Why it cannot be read, one sentence without a final full stop.
    """

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str]]:
        """Pickle by both arguments: worker processes send this error back."""
        return (type(self), (self.source, self.cause))


class ModelError(TemoinError):
    """The extraction model is missing, damaged or of another version."""


class GazetteerError(TemoinError):
    """A gazetteer is missing or a line of a dump cannot be read."""


class CorpusError(TemoinError):
    """A .gold file breaks the notation."""


class EvaluationError(TemoinError):
    """Gold and records cannot be compared."""
