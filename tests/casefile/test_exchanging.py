"""Out and in again: nothing is lost, nothing is altered unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cases import Databases, decide
from click.testing import CliRunner
from sqlalchemy import func, select

from temoin.casefile import Case, Custody, reviewing, verify
from temoin.casefile.claims import machine_event, refresh_claim
from temoin.casefile.exchanging import exported_records, import_records
from temoin.casefile.held import document_held
from temoin.casefile.incidents import pairs
from temoin.casefile.privacy import load_profile
from temoin.casefile.privacy.levels import set_document_level, set_field_level
from temoin.casefile.schema import Claim, Decision, Document
from temoin.casefile.storing import store_newer_record
from temoin.cli import main
from temoin.corroboration import Verdict
from temoin.errors import ReadingError
from temoin.record import Record

pytest_plugins = ["cases"]


def lines(case: Case) -> str:
    return "".join(f"{each.line}\n" for each in exported_records(case))


def take(case: Case, text: str, folder: Path) -> list[ReadingError]:
    path = folder / "in.jsonl"
    path.write_text(text, encoding="utf-8")
    told: list[ReadingError] = []
    import_records(case, path, actor="eva", custody=Custody(), tell=told.append)
    return told


def review_everything(case: Case) -> None:
    """Decide in every way that there is."""
    with case.reading() as session:
        claims = session.scalars(select(Claim).order_by(Claim.id)).all()
        text = session.scalars(select(Document.text).order_by(Document.id)).first()
    numbers = [claim.id for claim in claims]
    decide(case, numbers[0], "accept", reason="seen")
    decide(case, numbers[0], "edit", field="certainty", value='"possible"', batch="b1")
    decide(case, numbers[1], "reject", reason_code="not_an_event", reason="« a figure »")
    first = decide(case, numbers[2], "edit", field="polarity", value='"negated"')
    decide(case, numbers[2], "undo", field="polarity", undoes=first)
    assert text
    event = {"type": "threat", "trigger": {"start": 0, "end": 5, "text": text[:5]}}
    verdict = reviewing.Verdict("add", document=1, value=event)
    reviewing.decide(case, [verdict], reviewer="bea")
    set_document_level(case, [2], "public", actor="bea")
    set_field_level(case, numbers[0], "place", "secret", actor="bea")


def test_round_trip_is_exact_with_decisions(
    filled: Case, databases: Databases, empty_case: str, tmp_path: Path
) -> None:
    review_everything(filled)
    before = lines(filled)
    with Case.open(databases.copy(empty_case)) as other:
        assert not take(other, before, tmp_path)
        assert lines(other) == before
        assert not verify(other).faults
        with other.reading() as session:
            assert len(session.scalars(select(Decision)).all()) == 6
            states = session.scalars(select(Claim.state)).all()
        with filled.reading() as session:
            assert sorted(states) == sorted(session.scalars(select(Claim.state)))
        head = other.info().head_seq
        assert not take(other, before, tmp_path)
        assert other.info().head_seq == head


def test_claims_that_a_newer_model_lost_go_along(
    filled: Case, databases: Databases, empty_case: str, tmp_path: Path
) -> None:
    with filled.reading() as session:
        claim = session.scalars(select(Claim).order_by(Claim.id)).first()
        assert claim
        number, document = claim.id, claim.document_id
    decide(filled, number, "accept")
    (record,) = [
        each.record
        for place, each in enumerate(exported_records(filled), 1)
        if place == document and each.record
    ]
    kept = record.model_copy(update={"events": record.events[1:], "relations": ()})
    with filled.writing(actor="ana") as work:
        session = work.session
        theirs = session.scalars(
            select(Claim).where(Claim.document_id == document).order_by(Claim.id)
        ).all()
        theirs[0].present = False
        theirs[0].version += 1
        claims = [each.id for each in theirs[1:]]
        store_newer_record(work, document, kept, claims=claims)
        for each in theirs:
            refresh_claim(
                session, each.id, machine=machine_event(session, each.id), present=each.present
            )
    assert not verify(filled).faults
    before = lines(filled)
    with Case.open(databases.copy(empty_case)) as other:
        assert not take(other, before, tmp_path)
        assert lines(other) == before
        assert not verify(other).faults


def test_rejected_claims_are_no_events_of_the_export(filled: Case) -> None:
    decide(filled, 1, "reject")
    told = [json.loads(each.line or "") for each in exported_records(filled)]
    document = next(each for each in told if each["review"]["claims"][0]["state"] == "rejected")
    rejected = document["review"]["claims"][0]
    assert rejected["event"] not in {event["id"] for event in document["events"]}
    assert rejected["machine"]["id"] == rejected["event"]


def test_lines_that_cannot_be_taken_are_told(filled: Case, case: Case, tmp_path: Path) -> None:
    text = lines(filled)
    altered = json.loads(text.splitlines()[0])
    altered["events"][0]["certainty"] = "planned"
    newer = json.loads(text.splitlines()[1])
    newer["review"]["format"] = 99
    worse = json.loads(text.splitlines()[2])
    worse["review"]["claims"][0]["decisions"] = [{"verdict": "edit", "field": "place", "value": 3}]
    bad: list[Any] = ["{", "[]", altered, newer, worse, {"document": {"text": None}}]
    given = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in bad)
    told = take(case, f"{given}\n{text.splitlines()[1]}\n", tmp_path)
    assert [str(each).rpartition(".jsonl:")[2].partition(":")[0] for each in told] == list("123456")
    assert "altered" in str(told[2])
    assert len(lines(case).splitlines()) == 1
    assert not verify(case).faults


def test_plain_records_come_in(case: Case, filled: Case, tmp_path: Path) -> None:
    plain = "".join(
        f"{each.record.to_json()}\n" for each in exported_records(filled) if each.record
    )
    assert not take(case, plain, tmp_path)
    assert not take(case, plain, tmp_path)
    with case.reading() as session:
        assert len(session.scalars(select(Document)).all()) == 3
    assert not verify(case).faults


def test_commands(address: str, filled: Case, tmp_path: Path) -> None:
    runner = CliRunner()
    source = filled.target.url.render_as_string(hide_password=False)
    given = str(filled.target.path or source)
    out = tmp_path / "out.jsonl"
    assert runner.invoke(main, ["export", given, "-o", str(out)]).exit_code == 0
    told = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())
    assert told["documents"] == 3
    assert told["head"].partition(":")[0] == str(filled.info().head_seq)
    done = runner.invoke(main, ["import", address, str(out), "--as", "records", "--by", "eva"])
    assert done.exit_code == 0
    again = tmp_path / "again.jsonl"
    runner.invoke(main, ["export", address, "-o", str(again)])
    assert again.read_bytes() == out.read_bytes()
    assert runner.invoke(main, ["export", given, "--dry-run"]).exit_code == 2
    dry = runner.invoke(main, ["export", given, "--profile", "public", "--dry-run"])
    assert "left out as a whole" in dry.output


def judged(case: Case) -> list[int]:
    """Three claims of three documents, with verdicts on two pairs of them."""
    with case.reading() as session:
        claims = session.scalars(
            select(func.min(Claim.id)).group_by(Claim.document_id).order_by(Claim.document_id)
        ).all()
        numbers = [int(number) for number in claims]
    a, b, c = numbers
    pairs.decide(case, c, a, Verdict.SAME, reviewer="ana", reason="one market")
    pairs.decide(case, a, b, Verdict.DIFFERENT, reviewer="bea")
    pairs.decide(case, a, c, Verdict.UNSURE, reviewer="bea")
    pairs.undo(case, a, c, reviewer="ana", reason="mistaken")
    return numbers


def held(case: Case) -> list[tuple[str, str, str, bool]]:
    return [
        (row.verdict, row.reviewer, row.at, holds)
        for row, holds in sorted(pairs.decided_pairs(case), key=lambda each: each[0].at)
    ]


def test_verdicts_on_pairs_come_along(case: Case, filled: Case, tmp_path: Path) -> None:
    judged(filled)
    text = lines(filled)
    assert not take(case, text, tmp_path)
    assert lines(case) == text
    assert held(case) == held(filled)
    assert [verdict for verdict, _, _, holds in held(case) if holds] == ["same", "different"]
    assert not verify(case).faults


def test_a_verdict_on_a_claim_that_is_lost_comes_along(
    case: Case, filled: Case, tmp_path: Path
) -> None:
    judged(filled)
    with filled.writing(actor="ana") as work:
        document = work.session.scalars(select(Document).order_by(Document.id)).first()
        assert document is not None
        found = document_held(work.session, document.id)
        assert found is not None
        bare = Record.from_dict({**found.record.to_dict(), "events": [], "relations": []})
        store_newer_record(work, document.id, bare, claims=[])
        for each in found.claims:
            event = machine_event(work.session, each.claim.id)
            refresh_claim(work.session, each.claim.id, machine=event, present=False)
    text = lines(filled)
    assert '"pairs"' in text
    assert not take(case, text, tmp_path)
    assert lines(case) == text
    assert held(case) == held(filled)
    assert not verify(case).faults


def test_a_verdict_whose_other_document_is_not_there_is_told(
    case: Case, filled: Case, tmp_path: Path
) -> None:
    judged(filled)
    last = lines(filled).splitlines()[-1]
    (told,) = take(case, f"{last}\n", tmp_path)
    assert "left out" in str(told)
    assert str(told).endswith(": 3")
    assert held(case) == []
    assert not verify(case).faults


def test_a_profile_leaves_verdicts_out(filled: Case) -> None:
    judged(filled)
    made = [each.line or "" for each in exported_records(filled, profile=load_profile("internal"))]
    assert '"pairs"' not in "".join(made)


def test_lines_of_the_first_format_are_read(case: Case, filled: Case, tmp_path: Path) -> None:
    text = lines(filled)
    assert not take(case, text.replace('"format":2', '"format":1'), tmp_path)
    assert lines(case) == text


def test_a_verdict_is_tied_to_no_other_event_of_the_same_id(
    case: Case, filled: Case, tmp_path: Path
) -> None:
    judged(filled)
    every = [json.loads(line) for line in lines(filled).splitlines()]
    for told in every:
        for pair in told["review"].get("pairs", ()):
            pair["other"]["start"] += 1
    text = "".join(f"{json.dumps(told)}\n" for told in every)
    assert {"left out" in str(each) for each in take(case, text, tmp_path)} == {True}
    assert held(case) == []
