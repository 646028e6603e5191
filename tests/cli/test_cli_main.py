from __future__ import annotations

import json
import re
from pathlib import Path
from typing import ClassVar

import click
import pytest
from click.testing import CliRunner
from command_line import Run

import temoin
from temoin import cli
from temoin.cli._group import LazyGroup
from temoin.record import json_schema

ROOT = Path(__file__).parents[2]


def main() -> LazyGroup:
    assert isinstance(cli.main, LazyGroup)
    return cli.main


NAMES = sorted(main().commands_at)


def test_version() -> None:
    done = CliRunner().invoke(cli.main, ["--version"])
    assert done.output == f"temoin {temoin.__version__}\n"


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_there(name: str) -> None:
    command = main().get_command(click.Context(cli.main), name)
    assert command is not None
    assert command.name == name


@pytest.mark.parametrize("name", NAMES)
def test_line_in_the_help_is_the_beginning_of_the_command_s_own(name: str) -> None:
    command = main().get_command(click.Context(cli.main), name)
    assert command is not None
    assert command.help is not None
    assert command.help.splitlines()[0] == main().commands_at[name][1]


def test_help_lists_every_command() -> None:
    listed = CliRunner().invoke(cli.main, ["--help"]).output.rpartition("Commands:")[2]
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == NAMES


def test_unknown_command_is_told() -> None:
    done = CliRunner().invoke(cli.main, ["raed"])
    assert done.exit_code == 2
    assert "No such command 'raed'" in done.stderr


def test_schema_is_printed() -> None:
    assert json.loads(CliRunner().invoke(cli.main, ["schema"]).stdout) == json_schema()


def test_committed_schema_is_current() -> None:
    committed = (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")
    assert committed == CliRunner().invoke(cli.main, ["schema"]).stdout, (
        "run `temoin schema > docs/record.schema.json`"
    )


def test_languages_are_those_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    class Info:
        languages = ("fr", "uk")
        card: ClassVar = {
            "measured": {
                "fr": {"events_f1": 0.81, "arguments_f1": 0.7, "reports": 10, "events": 300}
            }
        }

    class Model:
        info = Info()

    monkeypatch.setattr("temoin.extraction.extractor.Extractor.load", Model)
    assert CliRunner().invoke(cli.main, ["languages"]).output == (
        "fr  French      events 0.81  arguments 0.70  (10 reports, 300 events)\nuk  Ukrainian\n"
    )


def test_explain_marks_the_words(run: Run, report: Path) -> None:
    done = run("explain", report)
    assert "L'armée a ⟦bombardé⟧e1 Mizda mardi" in done.stdout
    assert done.exit_code == 0


def test_explain_writes_a_page(run: Run, report: Path) -> None:
    done = run("explain", report, "--html", "page.html", "--published", "2019-11-14")
    page = Path("page.html").read_text(encoding="utf-8")
    assert (done.exit_code, done.stdout) == (0, "")
    assert page.startswith("<!DOCTYPE html>")
    assert "published 2019-11-14" in page


def test_explain_prints_a_page(run: Run, report: Path) -> None:
    assert run("explain", report, "--html", "-").stdout.endswith("</html>\n")


def test_explain_reads_standard_input(run: Run) -> None:
    assert "⟦pris⟧e1" in run("explain", input="Kidal a été pris.").stdout


@pytest.mark.parametrize("arguments", [[], ["--html", "page.html"]])
def test_explain_tells_what_cannot_be_read(run: Run, arguments: list[str]) -> None:
    done = run("explain", "none.txt", *arguments)
    assert (done.exit_code, done.stderr) == (2, "none.txt: there is no such file or folder\n")
    assert not Path("page.html").exists()


def test_explain_does_not_overwrite_the_report(run: Run, report: Path) -> None:
    assert run("explain", report, "--html", report).exit_code == 2
    assert "bombardé" in report.read_text(encoding="utf-8")
