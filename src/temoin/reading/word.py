"""Word files (.docx): paragraphs and tables in the order of the page, by python-docx.

The XML is walked rather than `Paragraph.text` read, which leaves out words
inserted with tracked changes and words in content controls. Deleted words,
footnotes, headers and footers are not part of the text.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from temoin.reading.extracted import Extracted, Unreadable, guarded
from temoin.reading.limits import as_size

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MEDIA_TYPE", "extract_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
#: What python-docx says of a file that says nothing: its template's day and title.
_TEMPLATE_DAY = dt.date(2013, 12, 23)
_NO_TITLE = "Word Document"
#: A part that unpacks to more than this many times its packed size is no prose.
_BOMB_RATIO = 200
_BOMB_FLOOR = 5_000_000


def extract_docx(data: bytes, *, max_bytes: int) -> Extracted:
    """Take the text out of a Word file.

    Paragraphs are apart by a blank line; so are the rows of a table, whose cells
    are apart by tabs. The file's creation day goes to the notes: it is the day
    of a file, not of a publication.

    Args:
        data: The file's bytes.
        max_bytes: Largest size that one XML part may unpack to.

    Raises:
        Unreadable: The file is damaged, protected, a decompression bomb, or without text.
    """
    _refuse_bomb(data, max_bytes)
    with guarded("a Word file", "docx"):
        import docx

        document = docx.Document(io.BytesIO(data))
        blocks = [block for block in _blocks(document.element.body) if block.strip()]
        properties = document.core_properties
        title, created = properties.title, properties.created
    if not blocks:
        raise Unreadable("is a Word file without text")
    notes: tuple[str, ...] = ()
    if created is not None and created.date() != _TEMPLATE_DAY:
        notes = (f"the file was created on {created:%Y-%m-%d}: not taken as publication date",)
    return Extracted(
        text="\n\n".join(blocks),
        media_type=MEDIA_TYPE,
        title=None if title.strip() in {"", _NO_TITLE} else title.strip(),
        notes=notes,
    )


def _refuse_bomb(data: bytes, max_bytes: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        message = "cannot be read as a Word file: its zip archive is damaged or incomplete"
        raise Unreadable(message) from error
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > _BOMB_FLOOR and part.file_size > _BOMB_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if dense or total > 4 * max_bytes or len(parts) > 10_000:
        message = f"unpacks to {as_size(total)} in {len(parts)} parts: refused as a zip bomb"
        raise Unreadable(message)


def _blocks(parent: _Element) -> Iterator[str]:
    """Texts of paragraphs and table rows, content controls looked into."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield "".join(_runs(child))
        elif child.tag == f"{_W}tr":
            cells = (" ".join(_blocks(cell)).strip() for cell in _cells(child))
            yield "\t".join(cell for cell in cells if cell)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _blocks(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _cells(child)


def _runs(element: _Element) -> Iterator[str]:
    """Pieces of text below an element, deleted ones left out."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}p":
            yield "\n"  # a text box inside a paragraph
            yield from _runs(child)
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        else:
            yield from _runs(child)
