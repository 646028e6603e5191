from __future__ import annotations

import pytest
from made_up import TEXT, days, event, gold, perfect, record, span

import temoin.evaluation
from temoin.errors import EvaluationError
from temoin.evaluation import Figures, Rates, Share, score
from temoin.record import Record


def figures(*records: Record) -> Figures:
    return score([gold()], records).overall


def test_a_perfect_record_gets_full_marks() -> None:
    flat = figures(perfect()).flat()
    # No event of this gold is negated: that figure has nothing to divide by.
    assert flat == dict.fromkeys(flat, 1.0)
    assert "negated_recall" not in flat
    assert len(flat) == 17


def test_no_record_misses_everything() -> None:
    found = figures()
    assert found.events == Rates(0, 0, 2)
    assert found.arguments == Rates(0, 0, 8)
    assert found.relations == Rates(0, 0, 1)
    assert found.polarity == Share(0, 0)
    assert (found.place_within, found.time_exact, found.quantity_exact) == (
        Share(0, 2),
        Share(0, 1),
        Share(0, 1),
    )


def test_an_event_needs_the_type_and_an_overlapping_trigger() -> None:
    found = figures(
        record(
            event("x1", "shelling", "rebels shelled"),
            event("x2", "injury", "killed"),
            event("x3", "killing", "three"),
        )
    )
    assert found.events == Rates(hit=1, predicted=3, gold=2)
    assert found.events.precision == pytest.approx(1 / 3)
    assert found.events.recall == pytest.approx(1 / 2)
    assert found.events.f1 == pytest.approx(2 / 5)


def test_each_gold_event_is_matched_once() -> None:
    found = figures(
        record(event("x1", "shelling", "shelled"), event("x2", "shelling", "shelled Oum"))
    )
    assert found.events == Rates(hit=1, predicted=2, gold=2)


def test_the_largest_overlap_is_matched_first() -> None:
    golds = [gold('E e1 shelling "rebels shelled"\nE e2 shelling "shelled Oum"')]
    records = [
        record(
            event("x1", "shelling", "shelled", polarity="negated"),
            event("x2", "shelling", "shelled Oum"),
        )
    ]
    scores = score(golds, records)
    # x2 overlaps e2 most; x1, which both overlap, is left for e1.
    assert [(f.event, f.kind) for f in scores.faults] == [("e1", "polarity")]


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("rebels shelled", 1),  # the shorter span lies within
        ("On Monday rebels", 1),
        ("els", 1),
        ("Monday reb", 1),  # three of six
        ("Monday re", 0),  # two of six
        ("men", 0),
    ],
)
def test_an_argument_shares_half_of_the_shorter_span(words: str, hit: int) -> None:
    golds = [gold('E e1 shelling "shelled" actor="rebels"')]
    found = score(
        golds, [record(event("x1", "shelling", "shelled", arguments=[span(words, role="actor")]))]
    )
    assert found.overall.arguments == Rates(hit, 1, 1)


def test_an_argument_needs_the_role() -> None:
    golds = [gold('E e1 shelling "shelled" actor="rebels"')]
    found = score(
        golds,
        [record(event("x1", "shelling", "shelled", arguments=[span("rebels", role="target")]))],
    )
    assert found.overall.arguments == Rates(0, 1, 1)


def test_an_argument_is_accepted_by_another_mention_of_the_gold() -> None:
    golds = [gold('E e1 shelling "shelled" actor="rebels"|"a nurse"')]
    found = score(
        golds,
        [record(event("x1", "shelling", "shelled", arguments=[span("a nurse", role="actor")]))],
    )
    assert found.overall.arguments == Rates(1, 1, 1)


def test_an_argument_is_accepted_by_its_antecedent() -> None:
    golds = [gold('E e1 shelling "shelled" actor="rebels"')]
    argument = span("men", role="actor", antecedent=span("rebels"))
    found = score(golds, [record(event("x1", "shelling", "shelled", arguments=[argument]))])
    assert found.overall.arguments == Rates(1, 1, 1)


