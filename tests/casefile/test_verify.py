"""Whatever is tampered with is found, and told where it is; on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cases import Databases, decide
from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.pool import NullPool

from temoin.casefile import Case
from temoin.casefile.audit import FIRST, entries, entry_hash
from temoin.casefile.canonical import canonical, sha256
from temoin.casefile.schema import AuditEntry
from temoin.casefile.verification import Fault, Head, verify

Tamper = Callable[[Connection], None]


def faults(case: Case, *heads: Head) -> list[str]:
    told: list[Fault] = []
    report = verify(case, tell=told.append, heads=heads)
    assert report.faults == tuple(told)
    return [str(fault) for fault in told]


@contextmanager
def unguarded(case: Case) -> Iterator[Connection]:
    """A connection of somebody who takes the triggers away and puts them back."""
    engine = create_engine(case.target.url, poolclass=NullPool)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
            return
        found = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name, _ in found:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in found:
            connection.exec_driver_sql(statement)


def sql(*statements: str) -> Tamper:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    return run


def alter_and_hash(connection: Connection) -> None:
    entry = list(entries(connection))[2]
    entry["actor"] = "eve"
    connection.execute(
        text("UPDATE audit SET actor = 'eve', hash = :hash WHERE seq = 3"),
        {"hash": entry_hash(entry)},
    )


def forge(connection: Connection) -> None:
    last = list(entries(connection))[-1]
    entry = {**last, "seq": last["seq"] + 1, "prev_hash": last["hash"], "actor": "eve"}
    entry["hash"] = entry_hash(entry)
    connection.execute(insert(AuditEntry), entry)


def compute_anew(connection: Connection) -> None:
    """Alter an entry and compute the whole chain anew, the head too."""
    previous = FIRST
    for entry in list(entries(connection)):
        if entry["seq"] == 2:
            entry["actor"] = "eve"
        entry["prev_hash"] = previous
        previous = entry["hash"] = entry_hash(entry)
        connection.execute(
            text(
                "UPDATE audit SET actor = :actor, prev_hash = :prev_hash, hash = :hash "
                "WHERE seq = :seq"
            ),
            {key: entry[key] for key in ("seq", "actor", "prev_hash", "hash")},
        )
    connection.execute(text("UPDATE case_info SET head_hash = :hash"), {"hash": previous})


def with_text(connection: Connection, new: str) -> None:
    connection.execute(
        text("UPDATE documents SET text = :text, text_sha256 = :hash WHERE id = 2"),
        {"text": new, "hash": sha256(new)},
    )


def alter_record(connection: Connection, *, hashed: bool) -> None:
    codec, data = connection.execute(text("SELECT codec, data FROM records WHERE id = 1")).one()
    record = json.loads(zlib.decompress(data) if codec == "zlib" else data)
    record["events"][0]["polarity"] = "negated"
    new = canonical(record)
    connection.execute(
        text("UPDATE records SET codec = 'plain', data = :data WHERE id = 1"),
        {"data": new.encode()},
    )
    if hashed:
        connection.execute(
            text("UPDATE records SET sha256 = :hash WHERE id = 1"), {"hash": sha256(new)}
        )


def alter_original(connection: Connection) -> None:
    connection.execute(
        text("UPDATE originals SET codec = 'plain', data = :data WHERE document_id = 2"),
        {"data": b"something else"},
    )


DROP_DOCUMENT = sql(
    "DELETE FROM relations WHERE record_id = 3",
    "DELETE FROM arguments WHERE claim_id IN (SELECT id FROM claims WHERE document_id = 3)",
    "DELETE FROM events WHERE record_id = 3",
    "DELETE FROM claims WHERE document_id = 3",
    "DELETE FROM records WHERE document_id = 3",
    "DELETE FROM originals WHERE document_id = 3",
    "DELETE FROM acquisitions WHERE document_id = 3",
    "DELETE FROM documents WHERE id = 3",
)
COPY = "INSERT INTO {table} ({to}) SELECT {of} FROM {table} WHERE id = 1"

KINDS: dict[str, tuple[Tamper, str]] = {
    "entry altered": (
        sql("UPDATE audit SET actor = 'eve' WHERE seq = 3"),
        "audit entry 3: was altered",
    ),
    "entry's content altered": (
        sql("UPDATE audit SET new = '{}' WHERE seq = 2"),
        "audit entry 2: was altered",
    ),
    "entry altered with its hash": (alter_and_hash, "audit entry 4: does not follow entry 3"),
    "entry deleted": (sql("DELETE FROM audit WHERE seq = 3"), "audit entry 3: is missing"),
    "entries deleted": (
        sql("DELETE FROM audit WHERE seq IN (3, 4)"),
        "audit entries: 3 to 4 are missing",
    ),
    "first entry deleted": (sql("DELETE FROM audit WHERE seq = 1"), "audit entry 1: is missing"),
    "last entries deleted": (
        sql("DELETE FROM audit WHERE seq > 8"),
        "are missing",
    ),
    "last entries deleted and the head set back": (
        sql(
            "DELETE FROM audit WHERE seq > 9",
            "UPDATE case_info SET head_seq = 9, head_hash = (SELECT hash FROM audit WHERE seq = 9)",
        ),
        "was put in from outside",
    ),
    "entries exchanged": (
        sql(
            "UPDATE audit SET seq = 999 WHERE seq = 4",
            "UPDATE audit SET seq = 4 WHERE seq = 5",
            "UPDATE audit SET seq = 5 WHERE seq = 999",
        ),
        "audit entry 4: was altered",
    ),
    "entry put in": (forge, "audit log: the log ends with entry"),
    "case altered": (sql("UPDATE case_info SET title = 'Other'"), "case 1: altered since"),
    "text altered": (
        sql("UPDATE documents SET text = 'Nothing happened.' WHERE id = 2"),
        "document 2: its text was altered",
    ),
    "text altered with its hash": (
        lambda connection: with_text(connection, "Nothing happened."),
        "document 2: altered since audit entry",
    ),
    "text altered, told of the record": (
        lambda connection: with_text(connection, "Nothing happened."),
        "record 2: is not about the text of its document",
    ),
    "publication day altered": (
        sql("UPDATE documents SET published = '2001-01-01' WHERE id = 1"),
        "document 1: altered since audit entry 2: published",
    ),
    "sensitivity altered": (
        sql("UPDATE documents SET sensitivity = 'public' WHERE id = 1"),
        ": sensitivity",
    ),
    "document deleted": (DROP_DOCUMENT, "document 3: is gone"),
    "document put in": (
        sql(
            "INSERT INTO documents (id, content_key, name, text, text_sha256, language, status, "
            "sensitivity, added_at, added_by, version) SELECT 77, 'x', name, text, text_sha256, "
            "language, status, sensitivity, added_at, added_by, version FROM documents WHERE id = 1"
        ),
        "document 77: is not in the audit log",
    ),
    "original altered": (alter_original, "document 2: its original bytes were altered"),
    "original deleted": (
        sql("DELETE FROM originals WHERE document_id = 2"),
        "document 2: its original bytes are gone",
    ),
    "place of finding altered": (
        sql("UPDATE acquisitions SET location = '/elsewhere' WHERE id = 1"),
        "acquisition 1: altered since audit entry 3: location",
    ),
    "place of finding deleted": (
        sql("DELETE FROM acquisitions WHERE id = 2"),
        "acquisition 2: is gone",
    ),
    "producer altered": (
        sql("UPDATE producers SET temoin = '9.9'"),
        "producer 1: altered since",
    ),
    "record altered": (
        lambda connection: alter_record(connection, hashed=False),
        "record 1: was altered: it does not have its hash",
    ),
    "record altered with its hash": (
        lambda connection: alter_record(connection, hashed=True),
        "record 1: altered since audit entry",
    ),
    "record no longer current": (
        sql("UPDATE records SET current = (1 = 0) WHERE id = 2"),
        "document 2: which of its records is the current one was altered",
    ),
    "event altered": (
        sql("UPDATE events SET type = 'siege' WHERE id = 1"),
        "event 1: altered: type",
    ),
    "event's words moved": (
        sql("UPDATE events SET trigger_start = trigger_start + 1 WHERE id = 1"),
        "event 1: altered: trigger_start",
    ),
    "event deleted": (
        sql(
            "DELETE FROM relations",
            "DELETE FROM arguments WHERE event_id = 1",
            "DELETE FROM events WHERE id = 1",
        ),
        "record 1: its event e1 is gone",
    ),
    "event put in": (
        sql(
            "INSERT INTO events (id, record_id, claim_id, number, key, type, trigger, "
            "trigger_start, trigger_end, polarity, certainty) SELECT 77, record_id, claim_id, 9, "
            "'e9', type, trigger, trigger_start, trigger_end, polarity, certainty FROM events "
            "WHERE id = 1"
        ),
        "event 77: is not in its record",
    ),
    "argument altered": (
        sql("UPDATE arguments SET latitude = 0, longitude = 0 WHERE id = 1"),
        "argument 1: altered: latitude, longitude",
    ),
    "argument deleted": (sql("DELETE FROM arguments WHERE id = 1"), "event 1: has "),
    "argument moved": (
        sql("UPDATE arguments SET claim_id = 3 WHERE id = 1"),
        "argument 1: altered: claim_id",
    ),
    "argument switched off": (
        sql("UPDATE arguments SET active = (1 = 0) WHERE id = 1"),
        "argument 1: whether it holds was altered",
    ),
    "relation altered": (
        sql("UPDATE relations SET type = 'prevents'"),
        "record 1: its relations were altered",
    ),
    "claim accepted by nobody": (
        sql("UPDATE claims SET state = 'accepted' WHERE id = 2"),
        "claim 2: altered: state",
    ),
    "claim moved on the map": (
        sql("UPDATE claims SET latitude = 1.5 WHERE id = 1"),
        "claim 1: altered: latitude",
    ),
    "claim deleted": (
        sql(
            "DELETE FROM relations",
            "DELETE FROM arguments WHERE claim_id = 1",
            "DELETE FROM events WHERE claim_id = 1",
            "DELETE FROM claims WHERE id = 1",
        ),
        "record 1: its event e1 is gone",
    ),
    "claim put in": (
        sql(
            "INSERT INTO claims (id, document_id, origin, present, state, version, type, trigger, "
            "trigger_start, trigger_end, polarity, certainty) SELECT 77, document_id, origin, "
            "present, state, version, type, trigger, trigger_start, trigger_end, polarity, "
            "certainty FROM claims WHERE id = 1"
        ),
        "claim 77: is in no record",
    ),
    "decision altered": (
        sql("UPDATE decisions SET reason = 'none' WHERE id = 1"),
        "decision 1: altered since audit entry",
    ),
    "decision given another reviewer": (
        sql("UPDATE decisions SET reviewer = 'eve' WHERE id = 1"),
        "decision 1: altered since audit entry",
    ),
    "decision deleted": (sql("DELETE FROM decisions WHERE id = 1"), "decision 1: is gone"),
    "decision switched off": (
        sql("UPDATE decisions SET active = (1 = 0) WHERE id = 1"),
        "decision 1: whether it holds was altered",
    ),
    "decision put in": (
        sql(
            "INSERT INTO decisions (id, claim_id, verdict, reviewer, at, claim_version, active) "
            "SELECT 77, 2, 'accept', reviewer, at, claim_version, active FROM decisions "
            "WHERE id = 1"
        ),
        "decision 77: is not in the audit log",
    ),
}


@pytest.fixture(scope="session")
def reviewed_case(databases: Databases, full_case: str) -> str:
    """The address of a case with three reports and two decisions, to be copied."""
    address = databases.copy(full_case)
    with Case.open(address) as opened:
        decide(opened, 1, "accept", reason="seen on video")
        decide(opened, 2, "edit", field="certainty", value='"possible"', machine='"certain"')
    return address


@pytest.fixture
def reviewed(databases: Databases, reviewed_case: str) -> Iterator[Case]:
    """A copy of it, opened."""
    with Case.open(databases.copy(reviewed_case)) as opened:
        yield opened


def test_a_case_that_nobody_touched_has_no_faults(reviewed: Case) -> None:
    assert faults(reviewed) == []


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found(reviewed: Case, kind: str) -> None:
    tamper, expected = KINDS[kind]
    with unguarded(reviewed) as connection:
        tamper(connection)
    found = faults(reviewed)
    assert any(expected in fault for fault in found), found


def test_only_what_was_tampered_with_is_told(reviewed: Case) -> None:
    with unguarded(reviewed) as connection:
        KINDS["publication day altered"][0](connection)
    assert len(faults(reviewed)) == 1


def test_a_chain_computed_anew_is_found_by_a_head_that_was_noted(reviewed: Case) -> None:
    head = verify(reviewed).head
    with unguarded(reviewed) as connection:
        compute_anew(connection)
    assert faults(reviewed) == []
    (fault,) = faults(reviewed, head)
    assert fault == f"audit entry {head.seq}: is not the one whose hash was noted"


def test_a_head_that_was_noted_is_missed(reviewed: Case) -> None:
    (fault,) = faults(reviewed, Head(999, FIRST))
    assert "audit entry 999: is missing" in fault


def test_an_old_head_stays_good(filled: Case) -> None:
    head = verify(filled).head
    decide(filled, 1, "reject", reason_code="duplicate")
    assert faults(filled, head) == []


def test_the_search_index_is_checked(reviewed: Case) -> None:
    with unguarded(reviewed) as connection:
        if connection.dialect.name == "sqlite":
            statement = "UPDATE document_search SET body = 'nothing' WHERE rowid = 1"
        else:
            statement = "UPDATE document_search SET terms = '''nothing'':1' WHERE document_id = 1"
        connection.exec_driver_sql(statement)
    assert faults(reviewed) == ["document 1: the search index does not have its words"]


def test_a_guard_that_was_taken_away_is_missed(reviewed: Case) -> None:
    with reviewed._writer.begin() as connection:
        on = " ON audit" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER audit_keeps{on}")
    assert faults(reviewed) == ["case: the trigger audit_keeps, which guards it, was taken away"]


@pytest.mark.parametrize(
    "steps",
    [
        [("reject", {})],
        [("unsure", {}), ("accept", {})],
        [("edit", {"field": "polarity", "value": '"negated"'})],
        [("edit", {"field": "time", "value": '{"earliest":"2024-03-01","latest":"2024-03-02"}'})],
        [
            (
                "edit",
                {"field": "place", "value": '{"name":"Sabha","latitude":27.0,"longitude":14.4}'},
            )
        ],
        [("edit", {"field": "type", "value": '"siege"'}), ("undo", {"field": "type", "undoes": 1})],
        [("reject", {"field": "attribution"})],
    ],
    ids=str,
)
def test_decisions_leave_no_faults(filled: Case, steps: list[tuple[str, dict[str, Any]]]) -> None:
    for verdict, columns in steps:
        decide(filled, 1, verdict, **columns)
    assert faults(filled) == []


def test_progress_is_told(filled: Case) -> None:
    seen: list[tuple[int, int]] = []
    verify(filled, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
