from __future__ import annotations

import pytest
from made_up import event, gold, record, span

from temoin.evaluation import Bin, reliability, reliability_table
from temoin.record import Record


@pytest.fixture
def found() -> Record:
    return record(
        event("x1", "shelling", "shelled", confidence=0.9, polarity_confidence=0.7),
        event(
            "x2",
            "killing",
            "killed",
            confidence=1.0,
            certainty_confidence=0.6,
            arguments=[
                span("rebels", role="actor", confidence=0.8),
                span("near", role="actor", confidence=0.4),
                span("Tal", role="place"),
            ],
        ),
        event("x3", "protest", "men", confidence=0.95),
        event("x4", "protest", "said", confidence=0.25),
        event("x5", "protest", "nurse"),
    )


def test_bins_compare_confidence_with_the_share_right(found: Record) -> None:
    table = reliability([gold()], [found], bins=2)
    low, high = table.bins
    assert low == Bin(0.0, 0.5, 1, 0.25, 0.0)
    assert (high.low, high.high, high.count) == (0.5, 1.0, 3)
    assert high.confidence == pytest.approx(0.95)
    assert high.right == pytest.approx(2 / 3)


def test_the_error_is_the_weighted_mean_distance(found: Record) -> None:
    table = reliability([gold()], [found], bins=2)
    assert table.count == 4
    assert table.error == pytest.approx((1 * 0.25 + 3 * (0.95 - 2 / 3)) / 4)


def test_a_confidence_of_one_is_in_the_last_bin() -> None:
    golds = [gold('E e1 shelling "shelled"')]
    table = reliability(golds, [record(event("x1", "shelling", "shelled", confidence=1.0))])
    assert [b.count for b in table.bins] == [0] * 9 + [1]
    assert table.error == 0.0


def test_arguments_are_right_where_they_stand_for_gold(found: Record) -> None:
    table = reliability([gold()], [found], bins=2, subject="argument")
    assert table.bins == (Bin(0.0, 0.5, 1, 0.4, 0.0), Bin(0.5, 1.0, 1, 0.8, 1.0))


def test_polarity_and_certainty_count_on_matched_events(found: Record) -> None:
    polarity = reliability([gold()], [found], bins=1, subject="polarity")
    certainty = reliability([gold()], [found], bins=1, subject="certainty")
    assert polarity.bins == (Bin(0.0, 1.0, 1, 0.7, 1.0),)
    assert certainty.bins == (Bin(0.0, 1.0, 1, 0.6, 0.0),)


def test_without_confidences_there_is_no_error() -> None:
    table = reliability([gold()], [record(event("x1", "shelling", "shelled"))], bins=3)
    assert (table.count, table.error) == (0, None)
    assert table.to_dict()["bins"][0] == {
        "low": 0.0,
        "high": pytest.approx(1 / 3),
        "count": 0,
        "confidence": None,
        "right": None,
    }


def test_there_must_be_a_bin() -> None:
    with pytest.raises(ValueError, match="at least 1 bin"):
        reliability([gold()], [], bins=0)


def test_the_table_has_a_row_a_bin(found: Record) -> None:
    table = reliability_table(reliability([gold()], [found], bins=4))
    assert table.row_count == 4
    assert str(table.caption).startswith("expected calibration error 0.")
