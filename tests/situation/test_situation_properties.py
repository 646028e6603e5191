"""What holds of all states, whatever the claims."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made_situations import ARMY, BER, FIGHTERS, GAO, REBELS, SOLDIERS, claims, march, report, said

from temoin.record import Record
from temoin.situation import State, changes, derive, situation
from temoin.situation.graph import build
from temoin.situation.graph.layout import layered

_DAYS = st.tuples(st.integers(1, 12), st.integers(0, 3)).map(lambda d: march(d[0], d[0] + d[1]))


_KINDS = (
    "capture", "withdrawal", "advance", "front_collapse", "surrender", "deployment", "siege",
    "ceasefire", "capability_denied",
)  # fmt: skip


@st.composite
def _events(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(_KINDS))
    actor = draw(st.sampled_from([ARMY, REBELS, SOLDIERS, FIGHTERS, None]))
    roles = {"capture": "target", "advance": "destination", "withdrawal": "origin"}
    told: dict[str, Any] = {roles.get(kind, "place"): draw(st.sampled_from([BER, GAO]))}
    if actor:
        told["actor"] = actor
    if kind == "capability_denied":
        told["target"] = "the drones"
    return said(
        kind,
        draw(st.one_of(_DAYS, st.none())),
        polarity=draw(st.sampled_from(["affirmed", "affirmed", "affirmed", "negated"])),
        certainty=draw(st.sampled_from(["certain", "certain", "probable", "planned", "possible"])),
        **told,
    )


@st.composite
def _reports(draw: st.DrawFn) -> list[Record]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        events = draw(st.lists(_events(), min_size=1, max_size=5))
        ids = [f"e{at}" for at in range(1, len(events) + 1)]
        pairs = draw(
            st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(["before", "causes"]),
                               st.sampled_from(ids)), max_size=3)
        )  # fmt: skip
        made.append(report(f"d{number}", *events, relations=pairs))
    return made


def _last(state: State) -> dt.date:
    return state.end or dt.date.max


@settings(max_examples=80)
@given(_reports())
def test_states_of_one_holder_never_overlap(records: list[Record]) -> None:
    found = derive(claims(*records)).states
    for one, other in itertools.combinations(found, 2):
        if one.key == other.key:
            assert _last(one) <= other.start or _last(other) <= one.start


@settings(max_examples=80)
@given(_reports())
def test_every_state_cites_claims_that_are_told_and_is_contested_if_both_sides_speak(
    records: list[Record],
) -> None:
    for state in derive(claims(*records)).states:
        assert state.supports
        assert any(claim.told for claim in state.supports)
        assert state.contested == bool(state.disputes)
        assert not {c.id for c in state.supports} & {c.id for c in state.disputes}
        assert state.start < _last(state)


@settings(max_examples=80)
@given(_reports())
def test_two_known_holders_of_one_place_on_one_day_are_contested(records: list[Record]) -> None:
    found = [s for s in derive(claims(*records)).states if s.kind.exclusive and s.subject.key]
    for one, other in itertools.combinations(found, 2):
        if one.key[:2] != other.key[:2] or one.key == other.key:
            continue
        if one.start < _last(other) and other.start < _last(one):
            assert one.contested
            assert other.contested


@settings(max_examples=40)
@given(_reports(), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_state(records: list[Record], random: Random) -> None:
    mixed = list(records)
    random.shuffle(mixed)
    one, other = ([(s.key, s.start, s.end, s.contested) for s in derive(claims(*r)).states]
                  for r in (records, mixed))  # fmt: skip
    assert one == other


@settings(max_examples=40)
@given(_reports(), st.integers(1, 16))
def test_nothing_changes_within_a_day(records: list[Record], number: int) -> None:
    at = dt.date(2024, 3, number)
    given_ = claims(*records)
    assert changes(given_, at, at) == []
    assert all(state.holds(at) for state in situation(given_, at=at).states)


@settings(max_examples=40)
@given(_reports())
def test_a_layout_has_each_event_once_and_earlier_ones_to_the_left(records: list[Record]) -> None:
    graph = build(records)
    spots = layered(graph)
    assert set(spots) == {claim.id for claim in graph.nodes}
    assert len(set(spots.values())) == len(spots)
    if not any(each.kind == "cycle" for each in graph.contradictions):
        for edge in (e for e in graph.edges if e.basis == "text" and e.source != e.target):
            earlier, later = edge.in_time
            assert spots[earlier].layer <= spots[later].layer
