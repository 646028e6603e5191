"""Values of columns: where it was."""

from __future__ import annotations

from temoin.codebooks.places import admin1_of, priogrid
from temoin.codebooks.tables import Country, countries
from temoin.codebooks.values import Context, Given, Missing, value, words_of
from temoin.grounding.actors.lexicon import countries as labels
from temoin.record import Role, Span

__all__: list[str] = []

_NOWHERE = "the report names no place that could be found"
_NO_COUNTRY = "the country of the place is not known"


def _words(context: Context) -> tuple[Span, ...]:
    return words_of(context, Role.PLACE, Role.DESTINATION, Role.ORIGIN)


def _country(context: Context) -> Country | None:
    code = context.place.country if context.place else None
    return countries().get(code) if code else None


def _rule(context: Context) -> str:
    place = context.place
    return f"place.{place.rule}" if place and place.rule else "place"


@value("location")
def _location(context: Context) -> Given | Missing:
    if context.place is None:
        return Missing(_NOWHERE)
    return Given(context.place.name, _rule(context), _words(context))


@value("where_description")
def _where_description(context: Context) -> Given | Missing:
    words = _words(context)
    if not words:
        return Missing("no words of the event say where it was", plain=True)
    return Given("; ".join(dict.fromkeys(span.text for span in words)), "words", words)


@value("latitude")
def _latitude(context: Context) -> Given | Missing:
    if context.place is None or context.place.latitude is None:
        return Missing(_NOWHERE)
    return Given(round(context.place.latitude, 4), _rule(context), _words(context))


@value("longitude")
def _longitude(context: Context) -> Given | Missing:
    if context.place is None or context.place.longitude is None:
        return Missing(_NOWHERE)
    return Given(round(context.place.longitude, 4), _rule(context), _words(context))


@value("geom_wkt")
def _geom_wkt(context: Context) -> Given | Missing:
    place = context.place
    if place is None or place.latitude is None or place.longitude is None:
        return Missing(_NOWHERE)
    point = f"POINT ({round(place.longitude, 4)} {round(place.latitude, 4)})"
    return Given(point, _rule(context), _words(context))


@value("priogrid_gid")
def _priogrid(context: Context) -> Given | Missing:
    place = context.place
    if place is None or place.latitude is None or place.longitude is None:
        return Missing(_NOWHERE)
    return Given(priogrid(place.latitude, place.longitude), "priogrid", _words(context))


@value("geo_precision")
def _geo_precision(context: Context) -> Given | Missing:
    if context.place is None or context.place.acled_precision is None:
        return Missing(_NOWHERE)
    return Given(context.place.acled_precision, _rule(context), _words(context))


@value("where_prec")
def _where_prec(context: Context) -> Given | Missing:
    if context.place is None or context.place.ucdp_precision is None:
        return Missing(_NOWHERE)
    return Given(context.place.ucdp_precision, _rule(context), _words(context))


@value("feature")
def _feature(context: Context) -> Given | Missing:
    if context.place is None or not context.place.feature:
        return Missing(_NOWHERE)
    return Given(context.place.feature, _rule(context), _words(context))


@value("city")
def _city(context: Context) -> Given | Missing:
    place = context.place
    if place is None or place.feature not in ("city", "suburb"):
        return Missing("the place is no town", plain=place is not None)
    return Given(place.name, _rule(context), _words(context))


@value("gazetteer_id")
def _gazetteer_id(context: Context) -> Given | Missing:
    place = context.place
    if place is None or not (place.gazetteer_id or "").startswith("geonames:"):
        return Missing("GeoNames has no number for the place", plain=True)
    return Given((place.gazetteer_id or "").partition(":")[2], _rule(context), _words(context))


@value("admin1")
def _admin1(context: Context) -> Given | Missing:
    name = admin1_of(context.place) if context.place else None
    if name is None:
        return Missing("the gazetteer does not tell the first-order unit of the place")
    return Given(name, "gazetteer.admin1", _words(context))


@value("admin2")
def _admin2(context: Context) -> Given | Missing:
    if context.place is None or context.place.feature != "admin2":
        return Missing("the gazetteer does not tell the second-order unit of the place")
    return Given(context.place.name, "gazetteer.admin2", _words(context))


@value("country")
def _country_name(context: Context) -> Given | Missing:
    country = _country(context)
    if country is None:
        return Missing(_NO_COUNTRY)
    name = labels().get(country.iso2, country.iso2)
    return Given(name, "place.country", _words(context))


@value("iso")
def _iso(context: Context) -> Given | Missing:
    country = _country(context)
    if country is None or country.numeric is None:
        return Missing(_NO_COUNTRY)
    return Given(country.numeric, "place.country", _words(context))


@value("iso3")
def _iso3(context: Context) -> Given | Missing:
    country = _country(context)
    return (
        Given(country.iso3, "place.country", _words(context)) if country else Missing(_NO_COUNTRY)
    )


@value("acled_region")
def _acled_region(context: Context) -> Given | Missing:
    country = _country(context)
    if country is None or not country.acled_region:
        return Missing(_NO_COUNTRY)
    return Given(country.acled_region, "country.region", _words(context))


@value("ucdp_region")
def _ucdp_region(context: Context) -> Given | Missing:
    country = _country(context)
    if country is None or not country.ucdp_region:
        return Missing(_NO_COUNTRY)
    return Given(country.ucdp_region, "country.region", _words(context))


@value("gw_country")
def _gw_country(context: Context) -> Given | Missing:
    country = _country(context)
    if country is None or country.gw is None:
        return Missing("no Gleditsch-Ward number is known for the country")
    return Given(country.gw, "country.gw", _words(context))
