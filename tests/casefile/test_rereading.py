"""Reading again with a newer model: decisions stay, and what changed is told."""

from __future__ import annotations

from typing import Any

import pytest
from cases import decide
from newer_extractor import NewerExtractor
from sqlalchemy import select, text, update

from temoin.casefile import Case, verify
from temoin.casefile.rereading import ClaimChange, Reread, reread
from temoin.casefile.schema import Claim, Decision, Document, Producer, StoredRecord
from temoin.casefile.searching import search
from temoin.casefile.tying import Known, tie
from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.record import Document as RecordDocument
from temoin.record import Event, Record, Span


def again(
    case: Case, extractor: NewerExtractor | None = None, **options: Any
) -> tuple[list[Reread], int]:
    """Read again; what was told, and how many were passed over."""
    told: list[Reread] = []

    def tell(outcome: Reread | ReadingError) -> None:
        assert isinstance(outcome, Reread), outcome
        told.append(outcome)

    reader = Reader(extractor or NewerExtractor(), ground=False)
    passed = reread(case, reader=reader, actor="cy", tell=tell, **options)
    return told, passed


def changes(told: list[Reread]) -> dict[str, ClaimChange]:
    return {change.trigger: change for outcome in told for change in outcome.changes}


def claims(case: Case) -> dict[str, Claim]:
    with case.reading() as session:
        return {claim.trigger: claim for claim in session.scalars(select(Claim))}


def whole(case: Case) -> None:
    assert [str(fault) for fault in verify(case).faults] == []


def test_what_changed_is_told_and_stored(filled: Case) -> None:
    before = claims(filled)
    told, passed = again(filled)
    assert (len(told), passed) == (3, 0)
    found = changes(told)
    assert {trigger: change.kind for trigger, change in found.items()} == {
        "bombardé": "lost",
        "captured": "lost",
        "calme": "added",
        "pris": "changed",
        "shelled": "changed",
    }
    fields = {each.field: (each.before, each.after) for each in found["pris"].fields}
    assert fields["type"] == ("capture", "advance")
    assert fields["certainty"] == ("certain", "possible")
    after = claims(filled)
    assert after["pris"].id == before["pris"].id
    assert after["shelled Mizda"].id == before["shelled"].id
    assert (after["pris"].type, after["pris"].version) == ("advance", 2)
    assert (after["captured"].present, after["captured"].state) == (False, "pending")
    assert after["calme"].present
    assert sorted(hit.trigger for hit in search(filled).hits) == ["calme", "pris", "shelled Mizda"]
    assert [hit.trigger for hit in search(filled, "calme").hits] == ["calme"]
    whole(filled)


def test_decisions_stay(filled: Case) -> None:
    before = claims(filled)
    decide(filled, before["captured"].id, "accept")
    decide(filled, before["pris"].id, "edit", field="certainty", value='"planned"',
           machine='"certain"')  # fmt: skip
    decide(filled, before["shelled"].id, "reject")
    found = changes(again(filled)[0])
    assert (found["captured"].kind, found["captured"].state) == ("lost", "accepted")
    assert {each.field: each.decided for each in found["pris"].fields}["certainty"]
    after = claims(filled)
    assert (after["captured"].state, after["captured"].present) == ("accepted", False)
    assert (after["pris"].state, after["pris"].certainty) == ("edited", "planned")
    assert after["pris"].type == "advance"
    assert after["shelled Mizda"].state == "rejected"
    with filled.reading() as session:
        assert session.scalars(select(Decision.active)).all() == [True, True, True]
    assert "captured" in {hit.trigger for hit in search(filled).hits}
    whole(filled)


def test_a_claim_that_a_human_added_is_tied(filled: Case) -> None:
    from temoin.casefile.reviewing import Verdict
    from temoin.casefile.reviewing import decide as say

    with filled.reading() as session:
        document = session.scalars(select(Document).where(Document.name == "mizda")).one()
    at = document.text.index("calme")
    event = {"type": "ceasefire", "trigger": {"start": at, "end": at + 5, "text": "calme"}}
    other = {"type": "threat", "trigger": {"start": 0, "end": 5, "text": "Mardi"}}
    done = [say(filled, [Verdict("add", document=document.id, value=each)], reviewer="ana")[0]
            for each in (event, other)]  # fmt: skip
    found = changes(again(filled)[0])
    assert (found["calme"].kind, found["calme"].claim) == ("changed", done[0].claim)
    assert "Mardi" not in found
    assert (claims(filled)["calme"].state, claims(filled)["Mardi"].present) == ("edited", True)
    whole(filled)


