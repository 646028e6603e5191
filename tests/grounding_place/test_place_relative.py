"""Relative places: a point and a radius that says how far it can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_samples import located, off

from temoin.grounding.place.coordinates import coordinates
from temoin.grounding.place.relative import centre, distance_km, move


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        (
            "fr",
            "Tirs à 45 km au nord de Kidal, au Mali.",
            "à 45 km au nord de Kidal",
            (18.85, 1.41),
        ),
        ("en", "Shots 45 km north of Kidal, Mali.", "45 km north of Kidal", (18.85, 1.41)),
        ("en", "Shots thirty miles east of Hama.", "thirty miles east of Hama", (35.13, 37.28)),
        ("es", "Tiros a 45 km al norte de Kidal.", "a 45 km al norte de Kidal", (18.85, 1.41)),
        ("uk", "Бої за 20 км на схід від Херсона.", "за 20 км на схід від Херсона", (46.64, 32.88)),
        ("ru", "Бои в 20 км к востоку от Херсона.", "в 20 км к востоку от Херсона", (46.64, 32.88)),
        ("ar", "اشتباكات على بعد 20 كم شرق حماة", "على بعد 20 كم شرق حماة", (35.13, 36.97)),
        ("en", "Struck 54 NM SW of Aden, Yemen.", "54 NM SW of Aden", (12.15, 44.38)),
    ],
)
def test_distance_and_bearing(
    language: str, text: str, words: str, where: tuple[float, float]
) -> None:
    place = located(text, words, language=language)
    assert off(place, *where) < 8
    assert place.rule == "distance and bearing"
    assert place.acled_precision == 2


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Combats entre Homs et Hama.", "entre Homs et Hama"),
        ("fr", "Combats sur la route Homs–Hama.", "la route Homs–Hama"),
        ("en", "Fighting between Homs and Hama.", "between Homs and Hama"),
        ("en", "Fighting on the Homs-Hama road.", "the Homs-Hama road"),
        ("es", "Combates entre Homs y Hama.", "entre Homs y Hama"),
        ("ru", "Бои между Хомсом и Хамой.", "между Хомсом и Хамой"),
        ("uk", "Бої між Хомсом і Хамою.", "між Хомсом і Хамою"),
        ("ar", "اشتباكات بين حمص وحماة", "بين حمص وحماة"),
    ],
)
def test_between_two_places(language: str, text: str, words: str) -> None:
    place = located(text, words, language=language)
    assert off(place, 34.93, 36.73) < 6
    assert place.radius_km is not None
    assert 20 < place.radius_km < 30
    assert place.rule in {"between", "route"}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Tirs près de Kidal, au Mali.", "près de Kidal"),
        ("en", "Shots near Kidal, Mali.", "near Kidal"),
        ("es", "Tiros cerca de Kidal, en Malí.", "cerca de Kidal"),
        ("ru", "Бои близ Кидаля в Мали.", "близ Кидаля"),
        ("uk", "Бої біля Кідаля в Малі.", "біля Кідаля"),
        ("ar", "اشتباكات قرب كيدال في مالي", "قرب كيدال"),
    ],
)
def test_near_a_place(language: str, text: str, words: str) -> None:
    place = located(text, words, language=language)
    assert off(place, 18.44, 1.41) < 5
    assert place.radius_km is not None
    assert place.radius_km > 5
    assert (place.acled_precision, place.ucdp_precision) == (2, 2)


def test_bearing_without_distance_leads_out_of_a_town() -> None:
    place = located("Tirs à l'est de Hama, en Syrie.", "à l'est de Hama")
    assert place.longitude is not None
    assert place.longitude > 36.8
    assert place.rule == "bearing"


def test_part_of_a_province_stays_within_it() -> None:
    whole = located("Tirs dans la province d'Idlib.", "la province d'Idlib")
    part = located("Tirs dans le sud de la province d'Idlib.", "le sud de la province d'Idlib")
    assert part.latitude is not None
    assert whole.latitude is not None
    assert part.latitude < whole.latitude
    assert part.radius_km is not None
    assert whole.radius_km is not None
    assert part.radius_km < whole.radius_km


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Tirs à Kidal, au Mali.", "Kidal", (1, 1)),
        ("Tirs à 10 km au sud de Kidal, au Mali.", "à 10 km au sud de Kidal", (2, 2)),
        ("Tirs dans la région de Kidal, au Mali.", "la région de Kidal", (3, 4)),
        ("Tirs au Mali.", "Mali", (3, 6)),
        ("Tirs en mer Rouge.", "mer Rouge", (3, 7)),
    ],
)
def test_precision_codes(text: str, words: str, codes: tuple[int, int]) -> None:
    place = located(text, words)
    assert (place.acled_precision, place.ucdp_precision) == codes


@given(near=st.integers(2, 90), more=st.integers(1, 90))
def test_radius_grows_with_distance(near: int, more: int) -> None:
    def radius(kilometres: int) -> float:
        words = f"{kilometres} km north of Kidal"
        place = located(f"Shots {words}, Mali.", words, language="en")
        assert place.radius_km is not None
        return place.radius_km

    assert radius(near) <= radius(near + more)


POINTS = st.tuples(st.floats(-60, 60), st.floats(-170, 170))


@given(point=POINTS, bearing=st.floats(0, 360), kilometres=st.floats(0.1, 500))
def test_a_move_goes_as_far_as_it_says(
    point: tuple[float, float], bearing: float, kilometres: float
) -> None:
    moved = move(point, bearing, kilometres)
    assert distance_km(point, moved) == pytest.approx(kilometres, rel=1e-6)


@given(one=POINTS, other=POINTS)
def test_the_middle_is_as_far_from_both(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    middle, radius = centre([one, other])
    assert distance_km(one, middle) == pytest.approx(radius, abs=0.01)
    assert distance_km(other, middle) == pytest.approx(radius, abs=0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14-20N 042-05E", (14.333, 42.083)),
        ("36°12′N, 37°09′E", (36.2, 37.15)),
        ("12°30'15\" N 43°15' E", (12.504, 43.25)),
        ("35.3352, 40.1408", (35.3352, 40.1408)),
        ("33.5 S 70.6 W", (-33.5, -70.6)),
    ],
)
def test_coordinates_in_the_text(text: str, expected: tuple[float, float]) -> None:
    found = coordinates(text)
    assert found is not None
    assert found[:2] == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    "text", ["54 NM SW of Aden", "12 March, 15 East", "95 N 200 E", "3 S, 4 E"]
)
def test_what_only_looks_like_coordinates(text: str) -> None:
    assert coordinates(text) is None


def test_coordinates_are_a_place() -> None:
    place = located("Struck at 14-20N 042-05E off Yemen.", "14-20N 042-05E", language="en")
    assert place.rule == "coordinates"
    assert off(place, 14.33, 42.08) < 1
