"""Review: decisions, conflicts, undo, steps of many, previews; on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from temoin.casefile import Case, CaseError, ConflictError, verify
from temoin.casefile.reviewing import Done, Verdict, decide, history, preview, undo
from temoin.casefile.schema import Argument, Claim, Document


def _claims(case: Case) -> list[Claim]:
    with case.reading() as session:
        return list(session.scalars(select(Claim).order_by(Claim.id)))


def _one(case: Case, *verdicts: Verdict, by: str = "ana") -> Done:
    return decide(case, verdicts, reviewer=by)[0]


def _argument(case: Case, claim: int) -> Argument:
    with case.reading() as session:
        statement = select(Argument).where(Argument.claim_id == claim, Argument.active)
        return session.scalars(statement.order_by(Argument.id)).first() or pytest.fail("none")


def _whole(case: Case) -> None:
    faults: list[str] = []
    verify(case, tell=lambda fault: faults.append(str(fault)))
    assert faults == []


def test_a_claim_is_accepted(filled: Case) -> None:
    claim = _claims(filled)[0]
    done = _one(filled, Verdict("accept", claim.id, seen=claim.version, reason="seen on video"))
    assert (done.state, done.version) == ("accepted", claim.version + 1)
    after = _claims(filled)[0]
    assert (after.state, after.decided_by) == ("accepted", "ana")
    with filled.reading() as session:
        (step,) = history(session, claim.id)
    assert (step.verdict, step.reviewer, step.reason, step.holds) == (
        "accept",
        "ana",
        "seen on video",
        True,
    )
    _whole(filled)


def test_an_edit_keeps_both_values(filled: Case) -> None:
    claim = _claims(filled)[0]
    done = _one(filled, Verdict("edit", claim.id, field="certainty", value="possible"))
    assert done.state == "edited"
    assert _claims(filled)[0].certainty == "possible"
    with filled.reading() as session:
        (step,) = history(session, claim.id)
    assert (step.machine, step.value) == (claim.certainty, "possible")
    _whole(filled)


def test_who_comes_second_is_told(filled: Case) -> None:
    claim = _claims(filled)[0]
    _one(filled, Verdict("accept", claim.id, seen=claim.version), by="ana")
    with pytest.raises(ConflictError, match=r"ana decided on it .*it is accepted now"):
        _one(filled, Verdict("reject", claim.id, seen=claim.version), by="bob")
    assert _claims(filled)[0].state == "accepted"
    _whole(filled)


def test_a_step_is_all_or_nothing(filled: Case) -> None:
    first, second = _claims(filled)[:2]
    _one(filled, Verdict("accept", second.id))
    with pytest.raises(ConflictError):
        decide(
            filled,
            [Verdict("reject", first.id), Verdict("reject", second.id, seen=second.version)],
            reviewer="bob",
        )
    assert [claim.state for claim in _claims(filled)[:2]] == ["pending", "accepted"]


def test_undo_brings_back_what_was_below(filled: Case) -> None:
    claim = _claims(filled)[0]
    _one(filled, Verdict("accept", claim.id))
    second = _one(filled, Verdict("reject", claim.id))
    assert undo(filled, reviewer="ana", decision=second.decision)[0].state == "accepted"
    assert undo(filled, reviewer="ana")[0].state == "pending"
    with pytest.raises(CaseError, match="there is no anything that ana decided"):
        undo(filled, reviewer="ana")
    with pytest.raises(CaseError, match="taken back already"):
        undo(filled, reviewer="ana", decision=second.decision)
    _whole(filled)


def test_a_step_is_undone_as_one(filled: Case) -> None:
    claims = _claims(filled)
    done = decide(filled, [Verdict("reject", claim.id) for claim in claims], reviewer="ana")
    assert {each.batch for each in done} == {done[0].batch}
    back = undo(filled, reviewer="bob", batch=done[0].batch, reason="wrong list")
    assert len(back) == len(claims)
    assert {claim.state for claim in _claims(filled)} == {"pending"}
    _whole(filled)


def test_a_preview_says_what_would_change(filled: Case) -> None:
    first, second = _claims(filled)[:2]
    _one(filled, Verdict("edit", first.id, field="polarity", value="negated"))
    _one(filled, Verdict("unsure", second.id))
    changes = preview(filled, [first.id, second.id, 999], verdict="accept")
    assert [(each.before, each.after, each.changes) for each in changes] == [
        ("edited", "edited", False),
        ("unsure", "accepted", True),
    ]
    assert [claim.state for claim in _claims(filled)[:2]] == ["edited", "unsure"]


def test_an_argument_is_edited_dropped_and_added(filled: Case) -> None:
    claim = _claims(filled)[0]
    argument = _argument(filled, claim.id)
    with filled.reading() as session:
        text = session.scalars(select(Document.text).where(Document.id == claim.document_id)).one()
    _one(filled, Verdict("reject", claim.id, field=argument.field, reason_code="wrong_span"))
    start = text.index(claim.trigger)
    added = {
        "role": "instrument",
        "start": start,
        "end": start + len(claim.trigger),
        "text": claim.trigger,
    }
    field = f"instrument:{start}-{start + len(claim.trigger)}"
    _one(filled, Verdict("add", claim.id, field=field, value=added))
    with filled.reading() as session:
        fields = set(
            session.scalars(
                select(Argument.field).where(Argument.claim_id == claim.id, Argument.active)
            )
        )
    assert field in fields
    assert argument.field not in fields
    _whole(filled)


def test_a_claim_that_the_machine_missed_is_added(filled: Case) -> None:
    claim = _claims(filled)[0]
    event = {
        "type": "threat",
        "trigger": {
            "start": claim.trigger_start,
            "end": claim.trigger_end,
            "text": claim.trigger,
        },
    }
    done = _one(filled, Verdict("add", document=claim.document_id, value=event))
    made = next(each for each in _claims(filled) if each.id == done.claim)
    assert (made.origin, made.type, made.state, made.version) == ("human", "threat", "edited", 1)
    with pytest.raises(CaseError, match="was added by hand: reject it instead"):
        undo(filled, reviewer="ana", decision=done.decision)
    _whole(filled)


@pytest.mark.parametrize(
    ("verdict", "cause"),
    [
        ({"verdict": "praise"}, "there is no verdict 'praise'"),
        ({"verdict": "accept", "reason_code": "mood"}, "there is no reason 'mood'"),
        ({"verdict": "accept", "claim": 999}, "there is no claim 999"),
        ({"verdict": "accept", "value": "x"}, "accept takes no value"),
        ({"verdict": "accept", "field": "weather"}, "there is no field 'weather'"),
        ({"verdict": "reject", "field": "type"}, "a claim cannot be without type"),
        ({"verdict": "edit", "field": "type", "value": "party"}, "type: Input should be"),
        ({"verdict": "edit", "field": "type", "value": None}, "a claim cannot be without type"),
        ({"verdict": "add", "field": "type", "value": "siege"}, "type is edited, not added"),
        (
            {
                "verdict": "edit",
                "field": "trigger",
                "value": {"start": 0, "end": 9, "text": "inventing"},
            },
            "does not stand at 0-9",
        ),
        (
            {
                "verdict": "edit",
                "field": "actor:0-1",
                "value": {"role": "actor", "start": 0, "end": 1, "text": "T"},
            },
            "has no argument actor:0-1",
        ),
        ({"verdict": "edit", "field": "actor", "value": {}}, "there is no field 'actor'"),
        ({"verdict": "accept", "claim": None}, "a verdict names a claim"),
        ({"verdict": "add", "claim": None, "document": 99, "value": {}}, "no such document"),
        (
            {"verdict": "add", "claim": None, "document": 1, "value": "x"},
            "given as an event",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused(
    filled: Case, verdict: dict[str, Any], cause: str
) -> None:
    claim = _claims(filled)[0]
    told = {"claim": claim.id, **verdict}
    with pytest.raises(CaseError, match=cause):
        _one(filled, Verdict(**told))
    assert _claims(filled)[0].version == claim.version
