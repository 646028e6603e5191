"""Many documents: each asked about, with Témoin's own record before it where that is wanted."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from temoin.errors import ReadingError, TemoinError
from temoin.pipeline.reader import Reader
from temoin.record import Document, Record
from temoin.second_opinion.opinion import SecondOpinion

if TYPE_CHECKING:
    from temoin.reading import Source

__all__ = ["read_second"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Unread:
    """An extractor that finds nothing: the document is all that is wanted."""

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        del min_confidence
        return Record(document=document)


def read_second(
    sources: Iterable[Source],
    second: SecondOpinion,
    *,
    beside: Reader | None = None,
    ground: bool = True,
) -> Generator[Record | ReadingError]:
    """Ask for a second opinion on every document of some sources, in their order.

    Args:
        sources: What to read; `temoin.reading.iterate_sources` finds them.
        second: Whom to ask.
        beside: Témoin's own reader; its record of each document comes before the other.
        ground: Whether to resolve the times, quantities, places and actors that the
            endpoint found; by the same rules as Témoin's own.

    Yields:
        Records, each naming its author in its provenance; in the place of one that
        could not be made, the error.

    Raises:
        TemoinError: What keeps every document from being read (nobody listens at the
            endpoint, no model).
    """
    first = beside or Reader(_Unread(), ground=False)
    asking = Reader(second, ground=ground)
    for result in first.read_many(sources):
        if isinstance(result, ReadingError):
            yield result
            continue
        if beside:
            yield result
        yield _attempt(asking, result.document)


def _attempt(reader: Reader, document: Document) -> Record | ReadingError:
    try:
        return reader.read_document(document)
    except ReadingError as error:
        return error
    except TemoinError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad document must not end the batch
        name = document.path or document.id
        _log.debug("defect while asking about %s", name, exc_info=error)
        cause = f"unexpected {type(error).__name__}: {error} (a defect of Témoin)"
        return ReadingError(name, cause)
