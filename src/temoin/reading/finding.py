"""Finding what there is to read: files, folders, rows, standard input, addresses.

Cheap on purpose: whole files are not opened, files of rows are scanned once
without keeping them. What cannot be read becomes a source with its problem, so
that a batch goes on and reports it in its place.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from temoin.errors import ReadingError
from temoin.reading.dates import as_day
from temoin.reading.decoding import decode
from temoin.reading.documents import Options
from temoin.reading.extracted import Unreadable
from temoin.reading.formats import EXTENSIONS, HEAD, Format, extension_problem, sniff
from temoin.reading.limits import MAX_DOCUMENT_BYTES, as_size
from temoin.reading.rows import Header, find_rows, read_header
from temoin.reading.source import Rows, Source

__all__ = ["NO_FILE", "enumerate_sources", "iterate_sources", "os_cause"]

#: Why what stands in a folder like a file is not read.
NO_FILE = "is a pipe, a device or another thing that is no file"

#: Called with a file's path and the reason why a folder's walk leaves it out.
OnSkip = Callable[[str, str], None]

_ROW_FORMATS = frozenset({Format.JSONL, Format.CSV})
_UTF8_MARK = b"\xef\xbb\xbf"


def enumerate_sources(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    source: str | None = None,
    max_bytes: int = MAX_DOCUMENT_BYTES,
    rows_per_source: int = 1,
    on_skip: OnSkip | None = None,
) -> list[Source]:
    """List what there is to read under some paths, in a fixed order, without reading it.

    Args:
        paths: Files, folders (walked into, sorted by name, hidden entries and
            links to folders left out), `-` for standard input, http(s) addresses
            of pages or feeds. Addresses are the only thing that uses the network.
        published: Publication day of everything that is read.
        language: Language of everything that is read.
        source: Publisher, where a document names none.
        max_bytes: Largest document in bytes; files of rows have no limit, each row has.
        rows_per_source: How many rows of a JSONL or CSV file make one source.
        on_skip: Told of each file that a folder's walk leaves out, and why.

    Returns:
        Picklable sources, to be given to `load` in any process. A path that
        cannot be read is a source too: `load` raises its error.

    Raises:
        ReadingError: `published` is no date.
        ValueError: `language` is not known.
    """
    return list(
        iterate_sources(
            paths,
            published=published,
            language=language,
            source=source,
            max_bytes=max_bytes,
            rows_per_source=rows_per_source,
            on_skip=on_skip,
        )
    )


def iterate_sources(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    source: str | None = None,
    max_bytes: int = MAX_DOCUMENT_BYTES,
    rows_per_source: int = 1,
    on_skip: OnSkip | None = None,
) -> Iterator[Source]:
    """`enumerate_sources`, one at a time: for files of millions of rows."""
    try:
        day = None if published is None else as_day(published)
    except Unreadable as error:
        raise ReadingError("the publication date given", str(error)) from error
    options = Options(published=day, language=language, source=source, max_bytes=max_bytes)
    finder = _Finder(options, max(1, rows_per_source), on_skip)
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    return (found for path in given for found in finder.find(os.fspath(path)))


def os_cause(error: OSError) -> str:
    """Why the system refused, in Témoin's words where they are clearer."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


