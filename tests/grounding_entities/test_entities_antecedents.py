"""What a pronoun or a repetition stands for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from temoin.grounding.entities import link_entities
from temoin.record import Argument, Attribution, Record, Span

Make = Callable[..., Record]


def antecedents(record: Record) -> dict[str, str]:
    """The words of each argument that has an antecedent, with the antecedent's words."""
    found = {}
    for event in record.events:
        spans: list[Argument | Attribution] = [*event.arguments]
        if event.attribution:
            spans.append(event.attribution)
        for span in spans:
            if span.antecedent:
                found[span.text] = span.antecedent.text
    return found


@pytest.mark.parametrize(
    ("language", "text", "events", "words", "expected"),
    [
        pytest.param(
            "fr",
            "L'armée malienne a bombardé Kidal lundi. Elle n'a pas pris la ville.",
            [
                ("shelling", "bombardé", {"actor": "L'armée malienne", "place": "Kidal"}),
                ("capture", "pris", {"actor": "Elle", "target": "la ville", "place": "la ville"}),
            ],
            "Elle",
            "L'armée malienne",
            id="fr-pronoun",
        ),
        pytest.param(
            "fr",
            "L'armée malienne a bombardé Kidal lundi. Elle n'a pas pris la ville.",
            [
                ("shelling", "bombardé", {"actor": "L'armée malienne", "place": "Kidal"}),
                ("capture", "pris", {"actor": "Elle", "target": "la ville", "place": "la ville"}),
            ],
            "la ville",
            "Kidal",
            id="fr-town",
        ),
        pytest.param(
            "fr",
            "Les insurgés ont attaqué Djibo à l'aube. L'armée y a envoyé des renforts.",
            [
                ("ground_attack", "attaqué", {"actor": "Les insurgés", "place": "Djibo"}),
                ("reinforcement", "renforts", {"actor": "L'armée", "place": "y"}),
            ],
            "y",
            "Djibo",
            id="fr-y",
        ),
        pytest.param(
            "fr",
            "Une colonne de blindés, qui venait de Sévaré, a été attaquée.",
            [
                ("deployment", "venait", {"actor": "qui", "origin": "Sévaré"}),
                ("ground_attack", "attaquée", {"target": "Une colonne de blindés"}),
            ],
            "qui",
            "Une colonne de blindés",
            id="fr-relative",
        ),
        pytest.param(
            "en",
            "The rebels entered Bria on Monday. They looted the town.",
            [
                ("capture", "entered", {"actor": "The rebels", "place": "Bria"}),
                ("destruction", "looted", {"actor": "They", "target": "the town"}),
            ],
            "They",
            "The rebels",
            id="en-pronoun",
        ),
        pytest.param(
            "en",
            "Government troops withdrew from Bria, where two soldiers were killed.",
            [
                ("withdrawal", "withdrew", {"actor": "Government troops", "origin": "Bria"}),
                ("killing", "killed", {"target": "two soldiers", "place": "where"}),
            ],
            "where",
            "Bria",
            id="en-where",
        ),
        pytest.param(
            "en",
            "The militia shelled Bria on Monday. Six people were killed there.",
            [
                ("shelling", "shelled", {"actor": "The militia", "place": "Bria"}),
                ("killing", "killed", {"target": "Six people", "place": "there"}),
            ],
            "there",
            "Bria",
            id="en-there",
        ),
        pytest.param(
            "es",
            "El ejército bombardeó Arauca el lunes. Tres civiles murieron allí.",
            [
                ("shelling", "bombardeó", {"actor": "El ejército", "place": "Arauca"}),
                ("killing", "murieron", {"target": "Tres civiles", "place": "allí"}),
            ],
            "allí",
            "Arauca",
            id="es-there",
        ),
        pytest.param(
            "uk",
            "Загарбники обстріляли Куп'янськ. Там загинули двоє людей.",
            [
                ("shelling", "обстріляли", {"actor": "Загарбники", "place": "Куп'янськ"}),
                ("killing", "загинули", {"target": "двоє людей", "place": "Там"}),
            ],
            "Там",
            "Куп'янськ",
            id="uk-there",
        ),
        pytest.param(
            "ru",
            "Боевики обстреляли Пальмиру. Там погибли двое жителей.",
            [
                ("shelling", "обстреляли", {"actor": "Боевики", "place": "Пальмиру"}),
                ("killing", "погибли", {"target": "двое жителей", "place": "Там"}),
            ],
            "Там",
            "Пальмиру",
            id="ru-there",
        ),
        pytest.param(
            "ar",
            "قصف الجيش مدينة الفاشر يوم الاثنين. وقتل مدنيان هناك.",
            [
                ("shelling", "قصف", {"actor": "الجيش", "place": "مدينة الفاشر"}),
                ("killing", "قتل", {"target": "مدنيان", "place": "هناك"}),
            ],
            "هناك",
            "مدينة الفاشر",
            id="ar-there",
        ),
    ],
)
def test_antecedent_is_found(
    make: Make,
    language: str,
    text: str,
    events: list[tuple[str, str, dict[str, str]]],
    words: str,
    expected: str,
) -> None:
    assert antecedents(link_entities(make(text, language, events))).get(words) == expected


