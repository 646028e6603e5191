from __future__ import annotations

from made import GAO, claim, on

from temoin.corroboration import Decision, Verdict, corroborate, suggestions

PARTED = [Decision("a:e1", "b:e1", Verdict.DIFFERENT)]


def test_what_people_parted_is_not_suggested_again() -> None:
    found = corroborate([claim("a:e1"), claim("b:e1")], decisions=PARTED)
    assert len(found.incidents) == 2
    assert suggestions(found) == []


def test_incidents_that_may_be_one_are_suggested_with_their_differences() -> None:
    found = corroborate([claim("a:e1"), claim("b:e1", place=GAO, days=on(19))])
    assert len(found.incidents) == 2
    (suggestion,) = suggestions(found, least=-20.0)
    assert {suggestion.best.a, suggestion.best.b} == {"a:e1", "b:e1"}
    assert {difference.field for difference in suggestion.fields} == {"place", "time"}


def test_nothing_far_fetched_is_suggested() -> None:
    found = corroborate([claim("a:e1"), claim("b:e1", place=GAO, days=on(19))])
    assert suggestions(found, least=0.0) == []
