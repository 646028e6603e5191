from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from played_endpoint import event

from temoin.record import Certainty, Polarity
from temoin.second_opinion.placing import Claim, Fault, place

TEXT = "Mardi, l'armée a bombardé Mizda. Elle a bombardé Kidal, selon un témoin, mais pas Gao."


def claims(*events: object, text: str = TEXT) -> list[Claim]:
    return list(place(events, text).claims)


def faults(*events: object, text: str = TEXT) -> list[Fault]:
    placed = place(events, text)
    return [*(fault for claim in placed.claims for fault in claim.faults), *placed.faults]


def words(claim: Claim, text: str = TEXT) -> list[str]:
    return [f"{role}={text[slice(*at)]}" for role, at in claim.arguments]


def test_everything_is_placed() -> None:
    (claim,) = claims(
        event(
            "shelling",
            "bombardé",
            [("place", "Kidal"), ("actor", "Elle")],
            polarity="negated",
            certainty="possible",
            attribution="un témoin",
        )
    )
    assert claim.trigger == (TEXT.rindex("bombardé"), TEXT.rindex("bombardé") + 8)
    assert words(claim) == ["actor=Elle", "place=Kidal"]
    assert (claim.polarity, claim.certainty) == (Polarity.NEGATED, Certainty.POSSIBLE)
    assert claim.attribution == (TEXT.index("un témoin"), TEXT.index(", mais"))
    assert claim.faults == ()


def test_a_trigger_stands_where_its_arguments_are() -> None:
    first, second = claims(
        event("shelling", "bombardé", [("place", "Kidal")]),
        event("shelling", "bombardé", [("place", "Mizda")]),
    )
    assert first.trigger > second.trigger


def test_the_same_trigger_again_is_the_next_one() -> None:
    first, second = claims(event("shelling", "bombardé"), event("shelling", "bombardé", [], x=1))
    assert first.trigger < second.trigger


def test_an_argument_is_the_nearest_to_its_trigger() -> None:
    text = "Gao est loin. L'armée a pris Gao."
    (claim,) = claims(event("capture", "pris", [("target", "Gao")]), text=text)
    assert claim.arguments[0][1][0] == text.rindex("Gao")


def test_one_word_carries_two_types() -> None:
    assert len(claims(event("shelling", "pas"), event("drone_strike", "pas"))) == 2


def test_what_is_said_twice_is_recorded_once() -> None:
    same = event("shelling", "pas", [("place", "Gao"), ("place", "Gao")])
    (claim,) = claims(same, same)
    assert words(claim) == ["place=Gao"]


@pytest.mark.parametrize("name", ["Air strike", "AIR_STRIKE", " air-strike "])
def test_spelling_of_a_type_does_not_matter(name: str) -> None:
    assert claims(event(name, "bombardé"))[0].type == "air_strike"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            event("shelling", "pilonné", [("place", "Gao")]),
            [
                Fault("shelling.trigger", "pilonné", "these words are not in the text"),
                Fault("shelling.place", "Gao", "its event's trigger is not in the text"),
            ],
        ),
        (
            event("massacre", "bombardé", [("place", "Gao")]),
            [
                Fault("event.type", "massacre", "is no type of event"),
                Fault("event.trigger", "bombardé", "its event has no known type"),
                Fault("event.place", "Gao", "its event has no known type"),
            ],
        ),
        (
            event("shelling", "bombardé", [("victim", "Gao")]),
            [Fault("role", "victim: Gao", "is no role")],
        ),
        (
            event("shelling", "bombardé", [("quantity", "12 civils")]),
            [Fault("quantity", "12 civils", "these words are not in the text")],
        ),
        (
            event("shelling", "bombardé", [("actor", "arm")]),
            [Fault("actor", "arm", "these words stand only within longer words of the text")],
        ),
        (
            event("shelling", "bombardé", [("actor", "")]),
            [Fault("actor", "", "holds no words")],
        ),
        (
            event("shelling", "bombardé", attribution="le ministre"),
            [Fault("attribution", "le ministre", "these words are not in the text")],
        ),
        (
            event("shelling", "bombardé", [("attribution", "un témoin")], attribution="Elle"),
            [Fault("attribution", "Elle", "another attribution was named before")],
        ),
        (
            event("shelling", "bombardé", polarity="denied", certainty="sure"),
            [
                Fault("polarity", "denied", "is no polarity: taken for affirmed"),
                Fault("certainty", "sure", "is no certainty: taken for certain"),
            ],
        ),
        ("bombardé", [Fault("event", "bombardé", "is no event: it has no fields")]),
        (None, [Fault("event", "null", "is no event: it has no fields")]),
        (
            {"type": "shelling"},
            [Fault("shelling.trigger", "null", "is no text")],
        ),
        (
            {"type": 3, "trigger": ["bombardé"], "arguments": "Gao"},
            [
                Fault("event.type", "3", "is no type of event"),
                Fault("event.trigger", '["bombardé"]', "its event has no known type"),
                Fault("event.null", "Gao", "its event has no known type"),
            ],
        ),
        (
            {"type": "shelling", "trigger": "bombardé", "arguments": {"actor": "Gao"}},
            [Fault("role", "null: null", "is no role")],
        ),
    ],
)
def test_what_cannot_be_placed_is_told(named: object, expected: list[Fault]) -> None:
    assert faults(named) == expected


def test_what_is_nested_without_end_is_told() -> None:
    nested: object = []
    for _ in range(5000):
        nested = [nested]
    assert faults(nested) == [Fault("event", "...", "is no event: it has no fields")]


def test_half_of_a_surrogate_pair_is_shown_as_a_question_mark() -> None:
    (fault,) = faults(json.loads('{"type": "shelling", "trigger": "\\ud83d"}'))
    assert fault.value == "?"


def test_what_is_long_is_shown_in_part() -> None:
    assert len(faults(event("shelling", "long " * 1000))[0].value) < 250


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from(["", "pas", "Gao", "actor", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "trigger", "arguments", "role", "quote"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.lists(
        anything
        | st.fixed_dictionaries(
            {"type": st.just("shelling"), "trigger": anything, "arguments": anything},
            optional={"polarity": anything, "certainty": anything, "attribution": anything},
        )
    )
)
def test_no_answer_is_too_strange(events: list[object]) -> None:
    for claim in place(events, TEXT).claims:
        assert TEXT[slice(*claim.trigger)] in {"pas", "Gao"}
