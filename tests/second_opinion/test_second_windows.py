from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from temoin.record import Document
from temoin.second_opinion.windows import MAX_CHARACTERS, MAX_SENTENCES, windows


def document(*sentences: str) -> Document:
    text, ranges = "", []
    for sentence in sentences:
        ranges.append((len(text), len(text) + len(sentence)))
        text += f"{sentence}\n"
    return Document(id="d", text=text, sentences=tuple(ranges))


def test_sentences_go_a_few_at_a_time() -> None:
    found = list(windows(document(*(f"Phrase {i}." for i in range(7)))))
    assert [window.name for window in found] == ["sentences 1-5", "sentences 6-7"]


def test_long_sentences_go_alone() -> None:
    long = "mot " * 300
    assert [w.name for w in windows(document(long, long, "Fin."))] == [
        "sentence 1",
        "sentences 2-3",
    ]


def test_a_document_without_sentences_is_read_whole() -> None:
    (window,) = windows(Document(id="d", text="Kidal est tombée."))
    assert (window.start, window.text) == (0, "Kidal est tombée.")


def test_what_is_too_long_is_cut_at_white_space() -> None:
    parts = list(windows(document("mot " * 1000)))
    assert len(parts) == 3
    assert all(part.text.strip().startswith("mot") for part in parts)
    assert all(part.text.strip().endswith("mot") for part in parts)


def test_what_is_too_long_and_has_no_white_space_is_cut_all_the_same() -> None:
    parts = list(windows(document("x" * (MAX_CHARACTERS + 1))))
    assert [len(part.text) for part in parts] == [MAX_CHARACTERS, 1]


@given(st.lists(st.text(st.sampled_from("ab \n."), min_size=1, max_size=3000), max_size=20))
def test_every_word_is_in_one_window(sentences: list[str]) -> None:
    read = document(*sentences)
    found = list(windows(read))
    assert all(read.text[w.start : w.start + len(w.text)] == w.text for w in found)
    assert all(len(w.text) <= MAX_CHARACTERS for w in found)
    assert "".join("".join(w.text for w in found).split()) == "".join(read.text.split())
    assert len(found) >= sum(1 for s in sentences if s.strip()) / MAX_SENTENCES
