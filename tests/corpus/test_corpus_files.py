from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import temoin.corpus
from temoin.corpus import GoldReport, digest, load, read_jsonl, statistics, write_jsonl
from temoin.corpus.__main__ import main
from temoin.errors import CorpusError


def gold(name: str, language: str = "en", event: str = 'E e1 killing "dead"') -> str:
    head = f"doc: {name}\nlang: {language}\npublished: 2022-05-04\n---\n"
    return f"{head}S Three dead near Oum.\n{event}\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "more").mkdir(parents=True)
    full = (
        'E e1 killing "dead" quantity="Three"#3 place="Oum"@1,2 polarity=negated\n'
        'E e2 accusation "near" attribution="Oum" certainty=planned\nR e1 before e2'
    )
    (folder / "b.gold").write_text(gold("b", "fr", full), encoding="utf-8")
    (folder / "a.gold").write_text(gold("a"), encoding="utf-8")
    (folder / "more" / "c.gold").write_text(gold("c"), encoding="utf-8")
    (folder / "README.md").write_text("no report", encoding="utf-8")
    return folder


def ids(reports: list[GoldReport]) -> list[str]:
    return [report.id for report in reports]


def test_a_directory_is_read_in_the_order_of_names(corpus: Path) -> None:
    assert ids(load(corpus)) == ["a", "b", "c"]


def test_files_are_read_in_the_order_given(corpus: Path) -> None:
    assert ids(load(corpus / "b.gold", corpus / "a.gold")) == ["b", "a"]


def test_a_directory_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.gold file"):
        load(tmp_path)


def test_two_reports_of_one_id_are_refused(corpus: Path) -> None:
    (corpus / "again.gold").write_text(gold("b"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"document id b stands in .*again\.gold too"):
        load(corpus)


def test_compiled_reports_read_back(corpus: Path, tmp_path: Path) -> None:
    reports = load(corpus)
    compiled = tmp_path / "gold.jsonl"
    write_jsonl(reports, compiled)
    assert read_jsonl(compiled) == reports
    assert load(compiled) == reports


@pytest.mark.parametrize("line", ["no json", "[]", '{"document": {"id": "a"}}', "3"])
def test_a_line_that_is_no_report_is_named(tmp_path: Path, line: str) -> None:
    compiled = tmp_path / "gold.jsonl"
    compiled.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"gold\.jsonl:2: not a gold report"):
        read_jsonl(compiled)


def test_the_digest_does_not_depend_on_order_or_layout(corpus: Path) -> None:
    before = digest(load(corpus))
    path = corpus / "a.gold"
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert digest(list(reversed(load(corpus)))) == before


def test_the_digest_depends_on_every_annotation(corpus: Path) -> None:
    before = digest(load(corpus))
    (corpus / "a.gold").write_text(
        gold("a", event='E e1 killing "dead" certainty=possible'), encoding="utf-8"
    )
    assert digest(load(corpus)) != before


def test_the_digest_is_that_of_canonical_json() -> None:
    # printf '[]' | sha256sum
    assert digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def test_statistics_count_what_there_is(corpus: Path) -> None:
    counted = statistics(load(corpus)).to_dict()
    assert counted["total"] == {
        "reports": 3,
        "characters": 60,
        "sentences": 3,
        "events": 4,
        "arguments": 2,
        "relations": 1,
        "places": 1,
        "times": 0,
        "quantities": 1,
        "negated": 1,
        "uncertain": 1,
        "attributed": 1,
    }
    assert {name: counts["reports"] for name, counts in counted["languages"].items()} == {
        "en": 2,
        "fr": 1,
    }
    assert counted["types"] == {"killing": 3, "accusation": 1}
    assert counted["roles"] == {"place": 1, "quantity": 1}
    assert counted["relations"] == {"before": 1}


def test_the_command_compiles(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["compile", str(corpus)])
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        report.to_dict() for report in load(corpus)
    ]


def test_the_command_lints(corpus: Path) -> None:
    (corpus / "d.gold").write_text(gold("d", event='E e1 killing "dea"'), encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(corpus)])
    assert result.exit_code == 1
    assert "d.gold:6: e1: killing: trigger cuts a word" in result.stdout


def test_the_command_says_that_there_are_no_slips(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["lint", str(corpus)])
    assert (result.exit_code, result.stdout) == (0, "nothing found\n")


def test_the_command_counts(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["statistics", str(corpus)])
    assert json.loads(result.stdout) == statistics(load(corpus)).to_dict()


TABLE = """\
| part | language | reports | sentences | events | arguments | relations |
| --- | --- | --: | --: | --: | --: | --: |
| `corpus/` | French | 1 | 1 | 2 | 2 | 1 |
| | English | 2 | 2 | 2 | 0 | 0 |
| | all | 3 | 3 | 4 | 2 | 1 |
"""


def test_the_command_prints_the_table(corpus: Path) -> None:
    assert CliRunner().invoke(main, ["table", str(corpus)]).stdout == TABLE


def test_the_command_writes_the_table(corpus: Path) -> None:
    readme = corpus / "README.md"
    readme.write_text("Before\n<!-- counts -->\nold\n<!-- /counts -->\nAfter\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["table", str(corpus), "--write", str(readme)])
    assert result.exit_code == 0
    expected = f"Before\n<!-- counts -->\n{TABLE}<!-- /counts -->\nAfter\n"
    assert readme.read_text(encoding="utf-8") == expected


def test_a_file_without_a_place_for_the_table_is_refused(corpus: Path) -> None:
    readme = corpus / "README.md"
    result = CliRunner().invoke(main, ["table", str(corpus), "--write", str(readme)])
    assert isinstance(result.exception, CorpusError)
    assert readme.read_text(encoding="utf-8") == "no report"


def test_the_public_names_are_sorted_and_there() -> None:
    names = temoin.corpus.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))
    assert all(hasattr(temoin.corpus, name) for name in names)
