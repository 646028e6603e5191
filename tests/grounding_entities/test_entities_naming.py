"""When two names or descriptions are the same thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from temoin.grounding.entities import link_entities
from temoin.record import Record

Make = Callable[..., Record]


def together(record: Record, one: str, other: str) -> bool:
    """Whether the arguments with these words are one entity."""
    found = {
        span.text: span.entity for event in link_entities(record).events for span in event.arguments
    }
    assert found[one]
    assert found[other]
    return found[one] == found[other]


@pytest.mark.parametrize(
    ("language", "text", "one", "other", "same"),
    [
        ("fr", "Les unités syriennes ont tiré. Les troupes syriennes ont fui.",
         "Les unités syriennes", "Les troupes syriennes", True),
        ("fr", "Les troupes syriennes ont tiré. Les troupes russes ont fui.",
         "Les troupes syriennes", "Les troupes russes", False),
        ("fr", "Les insurgés ont tiré sur Djibo. À midi, les insurgés ont fui.",
         "Les insurgés", "les insurgés", True),
        ("fr", "La base de Ménaka a été visée. Ménaka est tombée.",
         "La base de Ménaka", "Ménaka", False),
        ("fr", "La ville de Ménaka a été visée. Ménaka est tombée.",
         "La ville de Ménaka", "Ménaka", True),
        ("en", "The Rapid Support Forces (RSF) fired. Then the RSF fled.",
         "The Rapid Support Forces", "the RSF", True),
        ("en", "General Tomas Berrak fired. Then Berrak fled.",
         "General Tomas Berrak", "Berrak", True),
        ("en", "General Tomas Berrak fired. Then General Anton Duval fled.",
         "General Tomas Berrak", "General Anton Duval", False),
        ("en", "Two soldiers fired. Later two soldiers fled.",
         "Two soldiers", "two soldiers", False),
        ("ru", "Войска заняли Пальмиру. Утром Пальмира горела.",
         "Пальмиру", "Пальмира", True),
        ("uk", "Війська зайняли Авдіївку. Уранці Авдіївка горіла.",
         "Авдіївку", "Авдіївка", True),
    ],
)  # fmt: skip
def test_same_thing(
    make: Make, language: str, text: str, one: str, other: str, *, same: bool
) -> None:
    trigger = text.rpartition(" ")[2].strip(".")
    roles = {"target": one, "actor": other}
    record = make(text, language, [("capture", trigger, roles)])
    assert together(record, one, other) is same
