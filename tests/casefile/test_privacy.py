"""What a profile leaves out is nowhere in what goes out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cases import add_reports
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from temoin.casefile import Case, CaseError, verify
from temoin.casefile.exchanging import exported_records
from temoin.casefile.privacy import (
    PROFILES,
    WITHHELD,
    Marks,
    Profile,
    ProfileError,
    load_profile,
    published,
    redact,
)
from temoin.casefile.privacy.finding import find_contacts, find_facilities, find_persons
from temoin.casefile.privacy.hiding import Names
from temoin.casefile.privacy.levels import set_document_level, set_field_level
from temoin.casefile.privacy.linting import lint
from temoin.casefile.schema import Claim, FieldSensitivity
from temoin.cli import main
from temoin.record import (
    SCHEMA_VERSION,
    ActorValue,
    Argument,
    Document,
    Entity,
    Event,
    EventType,
    Mention,
    PlaceValue,
    Record,
    Role,
    Span,
    Ungrounded,
)

pytest_plugins = ["cases"]

# Invented persons, in no act but speaking and fleeing.
PERSONS = [
    ("Colonel Idris Maddiri told us that it was calm.", ["Idris Maddiri"]),
    ("The witness, Dr. Salma Ben Yussefi, left.", ["Salma Ben Yussefi"]),
    ("“They came at night,” said Tomas Welgood, 34, a farmer.", ["Tomas Welgood"]),
    ("Selon le général Karim Haddouche, tout est calme.", ["Karim Haddouche"]),
    ("Marie Dupontel, 34 ans, a quitté la ville.", ["Marie Dupontel"]),
    ("El coronel Juan Perezal salió.", ["Juan Perezal"]),
    ("La abogada Rosa Villalta habló.", ["Rosa Villalta"]),
    ("Президент Іван Мельниченко заявив.", ["Іван Мельниченко"]),
    ("Олена Ковальова, 31, поїхала.", ["Олена Ковальова"]),
    ("Журналист Сергей Петровичев сообщил об этом.", ["Сергей Петровичев"]),
    ("قال العقيد سالم الورفليني إن الوضع هادئ", ["سالم الورفليني"]),
]  # fmt: skip
NOBODY = [
    "Human Rights Watch said on Monday that Northern Command withdrew.",
    "General Staff said 5 people died. The Ministry of Defence said nothing.",
    "Le Monde a rapporté que l'armée avance.",
]
CONTACTS = {
    "+218 91 234 5678": "phone",
    "06 12 34 56 78": "phone",
    "witness.one@example.org": "email",
    "https://t.me/abc/12": "url",
    "@someone_there": "handle",
    "31.44512, 12.98011": "coordinates",
    "31°26'42\"N 12°58'48\"E": "coordinates",
}
NO_CONTACTS = [
    "On 11.03.2024, 12 soldiers of the 25 000 000",
    "1,200 dead in 1990-2000, 3.5 km, 120-mm",
    "T-72, BM-21, 10:30, 2024-03-11",
]


@pytest.mark.parametrize(("text", "names"), PERSONS)
def test_persons_are_found(text: str, names: list[str]) -> None:
    assert [found.text for found in find_persons(text)] == names


@pytest.mark.parametrize("text", NOBODY)
def test_organisations_are_no_persons(text: str) -> None:
    assert find_persons(text) == []


@pytest.mark.parametrize(("text", "kind"), CONTACTS.items())
def test_contacts_are_found(text: str, kind: str) -> None:
    said = f"Ask {text}, they know."
    (found,) = find_contacts(said)
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_numbers_are_no_contacts(text: str) -> None:
    assert find_contacts(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("near Al-Nurani Hospital today", "hospital"),
        ("devant l'hôpital Saint-Lucien hier", "hospital"),
        ("the Zaatarin refugee camp", "camp"),
        ("قرب مستشفى النور", "hospital"),
    ],
)
def test_facilities_are_found(text: str, kind: str) -> None:
    (found,) = find_facilities(text)
    assert found.kind == kind


def span(text: str, words: str) -> dict[str, object]:
    at = text.index(words)
    return {"start": at, "end": at + len(words), "text": words}


def report(
    name: str = "Idris Maddiri", contact: str = "+218 91 234 5678", latitude: float = 31.44512
) -> Record:
    """A report with everything that there is to protect."""
    text = (
        f"Colonel {name} told us that the army shelled Mizda on Monday. "
        f"Call {contact}. {name} saw the Al-Nurani Hospital burn."
    )
    place = PlaceValue(
        name="Mizda", latitude=latitude, longitude=12.98011, gazetteer_id="x:1", feature="city",
        candidates=(PlaceValue(name="Mizda (other)", latitude=latitude),),
    )  # fmt: skip
    actor = ActorValue(name=name, id="maddiri", kind="person", as_written=name)
    event = Event(
        id="e1",
        type=EventType.SHELLING,
        trigger=Span(**span(text, "shelled")),
        place=place,
        arguments=(
            Argument(**span(text, "the army"), role=Role.ACTOR, actor=actor),
            Argument(
                **span(text, "Mizda"),
                role=Role.PLACE,
                place=place,
                latitude=latitude,
                longitude=12.98011,
            ),
        ),
    )  # fmt: skip
    burnt = Event(
        id="e2",
        type=EventType.DESTRUCTION,
        trigger=Span(**span(text, "burn")),
        arguments=(Argument(**span(text, "Al-Nurani Hospital"), role=Role.TARGET),),
    )
    return Record(
        document=Document(
            id=f"{name}.txt",
            text=text,
            title=f"{name} speaks",
            path=f"/home/x/{name}.txt",
            url=f"https://example.org/{name.replace(' ', '-')}",
            sentences=((0, text.index(" Call")), (text.index("Call"), len(text))),
        ),
        events=(event, burnt),
        mentions=(Mention(**span(text, name), id="m1", kind="actor", entity="n1"),),
        entities=(Entity(id="n1", kind="actor", name=name, mentions=("m1",)),),
        ungrounded=(Ungrounded(field="e1.time", value=f"Monday, says {name}", reason="no day"),),
    )


def out(record: Record | None, profile: Profile) -> str:
    assert record is not None
    return json.dumps(published(record, profile), ensure_ascii=False)


FIRST = ["Idris", "Salma", "Tomas", "Karim", "Іван", "Олена", "José"]
LAST = ["Maddiri", "Welgood", "Haddouche", "Мельниченко", "Ковальова", "Perezal", "O'Dunnell"]


@given(
    first=st.sampled_from(FIRST),
    last=st.sampled_from(LAST),
    contact=st.sampled_from(list(CONTACTS)),
    latitude=st.floats(min_value=-80, max_value=80).map(lambda x: round(x, 5)),
    profile=st.builds(
        Profile,
        name=st.just("test"),
        level=st.just("internal"),
        coordinates=st.sampled_from(["decimals", "admin1", "none"]),
        decimals=st.integers(0, 3),
        quotes=st.booleans(),
    ),
)
def test_no_suppressed_string_is_in_what_goes_out(
    first: str, last: str, contact: str, latitude: float, profile: Profile
) -> None:
    name = f"{first} {last}"
    record = report(name, contact, latitude)
    redacted, done = redact(record, profile)
    said = out(redacted, profile)
    assert {name} <= done.suppressed
    for word in {name, first, last, contact, "Al-Nurani", *done.suppressed}:
        pattern = rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
        assert not re.search(pattern, said), word
    if round(latitude, profile.decimals) != latitude or profile.coordinates != "decimals":
        # The schema's version may happen to be the same number.
        told = said.replace(f'"schema_version": "{SCHEMA_VERSION}"', "")
        assert not re.search(rf"(?<![\d.]){re.escape(str(latitude))}(?!\d)", told)
    assert "maddiri" not in said
    if not profile.quotes:
        assert not re.search(r"told us|the army", said)
    assert redacted is not None
    assert Record.from_dict(redacted.to_dict()) == redacted


@given(text=st.text(max_size=200), name=st.sampled_from([names[0] for _, names in PERSONS]))
def test_any_text_stays_a_record(text: str, name: str) -> None:
    whole = f"{text} Colonel {name} said so. {text}"
    event = Event(id="e1", type=EventType.THREAT, trigger=Span(start=0, end=len(whole), text=whole))
    record = Record(document=Document(id="d", text=whole), events=(event,))
    for profile in PROFILES:
        redacted, _ = redact(record, load_profile(profile), marks=Marks("public"))
        assert redacted is not None


def test_persons_have_one_number_throughout() -> None:
    names, profile = Names(), load_profile("partner")
    first, _ = redact(report(), profile, names=names)
    second, _ = redact(report("Salma Yussefi"), profile, names=names)
    third, _ = redact(report(), profile, names=names)
    assert first
    assert second
    assert third
    assert first.document.text.count("[person 1]") == 2
    assert second.document.text.count("[person 2]") == 2
    assert third.document.text == first.document.text
    assert first.events[1].arguments[0].text == "[hospital 1]"
    assert first.entities[0].name == "[person 1]"


def test_coordinates_are_rounded_within_a_radius_that_holds_them() -> None:
    redacted, _ = redact(report(), load_profile("partner"))
    assert redacted
    place = redacted.events[0].place
    assert place
    assert (place.latitude, place.longitude) == (31.45, 12.98)
    assert place.radius_km
    assert place.radius_km >= 0.78
    assert place.candidates == ()
    assert redacted.events[0].arguments[1].latitude == 31.45


def test_fields_above_the_level_go_with_their_words() -> None:
    record, profile = report(), load_profile("partner")
    mizda = record.events[0].arguments[1]
    marks = Marks("internal", {("e1", f"place:{mizda.start}-{mizda.end}"): "secret"})
    redacted, _ = redact(record, profile, marks=marks)
    assert redacted
    assert redacted.events[0].place is None
    assert "Mizda" not in out(redacted, profile)


@pytest.mark.parametrize("field", ["*", "type", "trigger"])
def test_a_claim_above_the_level_goes_with_its_sentence(field: str) -> None:
    profile = load_profile("partner")
    redacted, done = redact(report(), profile, marks=Marks("internal", {("e1", field): "secret"}))
    assert redacted
    assert [event.id for event in redacted.events] == ["e2"]
    assert "shelled" not in out(redacted, profile)
    assert ("e1", "dropped") in done.fields


def test_a_document_above_the_level_goes_as_a_whole() -> None:
    redacted, done = redact(report(), load_profile("public"), marks=Marks("internal"))
    assert redacted is None
    assert done.dropped


def test_without_quotes_there_are_no_offsets() -> None:
    profile = load_profile("public")
    redacted, _ = redact(report(), profile, marks=Marks("public"))
    assert redacted
    assert redacted.document.text == WITHHELD
    told = published(redacted, profile)
    assert told["document"]["text"] is None
    assert told["events"][0]["trigger"] == {"start": None, "end": None, "text": None}


@pytest.mark.parametrize("profile", ["public", "partner"])
def test_the_linter_finds_nothing_in_what_was_redacted(profile: str) -> None:
    chosen = load_profile(profile)
    assert {each.kind for each in lint(report())} >= {
        "person", "phone", "hospital", "url", "path", "coordinates",
    }  # fmt: skip
    redacted, _ = redact(report(), chosen, marks=Marks("public"))
    assert redacted
    assert list(lint(redacted, chosen)) == []


def test_profiles_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('name = "own"\nlevel = "public"\ndecimals = 0\n')
    assert load_profile(str(path)).decimals == 0
    path.write_text('name = "own"\nlevel = "all"\n')
    with pytest.raises(ProfileError, match="level"):
        load_profile(str(path))
    with pytest.raises(ProfileError, match="public, partner, internal"):
        load_profile("nothing")


def test_levels_are_set_and_told(filled: Case) -> None:
    assert set_document_level(filled, [1, 2], "public", actor="bea", reason="published") == 2
    assert set_document_level(filled, [1], "public", actor="bea") == 0
    with filled.reading() as session:
        claim = session.scalars(select(Claim)).first()
        assert claim
    assert set_field_level(filled, claim.id, "*", "secret", actor="bea")
    assert not set_field_level(filled, claim.id, "*", "secret", actor="bea")
    assert set_field_level(filled, claim.id, "*", "confidential", actor="bea")
    for field in ("colour", "actor:990-999"):
        with pytest.raises(CaseError, match="no field"):
            set_field_level(filled, claim.id, field, "secret", actor="bea")
    with pytest.raises(CaseError, match="no document 99"):
        set_document_level(filled, [99], "public", actor="bea")
    with filled.reading() as session:
        assert len(session.scalars(select(FieldSensitivity)).all()) == 1
    assert not verify(filled).faults
    shown = [each for each in exported_records(filled, profile=load_profile("public")) if each.line]
    assert len(shown) == 2


def test_commands(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Colonel Idris Maddiri said that the army shelled Mizda.")
    with Case.open(address) as case:
        add_reports(case, tmp_path / "a.txt")
    runner = CliRunner()
    found = runner.invoke(main, ["privacy", address])
    assert found.exit_code == 1
    assert "document.text 8-21: person: Idris Maddiri" in found.output
    assert runner.invoke(main, ["privacy", address, "--profile", "partner"]).exit_code == 0
    setting = ["sensitivity", address, "--level", "public", "--by", "bea"]
    assert runner.invoke(main, setting).exit_code == 2
    assert runner.invoke(main, [*setting, "--document", "1"]).exit_code == 0
    assert runner.invoke(main, [*setting, "--claim", "1", "--field", "type"]).exit_code == 0
    lines = tmp_path / "out.jsonl"
    runner.invoke(main, ["export", address, "--profile", "partner", "-o", str(lines)])
    assert "Maddiri" not in lines.read_text("utf-8")
    assert runner.invoke(main, ["privacy", str(lines)]).exit_code == 0
    dry = runner.invoke(main, ["export", address, "--profile", "partner", "--dry-run"])
    assert "person: 'Idris Maddiri' becomes [person 1]" in dry.output
