from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from fake_extractor import FakeExtractor
from played_endpoint import Answer, Played, event, hanging_up, named, playing, raw, said

from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.reading import iterate_sources, read_text
from temoin.record import Document, Record, json_schema
from temoin.second_opinion import Endpoint, EndpointError, SecondOpinion, read_second

TEXT = "Mardi, l'armée a bombardé Mizda, selon un porte-parole. Elle n'a pas pris Kidal."
FIRST = event(
    "shelling",
    "bombardé",
    [("actor", "l’armée"), ("place", "Mizda"), ("quantity", "douze obus")],
    attribution="un porte-parole",
)
SECOND = event("capture", "pris", [("target", "Kidal")], polarity="negated")
LONG = "\n".join(
    f"Phrase {number} : les rebelles ont pris le village {number}." for number in range(12)
)


def document(text: str = TEXT) -> Document:
    return read_text(text, id="d", language="fr", published="2019-11-14")


def opinion(played: Played, lost: list[ReadingError] | None = None) -> SecondOpinion:
    return SecondOpinion(
        Endpoint(played.url, model="tiny", timeout=5),
        on_lost=None if lost is None else lost.append,
    )


def read(*answers: Answer, text: str = TEXT) -> Record:
    with playing(*answers) as played:
        return opinion(played).extract(document(text))


def test_events_have_their_words() -> None:
    record = read(named(SECOND, FIRST))
    assert [(e.id, e.type, e.trigger.text) for e in record.events] == [
        ("e1", "shelling", "bombardé"),
        ("e2", "capture", "pris"),
    ]
    first, second = record.events
    assert [(a.role, a.text) for a in first.arguments] == [("actor", "l'armée"), ("place", "Mizda")]
    assert first.attribution
    assert first.attribution.text == "un porte-parole"
    assert second.polarity == "negated"
    assert first.confidence is None


def test_invented_words_are_ungrounded() -> None:
    (missing,) = read(named(SECOND, FIRST)).ungrounded
    assert (missing.field, missing.value) == ("e1.quantity", "douze obus")
    assert missing.reason == "these words are not in the text"


def test_the_author_is_named() -> None:
    with playing(named()) as played:
        record = opinion(played).extract(document())
    assert record.provenance
    assert record.provenance.model == "llm:tiny"
    host = played.url.removeprefix("http://").removesuffix("/v1")
    assert f"second opinion of tiny at {host}, asked with prompt" in record.document.notes[-1]


def test_a_record_keeps_to_the_schema_and_comes_back() -> None:
    record = read(named(FIRST, SECOND, event("massacre", "\ud83d"), None))
    jsonschema.validate(record.to_dict(), json_schema())
    assert Record.model_validate_json(record.to_json()) == record


def test_the_same_answers_give_the_same_record() -> None:
    with playing(named(FIRST, SECOND)) as played:
        asked = opinion(played)
        assert asked.extract(document()).to_json() == asked.extract(document()).to_json()


def test_a_long_text_is_asked_about_in_parts() -> None:
    with playing(named(event("capture", "pris", [("actor", "les rebelles")]))) as played:
        record = opinion(played).extract(document(LONG))
    assert "".join("".join(played.texts).split()) == "".join(LONG.split())
    assert len(record.events) == len(played.bodies) == 3
    assert [e.trigger.start for e in record.events] == sorted(
        e.trigger.start for e in record.events
    )
    assert all(LONG[e.trigger.start : e.trigger.end] == "pris" for e in record.events)


def test_one_answer_of_no_use_loses_its_sentences_alone() -> None:
    lost: list[ReadingError] = []
    good = named(event("capture", "pris"))
    with playing(good, said("Sorry."), good) as played:
        record = opinion(played, lost).extract(document(LONG))
    assert len(record.events) == 2
    (missing,) = record.ungrounded
    assert missing.field == "sentences 6-10"
    assert missing.value.startswith("Phrase 5")
    assert missing.reason == "not read: the model's answer is not JSON: 'Sorry.'"
    (error,) = lost
    assert str(error).startswith(f"d, sentences 6-10: {played.url}: the model's answer is not JSON")


def test_no_answer_of_use_is_a_failure_of_the_document() -> None:
    with pytest.raises(ReadingError, match=r"d: http.*the model's answer is not JSON: 'Sorry.'"):
        read(said("Sorry."), text=LONG)


def test_a_wrong_key_ends_it_before_it_begins() -> None:
    with pytest.raises(EndpointError, match="401"):
        read(raw("", status=401))


@pytest.mark.parametrize("failure", [raw("", status=500), raw("", status=401), hanging_up])
def test_a_failure_later_on_fails_the_document_alone(failure: Answer) -> None:
    with pytest.raises(ReadingError, match="d: http"):
        read(named(), failure, text=LONG)


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """Three reports; there is nothing in the second."""
    for name, text in (("a", "Kidal a été pris."), ("b", ""), ("c", "Mizda a été pris.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.txt") for name in "abc"]


def authors(results: list[Record | ReadingError]) -> list[str]:
    return [
        r.provenance.model or "" if isinstance(r, Record) and r.provenance else str(r)
        for r in results
    ]


def run(sources: list[str], *answers: Answer, beside: bool = False) -> list[Record | ReadingError]:
    with playing(*answers) as played:
        own = Reader(FakeExtractor(), ground=False) if beside else None
        found = read_second(iterate_sources(sources), opinion(played), beside=own, ground=False)
        return list(found)


def test_one_bad_document_does_not_end_the_batch(sources: list[str]) -> None:
    first, empty, third = authors(run(sources, named(), raw("", status=500)))
    assert first == "llm:tiny"
    assert "b.txt: is empty" in empty
    assert "c.txt: http" in third


def test_both_records_are_kept_with_their_authors(sources: list[str]) -> None:
    results = run(sources, named(event("capture", "pris")), beside=True)
    assert authors([results[i] for i in (0, 1, 3, 4)]) == ["fake", "llm:tiny"] * 2
    records = [r for r in results if isinstance(r, Record)]
    assert [r.document.id for r in records] == ["a", "a", "c", "c"]
    assert [len(r.events) for r in records] == [1, 1, 1, 1]


def test_own_record_stays_where_the_other_fails(sources: list[str]) -> None:
    results = run(sources, named(), raw("", status=500), beside=True)
    assert [isinstance(r, Record) for r in results] == [True, True, False, True, False]


def test_a_defect_is_told_as_a_failure_of_its_document(
    sources: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("temoin.second_opinion.opinion.place", broken)
    results = run(sources, named())
    assert len(results) == 3
    assert "unexpected RuntimeError: boom (a defect of Témoin)" in str(results[0])


def test_what_it_finds_is_grounded_like_the_rest() -> None:
    with playing(named(event("shelling", "bombardé", [("time", "Mardi")]))) as played:
        record = Reader(opinion(played)).read_document(document())
    (time,) = record.events[0].of_role("time")
    assert time.time
    assert time.time.earliest == dt.date(2019, 11, 12)
    assert record.provenance
    assert record.provenance.model == "llm:tiny"


def test_nothing_else_imports_it() -> None:
    code = (
        "import sys, temoin, temoin.cli, temoin.pipeline, temoin.cli.read, temoin.cli.explain\n"
        "print([name for name in sys.modules if 'second' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
