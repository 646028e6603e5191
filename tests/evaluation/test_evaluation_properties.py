"""What holds of any record, not of chosen ones."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from made_up import TEXT, gold

from temoin.evaluation import FaultKind, records_from_gold, score
from temoin.evaluation._matching import kilometres, same_span
from temoin.evaluation.gate import Measurement, Status, check, update
from temoin.record import Certainty, Event, EventType, Polarity, Record, Span


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    return Span(start=start, end=end, text=TEXT[start:end])


@st.composite
def records(draw: st.DrawFn) -> Record:
    (base,) = records_from_gold([gold()])
    events = [event for event in base.events if draw(st.booleans())]
    events += [
        Event(
            id=f"x{number}",
            type=draw(st.sampled_from([EventType.SHELLING, EventType.KILLING])),
            trigger=draw(spans()),
            polarity=draw(st.sampled_from(Polarity)),
            certainty=draw(st.sampled_from(Certainty)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return Record(document=base.document, events=tuple(draw(st.permutations(events))))


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
FIGURES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1), min_size=1)


@given(spans(), spans())
def test_sharing_a_span_is_mutual(one: Span, other: Span) -> None:
    assert same_span(one, other) == same_span(other, one)
    assert same_span(one, one)


@given(POINTS, POINTS)
def test_distance_is_mutual_and_at_most_half_the_globe(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = kilometres(*one, *other), kilometres(*other, *one)
    assert abs(there - back) < 1e-6
    assert 0 <= there <= 20016


@given(records())
def test_figures_are_shares_and_faults_add_up(found: Record) -> None:
    scores = score([gold()], [found])
    assert all(0 <= value <= 1 for value in scores.overall.flat().values())
    events = scores.overall.events
    kinds = [fault.kind for fault in scores.faults]
    assert kinds.count(FaultKind.MISSED) == events.gold - events.hit
    assert kinds.count(FaultKind.SPURIOUS) == events.predicted - events.hit
    assert sum(part.events.hit for part in scores.types.values()) == events.hit


@given(FIGURES, FIGURES)
def test_what_was_pinned_passes_and_history_grows(
    first: dict[str, float], second: dict[str, float]
) -> None:
    baseline = update(None, Measurement("c", first), today=dt.date(2025, 1, 1))
    again = update(
        baseline,
        Measurement("c", second),
        allow_regression=True,
        reason="tried",
        today=dt.date(2025, 1, 2),
    )
    assert check(baseline, Measurement("c", first)).status is Status.PASSED
    assert check(again, Measurement("c", second)).status is Status.PASSED
    assert again.history[0] == baseline.history[0]