class _Finder:
    """Finds sources and gives each its own id."""

    def __init__(self, options: Options, rows_per_source: int, on_skip: OnSkip | None) -> None:
        self.options = options
        self.rows_per_source = rows_per_source
        self.on_skip = on_skip
        self.ids: set[str] = set()

    def find(self, location: str) -> Iterator[Source]:
        """The sources of one path, address or `-`."""
        if location == "-":
            yield from self._of_data("-", sys.stdin.buffer, "stdin")
        elif location.lower().startswith(("http://", "https://")):
            # The one place from which the network is reached, and only for an address.
            from temoin.reading import network

            for found in network.find(location, self.options):
                yield self._identified(found)
        else:
            try:
                yield from self._of_path(location)
            except OSError as error:
                yield self._broken(location, os_cause(error))
            except ValueError as error:  # a NUL in the path
                yield self._broken(location, f"is no path: {error}")

    def _of_path(self, location: str) -> Iterator[Source]:
        path = Path(location)
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from self._of_folder(location)
        elif not stat.S_ISREG(mode):
            # A pipe such as `<(command)`: it can be read once only.
            with path.open("rb") as file:
                yield from self._of_data(location, file, path.name)
        elif problem := extension_problem(path.suffix):
            yield self._broken(location, problem)
        else:
            yield from self._of_file(location, path.stem, path.name)

    def _of_folder(self, folder: str) -> Iterator[Source]:
        found = skipped = 0
        broken: list[Source] = []

        def remember(error: OSError) -> None:
            broken.append(self._broken(error.filename or folder, os_cause(error)))

        for root, folders, files in os.walk(folder, onerror=remember):
            yield from broken
            found += len(broken)
            broken.clear()
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(root, name)
                if name.startswith("."):
                    continue
                if path.suffix.lower() not in EXTENSIONS:
                    skipped += 1
                    if self.on_skip:
                        extension = path.suffix or "(none)"
                        self.on_skip(str(path), f"the extension {extension} is not read")
                    continue
                found += 1
                if _is_special(path):
                    yield self._broken(str(path), NO_FILE)
                    continue
                relative = path.relative_to(folder)
                yield from self._of_file(
                    str(path), relative.with_suffix("").as_posix(), relative.as_posix()
                )
        yield from broken
        if not found and not broken:
            others = f", only files that are not read ({skipped})" if skipped else ""
            yield self._broken(folder, f"the folder holds no report{others}")

    def _of_file(self, location: str, *names: str) -> Iterator[Source]:
        path = Path(location)
        suffix = path.suffix.lower()
        if suffix and EXTENSIONS[suffix] not in _ROW_FORMATS:
            yield Source(location, self._id(*names, location), self.options)
            return
        try:
            with path.open("rb") as file:
                kind = self._row_kind(file, suffix)
                if kind:
                    yield from self._of_rows(location, file, kind, self._id(*names, location))
                else:
                    yield Source(location, self._id(*names, location), self.options)
        except OSError as error:
            yield self._broken(location, os_cause(error))
        except Unreadable as error:
            yield self._broken(location, str(error))

    def _of_data(self, location: str, file: BinaryIO, name: str) -> Iterator[Source]:
        """Sources of bytes that can be read only once; they carry them."""
        limit = self.options.max_bytes
        try:
            data = file.read(limit + 1)
            if len(data) > limit:
                yield self._broken(location, f"has more than {as_size(limit)}: give it as a file")
                return
            held = io.BytesIO(data)
            kind = self._row_kind(held, Path(location).suffix)
            if kind:
                yield from self._of_rows(location, held, kind, self._id(name, location), data=data)
            else:
                yield Source(location, self._id(name, location), self.options, data=data)
        except OSError as error:
            yield self._broken(location, os_cause(error))
        except Unreadable as error:
            yield self._broken(location, str(error))

    def _row_kind(self, file: BinaryIO, suffix: str) -> Format | None:
        """JSONL or CSV, or None where the content is another format after all."""
        head = file.read(HEAD)
        file.seek(0)
        if EXTENSIONS.get(suffix) in _ROW_FORMATS and not head.startswith(b"PK\x03\x04"):
            kind, _ = sniff(head, suffix)
        elif not head.startswith(b"PK\x03\x04"):
            kind, _ = sniff(head)
        else:
            return None
        if kind is Format.JSONL and head.removeprefix(_UTF8_MARK).lstrip()[:1] == b"[":
            raise Unreadable("is one JSON array: write one object a line")
        return kind if kind in _ROW_FORMATS else None

    def _of_rows(
        self, location: str, file: BinaryIO, kind: Format, name: str, *, data: bytes | None = None
    ) -> Iterator[Source]:
        head = file.read(HEAD)
        file.seek(0)
        encoding = None
        if b"\0" in head:
            file, encoding = self._transcoded(file)
            data = file.getvalue()
        elif head.startswith(_UTF8_MARK):
            file.seek(len(_UTF8_MARK))
        limit = self.options.max_bytes
        header = None
        if kind is Format.CSV:
            header = read_header(file, Path(location).suffix, max_bytes=limit)
        base = 1 if header else 0
        any_row = False
        batch = _Batch(self.rows_per_source)
        for place in find_rows(file, kind, header=header, max_bytes=limit):
            any_row = True
            ready = batch.take(
                None if place.problem else (place.start, place.end, base + place.line)
            )
            if ready:
                yield self._rows_source(location, name, kind, header, encoding, ready, data)
            if place.problem:
                rows = Rows(kind, place.start, place.end, base + place.line, header=header)
                yield Source(location, name, self.options, rows=rows, problem=place.problem)
        ready = batch.take(None)
        if ready:
            yield self._rows_source(location, name, kind, header, encoding, ready, data)
        if not any_row:
            raise Unreadable("has no rows" if header else "is empty")

    def _rows_source(
        self,
        location: str,
        name: str,
        kind: Format,
        header: Header | None,
        encoding: str | None,
        batch: list[tuple[int, int, int]],
        data: bytes | None,
    ) -> Source:
        start, end, line = batch[0][0], batch[-1][1], batch[0][2]
        rows = Rows(kind, start, end, line, len(batch), header, encoding)
        held = None if data is None else data[start:end]
        return Source(location, name, self.options, rows=rows, data=held)

    def _transcoded(self, file: BinaryIO) -> tuple[io.BytesIO, str]:
        """Rows in UTF-16 or UTF-32 as UTF-8: their line ends are no single bytes."""
        limit = self.options.max_bytes
        data = file.read(limit + 1)
        if len(data) > limit:
            message = f"has more than {as_size(limit)} in an encoding other than UTF-8: convert it"
            raise Unreadable(message)
        decoded = decode(data)
        encoding = decoded.encoding
        if encoding in {"utf-16", "utf-32"}:
            encoding += "-be" if data[:2] in {b"\xfe\xff", b"\0\0"} else "-le"
        return io.BytesIO(decoded.text.encode("utf-8")), encoding

    def _broken(self, location: str, problem: str) -> Source:
        return Source(location, self._id(location), self.options, problem=problem)

    def _identified(self, found: Source) -> Source:
        return replace(found, id=self._id(found.id, found.location))

    def _id(self, *candidates: str) -> str:
        """The first candidate that no other source has, or the last one numbered."""
        for candidate in candidates:
            if candidate not in self.ids:
                self.ids.add(candidate)
                return candidate
        number = 2
        while f"{candidates[-1]}#{number}" in self.ids:
            number += 1
        return self._id(f"{candidates[-1]}#{number}")


def _is_special(path: Path) -> bool:
    """Whether reading it may never end: named by the user a pipe is meant, in a folder it is not.

    What is not there, or may not be looked at, is told when it is read.
    """
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


class _Batch:
    """Collects rows until there are enough of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: list[tuple[int, int, int]] = []

    def take(self, row: tuple[int, int, int] | None) -> list[tuple[int, int, int]]:
        """Add a row, or none to close the batch; the rows that are ready, if any."""
        if row is not None:
            self.rows.append(row)
            if len(self.rows) < self.size:
                return []
        ready, self.rows = self.rows, []
        return ready
