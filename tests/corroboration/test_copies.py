from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from temoin.corroboration import copy_groups, find_copies

WIRE = (
    "Thirteen people died when a drone struck the market of Ber on Sunday, a local official"
    " said on Monday. The army had not reacted by noon. Hundreds of residents left the town"
    " in the night for Timbuktu, where aid workers gave them tents, water and blankets."
)
OWN = (
    "In Ber the morning after, traders swept glass from under their stalls and counted whom"
    " they had lost. Nobody here believes what the general staff puts out on the radio."
)


def test_a_reprint_is_a_copy() -> None:
    (copy,) = find_copies([("a", WIRE), ("b", f"BAMAKO (Agency). {WIRE}")])
    assert (copy.a, copy.b) == ("a", "b")
    assert copy.share == 1.0


def test_a_shortened_copy_inside_a_longer_report_is_found() -> None:
    cut = WIRE[: WIRE.index("The army")]
    assert find_copies([("a", WIRE), ("b", f"{cut} {OWN}")])


def test_two_reports_written_apart_are_none() -> None:
    assert find_copies([("a", WIRE), ("b", OWN)]) == []


def test_a_group_bears_the_name_of_its_first_document() -> None:
    copies = find_copies([("b", WIRE), ("a", WIRE), ("c", OWN), ("d", WIRE)])
    assert copy_groups(["b", "a", "c", "d"], copies) == {"b": "b", "a": "b", "c": "c", "d": "b"}


def test_empty_and_tiny_texts_are_no_copies() -> None:
    assert find_copies([("a", ""), ("b", ""), ("c", "War."), ("d", "War.")]) == []


@given(st.lists(st.sampled_from([WIRE, OWN, "", "One two three four five six."]), max_size=6))
def test_every_document_has_one_group(texts: list[str]) -> None:
    named = [(str(at), text) for at, text in enumerate(texts)]
    groups = copy_groups([id_ for id_, _ in named], find_copies(named))
    assert groups.keys() == {id_ for id_, _ in named}
    assert all(groups[group] == group for group in groups.values())
