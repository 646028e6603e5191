"""Parts of stored records: the same events as in the whole, none of the others read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cases import decide
from export_cases import opened
from sqlalchemy import select

from temoin.casefile import Case, parts
from temoin.casefile.canonical import pack, unpack
from temoin.casefile.claims import machine_event
from temoin.casefile.errors import DamagedError
from temoin.casefile.held import claims_held, document_held
from temoin.casefile.reviewing import Verdict
from temoin.casefile.reviewing import decide as put_down
from temoin.casefile.schema import Document, StoredRecord
from temoin.casefile.storing import load_record
from temoin.record import Event


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> parts._Shelf:
    """An empty one."""
    fresh = parts._Shelf()
    monkeypatch.setattr(parts, "_shelf", fresh)
    return fresh


@pytest.fixture
def case(tmp_path: Path, shelf: parts._Shelf) -> Iterator[Case]:
    """Three reports, six claims."""
    assert not shelf._held
    with opened(tmp_path) as made:
        yield made


def stored_of(case: Case) -> list[StoredRecord]:
    with case.reading() as session:
        return list(session.scalars(select(StoredRecord).order_by(StoredRecord.id)))


def test_parts_are_those_of_the_whole(case: Case) -> None:
    for stored in stored_of(case):
        whole = load_record(stored)
        with case.reading() as session:
            cut = parts.parts_of(session, stored.id)
        assert list(cut.events.values()) == list(whole.events)
        assert list(cut.events) == [event.id for event in whole.events]
        assert len(cut.events) == len(whole.events)
        assert cut.document == whole.document
        assert cut.relations == whole.relations
        assert cut.ungrounded == whole.ungrounded


def test_parts_are_cut_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[int] = []
    cut = parts._cut

    def counted(told: bytes) -> parts.Parts:
        cuts.append(len(told))
        return cut(told)

    monkeypatch.setattr(parts, "_cut", counted)
    for _ in range(3):
        put_down(case, [Verdict("accept", 1), Verdict("unsure", 2)], reviewer="ana")
    assert len(cuts) == 1


def test_only_the_event_that_is_asked_for_is_validated(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    validate = Event.model_validate_json

    def seen(data: bytes) -> Event:
        read.append(data)
        return validate(data)

    monkeypatch.setattr(Event, "model_validate_json", seen)
    with case.reading() as session:
        found = claims_held(session, 1, only={2})
    assert found
    assert [each.claim.id for each in found.claims] == [2]
    assert len(read) == 1


def test_claims_are_held_as_in_the_whole_document(case: Case) -> None:
    value = {"type": "shelling", "trigger": {"start": 0, "end": 5, "text": "Mardi"}}
    for _ in range(2):
        put_down(case, [Verdict("add", document=1, value=value)], reviewer="ana")
    decide(case, 3, "reject")
    with case.reading() as session:
        for number in session.scalars(select(Document.id)):
            whole = document_held(session, number)
            assert whole
            told = claims_held(session, number)
            assert told
            assert told.claims == whole.claims
            assert told.relations == whole.relations
            for each in whole.claims:
                one = claims_held(session, number, only={each.claim.id})
                assert one
                assert one.claims == (each,)


def test_shelf_is_bounded(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [stored.id for stored in stored_of(case)]
    with case.reading() as session:
        sizes = [parts.parts_of(session, number).size for number in numbers]
    small = parts._Shelf()
    monkeypatch.setattr(parts, "_shelf", small)
    monkeypatch.setattr(parts, "_MOST_BYTES", sorted(sizes)[1])
    with case.reading() as session:
        for number in numbers * 2:
            assert parts.parts_of(session, number).events
            assert small._size <= parts._MOST_BYTES
            assert small._size == sum(each.size for each in small._held.values())


def test_what_its_hash_does_not_vouch_for_is_not_kept(case: Case, shelf: parts._Shelf) -> None:
    stored = stored_of(case)[0]
    told = json.loads(unpack(stored.codec, stored.data))
    told["events"][0]["confidence"] = 0.11
    changed = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    tamper(case, stored.id, changed.encode())
    with case.reading() as session:
        event = machine_event(session, 1)
    assert event
    assert event.confidence == 0.11
    assert not shelf._held


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{",
        b"{}",
        b"[]",
        b'{"events":[]}',
        b'{"document":{},"events":[{}]}',
        b'{"document":{},"events":[1]}',
        b'{"document":{},"events":[{"id":"e1"}',
        b'{"document":{},"events":7}',
        b'{"document":{},"events":[{"id":"e1"}]}',
        b'{"document":{},"events":[]}',
        b'{"document":{}}x',
        b'{"document":' + b"[" * 100_000,
        b"\xff\xfe",
    ],
    ids=lambda data: repr(data[:40]),
)
def test_damaged_record_is_told(case: Case, data: bytes) -> None:
    tamper(case, 1, data)
    with case.reading() as session, pytest.raises(DamagedError, match="restore a backup"):
        machine_event(session, 1)


def tamper(case: Case, record: int, data: bytes) -> None:
    """Change stored bytes behind the case's back."""
    codec, packed = pack(data)
    with closing(sqlite3.connect(str(case.target.path))) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "UPDATE records SET codec = ?, data = ? WHERE id = ?", (codec, packed, record)
        )
        database.commit()
