"""Quantities of a record: unit, status, kind."""

from __future__ import annotations

import pytest

from temoin.grounding.quantity import ground_quantities
from temoin.record import Argument, Document, Event, EventType, QuantityValue, Record, Role, Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def grounded(
    text: str, words: str, event: str, *, target: str | None = None, language: str = "fr"
) -> tuple[Record, QuantityValue]:
    arguments = [Argument(role=Role.QUANTITY, **span(text, words).model_dump())]
    if target:
        arguments.append(Argument(role=Role.TARGET, **span(text, target).model_dump()))
    record = ground_quantities(
        Record(
            document=Document(id="d", text=text, language=language),
            events=(
                Event(
                    id="e1",
                    type=EventType(event),
                    trigger=span(text, text.split(maxsplit=1)[0]),
                    arguments=tuple(arguments),
                ),
            ),
        )
    )
    quantity = record.events[0].arguments[0].quantity
    assert quantity is not None
    return record, quantity


@pytest.mark.parametrize(
    ("language", "text", "words", "event", "expected"),
    [
        ("fr", "Tués : douze soldats.", "douze", "killing", ("people", "killed", "combatant")),
        ("fr", "Frappe : 47 blessés.", "47", "shelling", ("people", "wounded", "unknown")),
        ("fr", "Bilan : 47 blessés.", "47", "killing", ("people", "wounded", "unknown")),
        (
            "fr",
            "Exode de 300 familles.",
            "300",
            "displacement",
            ("family", "displaced", "civilian"),
        ),
        ("en", "Freed were 30 soldiers.", "30", "release", ("people", None, "combatant")),
        ("en", "Killed: six prisoners.", "six", "killing", ("people", "killed", "unknown")),
        ("en", "Burnt: three houses.", "three", "destruction", ("house", None, None)),
        ("en", "Killed: 28 of them civilians.", "28", "killing", ("people", "killed", "civilian")),
        ("es", "Mueren dos militares.", "dos", "killing", ("people", "killed", "combatant")),
        ("ar", "مقتل تسعة مدنيين", "تسعة", "killing", ("people", "killed", "civilian")),
        ("ru", "Погибли четверо детей.", "четверо", "killing", ("people", "killed", "civilian")),
        ("uk", "Загинули двоє солдатів.", "двоє", "killing", ("people", "killed", "combatant")),
        ("en", "Missing: 14 sailors missing.", "14", "delay", ("people", "missing", "combatant")),
    ],
)
def test_status_and_kind_come_from_words_and_event(
    language: str,
    text: str,
    words: str,
    event: str,
    expected: tuple[str | None, str | None, str | None],
) -> None:
    _, quantity = grounded(text, words, event, language=language)
    assert (quantity.unit, quantity.status, quantity.kind) == expected


def test_the_value_stands_on_the_argument() -> None:
    record, _ = grounded("Tués : une vingtaine de civils.", "une vingtaine", "killing")
    assert record.events[0].arguments[0].value == 20


def test_the_target_tells_the_kind_where_the_noun_does_not() -> None:
    text = "Mort pour les habitants, 12 selon la mairie."
    _, quantity = grounded(text, "12", "killing", target="les habitants")
    assert quantity.kind == "civilian"


def test_a_target_of_both_kinds_tells_neither() -> None:
    text = "Morts : 12, soldats et civils."
    _, quantity = grounded(text, "12", "killing", target="soldats et civils")
    assert quantity.kind == "unknown"


def test_what_has_no_number_is_listed_as_ungrounded() -> None:
    record, quantity = grounded("Blessés : le double hier.", "le double", "injury")
    assert quantity.value is None
    assert [(entry.field, entry.value) for entry in record.ungrounded] == [
        ("e1.quantity", "le double")
    ]


def test_grounding_twice_changes_nothing() -> None:
    record, _ = grounded("Blessés : le double hier.", "le double", "injury")
    assert ground_quantities(record) == record


def test_other_arguments_stay_as_they_are() -> None:
    record, _ = grounded("Morts : 12 habitants.", "12", "killing", target="habitants")
    assert record.events[0].arguments[1].quantity is None
