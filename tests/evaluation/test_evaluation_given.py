from __future__ import annotations

import datetime as dt

import pytest
from made_up import gold, record

from temoin.errors import EvaluationError
from temoin.evaluation import records_from_gold, run, score
from temoin.record import Document, Record

PRONOUN = """\
E e1 shelling "shelled" actor="rebels" place="near"|"Tal"@11,20 quantity="three"#3 \
time="On Monday"=2022-05-02 attribution="a nurse"|"rebels" polarity=negated certainty=planned
E e2 killing "killed"
R e1 before e2
"""


def test_gold_as_records_has_its_events_and_no_values() -> None:
    (found,) = records_from_gold([gold(PRONOUN)])
    first = found.events[0]
    assert [(str(a.role), a.text) for a in first.arguments] == [
        ("actor", "rebels"),
        ("place", "near"),
        ("quantity", "three"),
        ("time", "On Monday"),
    ]
    assert all(a.value is None and a.latitude is None for a in first.arguments)
    assert (first.time, first.place) == (None, None)
    assert (first.polarity, first.certainty) == ("negated", "planned")
    assert [(r.type, r.source, r.target) for r in found.relations] == [("before", "e1", "e2")]


def test_gold_as_records_carries_what_grounding_needs_of_the_document() -> None:
    report = gold()
    document = records_from_gold([report])[0].document
    assert (document.text, document.language) == (report.document.text, "en")
    assert document.published == dt.date(2022, 5, 4)
    assert document.sentences == report.sentences


def test_other_mentions_become_antecedents() -> None:
    (found,) = records_from_gold([gold(PRONOUN)])
    place = found.events[0].of_role("place")[0]
    assert place.antecedent
    assert place.antecedent.text == "Tal"
    attribution = found.events[0].attribution
    assert attribution
    assert attribution.antecedent
    assert attribution.antecedent.text == "rebels"


def test_antecedents_can_be_left_out() -> None:
    (found,) = records_from_gold([gold(PRONOUN)], antecedents=False)
    assert [a.antecedent for a in found.events[0].arguments] == [None] * 4


def test_gold_as_records_is_right_but_for_the_values() -> None:
    scores = score([gold()], records_from_gold([gold()])).overall
    values = {"place_within": 0.0, "time_exact": 0.0, "quantity_exact": 0.0}
    assert scores.flat() == dict.fromkeys(scores.flat(), 1.0) | values


def read(text: str, /, *, id: str, published: dt.date | None, language: str | None) -> Record:  # noqa: A002
    return Record(
        document=Document(id=id, text=text, published=published, language=language or "other")
    )


def test_run_reads_every_text_with_what_the_gold_knows_of_it() -> None:
    golds = [gold(name="a"), gold(name="b", language="fr")]
    read_ids: list[str] = []
    evaluation = run(golds, read, progress=read_ids.append)
    assert [record.document.model_dump(exclude_defaults=True) for record in evaluation.records] == [
        {
            "id": report.id,
            "text": report.document.text,
            "published": dt.date(2022, 5, 4),
            "language": report.document.language,
        }
        for report in golds
    ]
    assert read_ids == ["a", "b"]
    assert evaluation.scores.overall.events.gold == 4


def test_run_refuses_a_reader_that_changes_the_text() -> None:
    def changing(
        text: str,
        /,
        *,
        id: str,  # noqa: A002
        published: dt.date | None,  # noqa: ARG001
        language: str | None,  # noqa: ARG001
    ) -> Record:
        return Record(document=Document(id=id, text=text.upper()))

    with pytest.raises(EvaluationError, match="not the gold text"):
        run([gold()], changing)


def test_a_record_of_gold_without_events_is_empty() -> None:
    assert records_from_gold([gold("")])[0].events == record().events
