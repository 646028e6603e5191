from __future__ import annotations

from pathlib import Path

import pytest
from reading_samples import column, pdf

from temoin.errors import ReadingError
from temoin.reading import read_path
from temoin.reading.reflow import Line, reflow
from temoin.record import Document

REPORT = column(
    "Les forces gouvernementales ont lancé mardi à l'aube une offensive sur",
    "la ville de Hama, que des avions avaient bombardée la veille. Selon un",
    "témoin, douze soldats sont morts.",
    "",
    "Un second convoi attend au sud de la ville, où les habitants creusent",
    "des abris (bis).",
)


def read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    (document,) = read_path(path)
    if isinstance(document, ReadingError):
        raise document
    return document


def test_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf([REPORT]))
    first, second = document.text.split("\n\n")
    assert first.endswith("Selon un témoin, douze soldats sont morts.")
    assert second.endswith("creusent des abris (bis).")
    assert "\n" not in first
    assert len(document.sentences) == 3
    assert document.media_type == "application/pdf"
    assert document.encoding is None
    assert document.sha256


def test_divided_words_are_put_together(tmp_path: Path) -> None:
    lines = column("L'armée a lancé une of-", "fensive sur la ville de Mi-", "24 abattus.")
    text = read(tmp_path / "a.pdf", pdf([lines])).text
    assert "offensive" in text


def test_a_sentence_runs_over_the_page(tmp_path: Path) -> None:
    pages = [
        [*column("Bulletin de la mission", "Les soldats avancent vers"), (290, 30, 9, "1")],
        [*column("Bulletin de la mission", "le nord de la ville."), (290, 30, 9, "2")],
        [*column("Bulletin de la mission", "Rien d'autre."), (290, 30, 9, "3")],
    ]
    document = read(tmp_path / "a.pdf", pdf(pages))
    assert document.text == "Les soldats avancent vers le nord de la ville.\n\nRien d'autre."
    assert "left out 3 page numbers" in document.notes
    assert "left out the running head 'Bulletin de la mission'" in document.notes


def test_a_heading_stands_alone(tmp_path: Path) -> None:
    lines = [(72, 790, 18, "Situation"), *REPORT]
    assert read(tmp_path / "a.pdf", pdf([lines])).text.startswith("Situation\n\nLes forces")


def test_the_day_of_the_file_is_no_publication_date(tmp_path: Path) -> None:
    info = "/Title (Rapport) /CreationDate (D:20240312101500)"
    document = read(tmp_path / "a.pdf", pdf([REPORT], info=info))
    assert document.title == "Rapport"
    assert document.published is None
    assert "the file was created on 2024-03-12: not taken as publication date" in document.notes


def test_pages_without_text_are_noted(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf([REPORT, []]))
    assert "no text on 1 of 2 pages: 2" in document.notes


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (pdf([[]]), "without a text layer"),
        (pdf([REPORT], protected=True), "protected by a password"),
        (pdf([REPORT])[:200], "cannot be read as a PDF file"),
        (b"%PDF-1.7\n", "cannot be read as a PDF file"),
    ],
    ids=["pictures", "protected", "cut", "head"],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "a.pdf"
    with pytest.raises(ReadingError, match=cause) as caught:
        read(path, data)
    assert caught.value.source == str(path)


def test_too_much_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([[(72, 700, 11, "le pont " * 500)]]))
    (error,) = read_path(path, max_bytes=3500)
    assert isinstance(error, ReadingError)
    assert "more than the 4 kB" in error.cause


def test_a_pdf_may_be_called_anything(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", pdf([REPORT]))
    assert document.media_type == "application/pdf"
    assert "named .txt but read as application/pdf" in document.notes


def test_shapes_of_letters_become_letters() -> None:
    text, _ = reflow([[Line("la ﬁn de ﻻ")]])
    assert text == "la fin de لا"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["une of\ufffefensive"], "une offensive"),
        (["un porte-parole", "le porte\ufffeparole"], "un porte-parole le porte-parole"),
        (["un Mi\ufffe24"], "un Mi-24"),
    ],
)
def test_hyphens_of_divided_words(lines: list[str], text: str) -> None:
    assert reflow([[Line(line) for line in lines]])[0] == text


def test_no_pages_give_no_text() -> None:
    assert reflow([]) == ("", [])