def test_what_was_lost_can_be_found_again(filled: Case) -> None:
    again(filled)
    found = changes(again(filled, NewerExtractor(finds_bombardé=True))[0])
    assert {trigger: change.kind for trigger, change in found.items()} == {"bombardé": "found"}
    assert claims(filled)["bombardé"].present
    with filled.reading() as session:
        currents = session.execute(
            select(StoredRecord.number, StoredRecord.current).order_by(StoredRecord.id)
        ).all()
    assert sorted(map(tuple, currents)) == sorted([(1, False), (2, False), (3, True)] * 3)
    whole(filled)


def test_the_same_model_does_not_read_again(filled: Case) -> None:
    assert again(filled, where="doc:kidal")[1] == 0
    told, passed = again(filled)
    assert (len(told), passed) == (2, 1)
    assert again(filled) == ([], 3)


def test_a_dry_run_changes_nothing(filled: Case) -> None:
    with filled.reading() as session:
        head = session.scalar(text("SELECT head_hash FROM case_info"))
    dry = again(filled, dry_run=True)[0]
    with filled.reading() as session:
        assert session.scalar(text("SELECT head_hash FROM case_info")) == head
    real = again(filled)[0]
    for one, other in zip(dry, real, strict=True):
        assert [(each.kind, each.trigger, each.fields) for each in one.changes] == [
            (each.kind, each.trigger, each.fields) for each in other.changes
        ]


def test_imported_and_hidden_documents_are_left_alone(filled: Case) -> None:
    with filled.writing(actor="test") as work:
        work.session.execute(
            update(Document).where(Document.name == "both").values(status="hidden")
        )
    assert {outcome.document for outcome in again(filled, dry_run=True)[0]} == {"kidal", "mizda"}
    with filled.writing(actor="test") as work:
        work.session.execute(update(Producer).values(kind="import"))
    assert again(filled, dry_run=True) == ([], 0)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(filled: Case) -> None:
    class Picky(NewerExtractor):
        def extract(
            self, document: RecordDocument, *, min_confidence: float | None = None
        ) -> Record:
            if "captured" in document.text:
                raise RuntimeError("boom")
            return super().extract(document, min_confidence=min_confidence)

    told: list[Reread | ReadingError] = []
    reread(filled, reader=Reader(Picky(), ground=False), actor="cy", tell=told.append)
    assert sorted(isinstance(each, Reread) for each in told) == [False, True, True]
    assert any("both: unexpected RuntimeError: boom" in str(each) for each in told)
    assert len(again(filled)[0]) == 1
    whole(filled)


def test_several_processes_read_the_same(filled: Case) -> None:
    dry = again(filled, dry_run=True)[0]
    assert again(filled, workers=2, dry_run=True)[0] == dry


def _event(type_: str, start: int, end: int, number: int = 1) -> Event:
    trigger = Span(start=start, end=end, text="x" * (end - start))
    return Event(id=f"e{number}", type=type_, trigger=trigger)


def _known(claim: int, event: Event, held: Event | None = None) -> Known:
    return Known(claim, present=True, state="pending", machine=event, held=held or event)


@pytest.mark.parametrize(
    ("events", "known", "expected"),
    [
        ([("siege", 0, 5)], [("siege", 0, 5)], [1]),
        ([("siege", 0, 5)], [("threat", 0, 5)], [1]),
        ([("siege", 0, 5)], [("siege", 0, 4), ("threat", 0, 5)], [2]),
        ([("siege", 0, 5)], [("threat", 0, 4), ("siege", 3, 9)], [2]),
        ([("siege", 0, 9)], [("siege", 0, 3), ("siege", 2, 9)], [2]),
        ([("siege", 0, 5)], [("threat", 4, 9)], [1]),
        ([("siege", 0, 5)], [("siege", 5, 9)], [None]),
        ([("siege", 0, 5), ("threat", 0, 5)], [("threat", 0, 5)], [None, 1]),
        ([("siege", 0, 5), ("siege", 3, 8)], [("siege", 3, 8)], [None, 1]),
        ([("siege", 0, 5), ("threat", 0, 5)], [("threat", 0, 5), ("siege", 0, 5)], [2, 1]),
    ],
)
def test_events_are_tied_to_the_claims_that_fit_best(
    events: list[tuple[str, int, int]],
    known: list[tuple[str, int, int]],
    expected: list[int | None],
) -> None:
    there = [_known(number, _event(*each)) for number, each in enumerate(known, 1)]
    assert tie([_event(*each) for each in events], there) == expected


def test_a_claim_is_also_known_by_what_people_made_of_it() -> None:
    claim = _known(1, _event("siege", 0, 5), held=_event("threat", 20, 25))
    assert tie([_event("threat", 20, 25)], [claim]) == [1]
