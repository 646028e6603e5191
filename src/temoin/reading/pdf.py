"""PDF files: the text layer, reflowed to paragraphs, by pypdfium2.

A PDF holds lines, not sentences. PDFium gives the lines and where they stand;
`temoin.reading.reflow` joins those of one paragraph. Offsets count in the text
so made: it is what the document is, the PDF has no other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from temoin.reading.extracted import Extracted, Unreadable, guarded
from temoin.reading.limits import as_size
from temoin.reading.reflow import Line, reflow

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

__all__ = ["MEDIA_TYPE", "extract_pdf"]

MEDIA_TYPE = "application/pdf"

#: PDFium's code for a missing or wrong password (FPDF_ERR_PASSWORD).
_PASSWORD = 4
_PDF_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def extract_pdf(data: bytes, *, max_bytes: int) -> Extracted:
    """Take the text layer out of a PDF file.

    The file's creation day goes to the notes: it is the day of a file, not of a
    publication.

    Args:
        data: The file's bytes.
        max_bytes: Largest text, in characters.

    Raises:
        Unreadable: The file is damaged, protected by a password, or its pages
            are pictures.
    """
    with guarded("a PDF file", "pypdfium2"):
        document = _open(data)
        try:
            pages: list[list[Line]] = []
            size = 0
            for number in range(len(document)):
                pages.append(_page_lines(document, number))
                size += sum(len(line.text) for line in pages[-1])
                if size > max_bytes:
                    message = f"has more than {as_size(max_bytes)} of text"
                    raise Unreadable(message)
            metadata = document.get_metadata_dict()
        finally:
            document.close()
    text, notes = reflow(pages)
    if not text:
        raise Unreadable(
            "is a PDF file without a text layer, its pages are pictures: "
            "recognise the text first, for instance with ocrmypdf"
        )
    blank = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    if blank:
        notes.append(f"no text on {len(blank)} of {len(pages)} pages: {', '.join(blank[:20])}")
    if created := _PDF_DAY.match(metadata.get("CreationDate", "")):
        day = "-".join(created.groups())
        notes.append(f"the file was created on {day}: not taken as publication date")
    title = metadata.get("Title", "").strip().removeprefix("Microsoft Word - ")
    return Extracted(text=text, media_type=MEDIA_TYPE, title=title or None, notes=tuple(notes))


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Unreadable("is a PDF file protected by a password") from error
        raise


def _page_lines(document: PdfDocument, number: int) -> list[Line]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return _lines(text_page)
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(text_page: PdfTextPage) -> list[Line]:
    """The lines of a page that have words, with the boxes of their first and last characters."""
    text = text_page.get_text_range()
    # Without one character for each of PDFium's, its boxes cannot be found: no geometry then.
    placed = len(text) == text_page.count_chars()
    lines = []
    for match in re.finditer(r"[^\r\n]+", text):
        stripped = match[0].strip()
        if not stripped:
            continue
        first = match.start() + len(match[0]) - len(match[0].lstrip())
        last = first + len(stripped) - 1
        if not placed:
            lines.append(Line(stripped))
            continue
        left, bottom, _, top = text_page.get_charbox(first, loose=True)
        _, last_bottom, right, _ = text_page.get_charbox(last, loose=True)
        # A word divided at the line's end makes one line of two: the box then spans both.
        lines.append(Line(stripped, left, max(left, right), bottom, top - bottom, last_bottom))
    return lines
