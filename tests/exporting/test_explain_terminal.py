from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from sample_records import TEXT, document, one_event, record

from temoin.exporting.explain_terminal import TerminalExplainer
from temoin.record import Record

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def explained(*records: Record, width: int | None = None, colour: bool = False) -> str:
    stream = io.StringIO()
    explainer = TerminalExplainer(stream, width=width, colour=colour)
    for each in records:
        explainer.write(each)
    explainer.close()
    return stream.getvalue()


@pytest.fixture
def coloured(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TERM", "xterm-256color")
    return explained(record(), colour=True)


def test_words_of_events_are_bracketed_with_their_event() -> None:
    assert explained(record()).splitlines()[1] == (
        "Mardi, l'armée a ⟦bombardé⟧e1 deux dépôts près de Mizda, selon un porte-parole."
    )


def test_events_follow_their_sentence_with_offsets() -> None:
    lines = explained(record()).splitlines()
    assert lines[2:9] == [
        "    e1 shelling “bombardé” 17-25 97%",
        "       who          l'armée (Libyan National Army) 7-14",
        "       whom, what   deux dépôts 26-37",
        "       where        près de Mizda (31.44, 12.98 ±15 km) 38-51",
        "       when         Mardi (2019-11-12) 0-5",
        "       how many     deux (2) 26-30",
        "       according to un porte-parole 59-74",
    ]


def test_antecedents_are_shown_with_their_offsets() -> None:
    assert "       who          Elle [l'armée 7-14] 76-80" in explained(record()).splitlines()


def test_flags_stand_before_the_type() -> None:
    assert "    e2 ✗ not: capture “pris” 89-93 80%" in explained(record()).splitlines()


def test_what_is_unresolved_and_linked_is_told() -> None:
    lines = explained(record()).splitlines()
    assert "not resolved (not in the gazetteer): e2 “la ville”" in lines
    assert "links: e1 before e2" in lines


def test_flags_that_occur_are_explained() -> None:
    assert "✗ not: the text says that it did not happen" in explained(record()).splitlines()


def test_text_without_events_is_shown_whole() -> None:
    assert TEXT.replace("\n", " ") in " ".join(
        explained(Record(document=document(sentences=((0, len(TEXT)),)))).splitlines()
    )


def test_text_without_sentences_is_shown() -> None:
    made = one_event("Ils ont bombardé.", "bombardé").to_dict()
    del made["document"]["sentences"]
    assert "Ils ont ⟦bombardé⟧e1." in explained(Record.from_dict(made))


def test_paragraphs_stay_apart() -> None:
    made = Record(document=document("Un.\n\nDeux.", sentences=((0, 3), (5, 10))))
    assert explained(made).splitlines()[1:4] == ["Un.", "", "Deux."]


def test_several_events_on_the_same_words_are_both_named() -> None:
    twin = record().events[0].model_copy(update={"id": "e9"})
    made = record(events=(record().events[0], twin), relations=())
    assert "⟦bombardé⟧e1,e9" in explained(made)


def test_colours_replace_the_brackets(coloured: str) -> None:
    assert "⟦" not in coloured
    assert ESCAPE.search(coloured)


def test_overlapping_words_are_doubly_underlined(coloured: str) -> None:
    # `deux` is the quantity within the target `deux dépôts`.
    assert re.search(r"\x1b\[(?:[0-9]+;)*21(?:;[0-9]+)*mdeux\x1b", coloured)


def test_colours_are_explained(coloured: str) -> None:
    legend = next(
        line for line in ESCAPE.sub("", coloured).splitlines() if "several at once" in line
    )
    assert legend.split("  ")[:3] == ["event", "who", "whom, what"]


@pytest.mark.parametrize("width", [40, 80, 130])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, explained(record(), width=width).splitlines())) <= width


def test_report_cannot_steer_the_terminal() -> None:
    made = one_event("\x1b[2J\u202e a bombardé", "bombardé", actor="\x1b[2J")
    assert not re.search(r"[\x1b\u202e]", explained(made))
