"""`temoin search`, `show`, `review` and `reread` on the command line."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path

import pytest
from cases import write_reports
from command_line import Run
from newer_extractor import NewerExtractor
from sqlalchemy import select

import temoin.pipeline
from temoin.casefile import Case, verify
from temoin.casefile.schema import Claim, Decision


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


def claims(path: str) -> dict[str, Claim]:
    with Case.open(path) as case, case.reading() as session:
        return {claim.trigger: claim for claim in session.scalars(select(Claim))}


def decisions(path: str) -> list[Decision]:
    with Case.open(path) as case, case.reading() as session:
        return list(session.scalars(select(Decision).order_by(Decision.id)))


def test_search_shows_claims_with_their_sentence(run: Run, path: str) -> None:
    done = run("search", path, "type:shelling lang:fr")
    assert done.exit_code == 0
    first, second = done.stdout.splitlines()
    assert "shelling" in first
    assert "[pending]  mizda" in first
    assert second.strip() == "Mardi, l'armée a bombardé Mizda, selon un porte-parole."
    assert "1 claim found" in done.stderr


def test_search_says_how_many_it_does_not_show(run: Run, path: str) -> None:
    assert "4 claims found, 2 shown" in run("search", path, "--limit", "2").stderr
    assert "4 claims found\n" in run("search", path, "--limit", "0").stderr


def test_search_finds_documents(run: Run, path: str) -> None:
    done = run("search", path, "calme", "--documents")
    assert done.exit_code == 0
    assert "mizda  fr" in done.stdout
    assert "1 document found" in done.stderr


def test_search_writes_data(run: Run, path: str) -> None:
    lines = run("search", path, "--format", "jsonl", "--order", "added").stdout.splitlines()
    hits = [json.loads(line) for line in lines]
    assert [hit["claim"] for hit in hits] == [4, 3, 2, 1]
    assert hits[0]["snippet"]["text"]
    assert run("search", path, "--format", "csv", "--out", "hits.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(Path("hits.csv").read_text("utf-8"))))
    assert {row["trigger"] for row in rows} == {"bombardé", "captured", "pris", "shelled"}


def test_search_goes_through_all_pages(
    run: Run, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.cli.search._PAGE", 1)
    lines = run("search", path, "--format", "jsonl", "--limit", "3").stdout.splitlines()
    assert len({json.loads(line)["claim"] for line in lines}) == 3


def test_search_without_a_hit_fails(run: Run, path: str) -> None:
    done = run("search", path, "nowhere", "--format", "jsonl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "0 claims found" in done.stderr


def test_search_points_at_what_is_wrong(run: Run, path: str) -> None:
    done = run("search", path, "mizda type:party")
    assert done.exit_code == 2
    assert "column 12: 'party' is no type" in done.stderr
    assert done.stderr.splitlines()[-1].endswith(" ^")
    assert run("search", path, "--", "-type:capture").exit_code == 0
    assert run("search", "none.temoin").exit_code == 2


def test_search_tells_which_place_was_meant(run: Run, path: str) -> None:
    assert "Kidal is Kidal, ML" in run("search", path, "near:Kidal~5").stderr


def test_show_has_both_values_and_the_history(run: Run, path: str) -> None:
    claim = claims(path)["pris"].id
    run("review", "edit", path, str(claim), "--field", "certainty", "--value", "possible",
        "--reason", "says 'perhaps'")  # fmt: skip
    done = run("show", path, str(claim))
    assert done.exit_code == 0
    assert f"claim {claim} of kidal  [edited]  version 2" in done.stdout
    assert "Les rebelles n'ont pas pris Kidal hier." in done.stdout
    assert "certain   people: possible" in done.stdout
    assert "ana: edit certainty to possible (says 'perhaps')" in done.stdout
    told = json.loads(run("show", path, str(claim), "--json").stdout)
    fields = {each["field"]: each for each in told["fields"]}
    assert (fields["certainty"]["machine"], fields["certainty"]["human"]) == ("certain", "possible")
    assert fields["polarity"]["decided"] is False


def test_show_of_a_document(run: Run, path: str) -> None:
    done = run("show", path, "--document", "mizda")
    assert done.exit_code == 0
    assert "found at" in done.stdout
    assert "read by          fake, Témoin test" in done.stdout
    assert "bombardé  [pending]" in done.stdout
    assert json.loads(run("show", path, "--document", "#1", "--json").stdout)["id"] == 1


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["999"], "there is no claim 999"),
        (["--document", "none"], "there is no document 'none'"),
        ([], "Give the number of a claim"),
    ],
)
def test_show_says_what_is_not_there(run: Run, path: str, arguments: list[str], cause: str) -> None:
    done = run("show", path, *arguments)
    assert done.exit_code == 2
    assert cause in done.stderr


def test_claims_are_accepted_by_number(run: Run, path: str) -> None:
    done = run("review", "accept", path, "1", "2", "--reason", "video", "--by", "bea")
    assert done.exit_code == 0
    assert done.stdout == "claim 1: accepted (version 2)\nclaim 2: accepted (version 2)\n"
    assert "temoin review undo a.temoin --batch" in done.stderr
    assert {(each.reviewer, each.reason) for each in decisions(path)} == {("bea", "video")}


def test_many_are_shown_before_they_are_decided_on(run: Run, path: str) -> None:
    run("review", "reject", path, "1")
    shown = run("review", "reject", path, "--where", "lang:en OR lang:fr", "--dry-run")
    assert shown.exit_code == 0
    assert shown.stderr.count("[pending → rejected]") == 3
    assert len(decisions(path)) == 1
    refused = run("review", "reject", path, "--where", "lang:fr")
    assert refused.exit_code == 2
    assert "2 claims would be decided on" in refused.stderr
    done = run("review", "reject", path, "--where", "lang:fr", "--yes")
    assert done.exit_code == 0
    assert len(decisions(path)) == 3
    assert run("review", "reject", path, "--where", "lang:fr", "--yes").exit_code == 1


def test_a_terminal_is_asked(run: Run, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.cli.review._at_terminal", lambda: True)
    no = run("review", "unsure", path, "--where", "type:shelling", input="n\n")
    assert (no.exit_code, decisions(path)) == (1, [])
    assert "unsure 2 claims?" in no.stderr
    assert run("review", "unsure", path, "--where", "type:shelling", input="y\n").exit_code == 0
    assert {claim.state for claim in claims(path).values()} == {"pending", "unsure"}


def test_who_comes_second_gets_a_code_of_its_own(run: Run, path: str) -> None:
    assert run("review", "accept", path, "1", "--seen", "1").exit_code == 0
    done = run("review", "reject", path, "1", "--seen", "1", "--by", "bob")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "a.temoin: claim 1 was changed since you saw it: ana decided on it" in done.stderr
    assert len(decisions(path)) == 1


def test_fields_are_edited_and_added(run: Run, path: str) -> None:
    claim = str(claims(path)["pris"].id)
    value = {"earliest": "2024-03-11", "latest": "2024-03-12"}
    done = run("review", "edit", path, claim, "--field", "time", "--value", json.dumps(value))
    assert done.stdout == f"claim {claim}: edited (version 2)\n"
    assert str(claims(path)["pris"].latest) == "2024-03-12"
    argument = {"role": "target", "start": 0, "end": 12, "text": "Les rebelles"}
    added = run("review", "add", path, claim, "--field", "target:0-12",
                "--value", json.dumps(argument))  # fmt: skip
    assert added.exit_code == 0, added.stderr
    event = {"type": "threat", "trigger": {"start": 0, "end": 3, "text": "Les"}}
    made = run("review", "add", path, "--document", "kidal", "--value", json.dumps(event))
    assert made.exit_code == 0
    assert claims(path)["Les"].origin == "human"
    with Case.open(path) as case:
        assert [str(fault) for fault in verify(case).faults] == []


def test_decisions_are_taken_back(run: Run, path: str) -> None:
    run("review", "accept", path, "1")
    run("review", "reject", path, "1")
    assert run("review", "undo", path).stdout == "claim 1: accepted (version 4)\n"
    assert run("review", "undo", path, "--decision", "1").stdout.startswith("claim 1: pending")
    nothing = run("review", "undo", path)
    assert nothing.exit_code == 2
    assert "ana decided" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["accept"], "Give numbers of claims, or --where"),
        (["accept", "1", "--where", "x"], "Give numbers of claims, or --where"),
        (["accept", "1", "2", "--seen", "1"], "the version of one claim"),
        (["accept", "999"], "there is no claim 999"),
        (["accept", "--where", "type:party"], "'party' is no type"),
        (["accept", "1", "--reason-code", "mood"], "there is no reason 'mood'"),
        (["edit", "1", "--field", "type", "--value", "party"], "claim 1: type:"),
        (["edit", "1", "--field", "time", "--value", "{"], "--value is no JSON"),
        (["add", "--value", "{}"], "Give a claim"),
        (["add", "--document", "none", "--value", "{}"], "there is no document 'none'"),
        (["undo", "--decision", "1", "--batch", "x"], "not both"),
        (["undo", "--seen", "1"], "--seen goes with --decision"),
    ],
)
def test_what_cannot_be_decided_is_told(
    run: Run, path: str, arguments: list[str], cause: str
) -> None:
    done = run("review", arguments[0], path, *arguments[1:])
    assert done.exit_code == 2
    assert cause in done.stderr


def test_reread_shows_what_changed(run: Run, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("review", "accept", path, str(claims(path)["captured"].id))
    assert "none changed; 3 read by this model already" in run("reread", path).stderr
    monkeypatch.setattr(
        temoin.pipeline, "Reader", partial(temoin.pipeline.Reader.func, NewerExtractor(),  # type: ignore[attr-defined]
                                           ground=False)
    )  # fmt: skip
    dry = run("reread", path, "--dry-run", "--json")
    assert dry.exit_code == 0
    rows = [json.loads(line) for line in dry.stdout.splitlines()]
    assert {row["document"] for row in rows} == {"both", "kidal", "mizda"}
    done = run("reread", path, "--where", "doc:both OR doc:kidal")
    assert done.exit_code == 0
    assert "lost     claim" in done.stdout
    assert "captured  [accepted by people]" in done.stdout
    assert "certainty: certain -> possible" in done.stdout
    assert "claims: 1 lost, 2 changed" in done.stderr
    lost = str(claims(path)["captured"].id)
    assert "accepted; the newer model does not find it" in run("show", path, lost).stdout
    rest = run("reread", path, "--workers", "1", "--quiet")
    assert rest.exit_code == 0
    assert "calme" in rest.stdout
    with Case.open(path) as case:
        assert [str(fault) for fault in verify(case).faults] == []


@pytest.mark.parametrize(
    "command",
    [["search"], ["show"], ["reread"], ["review"], ["review", "accept"], ["review", "edit"],
     ["review", "add"], ["review", "undo"]],
    ids=" ".join,
)  # fmt: skip
def test_help_gives_an_example(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.exit_code == 0
    assert f"temoin {' '.join(command)} case.temoin" in done.stdout or command == ["review"]
