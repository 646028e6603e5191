from __future__ import annotations

from made import BER, GAO, claim, on

from temoin.corroboration import Claim, Decision, Verdict, constraints, corroborate
from temoin.record import EventType


def verdict(a: str, b: str, what: str) -> Decision:
    return Decision(a, b, Verdict(what))


def test_the_latest_decision_on_a_pair_holds() -> None:
    found = constraints([verdict("a", "b", "same"), verdict("b", "a", "different")])
    assert (found.together, found.apart) == ((), (("a", "b"),))


def test_unsure_takes_a_decision_back() -> None:
    found = constraints([verdict("a", "b", "same"), verdict("a", "b", "unsure")])
    assert (found.together, found.apart) == ((), ())


def test_decisions_that_clash_are_told() -> None:
    first = verdict("a", "b", "same")
    found = constraints([first, verdict("b", "c", "same"), verdict("a", "c", "different")])
    assert found.together == (("b", "c"),)
    assert found.clashes == (first,)


LIKE = [claim("a:e1"), claim("b:e1")]
UNLIKE = [
    claim("a:e1", place=BER, days=on(1), context=frozenset()),
    claim("b:e1", type=EventType.CAPTURE, place=GAO, days=on(20), context=frozenset()),
]


def count(claims: list[Claim], *decisions: Decision) -> int:
    return len(corroborate(claims, decisions=decisions).incidents)


def test_different_parts_what_the_model_joins() -> None:
    assert count(LIKE) == 1
    assert count(LIKE, verdict("a:e1", "b:e1", "different")) == 2


def test_same_joins_what_the_model_parts() -> None:
    assert count(UNLIKE) == 2
    assert count(UNLIKE, verdict("a:e1", "b:e1", "same")) == 1


def test_taking_a_decision_back_gives_what_was_before() -> None:
    done = [verdict("a:e1", "b:e1", "different"), verdict("a:e1", "b:e1", "unsure")]
    assert count(LIKE, *done) == 1


def test_a_decision_on_a_claim_that_is_gone_is_left_out() -> None:
    assert count(LIKE, verdict("a:e1", "gone:e1", "same")) == 1
