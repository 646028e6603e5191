"""Verdicts on pairs of claims: appended, taken back, applied, guarded and verified."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cases import Databases
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from temoin.casefile import Case, CaseError, verify
from temoin.casefile.incidents import decide, decided_pairs, run, undo
from temoin.casefile.incidents.pairs import active_pairs
from temoin.corroboration import Verdict

_PUT_IN = (
    "INSERT INTO pair_decisions (id, claim_id, other_id, verdict, reviewer, at) "
    "VALUES (2, 3, 4, 'same', 'eve', '2026-01-01T00:00:00.000000Z')"
)


def holding(case: Case) -> list[tuple[int, int, str]]:
    with case.reading() as session:
        return [(each.claim_id, each.other_id, each.verdict) for each in active_pairs(session)]


def say(case: Case, a: int, b: int, verdict: Verdict) -> str | None:
    return decide(case, a, b, verdict, reviewer="bea", reason="seen on video").holds


def as_somebody_else(case: Case, *statements: str) -> None:
    """Run statements without Témoin, the triggers taken away and put back."""
    engine = create_engine(case.target.url, poolclass=NullPool)
    with engine.begin() as connection:
        _unguarded(connection, lambda: [connection.execute(text(each)) for each in statements])


def _unguarded(connection: Connection, act: Callable[[], object]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        act()
        return
    triggers = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    act()
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


def faults(case: Case) -> list[str]:
    return [str(fault) for fault in verify(case).faults]


def test_the_last_verdict_on_a_pair_holds(filled: Case) -> None:
    assert say(filled, 2, 1, Verdict.SAME) == "same"
    assert say(filled, 1, 2, Verdict.DIFFERENT) == "different"
    assert say(filled, 1, 3, Verdict.UNSURE) == "unsure"
    assert holding(filled) == [(1, 2, "different"), (1, 3, "unsure")]
    assert faults(filled) == []


def test_undo_lets_the_verdict_below_hold_again(filled: Case) -> None:
    say(filled, 1, 2, Verdict.SAME)
    say(filled, 1, 2, Verdict.DIFFERENT)
    assert undo(filled, 2, 1, reviewer="cara").holds == "same"
    assert undo(filled, 1, 2, reviewer="cara").holds is None
    assert holding(filled) == []
    with pytest.raises(CaseError, match="no verdict on claims 1 and 2"):
        undo(filled, 1, 2, reviewer="cara")
    assert [(row.verdict, row.undoes, holds) for row, holds in decided_pairs(filled)] == [
        ("same", None, False),
        ("different", None, False),
        ("undo", 2, False),
        ("undo", 1, False),
    ]
    assert faults(filled) == []


def test_verdicts_can_be_listed_by_claim(filled: Case) -> None:
    say(filled, 1, 2, Verdict.SAME)
    say(filled, 3, 4, Verdict.SAME)
    assert [row.id for row, _ in decided_pairs(filled, claim=4)] == [2]


@pytest.mark.parametrize(
    ("a", "b", "match"), [(1, 1, "name two"), (1, 99, "no claim 99"), (99, 1, "no claim 99")]
)
def test_a_pair_is_of_two_claims_that_are_there(filled: Case, a: int, b: int, match: str) -> None:
    with pytest.raises(CaseError, match=match):
        say(filled, a, b, Verdict.SAME)


def test_verdicts_that_clash_are_told(filled: Case) -> None:
    say(filled, 1, 2, Verdict.SAME)
    say(filled, 2, 3, Verdict.SAME)
    say(filled, 1, 3, Verdict.DIFFERENT)
    found = run(filled, actor="bea")
    assert found.decisions == 3
    assert [{each.a, each.b} for each in found.clashes] == [{"1", "2"}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pair_decisions SET verdict = 'different'",
        "DELETE FROM pair_decisions",
        "UPDATE corroborations SET contested = 0",
        "DELETE FROM corroborations",
    ],
)
def test_a_mistake_is_refused(filled: Case, statement: str) -> None:
    say(filled, 1, 2, Verdict.SAME)
    run(filled, actor="bea")
    engine = create_engine(filled.target.url, poolclass=NullPool)
    with pytest.raises(DBAPIError, match="never"), engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE pair_decisions SET verdict = 'different' WHERE id = 1",
            "pair_decision 1: altered since audit entry {seq}: verdict",
        ),
        (
            "UPDATE pair_decisions SET reviewer = 'eve' WHERE id = 1",
            "pair_decision 1: altered since audit entry {seq}: reviewer",
        ),
        ("DELETE FROM pair_decisions", "pair_decision 1: is gone: audit entry {seq} tells of it"),
        (
            _PUT_IN,
            "pair_decision 2: is not in the audit log: it was put in from outside",
        ),
        (
            "UPDATE incidents SET support = 'corroborated'",
            "corroboration 1: incidents were altered since this run",
        ),
        (
            "UPDATE incident_claims SET told = '{{}}'",
            "corroboration 1: claims of incidents were altered since this run",
        ),
        (
            "DELETE FROM claim_links",
            "corroboration 1: links between claims were altered since this run",
        ),
        (
            "UPDATE documents SET origin_group = 1",
            "corroboration 1: groups of copied documents were altered since this run",
        ),
        (
            "UPDATE corroborations SET contested = 0",
            "corroboration 1: altered since audit entry {run}: contested",
        ),
        (
            "UPDATE corroborations SET digests = 'x'",
            "corroboration 1: altered since audit entry {run}: digests",
        ),
    ],
)
def test_tampering_is_found(filled: Case, statement: str, fault: str) -> None:
    say(filled, 1, 2, Verdict.SAME)
    seq = filled.info().head_seq
    run(filled, actor="bea")
    assert faults(filled) == []
    as_somebody_else(filled, statement.replace("{{}}", "{}"))
    assert fault.format(seq=seq, run=seq + 1) in faults(filled)


def test_incidents_that_no_run_made_are_found(filled: Case) -> None:
    as_somebody_else(filled, "UPDATE documents SET near_duplicate_group = 1")
    assert faults(filled) == [
        "corroboration: groups of copied documents are there, but no run made them"
    ]


def test_verdicts_survive_the_claims_they_are_about(databases: Databases, full_case: str) -> None:
    with Case.open(databases.copy(full_case)) as case:
        say(case, 1, 2, Verdict.SAME)
        found = run(case, actor="bea", query="type:capture")
        assert found.decisions == 1
        assert faults(case) == []
