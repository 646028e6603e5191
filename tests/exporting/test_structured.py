from __future__ import annotations

import csv
import io
import json

import pytest
from sample_records import one_event, record

from temoin.exporting import CsvWriter, JsonLinesWriter, JsonWriter
from temoin.exporting.structured import spreadsheet_safe
from temoin.record import Record
from temoin.rows import COLUMNS, rows


def written(writer_of: type[CsvWriter | JsonLinesWriter | JsonWriter], *records: Record) -> str:
    stream = io.StringIO(newline="")
    writer = writer_of(stream)
    for each in records:
        writer.write(each)
    writer.close()
    return stream.getvalue()


def test_json_lines_are_a_record_a_line() -> None:
    lines = written(JsonLinesWriter, record(), record()).splitlines()
    assert [Record.from_dict(json.loads(line)) for line in lines] == [record(), record()]


def test_json_lines_of_nothing_are_nothing() -> None:
    assert written(JsonLinesWriter) == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count: int) -> None:
    assert len(json.loads(written(JsonWriter, *[record()] * count))) == count


def test_json_holds_the_whole_record() -> None:
    assert Record.from_dict(json.loads(written(JsonWriter, record()))[0]) == record()


def test_text_with_line_separators_stays_on_its_line() -> None:
    made = one_event("bombardé\nici", "bombardé")
    assert written(JsonLinesWriter, made).count("\n") == 1


def test_csv_begins_with_a_byte_order_mark_and_the_columns() -> None:
    assert written(CsvWriter).splitlines() == ["\ufeff" + ",".join(COLUMNS)]


def test_csv_reads_back_as_the_rows() -> None:
    read = list(csv.DictReader(io.StringIO(written(CsvWriter, record())[1:], newline="")))
    expected = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in rows(record())
    ]
    assert read == expected


def test_csv_keeps_commas_quotes_and_line_ends_in_their_cell() -> None:
    words = 'Les "frères",\r\nici'
    made = one_event(f"{words} ont bombardé", "bombardé", actor=words)
    read = list(csv.DictReader(io.StringIO(written(CsvWriter, made)[1:], newline="")))
    assert [row["actor"] for row in read] == [words]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_looks_like_a_formula_is_quoted(start: str) -> None:
    assert spreadsheet_safe(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("cell", [-3.5, -12, 0, None, "Mizda", "l'armée =", ""])
def test_other_cells_stay(cell: str | float | None) -> None:
    assert spreadsheet_safe(cell) == cell


def test_formula_in_a_report_is_quoted_in_the_file() -> None:
    made = one_event("=HYPERLINK() a bombardé", "bombardé", actor="=HYPERLINK()")
    assert "'=HYPERLINK()" in written(CsvWriter, made)
