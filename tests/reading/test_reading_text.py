from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.errors import ReadingError
from temoin.reading import read_path, read_text
from temoin.record import Document

UNTOUCHED = {
    "windows line ends": "Kidal est tombée.\r\nGao tient.\r\n",
    "old line ends": "Kidal est tombée.\rGao tient.",
    "soft hyphens": "Les bombar\u00addements ont repris.",
    "no-break spaces": "À 14\u202fh\u00a030\u202f: « rien ».",
    "combining marks": "L'e\u0301tat-major se tait.",
    "emoji": "Victoire ! 🇲🇱👩🏽‍🚒 Les soldats rentrent.",
    "arabic": "انسحبَ الجيشُ\u200f ليلًا؛ قال شاهد.",
    "outer space": "  \n\n\tLe pont est tombé.  \n",
    "zero width": "\u200bLe pont\u200d est tombé.\u2060",
    "astral": "𐍈 Le pont 𝟜 est tombé.",
}


def read_one(path: Path) -> Document:
    (document,) = read_path(path)
    if isinstance(document, ReadingError):
        raise document
    return document


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_text_of_a_file_is_untouched(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read_one(path).text == text


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_sentences_are_slices_of_the_text(text: str) -> None:
    document = read_text(text, id="a")
    words = "".join(text[start:end] for start, end in document.sentences)
    assert "".join(words.split()) == "".join(text.split())


def test_markdown_is_not_stripped(tmp_path: Path) -> None:
    text = "# Rapport\n\n**Kidal** est [tombée](https://example.org).\n"
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    document = read_one(path)
    assert document.text == text
    assert document.media_type == "text/markdown"


def test_hashes_are_of_the_bytes_and_of_the_text(tmp_path: Path) -> None:
    text = "Le pont est tombé.\r\n"
    data = text.encode("utf-16")
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = read_one(path)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (document.id, document.path) == ("a", str(path))
    assert (document.encoding, document.media_type) == ("utf-16", "text/plain")


def test_a_text_without_a_day_says_so() -> None:
    document = read_text("Le pont est tombé.", id="a")
    assert document.published is None
    assert document.published_from is None
    assert any("no publication date" in note for note in document.notes)


def test_a_text_with_a_day_says_whose() -> None:
    document = read_text("Le pont est tombé.", id="a", published="2024-03-11")
    assert document.published == dt.date(2024, 3, 11)
    assert document.published_from == "argument"
    assert document.notes == ()


def test_what_the_caller_says_is_kept() -> None:
    document = read_text(
        "Le pont est tombé.", id="a", language="en", source="Agence", title="T", url="u", path="p"
    )
    assert (document.language, document.language_confidence) == ("en", None)
    assert (document.source, document.title, document.url, document.path) == (
        "Agence",
        "T",
        "u",
        "p",
    )


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\ufeff", "\u00a0\u2003", "\u200b \n"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ReadingError, match=r"^a: (is empty|has no text)"):
        read_text(text, id="a")


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ReadingError, match="surrogate pair at character 3"):
        read_text("abc\ud800", id="a")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ReadingError, match="'demain' is not a date"):
        read_text("Le pont est tombé.", id="a", published="demain")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'klingonish'"):
        read_text("Le pont est tombé.", id="a", language="klingonish")


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_gives_a_document_or_a_cause(text: str) -> None:
    if re.sub(r"[\s\ufeff\u200b\u2060]", "", text):
        assert read_text(text, id="a").text == text
    else:
        with pytest.raises(ReadingError, match="white space only"):
            read_text(text, id="a")
