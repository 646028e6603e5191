from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from reading_samples import PUBLISHED, article

from temoin.errors import ReadingError
from temoin.reading import read_path
from temoin.record import Document

LINKED_DATA = '{"@graph": [{"dateModified": "2024-04-02", "datePublished": "2024-03-11"}]}'


def read(path: Path, data: bytes | str, *, published: str | None = None) -> Document:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (document,) = read_path(path, published=published)
    if isinstance(document, ReadingError):
        raise document
    return document


def test_the_main_text_and_its_metadata(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", article())
    assert document.text.split("\n\n")[1].startswith("Les forces gouvernementales")
    assert "Accueil" not in document.text
    assert (document.title, document.source) == ("Prise de Hama", "Le Site")
    assert (document.published, document.published_from) == (dt.date(2024, 3, 11), "metadata")
    assert (document.media_type, document.encoding) == ("text/html", "utf-8")
    assert len(document.sentences) == 3


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="date" content="2024-03-11">', ""),
        ('<link rel="canonical" href="https://example.org/2024/03/11/hama">', ""),
        (f'<script type="application/ld+json">{LINKED_DATA}</script>', ""),
        ("", '<time datetime="2024-03-11T08:00">11 mars</time>'),
        ("", '<time datetime="2023-01-01">x</time><time pubdate datetime="2024-03-11">y</time>'),
        ('<script type="application/ld+json">{broken</script>' + PUBLISHED, ""),
    ],
    ids=["meta", "address", "json-ld", "time", "pubdate", "broken json-ld"],
)
def test_the_day_that_the_markup_states(tmp_path: Path, head: str, body: str) -> None:
    document = read(tmp_path / "a.html", article(head, body))
    assert document.published == dt.date(2024, 3, 11)


def test_a_day_out_of_the_prose_is_noted_and_not_taken(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", article(head=""))
    assert document.published is None
    assert any("the page's words suggest 2021-06-05" in note for note in document.notes)
    assert any("no publication date" in note for note in document.notes)


def test_an_explicit_day_outranks_the_page(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", article(), published="2024-03-01")
    assert (document.published, document.published_from) == (dt.date(2024, 3, 1), "argument")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_pages_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path / "a.html", article().encode(encoding))
    assert "tués et trente blessés" in document.text
    assert document.encoding == encoding


def test_the_encoding_that_the_page_declares(tmp_path: Path) -> None:
    page = article('<meta charset="windows-1251">').replace("Hama", "Хама")
    data = page.encode("cp1251", "xmlcharrefreplace")
    document = read(tmp_path / "a.html", data)
    assert "ville de Хама" in document.text
    assert document.encoding == "cp1251"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><script>x()</script></body></html>",
        "<!DOCTYPE html><html></html>",
        "<html>" + "<div>" * 5000,
    ],
    ids=["script", "nothing", "deep"],
)
def test_pages_without_text(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    with pytest.raises(ReadingError, match="HTML page") as caught:
        read(path, page)
    assert caught.value.source == str(path)


def test_a_page_may_be_called_anything(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "<!-- saved --><!-- x -->\n<!DOCTYPE html>" + article())
    assert document.media_type == "text/html"


def test_text_called_html_is_read_as_text(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", "Le pont est tombé à l'aube.")
    assert document.media_type == "text/plain"
    assert any("read as plain text" in note for note in document.notes)
