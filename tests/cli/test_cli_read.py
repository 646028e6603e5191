from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run

from temoin.record import Record
from temoin.rows import COLUMNS

LINE = (
    "e1  shelling “bombardé” | L'armée a | where: Mizda | when: mardi"
    " | according to: un porte-parole"
)


def test_table_is_what_comes_by_default(run: Run, report: Path) -> None:
    done = run("read", report, "--published", "2019-11-14")
    assert done.stdout.splitlines() == [
        "mizda · French · published 2019-11-14 · 2 events",
        LINE,
        "e2  ✗ not: capture “pris” | Les rebelles | where: Kidal",
        "links: e1 before e2",
        "",
        "✗ not: the text says that it did not happen",
    ]


def test_all_read_is_exit_code_0(run: Run, report: Path) -> None:
    assert run("read", report).exit_code == 0


def test_missing_day_is_told(run: Run, report: Path) -> None:
    assert "no publication date: relative times unresolved" in run("read", report).stdout


def test_json_is_one_array_of_records(run: Run, report: Path) -> None:
    (record,) = json.loads(run("read", report, "--format", "json").stdout)
    assert len(Record.from_dict(record).events) == 2


def test_json_lines_are_records(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("pris", encoding="utf-8")
    lines = run("read", report, "b.txt", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == ["mizda", "b"]


def test_csv_has_a_row_an_event(run: Run, report: Path) -> None:
    out = run("read", report, "-f", "csv").stdout_bytes.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(out, newline="")))
    assert read[0] == list(COLUMNS)
    assert len(read) == 3


def test_csv_has_a_byte_order_mark_and_crlf(run: Run, report: Path) -> None:
    out = run("read", report, "-f", "csv").stdout_bytes
    assert out.startswith(b"\xef\xbb\xbfdocument,")
    assert out.count(b"\r\n") == out.count(b"\n") == 3


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_file_gets_what_standard_output_would(run: Run, report: Path, form: str) -> None:
    shown = run("read", report, "-f", form).stdout_bytes
    done = run("read", report, "-f", form, "--out", "out")
    assert done.stdout_bytes == b""
    assert Path("out").read_bytes() == shown


def test_least_confidence_leaves_events_out(run: Run, report: Path) -> None:
    assert "no events" in run("read", report, "--min-confidence", "0.95").stdout


def test_language_can_be_given(run: Run, report: Path) -> None:
    assert "mizda · Spanish · " in run("read", report, "--language", "es").stdout


def test_width_wraps(run: Run, report: Path) -> None:
    lines = run("read", report, "--width", "60").stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert "according to: un porte-parole" in " ".join(" ".join(lines).split())


def test_standard_input_is_read_where_no_path_is_given(run: Run) -> None:
    assert "e1  capture “pris”" in run("read", input="Kidal a été pris.").stdout


def test_dash_is_standard_input(run: Run) -> None:
    assert run("read", "-", input="Kidal a été pris.").exit_code == 0


def test_summary_counts_documents_events_failures_and_words(run: Run, report: Path) -> None:
    summary = run("read", report, "none.txt").stderr.splitlines()[-1]
    assert summary.startswith("1 document, 2 events, 1 failure; 14 words in ")
    assert summary.endswith(" words/s)")


def test_quiet_tells_failures_only(run: Run, report: Path) -> None:
    done = run("read", report, "none.txt", "--quiet")
    assert done.stderr == "none.txt: there is no such file or folder\n"


def test_files_that_are_no_reports_are_counted(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "b.jpg").touch()
    done = run("read", report.parent)
    assert "left out 2 files that are no reports (2 .jpg)" in done.stderr.splitlines()


def test_bar_is_not_shown_in_a_pipe(run: Run, report: Path) -> None:
    assert "ETA" not in run("read", report).stderr


def nothing(_path: Path) -> None:
    """Leave the file missing."""


#: How a source is made that cannot be read, and what is told of it.
BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (Path.touch, "is empty"),
    "blank": (lambda path: path.write_text(" \n"), "has no text: it holds white space only"),
    "binary": (
        lambda path: path.write_bytes(bytes(range(256)) * 20),
        "is not text: it holds binary data",
    ),
    "folder without reports": (Path.mkdir, "the folder holds no report"),
    "missing": (nothing, "there is no such file or folder"),
    "defect": (
        lambda path: path.write_text("BOOM pris"),
        "unexpected RuntimeError: boom (a defect of Témoin)",
    ),
}


@pytest.fixture(params=BAD)
def cause(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A bad source at `bad.txt`; what must be told of it."""
    make, why = BAD[request.param]
    make(tmp_path / "bad.txt")
    return f"bad.txt: {why}"


def test_bad_source_is_told_with_its_cause(run: Run, cause: str) -> None:
    assert cause in run("read", "bad.txt").stderr.splitlines()


@pytest.mark.usefixtures("cause")
def test_bad_source_alone_is_exit_code_2(run: Run) -> None:
    assert run("read", "bad.txt").exit_code == 2


def test_bad_source_among_others_costs_itself_only(run: Run, report: Path, cause: str) -> None:
    Path("other.txt").write_text("Kidal a été pris.", encoding="utf-8")
    done = run("read", report, "bad.txt", "other.txt", "-f", "jsonl")
    ids = [json.loads(line)["document"]["id"] for line in done.stdout.splitlines()]
    assert (ids, done.exit_code) == (["mizda", "other"], 1)
    assert cause in done.stderr.splitlines()


def test_nothing_read_makes_an_empty_array(run: Run) -> None:
    assert run("read", "none.txt", "-f", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--published", "12/03/2024"], "'12/03/2024' is not a day: write it as YYYY-MM-DD."),
        (["--published", "2024-02-30"], "'2024-02-30' is not a day"),
        (["--language", "de"], "'de' is not one of"),
        (["--workers", "0"], "0 is not in the range"),
        (["--min-confidence", "2"], "2.0 is not in the range"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--out", "no/such/folder.csv"], "there is no folder"),
        (["--out", "."], "is a folder"),
        (["--out", "mizda.txt"], "is one of the reports to be read"),
    ],
)
def test_wrong_call_is_exit_code_2_and_says_why(
    run: Run, report: Path, arguments: list[str], message: str
) -> None:
    done = run("read", report, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_report_is_not_overwritten(run: Run, report: Path) -> None:
    before = report.read_bytes()
    run("read", report, "--out", report)
    assert report.read_bytes() == before


def test_result_replaces_an_older_one(run: Run, report: Path) -> None:
    Path("out.csv").write_text("old")
    assert run("read", report, "-f", "csv", "-o", "out.csv").exit_code == 0
    assert "old" not in Path("out.csv").read_text(encoding="utf-8")


def test_hostile_file_name_cannot_steer_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("read", "\x1b[2Jx.txt").stderr


def test_missing_model_is_told_without_a_traceback(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fake_extractor import Broken

    from temoin.pipeline.reader import Reader

    monkeypatch.setattr("temoin.pipeline.Reader", lambda **_: Reader(Broken()))
    done = run("read", report)
    assert (done.exit_code, done.stderr) == (2, "Error: no model for mizda at None\n")


def test_folder_that_cannot_be_written_is_told_without_a_traceback(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/out.csv")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    done = run("read", report, "-o", "out.csv")
    assert (done.exit_code, done.stderr) == (2, "Error: /out.csv: Permission denied\n")
