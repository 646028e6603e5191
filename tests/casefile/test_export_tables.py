"""CSV: read by pandas; what is filtered is what is there; nothing is run or let out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from cases import decide
from click.testing import CliRunner
from export_cases import EVIL, HIDDEN_TEXT, opened, write

from temoin.casefile import Case
from temoin.casefile.exporting import AVAILABLE_COLUMNS, FORMATS, export
from temoin.casefile.privacy import load_profile
from temoin.casefile.privacy.levels import set_field_level
from temoin.casefile.searching import QueryError
from temoin.cli import exporting as command
from temoin.cli import main
from temoin.codebooks import load
from temoin.rows import COLUMNS

BOOKS = {"csv-acled": ("acled", 31), "csv-ucdp": ("ucdp", 49), "csv-polecat": ("plover", 40)}


@pytest.fixture
def exported(tmp_path: Path) -> Iterator[Case]:
    with opened(tmp_path) as case:
        yield case


def frame(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_plain_table_has_every_claim_with_its_marks(exported: Case, tmp_path: Path) -> None:
    decide(exported, 1, "accept")
    out = tmp_path / "claims.csv"
    counts = write(exported, "csv", out)
    table = frame(out)
    assert (*table.columns,) == (*COLUMNS, "claim", "review")
    assert len(table) == counts.claims == counts.rows == 6
    assert list(table["claim"]) == ["1", "2", "3", "4", "5", "6"]
    assert list(table["review"]) == ["accepted", *["pending"] * 5]
    assert table["polarity"][1] == "negated"
    assert table["certainty"][2] == "planned"
    assert table["attribution"][0] == "un porte-parole"
    assert float(table["latitude"][0]) == 31.44


def test_no_cell_is_taken_for_a_formula(exported: Case, tmp_path: Path) -> None:
    for form in ("csv", *BOOKS):
        out = tmp_path / "claims.csv"
        write(exported, form, out)
        told = cells(out)
        assert any(EVIL in cell for row in told for cell in row)
        for row in told[1:]:
            assert not [cell for cell in row if cell[:1] in {"=", "+", "@", "\t", "\r"}]


@pytest.mark.parametrize("form", BOOKS)
def test_codebooks_have_exactly_their_columns(exported: Case, tmp_path: Path, form: str) -> None:
    name, count = BOOKS[form]
    out = tmp_path / "rows.csv"
    counts = write(exported, form, out)
    table = frame(out)
    assert list(table.columns) == list(load(name).columns)
    assert len(table.columns) == count
    assert len(table) == counts.rows > 0
    assert counts.rows < counts.claims, "what is denied or planned is no row"


def test_what_is_filtered_is_what_is_exported(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    write(exported, "csv", out, where="polarity:negated")
    assert list(frame(out)["claim"]) == ["2"]
    assert write(exported, "csv", out, where="type:siege").rows == 0
    assert len(cells(out)) == 1, "a header alone"
    with pytest.raises(QueryError):
        write(exported, "csv", out, where="type:nonsense")
    assert len(cells(out)) == 1, "the file before is left alone"


def test_a_filter_shows_nothing_of_a_claim_that_a_profile_hides(
    exported: Case, tmp_path: Path
) -> None:
    set_field_level(exported, 1, "*", "secret", actor="bea")
    out = tmp_path / "claims.csv"
    counts = write(exported, "csv", out, where="claim:1")
    assert (counts.claims, counts.documents) == (0, 0)
    lines = tmp_path / "claims.jsonl"
    write(exported, "jsonl", lines, where="claim:2")
    (line,) = lines.read_text("utf-8").splitlines()
    assert [event["id"] for event in json.loads(line)["events"]] == ["e2"]
    assert "bombardé" not in line


@pytest.mark.parametrize("form", ["csv", *BOOKS])
def test_profile_public_gives_no_words_and_no_persons(
    exported: Case, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "claims.csv"
    counts = write(exported, form, out, "public")
    told = out.read_text("utf-8-sig")
    assert counts.documents == 1
    assert counts.left_out == 2
    for word in ("Diallo", "diallo", "223", "shelled", "bombardé", "Mizda", "hospital", "[person"):
        assert word not in told
    if form != "csv-ucdp":
        assert counts.rows == 1
    partner = tmp_path / "partner.csv"
    write(exported, form, partner, "partner")
    assert "Diallo" not in partner.read_text("utf-8-sig")
    if form == "csv":
        assert re.search(r"General \[person \d\] shelled", partner.read_text("utf-8-sig"))


def test_events_stay_apart_where_words_are_withheld(exported: Case, tmp_path: Path) -> None:
    quoting = load_profile("internal")
    silent = quoting.model_copy(update={"quotes": False})
    with_words, without = tmp_path / "a.csv", tmp_path / "b.csv"
    for form in BOOKS:
        export(exported, form, with_words, profile=quoting)
        export(exported, form, without, profile=silent)
        one, other = frame(with_words), frame(without)
        assert len(one) == len(other)
        assert HIDDEN_TEXT.split()[-1] not in without.read_text("utf-8-sig")
        for name in ("event_type", "sub_event_type", "best", "Event Type", "event_date"):
            if name in one:
                assert list(one[name]) == list(other[name])


def test_rejected_claims_and_hidden_documents_stay(exported: Case, tmp_path: Path) -> None:
    from temoin.casefile.documents import change_document

    decide(exported, 1, "reject")
    with exported.writing(actor="bea") as work:
        change_document(work, 2, status="hidden")
    out = tmp_path / "claims.csv"
    write(exported, "csv", out)
    assert list(frame(out)["claim"]) == ["2", "3", "6"]


def test_peoples_own_claims_go_out_with_their_numbers(exported: Case, tmp_path: Path) -> None:
    from temoin.casefile import reviewing

    event = {"type": "threat", "trigger": {"start": 0, "end": 5, "text": "Mardi"}}
    reviewing.decide(exported, [reviewing.Verdict("add", document=1, value=event)], reviewer="bea")
    out = tmp_path / "claims.csv"
    write(exported, "csv", out, where="type:threat")
    assert list(frame(out)["claim"]) == ["7"]
    assert list(frame(out)["trigger"]) == ["Mardi"]


def test_manifest_tells_what_it_is_and_two_exports_are_the_same(
    exported: Case, tmp_path: Path
) -> None:
    out = tmp_path / "claims.csv"
    told = []
    for _ in range(2):
        write(exported, "csv", out, "partner", where='-"amina diallo" from:2019 type:shelling')
        told.append(json.loads((tmp_path / "claims.csv.manifest.json").read_text("utf-8")))
    one, other = told
    assert one.pop("made_at") <= other.pop("made_at")
    assert one == other
    assert one["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert one["head"] == f"{exported.info().head_seq}:{exported.info().head_hash}"
    assert one["filter"] == '-"[withheld]" from:2019 type:shelling'
    assert one["claims"] == one["rows"] == sum(one["claims_by_status"].values())
    assert "not a fact" in one["statement"]
    write(exported, "csv", out, where="Kidal")
    whole = json.loads((tmp_path / "claims.csv.manifest.json").read_text("utf-8"))
    assert whole["filter"] == "Kidal"


def test_the_command_writes_what_the_library_writes(exported: Case, tmp_path: Path) -> None:
    case, out, beside = str(tmp_path / "case.temoin"), tmp_path / "a.csv", tmp_path / "b.csv"
    write(exported, "csv", beside, where="claim:1")
    given = ["export", case, "-f", "csv", "--where", "claim:1"]
    done = CliRunner().invoke(main, [*given, "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "exported 1 claims of 1 documents" in done.stderr
    assert out.read_bytes() == beside.read_bytes()
    shown = CliRunner().invoke(main, [*given, "-q"])
    assert shown.stdout_bytes == out.read_bytes()
    dry = CliRunner().invoke(main, [*given[:2], "-f", "csv", "--profile", "public", "--dry-run"])
    assert "document left out" in dry.stderr
    missing = tmp_path / "no" / "a.csv"
    assert CliRunner().invoke(main, [*given, "-o", str(missing)]).exit_code == 2
    over = CliRunner().invoke(main, [*given, "-o", case])
    assert "is the case itself" in over.stderr


def test_the_command_knows_every_format() -> None:
    assert sorted(command.FORMATS) == sorted(FORMATS)


def test_filtered_lines_can_be_imported_but_bring_no_decisions(
    exported: Case, tmp_path: Path
) -> None:
    from temoin.casefile import Custody
    from temoin.casefile.exchanging import import_records

    decide(exported, 1, "accept")
    out = tmp_path / "some.jsonl"
    write(exported, "jsonl", out, where="claim:1")
    with Case.create(tmp_path / "other.temoin", actor="eva") as other:
        taken = import_records(
            other, out, actor="eva", custody=Custody(), tell=lambda error: pytest.fail(str(error))
        )
        assert (taken.added, taken.decisions) == (1, 0)


def test_chosen_columns_stand_in_the_order_in_which_they_were_chosen(
    exported: Case, tmp_path: Path
) -> None:
    out = tmp_path / "claims.csv"
    write(exported, "csv", out, columns=["claim", "status", "relations", "type"])
    first, second, *_ = cells(out)[1:]
    assert cells(out)[0] == ["claim", "status", "relations", "type"]
    assert first == ["1", "affirmed", "before 2", "shelling"]
    assert second == ["2", "denied", "", "capture"]
    told = json.loads((tmp_path / "claims.csv.manifest.json").read_text("utf-8"))
    assert told["columns"] == ["claim", "status", "relations", "type"]


def test_relations_are_to_claims_of_the_table_only(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    write(exported, "csv", out, where="claim:1", columns=["claim", "relations"])
    assert cells(out)[1:] == [["1", ""]]


def test_chosen_columns_hide_what_the_profile_hides(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    write(exported, "csv", out, "public", columns=["sentence", "trigger", "start"])
    assert all(row == ["", "", ""] for row in cells(out)[1:])


@pytest.mark.usefixtures("exported")
@pytest.mark.parametrize(
    ("form", "columns", "said"),
    [
        ("csv", "claim,nonsense", "no column 'nonsense'"),
        ("csv", "claim,claim", "each once"),
        ("csv", "", "no column ''"),
        ("parquet", "=cmd", "no column '=cmd'"),
        ("csv-acled", "claim", "cannot be chosen"),
        ("geojson", "claim", "cannot be chosen"),
    ],
)
def test_columns_that_there_are_not_are_refused(
    tmp_path: Path, form: str, columns: str, said: str
) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(
        main,
        ["export", str(tmp_path / "case.temoin"), "-f", form, "-o", str(out), "--columns", columns],
    )
    assert done.exit_code != 0
    assert said in done.output
    assert not out.exists()


@pytest.mark.usefixtures("exported")
def test_columns_are_chosen_on_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "short.csv"
    case = str(tmp_path / "case.temoin")
    done = CliRunner().invoke(
        main, ["export", case, "-f", "csv", "-o", str(out), "--columns", "claim, type"]
    )
    assert done.exit_code == 0, done.output
    assert cells(out)[0] == ["claim", "type"]


def test_documentation_lists_the_columns_of_tables() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    section = text.partition("## Columns")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert (*COLUMNS, *listed) == AVAILABLE_COLUMNS["csv"] == AVAILABLE_COLUMNS["parquet"]