def test_an_argument_stands_for_one_gold_argument_only() -> None:
    golds = [gold('E e1 shelling "shelled" actor="rebels"|"Oum" actor="Oum"')]
    found = score(
        golds, [record(event("x1", "shelling", "shelled", arguments=[span("Oum", role="actor")]))]
    )
    assert found.overall.arguments == Rates(1, 1, 2)


def test_flags_are_shares_of_matched_events() -> None:
    golds = [
        gold(
            'E e1 shelling "shelled" polarity=negated\n'
            'E e2 killing "killed" certainty=planned\n'
            'E e3 injury "men"'
        )
    ]
    found = score(
        golds,
        [
            record(
                event("x1", "shelling", "shelled", polarity="negated", certainty="possible"),
                event("x2", "killing", "killed", polarity="negated", certainty="planned"),
            )
        ],
    ).overall
    assert (found.polarity, found.negated_recall) == (Share(1, 2), Share(1, 1))
    assert (found.certainty, found.uncertain_recall) == (Share(1, 2), Share(1, 1))


def test_attribution_must_name_the_source_or_none() -> None:
    golds = [
        gold(
            'E e1 shelling "shelled" attribution="a nurse"\n'
            'E e2 killing "killed" attribution="a nurse"\n'
            'E e3 injury "men"\nE e4 explosion "near"'
        )
    ]
    found = score(
        golds,
        [
            record(
                event("x1", "shelling", "shelled", attribution=span("nurse")),
                event("x2", "killing", "killed", attribution=span("rebels")),
                event("x3", "injury", "men", attribution=span("rebels")),
                event("x4", "explosion", "near"),
            )
        ],
    ).overall
    assert (found.attribution, found.attributed_recall) == (Share(2, 4), Share(1, 2))


@pytest.mark.parametrize(
    ("latitude", "hit"),
    [
        (10.0, 1),
        (10.22, 1),  # 24.5 km
        (10.23, 0),  # 25.6 km
    ],
)
def test_a_place_is_found_within_25_km(latitude: float, hit: int) -> None:
    golds = [gold('E e1 shelling "shelled" place="Oum"@10.0,20.0')]
    place = {"name": "Oum", "latitude": latitude, "longitude": 20.0}
    found = score(golds, [record(event("x1", "shelling", "shelled", place=place))])
    assert found.overall.place_within == Share(hit, 1)


@pytest.mark.parametrize(("latitude", "hit"), [(10.44, 1), (10.46, 0)])
def test_a_province_is_found_within_50_km(latitude: float, hit: int) -> None:
    golds = [gold('E e1 shelling "shelled" place="Oum"@10.0,20.0~50')]
    argument = span("Tal", role="place", latitude=latitude, longitude=20.0)
    found = score(golds, [record(event("x1", "shelling", "shelled", arguments=[argument]))])
    assert found.overall.place_within == Share(hit, 1)


def test_a_place_without_a_point_is_not_found() -> None:
    golds = [gold('E e1 shelling "shelled" place="Oum"@0,0')]
    found = score(golds, [record(event("x1", "shelling", "shelled", place={"name": "Oum"}))])
    assert found.overall.place_within == Share(0, 1)


def test_only_the_place_of_an_event_is_measured() -> None:
    golds = [gold('E e1 withdrawal "shelled" destination="Oum"@10.0,20.0')]
    assert score(golds, []).overall.place_within == Share(0, 0)


@pytest.mark.parametrize(
    ("time", "hit"),
    [
        (days("2022-05-02"), 1),
        (days("2022-05-01", "2022-05-02"), 0),
        ({"earliest": "2022-05-02"}, 0),
        (None, 0),
    ],
)
def test_a_time_needs_exactly_the_right_days(time: dict[str, str] | None, hit: int) -> None:
    golds = [gold('E e1 shelling "shelled" time="On Monday"=2022-05-02')]
    found = score(golds, [record(event("x1", "shelling", "shelled", time=time))])
    assert found.overall.time_exact == Share(hit, 1)


