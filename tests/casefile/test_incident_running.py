"""Runs of corroboration on a case: what is read, kept, carried over, and found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cases import Databases, add_reports, decide
from sqlalchemy import func, select

from temoin.casefile import Case, CaseError, verify
from temoin.casefile.backup import back_up, restore
from temoin.casefile.documents import change_document
from temoin.casefile.incidents import (
    Result,
    incident_shown,
    incidents_listed,
    pairs,
    run,
    side_by_side,
    suggested_lines,
)
from temoin.casefile.incidents.rows import suggestion_rows
from temoin.casefile.schema import (
    AuditEntry,
    Claim,
    ClaimLink,
    Corroboration,
    Document,
    Incident,
    IncidentClaim,
    IncidentSuggestion,
)
from temoin.corroboration import FieldWeight, PairScore, Suggestion, Verdict, link, render


def claims(case: Case) -> dict[tuple[str, str], int]:
    """Numbers of claims by document and trigger."""
    with case.reading() as session:
        rows = session.execute(
            select(Document.name, Claim.trigger, Claim.id).join(
                Document, Document.id == Claim.document_id
            )
        )
        return {(name, trigger): number for name, trigger, number in rows}


def held(case: Case) -> dict[str, set[int]]:
    """The claims of each incident that holds."""
    with case.reading() as session:
        members: dict[str, set[int]] = {}
        for claim, incident in session.execute(
            select(IncidentClaim.claim_id, IncidentClaim.incident_id)
        ):
            members.setdefault(incident, set()).add(claim)
        return members


def again(case: Case) -> Result:
    return run(case, actor="bea")


def row(case: Case, id_: str) -> dict[str, Any]:
    with case.reading() as session:
        found = session.execute(select(Incident.__table__).where(Incident.id == id_)).mappings()
        return dict(found.one())


@pytest.fixture
def shellings(filled: Case) -> tuple[int, int]:
    """Two claims of one shelling, in two documents."""
    numbers = claims(filled)
    return numbers["mizda", "bombardé"], numbers["both", "shelled"]


@pytest.fixture
def captures(filled: Case) -> tuple[int, int]:
    """A claim of a capture, and one that denies it."""
    numbers = claims(filled)
    return numbers["both", "captured"], numbers["kidal", "pris"]


def test_claims_that_tell_of_one_event_are_one_incident(
    filled: Case, shellings: tuple[int, int], captures: tuple[int, int]
) -> None:
    found = again(filled)
    assert (found.claims, found.documents, len(found.incidents)) == (4, 3, 2)
    assert sorted(map(sorted, held(filled).values())) == sorted(
        [sorted(shellings), sorted(captures)]
    )
    assert (found.count("contested"), found.count("corroborated")) == (1, 1)


def test_a_denial_is_told_as_a_contradiction(filled: Case, captures: tuple[int, int]) -> None:
    again(filled)
    told = incident_shown(filled, str(captures[0]))
    assert told["incident"]["support"] == "contested"
    assert told["incident"]["contested"] == "occurred"
    (link,) = told["links"]
    assert {link["claim"], link["other"]} == set(captures)
    assert (link["kind"], link["field"]) == ("contradicts", "occurred")
    assert {link["value"], link["other_value"]} == {"affirmed", "denied"}


def test_who_says_what_is_told_with_sentence_and_document(
    filled: Case, captures: tuple[int, int]
) -> None:
    again(filled)
    told = incident_shown(filled, str(captures[0]))
    by_document = {each["document"]: each for each in told["claims"]}
    assert by_document["kidal"]["sentence"]["text"] == "Les rebelles n'ont pas pris Kidal hier."
    assert by_document["kidal"]["says"]["occurred"] == "denied"
    assert {each["origin"] for each in told["claims"]} == {1, 2}
    happened = next(each for each in told["fields"] if each["field"] == "occurred")
    assert happened["contested"]
    assert {each["value"] for each in happened["values"]} == {"affirmed", "denied"}
    text = render(side_by_side(told))
    assert "! happened" in text
    assert "Les rebelles n'ont pas pris Kidal hier." in text
    assert f"claim {captures[1]}" in text


def test_the_run_is_told_to_the_log_and_no_row_of_it_is(filled: Case) -> None:
    with filled.reading() as session:
        before = session.scalar(select(func.count()).select_from(AuditEntry))
    again(filled)
    with filled.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()[before:]
        stored = session.scalars(select(Corroboration)).one()
        assert [(each.action, each.kind, each.target) for each in entries] == [
            ("corroborate", "corroboration", 1)
        ]
        told = json.loads(entries[0].new or "")
    assert (told["incidents"], told["contested"], stored.by) == (2, 1, "bea")
    assert set(json.loads(told["digests"])) == {
        "incidents", "incident_claims", "claim_links", "incident_suggestions", "documents"
    }  # fmt: skip
    assert verify(filled).faults == ()


def test_a_dry_run_keeps_nothing(filled: Case) -> None:
    found = run(filled, actor="bea", keep=False)
    assert found.run is None
    assert found.count("contested") == 1
    with filled.reading() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 0
        assert session.scalar(select(func.count()).select_from(Corroboration)) == 0


def test_a_second_run_changes_nothing(filled: Case) -> None:
    first = again(filled)
    ids = held(filled)
    second = again(filled)
    assert held(filled) == ids
    assert (first.run, second.run) == (1, 2)
    assert second.changes.new == second.changes.changed == ()
    assert not second.changes.grades
    assert not second.changes.retired
    assert {row(filled, id_)["revision"] for id_ in ids} == {1}
    assert verify(filled).faults == ()


def test_a_new_report_joins_its_incident_under_the_same_id(
    filled: Case, shellings: tuple[int, int], tmp_path: Path
) -> None:
    again(filled)
    before = next(id_ for id_, members in held(filled).items() if shellings[0] in members)
    path = tmp_path / "late.txt"
    path.write_text("An army spokesman said soldiers shelled Mizda on Tuesday.", "utf-8")
    add_reports(filled, path)
    found = again(filled)
    late = claims(filled)["late", "shelled"]
    assert held(filled)[before] == {*shellings, late}
    assert found.changes.changed == (before,)
    assert row(filled, before)["revision"] == 2
    assert row(filled, before)["documents"] == 3


def test_rejected_claims_are_left_out(filled: Case, captures: tuple[int, int]) -> None:
    again(filled)
    decide(filled, captures[1], "reject")
    told = incidents_listed(filled)
    assert told["since"] == 1
    found = again(filled)
    assert found.claims == 3
    (grades,) = found.changes.grades.values()
    assert grades == ("contested", "single source")
    assert captures[1] not in set().union(*held(filled).values())
    with pytest.raises(CaseError, match=f"claim {captures[1]} is in no incident"):
        incident_shown(filled, str(captures[1]))


def test_decisions_count_as_they_hold(filled: Case, captures: tuple[int, int]) -> None:
    decide(filled, captures[1], "edit", field="polarity", value='"affirmed"')
    assert again(filled).count("contested") == 0


def test_a_human_claim_is_read(filled: Case) -> None:
    from temoin.casefile.reviewing.deciding import Verdict as Said
    from temoin.casefile.reviewing.deciding import decide as review

    number = next(n for (name, _), n in claims(filled).items() if name == "mizda")
    with filled.reading() as session:
        document = session.get_one(Claim, number).document_id
    value = {"id": "h1", "type": "protest", "trigger": {"start": 0, "end": 5, "text": "Mardi"}}
    review(filled, [Said("add", document=document, value=value)], reviewer="bea")
    found = again(filled)
    assert found.claims == 5
    assert "protest" in {str(each.claims[0].type) for each in found.incidents}


def test_only_what_a_query_finds_is_read(filled: Case, shellings: tuple[int, int]) -> None:
    found = run(filled, actor="bea", query="type:shelling")
    assert list(held(filled).values()) == [set(shellings)]
    assert found.query == "type:shelling"
    assert incidents_listed(filled)["run"]["query"] == "type:shelling"
    assert verify(filled).faults == ()


def test_a_retired_incident_names_its_successor_and_comes_back(
    filled: Case, shellings: tuple[int, int]
) -> None:
    pairs.decide(filled, *shellings, Verdict.DIFFERENT, reviewer="bea")
    again(filled)
    apart = {id_ for id_, members in held(filled).items() if members & set(shellings)}
    assert len(apart) == 2
    pairs.decide(filled, *shellings, Verdict.SAME, reviewer="bea")
    found = again(filled)
    ((gone, successor),) = found.changes.retired.items()
    assert {gone, successor} == apart
    assert json.loads(row(filled, gone)["former"])[0] in shellings
    with pytest.raises(CaseError, match=f"is no more since run 2: .* {successor} now"):
        incident_shown(filled, gone)
    assert verify(filled).faults == ()
    pairs.undo(filled, *shellings, reviewer="bea")
    found = again(filled)
    assert {id_ for id_, members in held(filled).items() if members & set(shellings)} == apart
    assert found.changes.new == (gone,)
    assert verify(filled).faults == ()


def test_copies_and_translations_are_groups_of_documents(case: Case, tmp_path: Path) -> None:
    wire = ("The army shelled Mizda on Tuesday, a spokesman in the capital told reporters late in "
            "the evening, and residents of the town fled towards the mountains.")  # fmt: skip
    texts = {
        "wire.txt": wire,
        "paper.txt": f"{wire} Nobody else was there to see it, the paper adds.",
        "alone.txt": "Rebels captured Kidal on Tuesday, according to a teacher.",
        "autre.txt": "Mardi, l'armée a bombardé Mizda, selon un porte-parole.",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, "utf-8")
        add_reports(case, path)
    with case.reading() as session:
        rows = session.execute(select(Document.name, Document.id))
        ids = {row.name: row.id for row in rows}
    with case.writing(actor="bea") as work:
        change_document(work, ids["autre"], translation_of=ids["wire"])
    found = again(case)
    assert found.copies == 2
    with case.reading() as session:
        found_groups = session.execute(
            select(Document.name, Document.near_duplicate_group, Document.origin_group)
        )
        groups = {name: (near, origin) for name, near, origin in found_groups}
    first = min(ids["wire"], ids["paper"])
    assert groups == {
        "wire": (first, first),
        "paper": (first, first),
        "alone": (None, None),
        "autre": (None, min(first, ids["autre"])),
    }
    shelling = next(each for each in found.incidents if len(each.claims) == 3)
    assert shelling.grade.origins == 1
    assert verify(case).faults == ()


def test_hidden_documents_are_left_out(filled: Case) -> None:
    with filled.writing(actor="bea") as work:
        number = work.session.scalars(select(Document.id).where(Document.name == "kidal")).one()
        change_document(work, number, status="hidden")
    assert again(filled).documents == 2


def test_documents_of_one_name_are_told_apart(case: Case, tmp_path: Path) -> None:
    for folder, text in (("a", "The army shelled Mizda yesterday."), ("b", "They shelled Mizda.")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "report.txt"
        path.write_text(text, "utf-8")
        add_reports(case, path)
    assert again(case).documents == 2


def test_an_empty_case_has_no_incidents(case: Case) -> None:
    with pytest.raises(CaseError, match="temoin corroborate"):
        incidents_listed(case)
    found = again(case)
    assert (found.claims, found.incidents) == (0, ())
    assert incidents_listed(case)["incidents"] == []
    assert verify(case).faults == ()


def test_a_restored_case_has_the_same_incidents(
    databases: Databases, full_case: str, tmp_path: Path
) -> None:
    address, copied = databases.copy(full_case), databases.new()
    with Case.open(address) as case:
        again(case)
        ids = held(case)
    back_up(address, tmp_path / "copy.temoin")
    restore(tmp_path / "copy.temoin", copied)
    with Case.open(copied) as case:
        assert held(case) == ids
        assert again(case).run == 2
        assert verify(case).faults == ()


def test_links_are_numbered_and_say_their_rule(filled: Case) -> None:
    again(filled)
    with filled.reading() as session:
        links = session.scalars(select(ClaimLink).order_by(ClaimLink.id)).all()
    assert [each.id for each in links] == list(range(1, len(links) + 1))
    assert all(each.rule for each in links)
    assert {each.kind for each in links} == {"contradicts", "same"}


def test_suggestions_are_kept_and_shown_from_both_sides(filled: Case) -> None:
    found = again(filled)
    one, other = sorted(each.id for each in found.incidents)
    a, b = (each.claims[0].id for each in found.incidents)
    suggestion = Suggestion(
        one,
        other,
        PairScore(a, b, 1.5, (FieldWeight("place", "same", 2.25),)),
        tuple(link(a, b) for a in found.incidents[0].claims for b in found.incidents[1].claims),
    )
    with filled.writing(actor="bea") as work:
        for row in suggestion_rows([suggestion], found.incidents):
            work.session.add(IncidentSuggestion(**row))
    for here, there in (found.incidents, found.incidents[::-1]):
        (told,) = incident_shown(filled, here.id)["suggestions"]
        assert told["incident"]["id"] == there.id
        assert str(told["claims"][0]) in here.claim_ids
        assert str(told["claims"][1]) in there.claim_ids
        assert (told["weight"], told["fields"]) == (1.5, {"place": 2.25})
        assert {"contradicts"} == {each["kind"] for each in told["links"] if each["field"]}
        lines = list(suggested_lines(incident_shown(filled, here.id)["suggestions"]))
        assert lines[1] == "May be the same incident, and was not joined:"
        assert there.id in lines[2]
        assert " contradicts " in lines[3]
    (fault,) = verify(filled).faults
    assert "suggestions of incidents that may be one were altered" in str(fault)
    assert not again(filled).suggestions
    assert incident_shown(filled, found.incidents[0].id)["suggestions"] == []
    assert verify(filled).faults == ()


def test_what_a_run_suggests_is_kept(case: Case, tmp_path: Path) -> None:
    texts = {
        "one.txt": "The army shelled the market of Mizda on Tuesday and killed nine people.",
        "two.txt": "Rebels bombed the market of Mizda on Wednesday; forty people died there.",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, "utf-8")
        add_reports(case, path)
    found = again(case)
    with case.reading() as session:
        rows = session.scalars(select(IncidentSuggestion).order_by(IncidentSuggestion.id)).all()
        kept = [(row.incident_id, row.other_id, row.weight) for row in rows]
    assert kept == [(each.a, each.b, each.best.weight) for each in found.suggestions]
    for each in found.suggestions:
        shown = incident_shown(case, each.a)["suggestions"]
        assert each.b in {told["incident"]["id"] for told in shown}
    assert verify(case).faults == ()
