"""`ground_times`: the times of events and of the whole text."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.time import ground_times
from temoin.record import (
    Argument,
    Certainty,
    Document,
    Event,
    EventType,
    Mention,
    Record,
    Role,
    Span,
    TimeValue,
)

PUBLISHED = dt.date(2024, 6, 12)


def span(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def record(
    text: str,
    *words: str,
    published: dt.date | None = PUBLISHED,
    language: str = "fr",
    certainty: Certainty = Certainty.CERTAIN,
    mentions: tuple[Mention, ...] = (),
) -> Record:
    """A record with one event that has these times."""
    arguments = [Argument.model_validate({"role": "time", **span(text, one)}) for one in words]
    event = Event(
        id="e1",
        type=EventType.EXPLOSION,
        trigger=Span.model_validate(span(text, text.split(maxsplit=1)[0])),
        arguments=tuple(arguments),
        certainty=certainty,
    )
    document = Document(id="d", text=text, language=language, published=published)
    return Record(document=document, events=(event,), mentions=mentions)


def days(time: TimeValue | None) -> tuple[str, str]:
    assert time is not None
    return str(time.earliest), str(time.latest)


def test_the_argument_and_its_event_have_the_days() -> None:
    (event,) = ground_times(record("Explosion hier au port.", "hier")).events
    (argument,) = event.of_role(Role.TIME)
    assert days(argument.time) == days(event.time) == ("2024-06-11", "2024-06-11")


def test_a_date_and_an_hour_make_one_time() -> None:
    text = "Explosion au port vers 14h30 alors que, mardi, tout dormait."
    (event,) = ground_times(record(text, "vers 14h30", "mardi")).events
    assert days(event.time) == ("2024-06-11", "2024-06-11")
    assert event.time is not None
    assert (event.time.value, event.time.precision) == ("2024-06-11T14:30", "hour")


def test_of_several_times_the_most_exact_counts() -> None:
    text = "Explosion en mai, le 3 mai disent certains."
    (event,) = ground_times(record(text, "en mai", "le 3 mai")).events
    assert days(event.time) == ("2024-05-03", "2024-05-03")


def test_a_duration_beside_a_date_does_not_hide_it() -> None:
    text = "Explosions mardi, pendant six heures."
    (event,) = ground_times(record(text, "six heures", "mardi")).events
    assert days(event.time) == ("2024-06-11", "2024-06-11")


def test_a_duration_alone_has_a_value_and_no_days() -> None:
    found = ground_times(record("Explosions pendant six heures.", "six heures"))
    time = found.events[0].time
    assert time is not None
    assert (time.value, time.earliest, time.precision) == ("PT6H", None, "duration")
    assert found.ungrounded == ()


def test_an_event_without_a_time_keeps_none() -> None:
    assert ground_times(record("Explosion hier au port.")).events[0].time is None


def test_a_planned_event_lies_ahead() -> None:
    text = "Explosion vendredi au port."
    (event,) = ground_times(record(text, "vendredi", certainty=Certainty.PLANNED)).events
    assert days(event.time) == ("2024-06-14", "2024-06-14")


@pytest.mark.parametrize("words", ["14", "le 14", "0412", "nuit"])
def test_words_too_short_for_the_text_are_read_as_times(words: str) -> None:
    (event,) = ground_times(record(f"Explosion {words} au port.", words)).events
    assert event.time is not None
    assert event.time.earliest is not None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Explosion à seize heures au port.", "seize heures", ("2024-06-12", "2024-06-12")),
        ("Explosions les 3 et 4 juin au port.", "3", ("2024-06-03", "2024-06-03")),
        ("Explosion dans la nuit de lundi à mardi.", "nuit", ("2024-06-10", "2024-06-11")),
        ("Explosion mardi vers midi au port.", "midi", ("2024-06-11", "2024-06-11")),
    ],
)
def test_words_cut_out_of_an_expression_are_read_in_it(
    text: str, words: str, expected: tuple[str, str]
) -> None:
    (event,) = ground_times(record(text, words)).events
    assert days(event.time) == expected


def test_unresolved_times_are_listed() -> None:
    found = ground_times(record("Explosion hier au port.", "hier", published=None))
    (entry,) = found.ungrounded
    assert (entry.field, entry.value) == ("e1.time", "hier")
    assert "publication" in entry.reason


def test_words_that_are_no_time_are_listed() -> None:
    found = ground_times(record("Explosion au port.", "au port"))
    assert [entry.value for entry in found.ungrounded] == ["au port"]


def test_every_time_of_the_text_is_a_mention() -> None:
    found = ground_times(record("Explosion hier, six heures après celle de mai.", "hier"))
    assert [(m.id, m.kind, m.text) for m in found.mentions] == [
        ("t1", "time", "hier"),
        ("t2", "time", "six heures après"),
        ("t3", "time", "mai"),
    ]


def test_ids_of_mentions_do_not_clash() -> None:
    text = "Explosion hier au port."
    other = Mention.model_validate({"id": "t1", "kind": "place", **span(text, "port")})
    found = ground_times(record(text, mentions=(other,)))
    assert [(mention.id, mention.text) for mention in found.mentions] == [
        ("t1", "port"),
        ("t2", "hier"),
    ]


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_grounding_twice_changes_nothing(published: dt.date | None) -> None:
    once = ground_times(record("Explosion hier au port.", "hier", published=published))
    assert ground_times(once) == once


def test_the_given_record_stays_as_it_is() -> None:
    given = record("Explosion hier au port.", "hier")
    before = given.to_json()
    ground_times(given)
    assert given.to_json() == before


def test_the_grounded_record_is_valid() -> None:
    found = ground_times(record("Explosion hier, le 8 mars et en mai.", "hier"))
    assert Record.from_dict(found.to_dict()) == found
