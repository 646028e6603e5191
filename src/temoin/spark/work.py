"""What a Spark worker reads: rows of texts, files and sources; one reader a process.

A text is read where it is. The second time that Spark tries a task, something ended the
process the first time: then every document is read in a child process, so that the one that
ends it costs itself alone and is named.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from temoin.errors import ModelError, ReadingError
from temoin.pipeline import Extracts, Reader
from temoin.reading import Source
from temoin.reading.documents import Options
from temoin.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Settings", "Text", "file_of", "read_works", "source_of", "text_of"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a table, with what its columns say of it."""

    name: str
    text: str | None
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a worker reads.

    Attributes:
        model: Folder of the model on the workers, or its name among the files that were
            sent along; None for the one in the package.
        extractor: What finds events, in place of a model; hashable and picklable.
        ground: Whether to resolve times, quantities, places and actors.
        min_confidence: Leave out events below this confidence.
        options: What is said of all files.
    """

    model: str | None = None
    extractor: Extracts | None = None
    ground: bool = True
    min_confidence: float | None = None
    options: Options = Options()  # noqa: RUF009 - it is frozen


#: The readers of this process, with their models; Spark uses a process for many tasks.
_readers: dict[Settings, _Reader] = {}


def read_works(
    works: Iterable[Text | Source], settings: Settings, *, careful: bool
) -> Iterator[Record | ReadingError]:
    """Read texts and sources in order; what cannot be read comes as an error in its place.

    Args:
        works: What to read.
        settings: How.
        careful: Read in a child process, which a crash may end.

    Raises:
        TemoinError: What keeps everything from being read (no model, say).
    """
    if careful:
        from temoin.pipeline.pool import read_in_processes

        reader = _Reader(settings)
        # `_Reader` reads texts as well as sources; the pool only needs their names.
        sources = cast("Iterable[Source]", works)
        with closing(read_in_processes(reader, sources, workers=1)) as results:
            yield from results
        return
    if settings not in _readers:
        _readers[settings] = _Reader(settings)
    reader = _readers[settings]
    for work in works:
        yield from reader.read_source(work)


class _Reader(Reader):
    """A reader of texts as well as sources, whose model may be any folder."""

    def __init__(self, settings: Settings) -> None:
        extractor = settings.extractor
        super().__init__(extractor, ground=settings.ground, min_confidence=settings.min_confidence)
        self._model = None if settings.model is None else str(_folder(settings.model))

    @property
    def extractor(self) -> Extracts:
        """What finds events; loaded when it is first needed."""
        if self._loaded is None and self._model is not None:
            from temoin.extraction.extractor import Extractor

            self._loaded = Extractor.load(Path(self._model))
        return super().extractor

    def read_source(self, source: Source | Text) -> Iterator[Record | ReadingError]:
        """Read the documents of a source, or a text."""
        if isinstance(source, Source):
            yield from super().read_source(source)
            return
        from temoin import reading

        if source.text is None:
            yield ReadingError(source.name, "has no text")
            return
        try:
            document = reading.read_text(source.text, id=source.name, **dict(source.said))
        except ReadingError as error:
            yield error
        except ValueError as error:
            yield ReadingError(source.name, str(error))
        else:
            yield self._attempt(document)


def _folder(model: str) -> Path:
    """The model's folder here: a path, or the name of an archive that was sent along."""
    from pyspark import SparkFiles

    for folder in (Path(model), Path(SparkFiles.getRootDirectory()) / model):
        if folder.is_dir():
            return folder.absolute()
    message = f"{model}: no folder of this name on the worker, nor among the files sent along"
    raise ModelError(message)


def text_of(row: Mapping[str, Any]) -> Text:
    """The text of a row of a table; one without an id is told by its first words."""
    said = {key: row[key] for key in ("language", "source", "title", "url") if row.get(key)}
    if row.get("published"):
        said["published"] = row["published"]
    name, text = row["id"], row["text"]
    if not name:
        # Two of them would be one document: told, not guessed.
        return Text(f"a row without an id ({(text or '')[:40]!r})", None)
    return Text(name, text, tuple(sorted(said.items())))


def file_of(row: Mapping[str, Any], options: Options) -> Source:
    """The source of a row of Spark's `binaryFile`."""
    path = row["path"].removeprefix("file:")
    return Source(location=path, id=Path(path).name, options=replace(options), data=row["content"])


def source_of(row: Mapping[str, Any]) -> Source:
    """A source that the driver found."""
    found = pickle.loads(row["source"])  # noqa: S301 - the driver of this job pickled it
    if not isinstance(found, Source):
        message = f"{found!r} is no source"
        raise TypeError(message)
    return found
