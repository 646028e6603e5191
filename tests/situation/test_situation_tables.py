"""The rules and lists of the situation name only what there is."""

from __future__ import annotations

import pytest

from temoin.record import EventType, Role
from temoin.situation.rules import Rule, kinds, rules_for, table

RULES = [rule for type_ in EventType for rule in rules_for(type_)]
LANGUAGES = {"fr", "en", "es", "ar", "ru", "uk"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_roles_effects_and_words_that_exist(rule: Rule) -> None:
    assert rule.effect in {"begin", "enter", "end", "shake"}
    assert {*rule.subject} <= set(Role)
    assert {*rule.place} <= {*Role, "event"}
    for words in (rule.needs, rule.without):
        assert words is None or set(table("words")[words]) == LANGUAGES


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_kind_begins_somehow() -> None:
    assert {rule.kind.name for rule in RULES if rule.effect == "begin"} == set(kinds())


def test_every_field_of_the_rules_is_known() -> None:
    known = {"kind", "type", "effect", "subject", "place", "part", "ends", "only", "needs",
             "without"}  # fmt: skip
    for given in table("rules")["rule"]:
        assert set(given) <= known
        assert given.get("ends", "days") in {"open", "days"}


def test_kinds_of_actors_in_the_lists_are_known() -> None:
    from temoin.grounding.actors.store import actors

    sides = table("sides")
    there = {actor.kind for actor in actors().values()}
    assert set(sides["state"]) <= there
    assert not set(sides["state"]) & {*sides["never"], *sides["wide"]}
