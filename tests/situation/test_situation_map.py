"""The map picture: what it says, what it needs, and that it fetches nothing."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest
from made_situations import ARMY, BER, GAO, REBELS, TANKS, claims, day, march, report, said

from temoin.record import PlaceValue
from temoin.situation import Box, Circle, Situation, situation
from temoin.situation.basemap import borders, countries, inside
from temoin.situation.framing import frame_of, looks
from temoin.situation.mapping import MapError, draw


@pytest.fixture(scope="module")
def found() -> Situation:
    odd = PlaceValue(name="$x$ & <b> تمبكتو", latitude=16.7, longitude=-3.0, radius_km=30)
    given = claims(
        report(
            "a",
            said("capture", march(12), actor=ARMY, target=BER),
            said("siege", march(12), actor=REBELS, target=odd),
            said("deployment", march(12), actor=ARMY, instrument=TANKS, destination=GAO),
            said("capability_denied", march(12), target="the drones"),
        ),
        report("b", said("capture", march(12), actor=REBELS, target=BER)),
    )
    return situation(given, at=day(12))


@pytest.fixture(scope="module")
def svg(found: Situation) -> str:
    return draw(found, "svg").decode("utf-8")


def test_an_svg_refers_to_nothing_outside(svg: str) -> None:
    assert "<!DOCTYPE" not in svg
    addresses = set(re.findall(r"https?://[^\"'\s<>]+", svg))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', svg))
    assert not re.search(r"url\((?!#)", svg)
    assert "<script" not in svg


def test_an_svg_is_well_formed_and_the_same_each_time(svg: str, found: Situation) -> None:
    from lxml import etree

    assert etree.fromstring(svg.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    assert draw(found, "svg").decode("utf-8") == svg


@pytest.mark.parametrize(
    "words", ["Claims, not facts", "Situation on 2024-03-12", "Ber", "contested by claims",
              "Malian Armed Forces: control", "$x$ & <b> تمبكتو", "MALI", "1 not drawn"],
)  # fmt: skip
def test_what_stands_on_the_map(words: str, found: Situation) -> None:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from temoin.situation import mapping

    figure = Figure(figsize=mapping._SIZE)
    mapping._draw(figure, found)
    drawn: list[Any] = figure.findobj(Text)
    texts = [text.get_text() for text in drawn]
    assert any(words in text for text in texts), texts


def test_contested_places_are_hatched_and_radii_drawn(found: Situation) -> None:
    from matplotlib.figure import Figure
    from matplotlib.patches import Ellipse

    from temoin.situation import mapping

    figure = Figure(figsize=mapping._SIZE)
    mapping._draw(figure, found)
    circles: list[Any] = figure.findobj(Ellipse)
    assert [c.get_center() for c in circles if c.get_hatch()] == [(BER.longitude, BER.latitude)]
    assert any(abs(c.get_height() - 60 / 111.2) < 1e-6 for c in circles)


def test_a_png_is_one(found: Situation) -> None:
    assert draw(found, "png").startswith(b"\x89PNG\r\n")


def test_without_states_there_is_still_a_map() -> None:
    empty = situation([], at=day(12))
    assert draw(empty, "png").startswith(b"\x89PNG")


def test_without_matplotlib_the_remedy_is_told(
    found: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MapError, match=r"temoin\[map\]"):
        draw(found, "png")


def test_sides_have_colours_and_shapes_of_their_own(found: Situation) -> None:
    given = list(looks(found.states).values())
    assert len(given) == 2
    assert len({look.colour for look in given}) == len({look.shape for look in given}) == 2


@pytest.mark.parametrize(
    ("point", "country"),
    [((-2.53, 16.84), "Mali"), ((37.1, 36.2), "Syria"), ((13.0, 31.4), "Libya")],
)
def test_the_basemap_knows_where_countries_are(point: tuple[float, float], country: str) -> None:
    x, y = point
    near = countries((y - 1, x - 1, y + 1, x + 1))
    assert country in {c.name for c in near if any(inside(point, p) for p in c.polygons)}


def test_borders_are_lines_of_two_countries() -> None:
    assert list(borders((35.0, 36.0, 37.0, 38.0)))  # Syria and Türkiye
    assert not list(borders((-60.0, -140.0, -50.0, -130.0)))  # the ocean


def test_the_basemap_goes_on_over_the_date_line() -> None:
    assert "Russia" in {country.name for country in countries((60.0, 175.0, 70.0, 190.0))}


def test_the_frame_holds_what_was_asked_for(found: Situation) -> None:
    for area in (Circle(16.84, -2.53, 50), Box(16, -3, 17, -2), Box(60, 175, 65, -175)):
        south, west, north, east = area.bounds()
        told = Situation(found.at, area, None, ())
        bounds = frame_of(told, ratio=1.5).bounds
        assert bounds[0] <= south + 1e-9
        assert bounds[1] <= west + 1e-9
        assert bounds[2] >= north - 1e-9
        assert bounds[3] >= east - 1e-9
