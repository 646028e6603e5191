"""What some bytes are: by what they hold first, by the file's name second."""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from enum import StrEnum

from temoin.reading.extracted import Unreadable

__all__ = ["EXTENSIONS", "Format", "extension_problem", "sniff"]


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    JSONL = "application/x-ndjson"
    CSV = "text/csv"
    FEED = "application/xml"


EXTENSIONS: dict[str, Format] = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
}

#: How many bytes tell a format.
HEAD = 65_536

_HINTS = {
    ".doc": "save it as .docx or .pdf",
    ".odt": "save it as .docx or .pdf",
    ".rtf": "save it as .docx or .pdf",
    ".json": "write one object a line in a .jsonl file",
    ".xlsx": "save it as .csv",
    ".xls": "save it as .csv",
    ".zip": "unpack it first",
    ".gz": "unpack it first",
}
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file, save it as .docx or .csv"),
    (b"{\\rtf", "an RTF file, save it as .docx or .pdf"),
    (b"\x1f\x8b", "a gzip archive, unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive, unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a picture without text"),
    (b"\xff\xd8\xff", "a picture without text"),
    (b"GIF8", "a picture without text"),
    (b"II*\0", "a picture without text"),
    (b"MM\0*", "a picture without text"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><[?!][^>]*>\s*)*+<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE
)


def extension_problem(suffix: str) -> str | None:
    """Why a file of this extension is not read, None where it is (or has no extension)."""
    suffix = suffix.lower()
    if not suffix or suffix in EXTENSIONS:
        return None
    hint = _HINTS.get(suffix, f"readable are {', '.join(sorted(EXTENSIONS))}")
    return f"the extension {suffix} is not read: {hint}"


def sniff(
    head: bytes, suffix: str = "", *, whole: bytes | None = None
) -> tuple[Format, str | None]:
    """Tell the format.

    Args:
        head: The first bytes, `HEAD` of them at least where there are as many.
        suffix: The file's extension with its full stop, any case.
        whole: All the bytes, needed to look into a zip archive.

    Returns:
        The format and a note where the name says another.

    Raises:
        Unreadable: The bytes are of a kind that isn't read.
    """
    named = EXTENSIONS.get(suffix.lower())
    found = _by_content(head, whole)
    if found is None:
        if named in {Format.PDF, Format.DOCX}:
            # What is left is text or rubbish; decoding tells which.
            return Format.TEXT, f"named {suffix} but read as plain text"
        if named is Format.HTML and not _has_tags(head):
            return Format.TEXT, f"named {suffix} but read as plain text: it has no tags"
        if named is None:
            return _rows_or_text(head), None
        return named, None
    if named is found or named is None or (named is Format.MARKDOWN and found is Format.HTML):
        return found, None
    return found, f"named {suffix} but read as {found.value}"


def _by_content(head: bytes, whole: bytes | None) -> Format | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            message = f"is {kind}"
            raise Unreadable(message)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(whole or head)
    text = head.removeprefix(codecs.BOM_UTF8)
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = text.decode("utf-16", "ignore").encode("utf-8", "ignore")
    if _HTML.match(text):
        return Format.HTML
    return Format.FEED if _FEED.match(text) else None


def _zip_kind(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("is a zip archive (a Word file?) that is damaged or incomplete") from error
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    if "mimetype" in names:
        raise Unreadable("is an OpenDocument or e-book file, save it as .docx or .pdf")
    if "[Content_Types].xml" in names:
        raise Unreadable("is an Excel or PowerPoint file, save it as .csv or .pdf")
    raise Unreadable("is a zip archive, unpack it first")


def _has_tags(head: bytes) -> bool:
    return bool(re.search(rb"<\0?[a-zA-Z/!]", head))


def _rows_or_text(head: bytes) -> Format:
    """Whether bytes without a name are rows of JSON with a `text`, or just text."""
    line = head.removeprefix(codecs.BOM_UTF8).lstrip().split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return Format.TEXT
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Format.TEXT
    return Format.JSONL if isinstance(row, dict) and "text" in row else Format.TEXT
