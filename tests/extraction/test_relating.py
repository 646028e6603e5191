"""Relations are chosen so that they can all be true in time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from temoin.extraction.labels import RELATIONS
from temoin.extraction.relating import FoundRelation, consistent, relate


class Scores:
    """A backend that has been told what to say of each pair of events."""

    def __init__(self, told: dict[tuple[int, int], tuple[str, float]]) -> None:
        self._told = told
        self.asked: list[tuple[int, int]] = []

    def relations(
        self, first: NDArray[np.float32], second: NDArray[np.float32], place: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Logits of the probabilities told."""
        out = np.full((len(place), 1 + len(RELATIONS)), 1e-6, np.float32)
        for row, pair in enumerate(zip(first[:, 0], second[:, 0], strict=True)):
            key = (int(pair[0]), int(pair[1]))
            self.asked.append(key)
            kind, chance = self._told.get(key, (RELATIONS[0], 0.0))
            out[row, 0] = 1 - chance + 1e-6
            out[row, 1 + RELATIONS.index(kind)] = chance + 1e-6
        return np.log(out).astype(np.float32)

    def windows(self, *_: object) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Not asked here."""
        raise NotImplementedError

    def events(
        self, *_: object
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Not asked here."""
        raise NotImplementedError


def _states(count: int) -> NDArray[np.float32]:
    return np.arange(count, dtype=np.float32)[:, None]


def test_the_likelier_direction_wins() -> None:
    scores = Scores({(0, 1): ("before", 0.6), (1, 0): ("responds_to", 0.8)})
    found = relate(_states(2), [0, 0], [3, 9], backend=scores, least=0.3)
    assert [(r.source, r.target, r.kind) for r in found] == [(1, 0, "responds_to")]


def test_unlikely_relations_are_none() -> None:
    scores = Scores({(0, 1): ("causes", 0.2)})
    assert relate(_states(2), [0, 0], [3, 9], backend=scores, least=0.3) == []


def test_events_far_apart_are_not_asked() -> None:
    scores = Scores({(0, 1): ("causes", 0.9)})
    assert relate(_states(2), [0, 3], [3, 90], backend=scores, least=0.3) == []
    assert scores.asked == []


def test_an_event_alone_has_no_relation() -> None:
    assert relate(_states(1), [0], [2], backend=Scores({}), least=0.3) == []


def test_the_weakest_link_of_a_circle_gives_way() -> None:
    circle = [
        FoundRelation(0, 1, "causes", 0.9),
        FoundRelation(1, 2, "before", 0.5),
        FoundRelation(2, 0, "before", 0.7),
    ]
    assert consistent(circle) == [circle[0], circle[2]]


def test_an_answer_comes_after_what_it_answers() -> None:
    agree = [FoundRelation(0, 1, "before", 0.9), FoundRelation(1, 0, "responds_to", 0.8)]
    differ = [FoundRelation(0, 1, "before", 0.9), FoundRelation(0, 1, "responds_to", 0.8)]
    assert consistent(agree) == agree
    assert consistent(differ) == differ[:1]


_RELATIONS = st.builds(
    FoundRelation,
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from(RELATIONS),
    st.floats(0.3, 1.0),
)


@given(st.lists(_RELATIONS, max_size=20))
def test_what_is_kept_can_be_put_in_order(relations: list[FoundRelation]) -> None:
    kept = consistent(relations)
    edges = {
        (r.target, r.source) if r.kind == "responds_to" else (r.source, r.target) for r in kept
    }
    events = {event for edge in edges for event in edge}
    while events:
        first = {event for event in events if not any(b == event for _, b in edges)}
        assert first, "a circle is left"
        events -= first
        edges = {edge for edge in edges if edge[0] not in first}
