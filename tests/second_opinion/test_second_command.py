from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from command_line import Run
from played_endpoint import Played, event, named, playing, raw, said, silent

from temoin.record import Record

SHELLING = event("shelling", "bombardé", [("place", "Mizda"), ("actor", "la milice")])
REMOTE = ("--endpoint", "http://models.example.org/v1", "--model", "tiny")


@pytest.fixture(autouse=True)
def ungrounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave grounding to its own tests."""
    monkeypatch.setattr("temoin.grounding.ground", lambda record: record)


@pytest.fixture
def played() -> Iterator[Played]:
    """An endpoint that finds a shelling."""
    with playing(named(SHELLING)) as endpoint:
        yield endpoint


def second(run: Run, played: Played, *arguments: str | Path) -> Result:
    return run("second", *arguments, "--endpoint", played.url, "--model", "tiny")


def records(lines: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in lines.splitlines()]
    assert [Record.from_dict(record).to_dict() for record in found] == found
    return found


def test_records_are_written_with_their_author(run: Run, played: Played, report: Path) -> None:
    done = second(run, played, report, "--published", "2019-11-14")
    (record,) = records(done.stdout)
    assert done.exit_code == 0
    assert record["provenance"]["model"] == "llm:tiny"
    assert record["document"]["published"] == "2019-11-14"
    assert record["events"][0]["trigger"]["text"] == "bombardé"
    assert record["ungrounded"][0]["value"] == "la milice"
    assert done.stderr.startswith("1 document, 1 event, 0 failures")


def test_both_records_stand_side_by_side(run: Run, played: Played, report: Path) -> None:
    done = second(run, played, report, "--beside", "--quiet")
    own, other = records(done.stdout)
    assert (own["provenance"]["model"], other["provenance"]["model"]) == ("fake", "llm:tiny")
    assert own["document"]["text"] == other["document"]["text"]
    assert len(own["events"]) == 2
    assert done.stderr == ""


def test_records_go_to_a_file(run: Run, played: Played, report: Path) -> None:
    done = second(run, played, report, "--out", "second.jsonl")
    assert (done.exit_code, done.stdout) == (0, "")
    assert len(records(Path("second.jsonl").read_text(encoding="utf-8"))) == 1


def test_standard_input_is_read(run: Run, played: Played) -> None:
    arguments = ("--endpoint", played.url, "--model", "tiny")
    done = run("second", "-", *arguments, input="L'armée a bombardé Mizda.")
    assert records(done.stdout)[0]["events"][0]["type"] == "shelling"


def test_what_fails_is_told_and_the_rest_goes_on(run: Run, report: Path) -> None:
    Path("other.txt").write_text("Kidal a été pris.", encoding="utf-8")
    with playing(said("I cannot help with that."), named()) as played:
        done = second(run, played, report, "other.txt")
    assert done.exit_code == 1
    assert len(records(done.stdout)) == 1
    assert f"{report}: {played.url}: the model's answer is not JSON" in done.stderr


def test_sentences_that_are_lost_are_told(run: Run) -> None:
    Path("long.txt").write_text("Kidal a été bombardé hier.\n" * 7, encoding="utf-8")
    with playing(named(event("shelling", "bombardé")), raw("?")) as played:
        done = second(run, played, "long.txt")
    assert done.exit_code == 1
    assert records(done.stdout)[0]["ungrounded"][0]["field"] == "sentences 6-7"
    assert "long.txt, sentences 6-7: http://127.0.0.1" in done.stderr


def test_a_silent_endpoint_is_not_waited_for(run: Run, report: Path) -> None:
    with playing(silent) as played:
        done = second(run, played, report, "--timeout", "0.2")
    assert done.exit_code == 2
    assert f"{report}: {played.url}: gave no whole answer within 0.2 s" in done.stderr


def test_nobody_at_the_endpoint_ends_the_run(run: Run, report: Path) -> None:
    with playing(named()) as played:
        pass
    done = second(run, played, report, report, "--out", "second.jsonl")
    assert done.exit_code == 2
    assert done.stderr.count("cannot be reached") == 1
    assert done.stderr.startswith(f"Error: {played.url}: cannot be reached")
    assert not Path("second.jsonl").exists()


def test_own_records_are_kept_where_the_endpoint_fails(run: Run, report: Path) -> None:
    with playing(raw("", status=500)) as played:
        done = second(run, played, report, "--beside")
    assert done.exit_code == 1
    assert [r["provenance"]["model"] for r in records(done.stdout)] == ["fake"]


def test_another_machine_is_refused(run: Run, report: Path) -> None:
    done = run("second", report, *REMOTE)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is not on this machine: the text of the reports would leave it" in done.stderr


@pytest.mark.parametrize(("scheme", "how"), [("http", "sent unencrypted to"), ("https", "sent to")])
def test_another_machine_is_warned_of(run: Run, scheme: str, how: str) -> None:
    endpoint = f"{scheme}://models.example.org/v1"
    # Nothing is sent: there is no such report.
    done = run("second", "none.txt", "--endpoint", endpoint, "--model", "t", "--allow-remote")
    assert done.stderr.startswith(
        f"Warning: the text of the reports leaves this machine: it is {how} models.example.org\n"
    )


def test_this_machine_is_not_warned_of(run: Run, played: Played, report: Path) -> None:
    assert "Warning" not in second(run, played, report).stderr


def test_the_key_comes_from_the_environment(
    run: Run, played: Played, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "s3cret\n")
    done = second(run, played, report, "--api-key-env", "MY_KEY")
    assert played.headers[0]["Authorization"] == "Bearer s3cret"
    assert "s3cret" not in done.output


def test_a_missing_key_is_told(run: Run, played: Played, report: Path) -> None:
    done = second(run, played, report, "--api-key-env", "NO_SUCH_KEY")
    assert done.exit_code == 2
    assert "--api-key-env NO_SUCH_KEY: there is no such environment variable" in done.stderr
    assert played.bodies == []


@pytest.mark.parametrize("missing", ["--endpoint", "--model"])
def test_endpoint_and_model_have_no_default(run: Run, report: Path, missing: str) -> None:
    given = {"--endpoint": "http://localhost/v1", "--model": "tiny"}
    del given[missing]
    done = run("second", report, *(word for pair in given.items() for word in pair))
    assert done.exit_code == 2
    assert f"Missing option '{missing}'" in done.stderr


def test_report_is_not_overwritten(run: Run, played: Played, report: Path) -> None:
    assert second(run, played, report, "--out", report).exit_code == 2
    assert played.bodies == []


@pytest.mark.parametrize("command", ["read", "explain"])
def test_other_commands_send_nothing(
    run: Run, played: Played, report: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Names that other programs take for leave to ask.
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.setenv(name, played.url)
    assert run(command, report).exit_code == 0
    assert (played.paths, played.bodies) == ([], [])