@pytest.mark.parametrize(("value", "hit"), [(3, 1), (3.0, 1), (4, 0), (None, 0)])
def test_a_quantity_needs_exactly_the_right_value(value: float | None, hit: int) -> None:
    golds = [gold('E e1 killing "killed" quantity="three"#3')]
    argument = span("three", role="quantity", value=value)
    found = score(golds, [record(event("x1", "killing", "killed", arguments=[argument]))])
    assert found.overall.quantity_exact == Share(hit, 1)


def test_relations_count_between_matched_events() -> None:
    relations = [
        {"type": "causes", "source": "x1", "target": "x2"},
        {"type": "causes", "source": "x1", "target": "x2"},
        {"type": "before", "source": "x1", "target": "x2"},
        {"type": "before", "source": "x1", "target": "x3"},
    ]
    found = figures(
        record(
            event("x1", "shelling", "shelled"),
            event("x2", "killing", "killed"),
            event("x3", "protest", "men"),
            relations=relations,
        )
    )
    assert found.relations == Rates(hit=1, predicted=2, gold=1)


def test_languages_and_types_add_up() -> None:
    golds = [gold(), gold(name="b", language="fr")]
    scores = score(golds, [perfect(), record(event("x1", "protest", "men"), name="b")])
    assert scores.overall.documents == 2
    assert {name: part.events for name, part in scores.languages.items()} == {
        "en": Rates(2, 2, 2),
        "fr": Rates(0, 1, 2),
    }
    assert {name: part.events for name, part in scores.types.items()} == {
        "killing": Rates(1, 1, 2),
        "protest": Rates(0, 1, 0),
        "shelling": Rates(1, 1, 2),
    }
    assert scores.types["killing"].documents == 2


def test_the_json_has_every_figure() -> None:
    data = score([gold()], [perfect()]).to_dict(faults=True)
    assert list(data) == [
        "documents",
        "events",
        "arguments",
        "polarity",
        "negated_recall",
        "certainty",
        "uncertain_recall",
        "attribution",
        "attributed_recall",
        "place_within",
        "time_exact",
        "quantity_exact",
        "relations",
        "languages",
        "types",
        "faults",
    ]
    assert data["events"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "gold": 2,
        "predicted": 2,
    }
    assert data["negated_recall"] is None
    assert data["faults"] == []
    assert "relations" not in data["types"]["killing"]


def test_nothing_to_divide_by_gives_nought() -> None:
    assert (Rates().precision, Rates().recall, Rates().f1) == (0.0, 0.0, 0.0)
    assert Share().rate is None


def test_another_text_is_refused() -> None:
    other = Record.from_dict({"document": {"id": "a", "text": TEXT + " "}})
    with pytest.raises(EvaluationError, match="a: the record's text is not the gold text"):
        score([gold()], [other])


def test_two_records_of_one_document_are_refused() -> None:
    with pytest.raises(EvaluationError, match="a: two records"):
        score([gold()], [perfect(), perfect()])


def test_records_of_other_documents_only_are_refused() -> None:
    with pytest.raises(EvaluationError, match="no record has the document id"):
        score([gold()], [record(name="z")])


def test_records_of_other_documents_are_passed_over() -> None:
    other = Record.from_dict({"document": {"id": "z", "text": "Nothing."}})
    assert score([gold()], [other, perfect()]).overall.events == Rates(2, 2, 2)


def test_the_public_names_are_there() -> None:
    names = temoin.evaluation.__all__
    assert names == sorted(names, key=lambda name: (name[0].islower(), name))
    assert all(hasattr(temoin.evaluation, name) for name in names)
