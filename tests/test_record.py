from __future__ import annotations

import datetime as dt
import json
import unicodedata
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sample_records import TEXT, at, document, one_event, record

from temoin.record import (
    Argument,
    Certainty,
    Document,
    Entity,
    Event,
    EventType,
    Mention,
    Polarity,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
    TimeValue,
    json_schema,
)

HARD_TEXTS = {
    "combining marks, decomposed": unicodedata.normalize("NFD", "L'armée a bombardé Méïda."),
    "composed": unicodedata.normalize("NFC", "L'armée a bombardé Méïda."),
    "emoji with joiners and skin tones": "👨‍👩‍👧‍👦 fled; 🤦🏽‍♂️ shelled 🇲🇱 Kidal.",
    "Arabic with marks and tatweel": "قَصَفَ الجـــيشُ مدينةَ حماةَ يومَ الثلاثاء.",
    "Windows line ends": "Mardi,\r\nl'armée a\r\nbombardé Mizda.\r\n",
    "soft hyphens": "L'ar\u00admée a bom\u00adbardé Mizda.",
    "no-break spaces": "«\u00a0L'armée\u202fa bombardé\u00a0» Mizda\u2009!",
    "beyond the basic plane": "𝕃'armée 𐤀 bombardé 𠀋.",
    "byte order mark and zero width": "\ufeffL'armée\u200b a bombardé\u2060 Mizda",
}


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start=start, end=end, text=text[start:end])


# Surrogates are no characters: no decoder gives them.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
confidences = st.none() | st.floats(0, 1)


@st.composite
def days(draw: st.DrawFn) -> TimeValue:
    first, last = sorted([draw(st.dates()), draw(st.dates())])
    return TimeValue(earliest=first, latest=last, precision="range")


