"""The tables of words, the weights, and how the weights are learnt."""

from __future__ import annotations

import importlib.util
import json
import sys
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest

from temoin.corpus import compile_gold
from temoin.grounding.entities._feature_names import FEATURES
from temoin.grounding.entities._phrases import FORMS, Phrase
from temoin.grounding.entities._ranking import ranking
from temoin.grounding.entities._tables import common, languages, table_for
from temoin.record import EventType, Role

DATA = resources.files("temoin.grounding.entities") / "data"
TOOL = Path(__file__).parents[2] / "tools" / "fit_antecedents.py"

GOLD = """doc: kidal-01
lang: fr
published: 2024-03-12
source: test
---
S Lundi, l'armée malienne a bombardé deux positions près de Kidal.
E e1 shelling "bombardé" actor="l'armée malienne" target="deux positions" place="Kidal"
S Elle n'a pas pris la ville.
E e2 capture "pris" actor="Elle"|"l'armée malienne" target="la ville"|"Kidal" polarity=negated
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fit_antecedents", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    # As when it is run: what stands beside it can be imported.
    sys.path.insert(0, str(TOOL.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOOL.parent))
    return module


def test_every_served_language_has_a_table() -> None:
    assert languages() == {"fr", "en", "es", "ar", "uk", "ru"}


@pytest.mark.parametrize("language", sorted(languages()))
def test_pronouns_have_forms_that_are_ranked(language: str) -> None:
    assert {pronoun.form for pronoun in table_for(language).pronouns.values()} <= set(FORMS)


@pytest.mark.parametrize("language", sorted(languages()))
def test_groups_of_nouns_are_known(language: str) -> None:
    table = table_for(language)
    known = set(common().kinds)
    assert {group for noun in table._nouns.values() for group in noun.groups} <= known


def test_wider_groups_are_known() -> None:
    known = set(common().kinds)
    assert set(common().wider) <= known
    assert {group for groups in common().wider.values() for group in groups} <= known


@pytest.mark.parametrize(
    ("language", "word", "group"),
    [
        ("fr", "hopitaux", "hospital"),
        ("fr", "hommes", "fighters"),
        ("en", "militiamen", "fighters"),
        ("en", "cities", "settlement"),
        ("es", "aviones", "aircraft"),
        ("ru", "городом", "settlement"),
        ("uk", "містом", "settlement"),
        ("ar", "بالمدينة", "settlement"),
        ("ar", "للجيش", "army"),
    ],
)
def test_inflected_nouns_are_known(language: str, word: str, group: str) -> None:
    noun = table_for(language).noun(word)
    assert noun
    assert group in noun.groups


def test_unknown_language_is_read_as_english() -> None:
    assert table_for("other").language == "en"


def test_weights_are_those_of_known_forms_and_features() -> None:
    data = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    assert set(data["weights"]) == set(FEATURES)
    assert {len(row) for row in data["weights"].values()} == {1 + len(data["start"])}
    assert len(data["out"]) == len(data["start"])
    assert len(data["corpus_sha256"]) == 64
    tasks = {f"{kind}:{role}" for kind in EventType for role in (*Role, "attribution")}
    assert set(data["suits"]) <= tasks


def test_more_is_asked_of_a_description_than_of_a_pronoun() -> None:
    pronoun, town = (Phrase(0, 1, form) for form in ("subject", "definite"))
    assert 0 < ranking().threshold(pronoun) < ranking().threshold(town) < 1


def test_weights_are_learnt_from_the_alternatives(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [compile_gold(GOLD.replace("-01", f"-{n}"), name="gold") for n in range(1, 6)]
    corpus = tool.Corpus(reports)
    examples = [example for each in corpus.examples() for example in each]
    assert [FORMS[e.form] for e in examples[:3]] == ["definite", "subject", "definite"]
    assert [e.right[-1] for e in examples[:3]] == [True, False, False]
    # A corpus this small needs more rounds.
    monkeypatch.setattr(sys.modules["antecedent_net"], "ROUNDS", 60)
    fitted = tool.fit(examples)
    assert fitted == tool.fit(examples)
    tally = tool.Tally()
    model = tool.Ranking(**fitted, suits={}, thresholds=tool.THRESHOLDS)
    tool.measure(reports, corpus.scenes, model, tally)
    assert tally.counts["all hit"] == tally.counts["all wanted"] == 10
