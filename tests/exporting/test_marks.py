from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_records import TEXT, record

from temoin.exporting.marks import KINDS, Mark, Piece, marks, nested, segments

LENGTH = 30


@st.composite
def some_marks(draw: st.DrawFn) -> list[Mark]:
    found = {}
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, LENGTH - 1))
        end = draw(st.integers(start + 1, LENGTH))
        kind = draw(st.sampled_from(KINDS))
        found[start, end, kind] = Mark(start, end, kind, (f"e{number}",))
    return list(found.values())


def flat(pieces: list[Piece]) -> list[Piece]:
    return [each for piece in pieces for each in (piece, *flat(piece.children))]


def covered(mark: Mark) -> set[int]:
    return set(range(mark.start, mark.end))


@given(some_marks())
def test_pieces_lie_within_their_parents(marked: list[Mark]) -> None:
    for piece in flat(nested(marked)):
        assert all(piece.start <= inner.start < inner.end <= piece.end for inner in piece.children)


@given(some_marks())
def test_pieces_beside_each_other_do_not_overlap(marked: list[Mark]) -> None:
    roots = nested(marked)
    for siblings in [roots, *(piece.children for piece in flat(roots))]:
        ends = [0, *(piece.end for piece in siblings)]
        assert all(end <= piece.start for end, piece in zip(ends, siblings, strict=False))


@given(some_marks())
def test_pieces_of_a_mark_cover_it_exactly(marked: list[Mark]) -> None:
    pieces = flat(nested(marked))
    for mark in marked:
        own = [at for piece in pieces if piece.mark is mark for at in range(piece.start, piece.end)]
        assert sorted(own) == sorted(covered(mark))


@given(some_marks())
def test_one_piece_of_each_mark_is_the_first(marked: list[Mark]) -> None:
    first = [piece for piece in flat(nested(marked)) if piece.first]
    assert sorted(piece.mark.start for piece in first) == sorted(mark.start for mark in marked)
    assert all(piece.start == piece.mark.start for piece in first)


@given(some_marks())
def test_segments_cover_the_text_without_gaps(marked: list[Mark]) -> None:
    edges = [edge for left, right, _ in segments(0, LENGTH, marked) for edge in (left, right)]
    assert edges[0] == 0
    assert edges[-1] == LENGTH
    assert edges[1:-1:2] == edges[2::2]


@given(some_marks())
def test_every_segment_has_the_marks_that_cover_it(marked: list[Mark]) -> None:
    for left, right, here in segments(0, LENGTH, marked):
        for at in range(left, right):
            assert here == [mark for mark in marked if at in covered(mark)]


def test_marks_beyond_the_part_are_cut() -> None:
    mark = Mark(0, 20, "actor", ("e1",))
    assert list(segments(5, 10, [mark])) == [(5, 10, [mark])]


def test_same_words_in_one_role_of_several_events_are_one_mark() -> None:
    twin = record().events[0].model_copy(update={"id": "e9"})
    found = marks(record(events=(record().events[0], twin), relations=()))
    assert {mark.events for mark in found} == {("e1", "e9")}


def test_marks_of_a_record_quote_their_words() -> None:
    words = [(mark.kind, TEXT[mark.start : mark.end]) for mark in marks(record())]
    assert words[:5] == [
        ("time", "Mardi"),
        ("actor", "l'armée"),
        ("antecedent", "l'armée"),
        ("trigger", "bombardé"),
        ("target", "deux dépôts"),
    ]