@st.composite
def events(draw: st.DrawFn, text: str, number: int) -> Event:
    arguments = tuple(
        Argument(
            role=draw(st.sampled_from(Role)),
            **draw(spans(text)).model_dump(),
            antecedent=draw(st.none() | spans(text)),
            confidence=draw(confidences),
            value=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return Event(
        id=f"e{number}",
        type=draw(st.sampled_from(EventType)),
        trigger=draw(spans(text)),
        arguments=arguments,
        polarity=draw(st.sampled_from(Polarity)),
        certainty=draw(st.sampled_from(Certainty)),
        time=draw(st.none() | days()),
        confidence=draw(confidences),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(texts)
    found = tuple(draw(events(text, number)) for number in range(draw(st.integers(0, 3))))
    relations: tuple[Relation, ...] = ()
    if len(found) > 1:
        kind = draw(st.sampled_from(RelationType))
        relations = (Relation(type=kind, source=found[0].id, target=found[1].id),)
    mention = Mention(id="m1", kind="actor", entity="a1", **draw(spans(text)).model_dump())
    return Record(
        document=Document(
            id=draw(st.text(max_size=5)),
            text=text,
            published=draw(st.none() | st.dates()),
            notes=tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
        ),
        events=found,
        relations=relations,
        mentions=(mention,),
        entities=(Entity(id="a1", kind="actor", name="A", mentions=("m1",)),),
    )


SCHEMA = json_schema()


@given(records())
@settings(max_examples=60, deadline=None)
def test_record_survives_a_round_trip_through_dict(made: Record) -> None:
    assert Record.from_dict(made.to_dict()) == made


@given(records())
@settings(max_examples=60, deadline=None)
def test_record_survives_a_round_trip_through_json(made: Record) -> None:
    assert Record.from_dict(json.loads(made.to_json())) == made


@given(records())
@settings(max_examples=30, deadline=None)
def test_same_record_gives_the_same_bytes(made: Record) -> None:
    assert Record.from_dict(json.loads(made.to_json())).to_json() == made.to_json()


@given(records())
@settings(max_examples=30, deadline=None)
def test_record_fits_its_schema(made: Record) -> None:
    jsonschema.validate(made.to_dict(), SCHEMA)


@given(records())
@settings(max_examples=60, deadline=None)
def test_every_span_of_a_record_is_a_slice_of_its_text(made: Record) -> None:
    text = made.document.text
    assert [text[span.start : span.end] for _, span in made.spans()] == [
        span.text for _, span in made.spans()
    ]


def test_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_schema_refuses_an_unknown_type() -> None:
    data = record().to_dict()
    data["events"][0]["type"] = "party"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
def test_every_slice_of_a_hard_text_can_be_quoted(text: str) -> None:
    made = Record(
        document=Document(id="d", text=text),
        mentions=tuple(
            Mention(id=f"m{start}-{end}", kind="actor", start=start, end=end, text=text[start:end])
            for start in range(len(text))
            for end in range(start + 1, len(text) + 1)
        ),
    )
    back = Record.from_dict(json.loads(made.to_json()))
    assert all(text[span.start : span.end] == span.text for _, span in back.spans())


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
def test_text_comes_back_untouched(text: str) -> None:
    made = Record(document=Document(id="d", text=text))
    assert Record.from_dict(json.loads(made.to_json())).document.text == text


def test_words_of_another_normal_form_are_refused() -> None:
    decomposed = unicodedata.normalize("NFD", "bombardé")
    with pytest.raises(ValidationError, match="is not at"):
        Record(
            document=Document(id="d", text=f"{decomposed}."),
            mentions=(Mention(id="m1", kind="x", start=0, end=8, text="bombardé"),),
        )


def test_offsets_count_code_points_not_utf16_units() -> None:
    text = "🇲🇱 Kidal"
    made = one_event(text, "Kidal")
    assert (made.events[0].trigger.start, made.events[0].trigger.end) == (3, 8)


@pytest.mark.parametrize(
    "place",
    ["trigger", "argument", "antecedent", "attribution", "attribution.antecedent", "mention"],
)
def test_words_that_are_not_at_their_offsets_are_refused(place: str) -> None:
    data = record().to_dict()
    wrong = {"start": 0, "end": 4, "text": "Mars"}
    capture = data["events"][1]
    targets: dict[str, Any] = {
        "trigger": lambda: capture.update(trigger=wrong),
        "argument": lambda: capture["arguments"].append({"role": "actor", **wrong}),
        "antecedent": lambda: capture["arguments"][0].update(antecedent=wrong),
        "attribution": lambda: capture.update(attribution=wrong),
        "attribution.antecedent": lambda: capture.update(
            attribution={**at(TEXT, "Elle"), "antecedent": wrong}
        ),
        "mention": lambda: data.update(mentions=[{"id": "m1", "kind": "x", **wrong}]),
    }
    targets[place]()
    with pytest.raises(ValueError, match="'Mars' is not at 0-4: 'Mard'"):
        Record.from_dict(data)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({"start": 3, "end": 3, "text": ""}, "must have words"),
        ({"start": 5, "end": 3, "text": "ab"}, "must have words"),
        ({"start": 0, "end": 4, "text": "Mar"}, "does not have 4 code points"),
        ({"start": -1, "end": 4, "text": "Mardi"}, "greater than or equal to 0"),
    ],
)
def test_span_without_sense_is_refused(span: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Span(**span)


def test_span_past_the_end_is_refused() -> None:
    with pytest.raises(ValidationError, match="is not at"):
        Record(
            document=Document(id="d", text="abc"),
            mentions=(Mention(id="m1", kind="x", start=2, end=4, text="cd"),),
        )


@pytest.mark.parametrize("sentence", [(0, 0), (5, 3), (0, 500)])
def test_sentence_outside_the_text_is_refused(sentence: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="is not within the text"):
        Record(document=document(sentences=(sentence,)))


def test_relation_to_an_event_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValidationError, match="names an event that is not there"):
        record(relations=(Relation(type=RelationType.CAUSES, source="e1", target="e9"),))


def test_id_that_stands_twice_is_refused() -> None:
    made = record()
    with pytest.raises(ValidationError, match="stands twice"):
        record(events=(*made.events, made.events[0]))


def test_unknown_field_is_refused() -> None:
    data = record().to_dict()
    data["events"][0]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        Record.from_dict(data)


def test_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        record().document.text = "other"  # type: ignore[misc]


def test_time_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValidationError, match="runs backwards"):
        TimeValue(earliest=dt.date(2020, 1, 2), latest=dt.date(2020, 1, 1))


def test_empty_fields_are_left_out_of_the_dict() -> None:
    assert "title" not in record().to_dict()["document"]


def test_arguments_of_a_role_come_in_the_order_of_the_text() -> None:
    assert [found.text for found in record().events[0].of_role("place")] == ["près de Mizda"]


def test_data_frame_has_a_row_an_event() -> None:
    frame = record().to_dataframe()
    assert list(frame["event"]) == ["e1", "e2", "e3"]
