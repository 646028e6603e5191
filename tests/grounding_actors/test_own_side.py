""" "Our forces" in a text that a party published are guessed to be its own, and said to be."""

from __future__ import annotations

from typing import Any

import pytest

from temoin.grounding.actors import ground_actors
from temoin.record import ActorValue, Record


def grounded(
    text: str,
    words: str,
    *,
    source: str | None,
    language: str,
    said_by: str | None = None,
    role: str = "actor",
) -> ActorValue | None:
    def span(of: str) -> dict[str, Any]:
        start = text.index(of)
        return {"start": start, "end": start + len(of), "text": of}

    event: dict[str, Any] = {
        "id": "e1",
        "type": "capture",
        "trigger": span(text.rsplit(maxsplit=1)[-1]),
        "arguments": [{"role": role, **span(words)}],
    }
    if said_by:
        event["attribution"] = span(said_by)
    document = {"id": "d", "text": text, "language": language, "source": source}
    record = ground_actors(Record.from_dict({"document": document, "events": [event]}))
    return record.events[0].arguments[0].actor


@pytest.mark.parametrize(
    ("text", "words", "source", "language", "id_"),
    [
        ("Nos unités ont pris le village", "Nos unités", "Forces armées maliennes", "fr", "fama"),
        ("Our fighters took the village", "Our fighters", "Hezbollah", "en", "hezbollah"),
        ("Three of our soldiers died", "Three of our soldiers", "Hezbollah", "en", "hezbollah"),
        ("استعادت قواتنا القرية", "قواتنا", "Ansar Allah", "ar", "houthis"),
        ("وقواتنا تتقدم", "وقواتنا", "Ansar Allah", "ar", "houthis"),
        ("наші підрозділи відійшли", "наші підрозділи", "Генштаб ВСУ", "uk",
         "general-staff-ukraine"),
        ("nuestras fuerzas entraron", "nuestras fuerzas", "FARC-EP", "es", "farc"),
        ("наши войска отошли", "наши войска", "Syrian Democratic Forces", "ru", "sdf"),
    ],
)  # fmt: skip
def test_our_forces_are_the_publishers(
    text: str, words: str, source: str, language: str, id_: str
) -> None:
    found = grounded(text, words, source=source, language=language)
    assert found is not None
    assert (found.id, found.rule, found.as_written) == (id_, "publisher", words)
    assert found.note is not None
    assert found.note.startswith("a guess: ")


def test_a_governments_forces_are_its_army() -> None:
    source = "Ministry of Defence of Ukraine"
    found = grounded("Our forces withdrew", "Our forces", source=source, language="en")
    assert found is not None
    assert (found.kind, found.country, found.rule) == ("state_forces", "UA", "publisher")
    assert "Ministry of Defence of Ukraine published the text" in (found.note or "")


@pytest.mark.parametrize("source", [None, "Reuters", "The Daily Bugle", "OCHA"])
def test_a_paper_has_no_forces(source: str | None) -> None:
    found = grounded("Our forces withdrew", "Our forces", source=source, language="en")
    assert found is not None
    assert (found.id, found.rule) == (None, "class")


def test_the_forces_of_whoever_is_quoted_are_not_the_publishers() -> None:
    text = "Our forces hold it, a rebel commander told the town"
    found = grounded(text, "Our forces", source="Hezbollah", language="en",
                     said_by="a rebel commander")  # fmt: skip
    assert found is not None
    assert found.id is None


def test_the_publisher_may_quote_itself() -> None:
    text = "Our forces hold it, Hezbollah told the town"
    found = grounded(text, "Our forces", source="Hezbollah", language="en", said_by="Hezbollah")
    assert found is not None
    assert found.id == "hezbollah"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The soldiers withdrew", "The soldiers"),
        ("Our people fled", "Our people"),
        ("Our Ukrainian forces withdrew", "Our Ukrainian forces"),
        ("The soldiers who attacked our forces withdrew", "The soldiers who attacked our forces"),
    ],
)
def test_other_words_are_left_as_they_are(text: str, words: str) -> None:
    found = grounded(text, words, source="Hezbollah", language="en")
    assert found is None or found.rule != "publisher"


def test_a_target_may_be_ours_too() -> None:
    found = grounded("They shelled our troops there", "our troops", source="Hezbollah",
                     language="en", role="target")  # fmt: skip
    assert found is not None
    assert found.id == "hezbollah"
