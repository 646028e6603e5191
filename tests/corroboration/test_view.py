from __future__ import annotations

import pytest
from made import ARMY, claim, killed

from temoin.corroboration import corroborate, render, view
from temoin.record import EventType, Polarity

CLAIMS = [
    claim("a:e1", type=EventType.KILLING, counts=(killed(13),)),
    claim("b:e1", type=EventType.KILLING, counts=(killed(13),)),
    claim("c:e1", type=EventType.KILLING, counts=(killed(21),), attribution=ARMY),
    claim("d:e1", type=EventType.KILLING, polarity=Polarity.NEGATED),
]


@pytest.fixture
def text() -> str:
    (incident,) = corroborate(CLAIMS).incidents
    return render(view(incident))


def test_who_says_what_stands_side_by_side(text: str) -> None:
    assert "people" in text
    assert "13 [1] [2]" in text
    assert "21 [3]" in text


def test_contested_fields_are_marked(text: str) -> None:
    assert "! people" in text
    assert "! happened" in text


def test_it_says_who_contradicts_whom(text: str) -> None:
    assert "[3] contradicts [1] [2]: casualties: 21 against 13" in text


def test_voices_and_origins_are_named(text: str) -> None:
    assert "the Malian army in Paper c (origin 3)" in text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_longer_than_the_width(width: int) -> None:
    (incident,) = corroborate(CLAIMS).incidents
    assert max(map(len, render(view(incident), width=width).splitlines()[2:])) <= width
