"""Every number with its unit in running text."""

from __future__ import annotations

import pytest

from temoin.grounding.quantity import find_quantities

TEXT = (
    "Trois chars T-72 et un MiG-23 ont tiré 40 obus à 12 km de là vers 14h30, "
    "tuant au moins une vingtaine de civils."
)


def test_numbers_are_found_with_their_units() -> None:
    found = [(each.quantity.value, each.quantity.unit) for each in find_quantities(TEXT, "fr")]
    assert found == [(3, "tank"), (40, "shell"), (12, "kilometre"), (20, "people")]


def test_offsets_are_those_of_the_text() -> None:
    found = find_quantities(TEXT, "fr")
    assert found
    assert all(TEXT[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize("name", ["T-72", "BM21", "MiG-29"])
def test_designations_are_no_numbers(name: str) -> None:
    assert find_quantities(f"Un convoi, {name}, deux.", "fr", units_only=False)[-1].text == "deux"
    assert len(find_quantities(f"Par {name} seul", "fr", units_only=False)) == 0


def test_numbers_without_a_unit_are_found_on_request() -> None:
    text = "They counted 37, no more."
    assert find_quantities(text, "en") == ()
    assert [each.text for each in find_quantities(text, "en", units_only=False)] == ["37"]


def test_arabic_particles_are_cut_off_digits() -> None:
    found = find_quantities("دمر الجيش دبابتين و40 مدرعة", "ar")
    assert [(each.text, each.quantity.value) for each in found] == [("40 مدرعة", 40)]
