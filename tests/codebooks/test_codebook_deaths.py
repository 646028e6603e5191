"""The dead: what ACLED's cautious rule and UCDP's columns make of the words."""

from __future__ import annotations

from typing import Any

import pytest
from codebook_records import MIZDA, Report, day

from temoin.grounding.quantity import parse_quantity


def killing(text: str, words: str, **fields: Any) -> Report:
    """A report whose first word but one is the killing, with one count read from its words."""
    report = Report(text)
    value = parse_quantity(words, language="en")
    given = value.model_dump() | {"unit": "people", "status": "killed", "kind": "unknown"} | fields
    report.event("killing", "killed", report.count(words, **given))
    return report


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12", 12),
        ("at least 12", 12),
        ("more than 60", 60),
        ("about twenty", 20),
        ("dozens", 12),
        ("tens", 10),
        ("hundreds", 100),
        ("10 to 15", 10),
    ],
)
def test_acled_takes_the_cautious_number(words: str, expected: int) -> None:
    row = killing(f"The raid killed {words} of them.", words).row("acled")
    assert row.cells["fatalities"] == expected


@pytest.mark.parametrize("words", ["several", "up to 20", "fewer than 10"])
def test_words_without_a_number_stay_undecided(words: str) -> None:
    row = killing(f"The raid killed {words} of them.", words).row("acled")
    assert row.cells["fatalities"] is None
    assert "no number" in row.why("fatalities").reason  # type: ignore[union-attr]


def test_nobody_reported_dead_is_nought() -> None:
    report = Report("Mortars shelled Mizda.")
    report.event("shelling", "shelled")
    row = report.row("acled")
    assert (row.cells["fatalities"], row.why("fatalities").rule) == (  # type: ignore[union-attr]
        0, "fatalities.none_reported",
    )  # fmt: skip


def test_dead_without_a_count_are_not_nought() -> None:
    report = Report("Shelling killed villagers.")
    report.event("killing", "killed", report.who("target", "villagers", "civilians"))
    row = report.row("acled")
    assert row.cells["fatalities"] is None


def test_a_tank_has_no_dead() -> None:
    report = Report("Rockets destroyed two tanks.")
    report.event("killing", "destroyed", report.tool("two tanks", "tank", "target"))
    assert report.row("acled").cells["fatalities"] == 0


def test_wounded_are_not_counted() -> None:
    report = Report("The raid killed three and wounded nine.")
    report.event("killing", "killed", report.count("three", 3))
    report.event("injury", "wounded", report.count("nine", 9, status="wounded"))
    assert report.row("acled").cells["fatalities"] == 3


def test_part_of_a_total_is_not_added() -> None:
    report = Report("The raid killed fourteen people, including four children.")
    report.event("killing", "killed", report.count("fourteen", 14), report.count("four", 4))
    assert report.row("acled").cells["fatalities"] == 14


def test_two_counts_of_one_clause_are_added() -> None:
    report = Report("The raid killed two soldiers and three shepherds.")
    report.event("killing", "killed", report.count("two", 2), report.count("three", 3))
    assert report.row("acled").cells["fatalities"] == 5


def disputed() -> Report:
    report = Report("Jets bombed Mizda. Nine died, medics said. Fourteen died, the ministry said.")
    strike = report.event(
        "air_strike", "bombed", report.who("actor", "Jets", "foreigners"),
        when=day("2019-11-13"), where=MIZDA,
    )  # fmt: skip
    for trigger, count, number, voice in (
        (("died", 1), "Nine", 9, "medics"), (("died", 2), "Fourteen", 14, "the ministry"),
    ):  # fmt: skip
        dead = report.count(count, number, kind="civilian")
        report.causes(strike, report.event("killing", trigger, dead, said_by=voice))
    return report


def test_acled_takes_the_lowest_of_reports() -> None:
    row = disputed().row("acled")
    assert row.cells["fatalities"] == 9
    assert row.why("fatalities").rule == "fatalities.lowest_of_reports"  # type: ignore[union-attr]


def test_ucdp_keeps_both_ends() -> None:
    cells = disputed().row("ucdp").cells
    assert (cells["low"], cells["best"], cells["high"]) == (9, 9, 14)
    assert (cells["deaths_civilians"], cells["deaths_unknown"]) == (9, 0)


def test_ucdp_counts_the_dead_of_each_side() -> None:
    report = Report("The rebels ambushed the army. Five soldiers died. Two rebels died.")
    attack = report.event(
        "ground_attack", "ambushed",
        report.who("actor", "The rebels", "rebels"), report.who("target", "the army", "army"),
    )  # fmt: skip
    five = report.who("target", "soldiers", "army")
    two = report.who("target", "rebels died", "rebels")
    report.causes(attack, report.event("killing", ("died", 1), five, report.count("Five", 5)))
    report.causes(attack, report.event("killing", ("died", 2), two, report.count("Two", 2)))
    cells = report.row("ucdp").cells
    assert cells["type_of_violence"] == 1
    assert (cells["side_a"], cells["side_b"]) == ("Government of Libya", "Southern Front")
    assert (cells["deaths_a"], cells["deaths_b"], cells["best"]) == (5, 2, 7)
    assert (cells["gwnoa"], cells["gwnob"]) == (620, None)


def test_sum_of_sides_holds_for_every_row() -> None:
    cells = disputed().row("ucdp").cells
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert sum(int(cells[part] or 0) for part in parts) == cells["best"]


def test_ucdp_has_no_row_without_a_death() -> None:
    report = Report("Mortars shelled Mizda.")
    report.event("shelling", "shelled")
    coding = report.coded("ucdp")
    assert (coding.rows, coding.not_coded[0].rule) == ((), "ucdp.none.no_death")


def test_one_man_shot_and_killed_is_one() -> None:
    report = Report("Gunmen shot and killed a village chief.")
    chief = report.who("target", "a village chief")
    report.event("killing", "shot", chief)
    report.event("killing", "killed", chief)
    assert report.row("acled").cells["fatalities"] == 1