@pytest.mark.parametrize(
    ("language", "text", "events"),
    [
        (
            "fr",
            "La Croix-Rouge a évacué Bria. Un obus a tué trois civils à Bambari.",
            [
                ("displacement", "évacué", {"actor": "La Croix-Rouge", "origin": "Bria"}),
                ("killing", "tué", {"target": "trois civils", "place": "Bambari"}),
            ],
        ),
        (
            "en",
            "Soldiers shelled Bria. A mine killed three people in Bambari.",
            [
                ("shelling", "shelled", {"actor": "Soldiers", "target": "Bria"}),
                ("killing", "killed", {"target": "three people", "place": "Bambari"}),
            ],
        ),
    ],
)
def test_names_and_first_mentions_take_up_nothing(
    make: Make, language: str, text: str, events: list[tuple[str, str, dict[str, str]]]
) -> None:
    assert antecedents(link_entities(make(text, language, events))) == {}


@pytest.mark.parametrize("pronoun", ["les", "eux"])
def test_plural_pronoun_is_no_institution(make: Make, pronoun: str) -> None:
    text = f"MINISTÈRE DE LA DÉFENSE. Un combat a eu lieu à Bria ; on {pronoun} a repoussés."
    record = make(
        text,
        "fr",
        [
            ("armed_clash", "combat", {"place": "Bria", "attribution": "MINISTÈRE DE LA DÉFENSE"}),
            ("withdrawal", "repoussés", {"actor": pronoun}),
        ],
    )
    assert antecedents(link_entities(record)).get(pronoun) != "MINISTÈRE DE LA DÉFENSE"


@pytest.mark.parametrize(
    ("language", "text", "events", "words"),
    [
        pytest.param(
            "fr",
            "Les miliciens ont attaqué Bria. Deux d'entre eux ont été tués.",
            [
                ("ground_attack", "attaqué", {"actor": "Les miliciens", "target": "Bria"}),
                ("killing", "tués", {"target": "Deux d'entre eux"}),
            ],
            "Deux d'entre eux",
            id="some-of-them",
        ),
        pytest.param(
            "en",
            "The brigade attacked Bria. Its tanks entered the town.",
            [
                ("ground_attack", "attacked", {"actor": "The brigade", "target": "Bria"}),
                ("advance", "entered", {"actor": "Its tanks", "place": "the town"}),
            ],
            "Its tanks",
            id="what-it-owns",
        ),
        pytest.param(
            "fr",
            "L'armée a pris Goma. Un obus est tombé sur une école.",
            [
                ("capture", "pris", {"actor": "L'armée", "target": "Goma", "place": "Goma"}),
                ("shelling", "tombé", {"target": "une école", "place": "une école"}),
            ],
            "une école",
            id="place-in-a-town",
        ),
    ],
)
def test_what_hangs_on_a_thing_is_another_thing(
    make: Make,
    language: str,
    text: str,
    events: list[tuple[str, str, dict[str, str]]],
    words: str,
) -> None:
    linked = link_entities(make(text, language, events))
    mention = next(m for m in linked.mentions if m.text == words)
    entity = next(e for e in linked.entities if e.id == mention.entity)
    assert entity.mentions == (mention.id,)


def test_times_and_quantities_have_no_antecedent(make: Make) -> None:
    text = "Lundi, dix soldats sont morts à Kidal. Le lendemain, dix autres y sont morts."
    record = make(
        text,
        "fr",
        [
            ("killing", "morts", {"time": "Lundi", "quantity": "dix", "place": "Kidal"}),
            ("killing", "morts@2", {"time": "Le lendemain", "quantity": "dix@2", "place": "y"}),
        ],
    )
    linked = link_entities(record)
    for event in linked.events:
        for argument in event.arguments:
            if argument.role in {"time", "quantity"}:
                assert argument.antecedent is None
                assert argument.entity is None


def test_an_antecedent_that_is_known_already_stays(make: Make) -> None:
    text = "Kidal et Gao sont calmes. L'armée a bombardé la ville."
    record = make(text, "fr", [("shelling", "bombardé", {"place": "la ville"})])
    argument = record.events[0].arguments[0]
    told = argument.model_copy(update={"antecedent": Span(start=0, end=5, text="Kidal")})
    event = record.events[0].model_copy(update={"arguments": (told,)})
    linked = link_entities(record.model_copy(update={"events": (event,)}))
    assert linked.events[0].arguments[0].antecedent == told.antecedent
    entity = next(e for e in linked.entities if e.id == linked.events[0].arguments[0].entity)
    assert entity.name == "Kidal"
