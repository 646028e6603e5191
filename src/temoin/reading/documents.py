"""From an extracted text to a `Document`: hashes, language, day, sentences, notes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import overload

from temoin.errors import ReadingError
from temoin.reading.dates import as_day
from temoin.reading.extracted import Extracted, Unreadable
from temoin.reading.language import Language, declared_language, detect_language
from temoin.reading.limits import MAX_DOCUMENT_BYTES, as_size
from temoin.reading.sentences import split_sentences
from temoin.record import Document

__all__ = ["Options", "build", "read_text"]

#: Anything but white space and characters without width.
_WORDS = re.compile(r"[^\s\ufeff\u200b\u2060]")
_UNDATED = "no publication date: relative times stay unresolved"


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says about everything that is read.

    Attributes:
        published: Publication day; it outranks rows and metadata.
        language: Language, instead of detecting it.
        source: Publisher, where the document names none.
        max_bytes: Largest document in bytes.
    """

    published: dt.date | None = None
    language: str | None = None
    source: str | None = None
    max_bytes: int = MAX_DOCUMENT_BYTES

    def __post_init__(self) -> None:
        """Check the language once instead of for each document."""
        if self.language is not None and declared_language(self.language) is None:
            message = f"unknown language {self.language!r}: write fr, en, es, ar, uk, ru or other"
            raise ValueError(message)


def build(
    extracted: Extracted,
    *,
    id: str,  # noqa: A002 - the field's own name
    options: Options,
    path: str | None = None,
    sha256: str | None = None,
) -> Document:
    """Make the document of an extracted text.

    Args:
        extracted: Text and metadata of one report.
        id: Id of the document.
        options: What the caller says.
        path: File (and row) that was read, as messages name it.
        sha256: SHA-256 of the bytes that were read, in hexadecimal.

    Raises:
        Unreadable: The text is empty, too long, or holds half a surrogate pair.
    """
    text = extracted.text
    encoded = _encoded(text, options.max_bytes)
    language, notes = _language(extracted, options)
    published, published_from = extracted.published, extracted.published_from
    if options.published is not None:
        published, published_from = options.published, "argument"
    if published is None:
        published_from = None
        notes.append(_UNDATED)
    return Document(
        id=_writable(id),
        text=text,
        sha256=sha256,
        text_sha256=hashlib.sha256(encoded).hexdigest(),
        language=language.code,
        language_confidence=language.confidence,
        published=published,
        published_from=published_from,
        source=_writable(extracted.source or options.source),
        title=_writable(extracted.title),
        url=_writable(extracted.url),
        path=_writable(path),
        media_type=extracted.media_type,
        encoding=extracted.encoding,
        sentences=split_sentences(text, language.code),
        notes=(*extracted.notes, *notes),
    )


@overload
def _writable(said: str) -> str: ...
@overload
def _writable(said: str | None) -> str | None: ...
def _writable(said: str | None) -> str | None:
    r"""A name or title as UTF-8 can hold it: bytes of a file name that are none as `\udcff`.

    Linux lets a file's name be any bytes; JSON lets a row's title hold half a surrogate pair.
    """
    return None if said is None else said.encode("utf-8", "backslashreplace").decode("utf-8")


def _encoded(text: str, max_bytes: int) -> bytes:
    if not text:
        raise Unreadable("is empty")
    if not _WORDS.search(text):
        raise Unreadable("has no text: it holds white space only")
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"holds half of a surrogate pair at character {error.start}, which is no text"
        raise Unreadable(message) from error
    if len(encoded) > max_bytes:
        message = f"has {as_size(len(encoded))} of text, more than the {as_size(max_bytes)} allowed"
        raise Unreadable(message)
    return encoded


def _language(extracted: Extracted, options: Options) -> tuple[Language, list[str]]:
    """The language by caller, row or detection, and the notes about it."""
    notes: list[str] = []
    declared = options.language or extracted.language
    language = declared_language(declared) if declared else None
    if declared and language is None:
        notes.append(f"declared language {declared[:40]!r} is not known: detected instead")
    language = language or detect_language(extracted.text)
    if language.note:
        notes.append(language.note)
    return language, notes


def read_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the field's own name
    published: dt.date | str | None = None,
    language: str | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    path: str | None = None,
) -> Document:
    r"""Make a document of a text that is at hand; the text stays as it is.

    Args:
        text: The report, with whatever line ends and characters it has.
        id: Id of the document, unique in what is read together.
        published: Publication day, the anchor of relative times.
        language: fr, en, es, ar, uk, ru or other; detected where absent.
        source: Publisher or site.
        title: Title of the report.
        url: Where it stands.
        path: File it comes from.

    Returns:
        The document with language, sentences and notes. `sha256` stays null:
        no bytes were read.

    Raises:
        ReadingError: The text is empty, white space only or longer than 50 MB, or
            `published` is no date.
        ValueError: `language` is not known.

    Example:
        >>> document = read_text("Kidal est tombée.\r\nLes FAMA avancent.", id="a", language="fr")
        >>> document.sentences
        ((0, 17), (19, 37))
    """
    try:
        day = None if published is None else as_day(published)
        options = Options(published=day, language=language, source=source)
        extracted = Extracted(text=text, media_type="text/plain", title=title, url=url)
        return build(extracted, id=id, options=options, path=path)
    except Unreadable as error:
        raise ReadingError(path or id, str(error)) from error
