"""The table of countries, against what publishers' own lists say of it."""

from __future__ import annotations

from collections import Counter

import pytest

from temoin.codebooks.tables import countries


@pytest.mark.parametrize(
    ("iso2", "acled", "ucdp", "gw", "cow"),
    [
        ("ZW", "Southern Africa", "Africa", 552, 552),
        ("ZM", "Southern Africa", "Africa", 551, 551),
        ("MX", "North America", "Americas", 70, 70),
        ("EG", "Northern Africa", "Middle East", 651, 651),
        ("CY", "Europe", "Europe", 352, 352),
        ("KM", "Eastern Africa", "Africa", 581, 581),
        ("MT", "Europe", "Europe", 338, 338),
        ("YE", "Middle East", "Middle East", 678, 679),
        ("DE", "Europe", "Europe", 260, 255),
        ("RS", "Europe", "Europe", 340, 345),
        ("VN", "Southeast Asia", "Asia", 816, 816),
        ("TO", "Oceania", "Asia", None, 955),
    ],
)
def test_a_country_is_as_its_publishers_have_it(
    iso2: str, acled: str, ucdp: str, gw: int | None, cow: int
) -> None:
    found = countries()[iso2]
    assert (found.acled_region, found.ucdp_region, found.gw, found.cow) == (acled, ucdp, gw, cow)


@pytest.mark.parametrize("scheme", ["iso3", "numeric", "gw", "cow"])
def test_no_two_countries_share_a_number(scheme: str) -> None:
    times = Counter(
        code for each in countries().values() if (code := getattr(each, scheme)) is not None
    )
    assert [code for code, count in times.items() if count > 1] == []


def test_ucdp_cuts_regions_by_gleditsch_and_ward() -> None:
    ends = {199: "Americas", 399: "Europe", 626: "Africa", 699: "Middle East", 999: "Asia"}
    for country in countries().values():
        if country.gw is not None:
            region = next(name for end, name in ends.items() if country.gw <= end)
            assert (country.iso2, country.ucdp_region) == (country.iso2, region)
