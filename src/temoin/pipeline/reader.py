"""The reader: reading, extraction and grounding in one."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from temoin.errors import ReadingError, TemoinError
from temoin.record import Document, Record

if TYPE_CHECKING:
    from temoin.reading import Source

__all__ = ["Extracts", "Reader"]

_log = logging.getLogger(__name__)


class Extracts(Protocol):
    """What finds events in a document; `temoin.extraction.Extractor` is one."""

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        """Put on record what a document claims, without events below `min_confidence`."""
        ...


class Reader:
    """Reads texts, documents and sources to records; keeps its model between them.

    Args:
        extractor: What finds events; None for the model that comes with Témoin,
            loaded when it is first needed. With several workers it is pickled to each.
        ground: Whether to resolve times, quantities, places and actors.
        min_confidence: Leave out events below this confidence, 0 to 1.
    """

    def __init__(
        self,
        extractor: Extracts | None = None,
        *,
        ground: bool = True,
        min_confidence: float | None = None,
    ) -> None:
        self._given = extractor
        self._loaded = extractor
        self._ground = ground
        self._min_confidence = min_confidence

    @property
    def extractor(self) -> Extracts:
        """What finds events.

        Raises:
            ModelError: The model is missing or damaged.
        """
        if self._loaded is None:
            self._loaded = _load_extractor()
        return self._loaded

    def __getstate__(self) -> dict[str, object]:
        """Pickle without the model that was loaded here: each process loads its own."""
        return {**self.__dict__, "_loaded": self._given}

    def read_text(
        self,
        text: str,
        *,
        id: str = "text",  # noqa: A002 - the record calls it so
        published: dt.date | str | None = None,
        language: str | None = None,
        source: str | None = None,
        title: str | None = None,
        url: str | None = None,
    ) -> Record:
        """Read one text.

        Args:
            text: The text; it stands untouched in the record.
            id: The document's id in the record.
            published: Publication day, as a date or `YYYY-MM-DD`; without it,
                relative times stay unresolved.
            language: ISO 639-1 code; detected where it is not given.
            source: Publisher or site.
            title: Title of the report.
            url: Where it stands.

        Raises:
            ReadingError: There is nothing to read in the text, or `published` is no day.
            ValueError: `language` is not known.
        """
        from temoin import reading

        document = reading.read_text(
            text,
            id=id,
            published=published,
            language=language,
            source=source,
            title=title,
            url=url,
        )
        return self.read_document(document)

    def read_document(self, document: Document) -> Record:
        """Put on record what a document claims."""
        record = self.extractor.extract(document, min_confidence=self._min_confidence)
        if self._ground:
            from temoin.grounding import ground

            record = ground(record)
        return record

    def read_source(self, source: Source) -> Iterator[Record | ReadingError]:
        """Read the documents of one source; what cannot be read comes as an error.

        Raises:
            TemoinError: What keeps every source from being read (no model, say).
        """
        from temoin import reading

        try:
            for document in reading.load_each(source):
                if isinstance(document, ReadingError):
                    yield document
                else:
                    yield self._attempt(document)
        except ReadingError as error:
            yield error
        except TemoinError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad source must not end the batch
            yield _unexpected(source.name, error)

    def read_many(
        self, sources: Iterable[Source], *, workers: int = 1
    ) -> Generator[Record | ReadingError]:
        """Read many sources, in their order; what cannot be read comes as an error in its place.

        The same sources give the same records, byte for byte, on any number of
        workers. Only a bounded number of records is held at a time. Sources come
        from `temoin.reading.enumerate_sources`. Closing the generator ends the
        processes at once.

        Args:
            sources: What to read.
            workers: Processes; 1 reads in this one. Each loads the model once and
                runs it on one core. A program that calls this with several must
                guard its main module with `if __name__ == "__main__":`.

        Raises:
            TemoinError: What keeps every source from being read (no model, say).
            ValueError: `workers` is less than 1.
        """
        if workers < 1:
            message = f"workers must be 1 or more, not {workers}"
            raise ValueError(message)
        if workers > 1:
            from temoin.pipeline.pool import read_in_processes

            return read_in_processes(self, sources, workers=workers)
        return (result for source in sources for result in self.read_source(source))

    def _attempt(self, document: Document) -> Record | ReadingError:
        try:
            return self.read_document(document)
        except ReadingError as error:
            return error
        except TemoinError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad document must not end the batch
            return _unexpected(document.path or document.id, error)


def _load_extractor() -> Extracts:
    from temoin.extraction.extractor import Extractor

    return Extractor.load()


def _unexpected(source: str, error: Exception) -> ReadingError:
    """A defect, told as a failure of the one source; its traceback goes to the log."""
    _log.debug("defect while reading %s", source, exc_info=error)
    if isinstance(error, MemoryError):
        return ReadingError(source, "there is not enough memory to read it")
    detail = f": {error}" if str(error) else ""
    return ReadingError(source, f"unexpected {type(error).__name__}{detail} (a defect of Témoin)")
