"""`temoin corroborate`, `incident` and `pair` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cases import write_reports
from command_line import Run

from temoin.casefile import Case, verify


@pytest.fixture
def path(run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case with three reports, in a file."""
    monkeypatch.setenv("TEMOIN_USER", "ana")
    monkeypatch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")
    Path("reports").mkdir()
    write_reports(Path("reports"))
    assert run("init", "a.temoin").exit_code == 0
    assert run("add", "a.temoin", "reports", "--quiet").exit_code == 0
    return "a.temoin"


def listed(run: Run, path: str, *options: str) -> list[str]:
    said: str = run("incident", path, *options).stdout
    return said.splitlines()


def test_corroborate_counts_what_it_found(run: Run, path: str) -> None:
    done = run("corroborate", path)
    assert done.exit_code == 0
    first, second, third = done.stdout.splitlines()[:3]
    assert first == "4 claims of 3 documents: 2 incidents, 2 of several claims"
    assert second == "1 contested, 1 corroborated, 0 single source"
    assert third == "0 documents that copy or are copied"
    assert "temoin incident a.temoin --contested" in done.stderr
    with Case.open(path) as case:
        assert verify(case).faults == ()


def test_corroborate_tells_what_changed(run: Run, path: str) -> None:
    run("corroborate", path)
    again = run("corroborate", path).stdout
    assert "since the last run: 0 new, 0 changed, 0 with another grade, 0 gone" in again
    members = json.loads(run("incident", path, "--json").stdout)["incidents"]
    contested = members[0]["id"]
    told = json.loads(run("incident", path, contested, "--json").stdout)
    a, b = (str(claim["claim"]) for claim in told["claims"])
    assert run("pair", path, "different", a, b, "--reason", "two towns").exit_code == 0
    after = run("corroborate", path).stdout
    assert "1 verdict on pairs of claims applied" in after
    assert f"  {contested} is single source, was contested" in after


def test_corroborate_can_be_tried(run: Run, path: str) -> None:
    done = run("corroborate", path, "--dry-run")
    assert "1 contested" in done.stdout
    assert "nothing was kept" in done.stderr
    refused = run("incident", path)
    assert refused.exit_code == 2
    assert "temoin corroborate a.temoin" in refused.stderr


def test_corroborate_as_json(run: Run, path: str) -> None:
    told = json.loads(run("corroborate", path, "--json", "--where", "type:capture").stdout)
    assert (told["run"], told["query"], told["claims"], told["incidents"]) == (
        1, "type:capture", 2, 1,
    )  # fmt: skip
    assert told["contested"] == told["changes"]["new"]
    assert "made of the claims that 'type:capture' finds" in run("incident", path).stderr


def test_a_query_that_cannot_be_read_is_told(run: Run, path: str) -> None:
    done = run("corroborate", path, "--where", "type:nothing")
    assert done.exit_code == 2
    assert "nothing" in done.stderr


def test_incidents_are_listed_contested_first(run: Run, path: str) -> None:
    run("corroborate", path, "--quiet")
    first, second = listed(run, path)
    assert "capture" in first
    assert "2 claims  2 origins  [contested on occurred]" in first
    assert "shelling" in second
    assert second.endswith("[corroborated]")
    assert listed(run, path, "--contested") == [first]
    assert listed(run, path, "--limit", "1", "--several") == [first]


def test_a_list_without_incidents_is_told(run: Run, path: str) -> None:
    run("corroborate", path, "--quiet", "--where", "type:shelling")
    done = run("incident", path, "--contested")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "0 incidents" in done.stderr


def test_an_incident_is_shown_side_by_side(run: Run, path: str) -> None:
    run("corroborate", path, "--quiet")
    id_ = listed(run, path, "--contested")[0].split()[0]
    done = run("incident", path, id_[:5], "--width", "90")
    assert done.exit_code == 0
    assert f"{id_}, revision 1: contested" in done.stdout
    assert "Les rebelles n'ont pas pris Kidal hier." in done.stdout
    assert "(kidal)" in done.stdout or "kidal (origin" in done.stdout
    assert "! happened" in done.stdout
    assert "contradicts" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 90


def test_all_that_are_listed_can_be_shown_side_by_side(run: Run, path: str) -> None:
    run("corroborate", path, "--quiet")
    done = run("incident", path, "--full")
    assert done.exit_code == 0
    assert done.stdout.count(", revision 1: ") == 2
    one = run("incident", path, "--full", "--limit", "1", "--json")
    assert json.loads(one.stdout)["incident"]["support"] == "contested"


def test_an_incident_is_found_by_a_claim_and_tells_verdicts(run: Run, path: str) -> None:
    run("corroborate", path, "--quiet")
    id_ = listed(run, path, "--contested")[0].split()[0]
    told = json.loads(run("incident", path, id_, "--json").stdout)
    a, b = (str(claim["claim"]) for claim in told["claims"])
    run("pair", path, "same", a, b, "--by", "bea", "--reason", "one town")
    done = run("incident", path, a)
    assert "same, says bea (one town)" in done.stdout
    assert "1 change is not in it yet" in done.stderr


@pytest.mark.parametrize("id_", ["i00000", "99", "nothing", "i"])
def test_an_incident_that_is_not_there_is_told(run: Run, path: str, id_: str) -> None:
    run("corroborate", path, "--quiet")
    done = run("incident", path, id_)
    assert done.exit_code == 2
    assert "incident" in done.stderr


def test_the_list_options_are_for_the_list(run: Run, path: str) -> None:
    assert run("incident", path, "i1", "--contested").exit_code == 2


def test_verdicts_are_given_listed_and_taken_back(run: Run, path: str) -> None:
    done = run("pair", path, "same", "2", "1", "--reason", "one market")
    assert done.stdout == "claims 1 and 2: same holds\n"
    assert run("pair", path, "unsure", "1", "2").stdout == "claims 1 and 2: unsure holds\n"
    assert run("pair", path, "undo", "1", "2").stdout == "claims 1 and 2: same holds\n"
    lines = run("pair", path).stdout.splitlines()
    assert lines[0].endswith("claims 1 and 2: same, says ana (one market)")
    assert lines[1].endswith("unsure, says ana  (does not hold any more)")
    told = [json.loads(line) for line in run("pair", path, "--json").stdout.splitlines()]
    assert [(each["verdict"], each["holds"]) for each in told] == [
        ("same", True), ("unsure", False), ("undo", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [("same",), ("same", "1"), ("same", "1", "2", "3"), ("perhaps", "1", "2")]
)
def test_a_verdict_is_on_two_claims(run: Run, path: str, words: tuple[str, ...]) -> None:
    assert run("pair", path, *words).exit_code == 2


def test_a_claim_that_is_not_there_is_told(run: Run, path: str) -> None:
    done = run("pair", path, "same", "1", "99")
    assert done.exit_code == 2
    assert "there is no claim 99" in done.stderr
