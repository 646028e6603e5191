from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reading_samples import word

from temoin.errors import ReadingError
from temoin.reading import read_path
from temoin.record import Document


def read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    (document,) = read_path(path)
    if isinstance(document, ReadingError):
        raise document
    return document


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Rapport")
    made.add_paragraph("Le pont est tombé.")
    made.add_paragraph("")
    table = made.add_table(2, 2)
    for row, cells in enumerate([("Lieu", "Morts"), ("Hama", "3")]):
        for cell, words in enumerate(cells):
            table.cell(row, cell).text = words
    made.add_paragraph("Fin.")
    document = read(tmp_path / "a.docx", saved(made))
    assert document.text == "Rapport\n\nLe pont est tombé.\n\nLieu\tMorts\n\nHama\t3\n\nFin."
    assert len(document.sentences) == 5


def test_characters_of_a_paragraph_stay(tmp_path: Path) -> None:
    words = "À 14\u202fh\u00a030 : l'e\u0301tat\u00ad-major 🇲🇱"
    assert read(tmp_path / "a.docx", word(words)).text == words


def test_inserted_words_are_read_and_deleted_ones_are_not(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Le pont ")
    for xml in (
        "<w:ins {}><w:r><w:t>tient</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>tombe</w:delText></w:r></w:del>",
        "<w:sdt {}><w:sdtContent><w:r><w:tab/><w:t>bon.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert read(tmp_path / "a.docx", saved(made)).text == "Le pont tient\tbon."


def test_the_day_of_the_file_is_no_publication_date(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Le pont est tombé.")
    made.core_properties.title = "Rapport"
    made.core_properties.created = dt.datetime(2024, 3, 12)  # noqa: DTZ001 - as python-docx wants it
    document = read(tmp_path / "a.docx", saved(made))
    assert (document.title, document.published) == ("Rapport", None)
    assert "the file was created on 2024-03-12: not taken as publication date" in document.notes


def test_the_template_of_the_library_is_not_quoted(tmp_path: Path) -> None:
    document = read(tmp_path / "a.docx", word("Le pont est tombé."))
    assert document.title is None
    assert not any("created" in note for note in document.notes)


def without(data: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (word("Le pont.")[:2000], "is damaged or incomplete"),
        (b"PK\x03\x04" + b"\x07" * 100, "is damaged or incomplete"),
        (without(word("Le pont."), "word/document.xml"), "cannot be read as a Word file"),
        (word(" "), "is a Word file without text"),
    ],
    ids=["cut", "rubbish", "headless", "blank"],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(ReadingError, match=cause) as caught:
        read(path, data)
    assert caught.value.source == str(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    with pytest.raises(ReadingError, match="refused as a zip bomb"):
        read(tmp_path / "a.docx", out.getvalue())


@pytest.mark.parametrize(
    ("names", "cause"),
    [
        (["xl/workbook.xml", "[Content_Types].xml"], "an Excel or PowerPoint file"),
        (["mimetype", "content.xml"], "an OpenDocument or e-book file"),
        (["a.txt"], "is a zip archive, unpack it first"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, names: list[str], cause: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(ReadingError, match=cause):
        read(tmp_path / "a.docx", out.getvalue())
