from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.errors import ReadingError
from temoin.reading import enumerate_sources, load, load_each, read_path
from temoin.reading.formats import Format
from temoin.reading.rows import Header, find_rows
from temoin.record import Document

GOOD = '{"id": "a", "text": "Le pont est tombé."}'


def read(path: Path, content: str | bytes) -> list[Document | ReadingError]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_path(path))


def documents(path: Path, content: str | bytes) -> list[Document]:
    found = read(path, content)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def test_a_row_of_json_fills_the_document(tmp_path: Path) -> None:
    row = {
        "id": "r1",
        "text": "Le pont est tombé.\r\n",
        "published": "2024-03-11",
        "source": "Agence",
        "url": "https://example.org/r1",
        "language": "fr",
        "title": "Pont",
        "more": [1],
    }
    line = json.dumps(row, ensure_ascii=False)
    (document,) = documents(tmp_path / "a.jsonl", line + "\r\n")
    assert document.text == row["text"]
    assert document.published == dt.date(2024, 3, 11)
    assert document.published_from == "row"
    assert (document.id, document.source, document.title) == ("r1", "Agence", "Pont")
    assert (document.url, document.language) == ("https://example.org/r1", "fr")
    assert document.path == f"{tmp_path / 'a.jsonl'}, line 1"
    assert document.sha256 == hashlib.sha256(line.encode()).hexdigest()
    assert (document.media_type, document.encoding) == ("application/x-ndjson", "utf-8")
    assert document.notes == ()


def test_a_row_of_csv_fills_the_document(tmp_path: Path) -> None:
    content = 'Text ;PUBLISHED;id\r\n"Le pont ; dit ""Ali"",\r\nest tombé.";2024-03-11;7\r\n'
    (document,) = documents(tmp_path / "a.csv", content)
    assert document.text == 'Le pont ; dit "Ali",\r\nest tombé.'
    assert document.published == dt.date(2024, 3, 11)
    assert (document.id, document.media_type) == ("7", "text/csv")
    assert document.path == f"{tmp_path / 'a.csv'}, line 2"


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{broken", "is not JSON: expecting property name"),
        ("[1]", "is a JSON array"),
        ("5", "is a JSON value"),
        ('{"txt": "x"}', 'has no field "text"; its fields are "txt"'),
        ("{}", 'has no field "text"; its fields are none'),
        ('{"text": null}', 'has no field "text"'),
        ('{"text": 5}', 'its field "text" is not text but 5'),
        ('{"text": " "}', 'its field "text" is empty'),
        ('{"text": "x", "id": true}', 'its field "id" is not text but true'),
        ('{"text": "x", "title": ["y"]}', 'its field "title" is not text'),
        ('{"text": "x", "published": "hier"}', "published 'hier' is not a date"),
        ('{"text": "x", "published": 1710115200}', 'its field "published" is not text'),
        ('{"text": "\\ud800"}', "surrogate pair"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_broken_row_is_its_own_error(tmp_path: Path, line: str, cause: str) -> None:
    path = tmp_path / "a.jsonl"
    first, second, third = read(path, f"{GOOD}\n\n{line}\n{GOOD}\n")[:3]
    assert isinstance(first, Document)
    assert isinstance(second, ReadingError)
    assert str(second).startswith(f"{path}, line 3: ")
    assert cause in second.cause
    assert isinstance(third, Document)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("1,2,3", "has 3 fields where the header has 2"),
        ("1", "has 1 fields where the header has 2"),
        ('2,"il dit "oui" hier"', "quotation marks do not pair"),
        ("3,", 'its field "text" is empty'),
    ],
)
def test_a_broken_row_of_csv_is_its_own_error(tmp_path: Path, row: str, cause: str) -> None:
    path = tmp_path / "a.csv"
    first, second, third = read(path, f'id,text\n1,"a\nb."\n{row}\n4,Le pont tient.\n')
    assert isinstance(first, Document)
    assert isinstance(second, ReadingError)
    assert str(second).startswith(f"{path}, line 4: ")
    assert cause in second.cause
    assert isinstance(third, Document)
    assert third.path == f"{path}, line 5"


