"""Témoin reads reports of armed conflict and puts on record what they claim.

    >>> record = temoin.read("L'armée a bombardé Mizda mardi.", published="2019-11-14")
    >>> [event.type for event in record.events]

Names are imported when they are first used: `import temoin` itself is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from temoin._version import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from temoin.errors import ReadingError as ReadingError
    from temoin.errors import TemoinError as TemoinError
    from temoin.pipeline import Reader as Reader
    from temoin.record import Record as Record


__all__ = [
    "Reader",
    "ReadingError",
    "Record",
    "TemoinError",
    "__version__",
    "read",
    "read_paths",
    "to_dataframe",
]

_LAZY = {
    "Reader": "temoin.pipeline",
    "ReadingError": "temoin.errors",
    "Record": "temoin.record",
    "TemoinError": "temoin.errors",
}

_readers: list[Reader] = []


def read(
    text: str,
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    id: str = "text",  # noqa: A002 - the record calls it so
) -> Record:
    """Read one text and put on record what it claims.

    The model is loaded at the first call and kept.

    Args:
        text: The report; it stands untouched in the record.
        published: Publication day, a date or `YYYY-MM-DD`. Without it, relative
            times ("yesterday") stay unresolved, and the record's notes say so.
        language: fr, en, es, ar, uk, ru or other; detected where it is not given.
        id: The document's id in the record.

    Raises:
        ReadingError: There is nothing to read, or `published` is no day.
        ModelError: The model is missing or damaged.
        ValueError: `language` is not known.
    """
    return _reader().read_text(text, id=id, published=published, language=language)


def read_paths(
    paths: Iterable[str | Path],
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    workers: int = 1,
) -> Iterator[Record | ReadingError]:
    """Read files, folders and addresses, one record a document, in order.

    What cannot be read comes as a `ReadingError` in its place; the rest goes on.

    Args:
        paths: Files and folders; addresses (http, https) are fetched.
        published: Publication day of all of them; it outranks their own.
        language: Language of all of them, instead of detecting it.
        workers: Processes. With several, guard the main module of your program
            with `if __name__ == "__main__":`.

    Raises:
        ModelError: The model is missing or damaged.
        ReadingError: `published` is no day.
        ValueError: `language` is not known, or `workers` is less than 1.
    """
    from temoin.reading import iterate_sources

    sources = iterate_sources(paths, published=published, language=language)
    return _reader().read_many(sources, workers=workers)


def to_dataframe(records: Record | Iterable[Record]) -> pd.DataFrame:
    """The events of records as one pandas data frame, one row an event.

    Columns are those of `temoin read --format csv`. Needs `temoin[pandas]`.
    """
    import pandas as pd

    from temoin.record import Record
    from temoin.rows import COLUMNS, rows

    several = [records] if isinstance(records, Record) else records
    return pd.DataFrame([row for record in several for row in rows(record)], columns=list(COLUMNS))


def _reader() -> Reader:
    """The reader that the functions of this module share."""
    if not _readers:
        from temoin.pipeline import Reader

        _readers.append(Reader())
    return _readers[0]


if not TYPE_CHECKING:  # a type checker must see that a name is not there

    def __getattr__(name: str) -> object:
        if name in _LAZY:
            found = getattr(import_module(_LAZY[name]), name)
            globals()[name] = found
            return found
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
