"""Reading sources to documents."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from temoin.errors import ReadingError
from temoin.reading.decoding import decode
from temoin.reading.documents import build
from temoin.reading.extracted import Extracted, Unreadable
from temoin.reading.finding import NO_FILE, iterate_sources, os_cause
from temoin.reading.formats import HEAD, Format, sniff
from temoin.reading.limits import MAX_DOCUMENT_BYTES, as_size
from temoin.reading.rows import extract_row, find_rows, parse_csv, parse_json
from temoin.reading.source import Page, Rows, Source
from temoin.record import Document

__all__ = ["load", "load_each", "read_file", "read_path", "read_paths"]


def load(source: Source) -> list[Document]:
    """Read a source, in any process.

    Args:
        source: What `enumerate_sources` found.

    Returns:
        Its documents: one, or as many as it has rows.

    Raises:
        ReadingError: The source, or the first row of it that is broken, cannot
            be read. `load_each` goes on with the other rows.
    """
    documents = []
    for document in load_each(source):
        if isinstance(document, ReadingError):
            raise document
        documents.append(document)
    return documents


def load_each(source: Source) -> Iterator[Document | ReadingError]:
    """Read a source, errors as values: one for each row that is broken.

    Args:
        source: What `enumerate_sources` found.
    """
    if source.problem:
        yield ReadingError(source.name, source.problem)
        return
    try:
        if source.rows:
            yield from _rows(source, source.rows)
        else:
            yield _whole(source)
    except Unreadable as error:
        yield ReadingError(source.name, str(error))
    except OSError as error:
        yield ReadingError(source.name, os_cause(error))


def read_paths(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    source: str | None = None,
    max_bytes: int = MAX_DOCUMENT_BYTES,
    on_skip: Callable[[str, str], None] | None = None,
) -> Iterator[Document | ReadingError]:
    """Read files, folders, standard input (`-`) and addresses, errors as values.

    Args:
        paths: What to read; see `enumerate_sources`.
        published: Publication day of everything that is read.
        language: Language of everything that is read, instead of detecting it.
        source: Publisher, where a document names none.
        max_bytes: Largest document in bytes.
        on_skip: Told of each file that a folder's walk leaves out, and why.

    Raises:
        ReadingError: `published` is no date.
        ValueError: `language` is not known.
    """
    found = iterate_sources(
        paths,
        published=published,
        language=language,
        source=source,
        max_bytes=max_bytes,
        on_skip=on_skip,
    )
    return (document for item in found for document in load_each(item))


def read_path(
    path: str | os.PathLike[str],
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    source: str | None = None,
    max_bytes: int = MAX_DOCUMENT_BYTES,
) -> Iterator[Document | ReadingError]:
    """`read_paths` for one path."""
    return read_paths(
        [path], published=published, language=language, source=source, max_bytes=max_bytes
    )


def _rows(source: Source, rows: Rows) -> Iterator[Document | ReadingError]:
    if source.data is None:
        with Path(source.location).open("rb") as file:
            file.seek(rows.start)
            data = file.read(rows.end - rows.start)
    else:
        data = source.data
    limit = source.options.max_bytes
    for place in find_rows(io.BytesIO(data), rows.kind, header=rows.header, max_bytes=limit):
        line = rows.line + place.line - 1
        name = source.name_of_line(line)
        if place.problem:
            yield ReadingError(name, place.problem)
            continue
        try:
            yield _row(source, rows, data[place.start : place.end].rstrip(b"\r\n"), line)
        except Unreadable as error:
            yield ReadingError(name, str(error))


def _row(source: Source, rows: Rows, data: bytes, line: int) -> Document:
    decoded = decode(data)
    encoding = decoded.encoding
    if rows.encoding:
        encoding, data = rows.encoding, decoded.text.encode(rows.encoding)
    if rows.header:
        limit = source.options.max_bytes
        row = parse_csv(decoded.text, rows.header, max_bytes=limit)
    else:
        row = parse_json(decoded.text)
    dated = source.options.published is not None
    row_id, extracted = extract_row(row, rows.kind, dated=dated)
    return build(
        replace(extracted, encoding=encoding, notes=decoded.notes),
        id=row_id or f"{source.id}:{line}",
        options=source.options,
        path=source.name_of_line(line),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _whole(source: Source) -> Document:
    data, page = source.data, source.page
    if page is not None and data is None:
        from temoin.reading import network

        fetched = network.fetch(source.location, max_bytes=source.options.max_bytes)
        data, page = fetched.data, replace(page, charset=fetched.charset)
    if data is None:
        data = read_file(Path(source.location), source.options.max_bytes)
    if not data:
        raise Unreadable("is empty")
    extracted = _extract(data, source, page)
    if page is not None:
        extracted = _with_feed(extracted, source.location, page)
    return build(
        extracted,
        id=source.id,
        options=source.options,
        path=None if page else source.name,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def read_file(path: Path, max_bytes: int) -> bytes:
    """All bytes of a regular file.

    Args:
        path: The file.
        max_bytes: Most bytes that it may have.

    Raises:
        Unreadable: It has more, or is a pipe or a device, which may never end.
        OSError: It cannot be read.
    """
    # Without waiting: opening a pipe that nobody writes to would never return.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - what was opened is what is looked at
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(NO_FILE)
        data = b"" if found.st_size > max_bytes else file.read(max_bytes + 1)
    size = max(found.st_size, len(data))
    if size > max_bytes:
        message = (
            f"has {as_size(size)}, more than the {as_size(max_bytes)} that a document may have"
        )
        raise Unreadable(message)
    return data


def _extract(data: bytes, source: Source, page: Page | None) -> Extracted:
    """Read the bytes as what they are; heavy libraries come in here and not before."""
    limit = source.options.max_bytes
    suffix = "" if page or source.location == "-" else Path(source.location).suffix
    kind, note = sniff(data[:HEAD], suffix, whole=data)
    if kind is Format.PDF:
        from temoin.reading.pdf import extract_pdf

        extracted = extract_pdf(data, max_bytes=limit)
    elif kind is Format.DOCX:
        from temoin.reading.word import extract_docx

        extracted = extract_docx(data, max_bytes=limit)
    elif kind is Format.HTML:
        from temoin.reading.pages import extract_html

        charset, url = (page.charset, source.location) if page else (None, None)
        extracted = extract_html(data, charset=charset, url=url)
    elif kind is Format.FEED:
        raise Unreadable("is a feed or another XML file: give the feed's address to read its pages")
    else:
        decoded = decode(data, hint=page.charset if page else None)
        extracted = Extracted(decoded.text, kind.value, decoded.encoding, notes=decoded.notes)
    return replace(extracted, notes=(*extracted.notes, note)) if note else extracted


def _with_feed(extracted: Extracted, url: str, page: Page) -> Extracted:
    """What a feed says of a page goes before what the page says of itself."""
    published = page.published or extracted.published
    return replace(
        extracted,
        url=extracted.url or url,
        title=extracted.title or page.title,
        published=published,
        published_from="metadata" if published else None,
    )
