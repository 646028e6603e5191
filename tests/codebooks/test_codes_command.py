"""`temoin codes`: formats, reasons, a codebook of one's own, what fails."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from codebook_records import MIZDA, Report, day
from command_line import Run

from temoin.codebooks import load
from temoin.codebooks.writing import WHY_COLUMNS


@pytest.fixture
def records(tmp_path: Path) -> Path:
    report = Report("=Mortars shelled Mizda. They did not take it.", source="=cmd()")
    report.event(
        "shelling", "shelled", report.who("actor", "=Mortars", "army"),
        when=day("2019-11-13"), where=MIZDA,
    )  # fmt: skip
    report.event("capture", "take", polarity="negated")
    path = tmp_path / "records.jsonl"
    path.write_text(report.record().to_json() + "\n", encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("book", ["acled", "cameo", "plover"])
def test_csv_has_the_codebooks_columns(run: Run, records: Path, book: str) -> None:
    done = run("codes", book, records, "--format", "csv")
    assert done.exit_code == 0, done.output
    (row,) = rows(done.stdout)
    assert list(row) == list(load(book).columns)


def test_csv_with_reasons(run: Run, records: Path) -> None:
    done = run("codes", "acled", records, "-f", "csv", "--why")
    (row,) = rows(done.stdout)
    assert list(row)[31:] == list(WHY_COLUMNS)
    assert "sub_event_type=acled.remote.shelling" in row["temoin_rules"]
    assert "“shelled” [9-16]" in row["temoin_words"]
    assert "timestamp:" in row["temoin_undecided"]


def test_formulas_are_neutralised(run: Run, records: Path) -> None:
    (row,) = rows(run("codes", "acled", records, "-f", "csv").stdout)
    assert row["source"] == "'=cmd()"
    assert row["notes"].startswith("'=Mortars")


def test_jsonl(run: Run, records: Path) -> None:
    lines = run("codes", "acled", records, "-f", "jsonl").stdout.splitlines()
    (line,) = [json.loads(line) for line in lines]
    assert line["row"]["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (line["codebook"], line["document"], line["events"]) == ("acled", "r", ["e1"])


def test_jsonl_with_reasons(run: Run, records: Path) -> None:
    lines = run("codes", "acled", records, "-f", "jsonl", "--why").stdout.splitlines()
    row, none = (json.loads(line) for line in lines)
    assert row["why"]["event_type"]["words"] == [{"start": 9, "end": 16, "text": "shelled"}]
    assert row["undecided"]["actor2"]["reason"]
    assert none["not_coded"]["rule"] == "acled.gate.negated"


def test_table(run: Run, records: Path) -> None:
    done = run("codes", "acled", records)
    assert "Shelling/artillery/missile attack" in done.stdout
    assert "1 row, 1 incident not coded" in done.stdout
    assert "acled.remote" not in done.stdout


def test_table_with_reasons(run: Run, records: Path) -> None:
    output = run("codes", "acled", records, "--why").stdout
    assert "<- acled.remote.shelling “shelled” [9-16]" in output
    assert "capture: no row; ACLED codes what happened" in output


@pytest.mark.parametrize("how", ["option", "argument"])
def test_own_codebook(run: Run, records: Path, tmp_path: Path, how: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "[codebook]\nname = 'o'\ntitle = 'o'\nversion = '1'\nsource = 's'\nlicence = 'l'\n"
        "[columns]\nCode = 'code'\n[steps]\norder = ['a']\nmust = ['a']\n"
        "[[rule]]\nid = 'o.all'\nstep = 'a'\nwhen = { polarity = 'affirmed' }\n"
        "set = { code = 'X' }\n",
        encoding="utf-8",
    )
    given = ["codes", records, "--codebook", path] if how == "option" else ["codes", path, records]
    done = run(*given, "-f", "csv")
    assert rows(done.stdout) == [{"Code": "X"}]


def test_records_from_standard_input_to_a_file(run: Run, records: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    text = records.read_text(encoding="utf-8")
    done = run("codes", "ucdp", "-", "-f", "csv", "-o", out, input=text)
    assert done.exit_code == 0
    assert rows(out.read_text(encoding="utf-8")) == []


def test_line_that_is_no_record_is_told_and_the_rest_goes_on(run: Run, records: Path) -> None:
    records.write_text(records.read_text(encoding="utf-8") + '{"a": 1}\n', encoding="utf-8")
    done = run("codes", "acled", records, "-f", "jsonl")
    assert done.exit_code == 1
    assert "line 2: not a record" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_nothing_read(run: Run) -> None:
    done = run("codes", "acled", "gone.jsonl")
    assert done.exit_code == 2
    assert "gone.jsonl: cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name a codebook"), (("acled",), "Give files of records"),
        (("acledd", "r.jsonl"), "no such codebook"),
    ],
)  # fmt: skip
def test_wrong_call(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run("codes", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_out_does_not_replace_the_records(run: Run, records: Path) -> None:
    done = run("codes", "acled", records, "-o", records)
    assert done.exit_code == 2
    assert records.read_text(encoding="utf-8").startswith("{")