def test_a_quotation_mark_never_closed_costs_one_row(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.csv", 'id,text\n1,"Le pont\n2,Le pont tient.\n')
    assert isinstance(first, ReadingError)
    assert first.cause == "a quotation mark is opened and never closed"
    assert isinstance(second, Document)


def test_the_columns_that_were_found_are_named(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.csv", "date;body\n1;2\n")
    assert isinstance(error, ReadingError)
    assert error.cause == 'has no column "text"; its columns are "date", "body"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told(tmp_path: Path, delimiter: str) -> None:
    content = f"id{delimiter}text\n1{delimiter}Le pont est tombé.\n"
    (document,) = documents(tmp_path / "a.csv", content)
    assert (document.id, document.text) == ("1", "Le pont est tombé.")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("encoding", "recorded"),
    [
        ("cp1252", "cp1252"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_rows_in_other_encodings(tmp_path: Path, name: str, encoding: str, recorded: str) -> None:
    text = "Le pont est tombé à l'aube, déclare l'armée."
    row = json.dumps({"text": text}, ensure_ascii=False)
    content = f"{row}\n{row}\n" if name == "a.jsonl" else f'id,text\n1,"{text}"\n2,"{text}"\n'
    first, second = documents(tmp_path / name, content.encode(encoding))
    assert first.text == second.text == text
    assert first.encoding == recorded


def test_the_hash_of_a_row_in_utf16_is_of_its_bytes(tmp_path: Path) -> None:
    content = f"{GOOD}\r\n"
    (document,) = documents(tmp_path / "a.jsonl", codecs.BOM_UTF16_BE + content.encode("utf-16-be"))
    assert document.sha256 == hashlib.sha256(GOOD.encode("utf-16-be")).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.jsonl", "", "is empty"),
        ("a.jsonl", "\n \n", "is empty"),
        ("a.csv", "", "is empty"),
        ("a.csv", "id,text\n", "has no rows"),
        ("a.csv", "id,text\n,\n", "has no rows"),
        ("a.jsonl", '[{"text": "x"}]', "is one JSON array"),
    ],
)
def test_files_without_rows(tmp_path: Path, name: str, content: str, cause: str) -> None:
    (error,) = read(tmp_path / name, content)
    assert isinstance(error, ReadingError)
    assert error.cause.startswith(cause)
    assert error.source == str(tmp_path / name)


def test_rows_without_an_id_take_the_file_and_line(tmp_path: Path) -> None:
    found = documents(tmp_path / "a.jsonl", '{"text": "Un pont."}\n{"id": 5, "text": "Un pont."}\n')
    assert [document.id for document in found] == ["a:1", "5"]


def test_a_row_may_be_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{"x " * 2000}"}}\n{GOOD}\n', encoding="utf-8")
    error, document = read_path(path, max_bytes=1000)
    assert isinstance(error, ReadingError)
    assert error.cause == "has 4 kB, more than the 1 kB that a row may have"
    assert isinstance(document, Document)


def test_texts_longer_than_the_csv_module_expects(tmp_path: Path) -> None:
    text = "Le pont est tombé. " * 20_000
    (document,) = documents(tmp_path / "a.csv", f'id,text\n1,"{text}"\n')
    assert document.text == text


def test_an_explicit_day_outranks_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Un pont.", "published": "03/04/2024"}\n', encoding="utf-8")
    (document,) = read_path(path, published=dt.date(2024, 4, 3))
    assert isinstance(document, Document)
    assert (document.published, document.published_from) == (dt.date(2024, 4, 3), "argument")


def test_an_unknown_language_in_a_row_is_noted(tmp_path: Path) -> None:
    line = '{"text": "Le pont est tombé à l\'aube.", "language": "klingonish"}'
    (document,) = documents(tmp_path / "a.jsonl", line)
    assert document.language == "fr"
    assert any("klingonish" in note for note in document.notes)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_batches_hold_the_same_rows(tmp_path: Path, name: str, size: int) -> None:
    path = tmp_path / name
    rows = [f"Le pont {number}\nest tombé." for number in range(7)]
    if name == "a.jsonl":
        lines = [json.dumps({"text": row}) for row in rows]
        lines[3] = "{"
    else:
        lines = ["id,text", *(f'{number},"{row}"' for number, row in enumerate(rows))]
        lines[4] = "3"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    alone = [item for source in enumerate_sources(path) for item in load_each(source)]
    sources = enumerate_sources(path, rows_per_source=size)
    together = [item for source in sources for item in load_each(source)]
    assert sum(isinstance(item, ReadingError) for item in alone) == 1
    assert list(map(str, together)) == list(map(str, alone))
    assert sum(source.rows.count for source in sources if source.rows) == 7


def test_load_raises_the_first_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n{{\n", encoding="utf-8")
    good, broken = enumerate_sources(path)
    assert len(load(good)) == 1
    with pytest.raises(ReadingError, match="line 2: is not JSON"):
        load(broken)


FIELDS = st.text(alphabet='ab ,;"\n\ré', min_size=1, max_size=12).filter(
    lambda field: field.strip() != ""
)


@given(rows=st.lists(st.tuples(FIELDS, FIELDS), max_size=6))
def test_places_of_csv_rows_tile_the_file(rows: list[tuple[str, str]]) -> None:
    quoted = ['"' + '","'.join(field.replace('"', '""') for field in row) + '"\r\n' for row in rows]
    data = "".join(quoted).encode()
    header = Header(("id", "text"), ",")
    places = list(find_rows(io.BytesIO(data), Format.CSV, header=header, max_bytes=1000))
    assert [data[place.start : place.end].decode() for place in places] == quoted
    assert [place.problem for place in places] == [None] * len(rows)
