"""What is composed of a country and a force, a backer and a kind."""

from __future__ import annotations

import pytest

from temoin.grounding.actors import ActorContext, resolve_actor
from temoin.record import ActorValue, EventType, Role


def resolved(text: str, language: str, context: ActorContext | None = None) -> ActorValue:
    value = resolve_actor(text, language, context=context)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("language", "text", "expected", "kind"),
    [
        ("fr", "l'armée malienne", "fama", "state_forces"),
        ("fr", "un soldat malien", "fama", "state_forces"),
        ("fr", "le gouvernement allemand", "germany-government", "government"),
        ("fr", "la police kényane", "kenya-police-forces", "police"),
        ("fr", "le ministère russe de la Défense", "russian-mod", "government"),
        ("en", "Ethiopian troops", "endf", "state_forces"),
        ("en", "the Ugandan air force", "uganda-air-force", "state_forces"),
        ("en", "Syrian rebels", "syria-rebels", "rebel_group"),
        ("es", "el Ejército colombiano", "colombian-army", "state_forces"),
        ("es", "la policía ecuatoriana", "ecuador-police-forces", "police"),
        ("ar", "القوات التركية", "turkish-armed-forces", "state_forces"),
        ("ar", "الحكومة اليمنية", "yemen-government", "government"),
        ("ru", "российская авиация", "russian-aerospace", "state_forces"),
        ("ru", "азербайджанские войска", "ajaf-azerbaijan", "state_forces"),
        ("uk", "російські війська", "russian-armed-forces", "state_forces"),
        ("uk", "грузинська поліція", "georgia-police-forces", "police"),
    ],
)
def test_country_and_force(language: str, text: str, expected: str, kind: str) -> None:
    value = resolved(text, language)
    assert (value.id, value.kind) == (expected, kind)


def test_a_part_of_an_organisation() -> None:
    value = resolved("les forces spéciales de l'OTAN", "fr")
    assert value.name == "Special Forces of the North Atlantic Treaty Organization"
    assert (value.id, value.parent, value.inter) == ("nato-special-forces", "nato", 8)


def test_a_branch_belongs_to_the_armed_forces() -> None:
    assert resolved("the Malian air force", "en").parent == "fama"
    assert resolved("the Kenyan police", "en").parent == "kenya-government"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "un Su-25 russe", "russian-aerospace"),
        ("en", "a Turkish drone", "turkish-armed-forces"),
        ("ru", "азербайджанские танки", "ajaf-azerbaijan"),
    ],
)
def test_a_countrys_equipment_is_its_forces(language: str, text: str, expected: str) -> None:
    value = resolved(text, language)
    assert (value.id, value.rule) == (expected, "country+equipment")


@pytest.mark.parametrize(
    ("language", "text", "backer", "kind"),
    [
        ("en", "Iranian-backed militia", "Iran", "militia"),
        ("fr", "des rebelles soutenus par le Rwanda", "Rwanda", "rebel_group"),
        ("fr", "des miliciens proiraniens", "Iran", "militia"),
        ("ru", "проиранские ополченцы", "Iran", "militia"),
        ("es", "milicias respaldadas por Irán", "Iran", "militia"),
        ("ar", "ميليشيات مدعومة من إيران", "Iran", "militia"),
        ("uk", "проросійські бойовики", "Russia", "armed_group"),
    ],
)
def test_a_backer_is_not_the_actor(language: str, text: str, backer: str, kind: str) -> None:
    value = resolved(text, language)
    assert (value.kind, value.country, value.id) == (kind, None, None)
    assert value.note == f"backed by {backer}"


def test_two_backers_and_an_own_country() -> None:
    assert resolved("rebels backed by Iran and Russia", "en").note == "backed by Iran, Russia"
    value = resolved("pro-Turkish Syrian factions", "en")
    assert (value.country, value.note) == ("SY", "backed by Turkey")


def test_a_people_is_no_state() -> None:
    value = resolved("Tuareg rebels", "en")
    assert (value.kind, value.name, value.id) == ("rebel_group", "Tuareg Rebels", None)
    assert resolved("Kurdish troops", "en").kind == "armed_force"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Kigali", "rwanda-government"),
        ("en", "Washington", "united-states-government"),
        ("es", "Caracas", "venezuela-government"),
        ("ar", "طهران", "iran-government"),
        ("ru", "Анкара", "turkey-government"),
        ("uk", "Варшава", "poland-government"),
    ],
)
def test_a_capital_for_its_government(language: str, text: str, expected: str) -> None:
    assert resolved(text, language).id == expected


def test_a_capital_that_is_hit_is_a_place() -> None:
    hit = ActorContext(role=Role.TARGET, event=EventType.SHELLING)
    blamed = ActorContext(role=Role.TARGET, event=EventType.ACCUSATION)
    assert resolve_actor("Bamako", "fr", context=hit) is None
    assert resolved("Bamako", "fr", blamed).id == "mali-government"


def test_a_people_that_is_hit_is_people() -> None:
    hit = ActorContext(role=Role.TARGET, event=EventType.KILLING)
    assert resolved("sept Russes", "fr", hit).kind == "people"


def test_forces_abroad_are_external() -> None:
    at_home = ActorContext(place="FR")
    abroad = ActorContext(place="ML")
    assert resolved("l'armée française", "fr", at_home).inter == 1
    assert resolved("l'armée française", "fr", abroad).inter == 8
