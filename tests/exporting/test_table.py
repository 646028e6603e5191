from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from rich.cells import cell_len
from sample_records import document, one_event, record

from temoin.exporting import TableWriter
from temoin.exporting.table import COLUMNS_FROM
from temoin.record import Record

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def table(*records: Record, width: int | None = None, colour: bool = False) -> str:
    stream = io.StringIO()
    writer = TableWriter(stream, width=width, colour=colour)
    for each in records:
        writer.write(each)
    writer.close()
    return stream.getvalue()


def test_pipe_shows_one_event_a_line() -> None:
    assert table(record()).splitlines()[1:4] == [
        (
            "e1  shelling “bombardé” | l'armée (Libyan National Army) → deux dépôts"
            " | where: près de Mizda (31.44, 12.98 ±15 km) | when: Mardi (2019-11-12)"
            " | how many: deux (2) | according to: un porte-parole"
        ),
        "e2  ✗ not: capture “pris” | Elle [l'armée] → la ville [Mizda]",
        "e3  » planned, ~ unsure: ground attack “offensive” | when: demain (no day)",
    ]


def test_title_names_document_language_and_day() -> None:
    assert table(record()).splitlines()[0] == "mizda-1 · French · published 2019-11-14 · 3 events"


def test_title_shows_title_and_source() -> None:
    made = record(document=document(title="Mizda\nbombardée", source="Radio"))
    assert table(made).startswith("mizda-1 · “Mizda bombardée” · French · published")
    assert " · Radio · 3 events" in table(made)


def test_missing_day_of_publication_is_told() -> None:
    made = record(document=document(published=None))
    assert "no publication date: relative times unresolved" in table(made).splitlines()[0]


def test_missing_day_is_told_once() -> None:
    note = "no publication date: relative times stay unresolved"
    assert table(record(document=document(published=None, notes=(note,)))).count("no pub") == 1


def test_notes_of_the_document_are_shown() -> None:
    made = record(document=document(notes=("language not served: German",)))
    assert "note: language not served: German" in table(made).splitlines()


def test_what_cannot_be_resolved_is_told_with_its_reason() -> None:
    shown = table(record()).splitlines()
    assert "not resolved (not in the gazetteer): e2 “la ville”" in shown
    assert "not resolved (relative to a day that is not known): e3 “demain”" in shown


def test_links_are_shown() -> None:
    assert "links: e1 before e2" in table(record()).splitlines()


def test_legend_explains_the_marks_that_occur() -> None:
    legend = table(record()).rpartition("\n\n")[2]
    assert [line.partition(":")[0] for line in legend.splitlines()] == [
        "✗ not",
        "» planned",
        "~ unsure",
        "[…]",
        "(…)",
    ]


def test_plain_events_need_no_legend() -> None:
    assert table(one_event("Ils ont bombardé.", "bombardé")).splitlines()[-1].startswith("e1")


def test_document_without_events_says_so() -> None:
    assert table(Record(document=document())).splitlines() == [
        "mizda-1 · French · published 2019-11-14 · no events"
    ]


def test_documents_are_apart() -> None:
    assert table(record(), record()).count("\n\nmizda-1 · ") == 1


@pytest.mark.parametrize("width", [40, 60, 80, COLUMNS_FROM, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, table(record(), width=width).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, COLUMNS_FROM, 200])
def test_nothing_is_cut(width: int) -> None:
    text = "Les " + "très " * 30 + "nombreux combattants ont bombardé " + "ж" * 150
    made = one_event(text, "bombardé", actor=text[:180], target="ж" * 150)
    shown = table(made, width=width)
    assert "…" not in shown
    assert shown.count("ж") == 150
    assert shown.count("très") == 30


def test_wide_characters_wrap_at_their_width() -> None:
    text = "軍" * 60 + " bombardé"
    made = one_event(text, "bombardé", actor="軍" * 60)
    shown = table(made, width=60)
    assert max(map(cell_len, shown.splitlines())) <= 60
    assert shown.count("軍") == 60


def test_colours_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not ESCAPE.search(table(record(), width=100))
    assert ESCAPE.search(table(record(), width=100, colour=True))


def test_colours_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = table(record(), width=100, colour=True)
    assert ESCAPE.sub("", coloured) == table(record(), width=100)


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2Jcleared", "\x1b]0;title\x07", "a\x08b", "\x9b31m", "\u202egnp.exe", "\u2066x"],
)
def test_report_cannot_steer_the_terminal(hostile: str) -> None:
    made = one_event(f"{hostile} a bombardé", "bombardé", actor=hostile)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", table(made))


def test_markup_in_a_report_is_text() -> None:
    made = one_event(
        "[red]Ils[/red] :smile: ont bombardé", "bombardé", actor="[red]Ils[/red] :smile:"
    )
    assert "[red]Ils[/red] :smile:" in table(made)


def test_line_breaks_in_words_are_one_blank() -> None:
    made = one_event("Les\r\nrebelles ont bombardé", "bombardé", actor="Les\r\nrebelles")
    assert "Les rebelles" in table(made)


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ({"earliest": "2019-11-12", "latest": "2019-11-12"}, "(2019-11-12)"),
        ({"earliest": "2019-11-11", "latest": "2019-11-12"}, "(2019-11-11 to 2019-11-12)"),
        ({"earliest": "2019-11-01", "latest": "2019-11-30", "value": "2019-11"}, "(2019-11)"),
        ({"earliest": "2019-11-01"}, "(from 2019-11-01)"),
        ({"latest": "2019-11-01"}, "(until 2019-11-01)"),
        ({"value": "PT6H", "precision": "duration"}, "(duration)"),
        ({"precision": "vague"}, "(no day)"),
    ],
)
def test_days(time: dict[str, Any], shown: str) -> None:
    data = one_event("Ils ont bombardé mardi", "bombardé", time="mardi").to_dict()
    data["events"][0]["arguments"][0]["time"] = time
    assert table(Record.from_dict(data)).splitlines()[1].endswith(f"when: mardi {shown}")


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        ({"value": 12}, "(12)"),
        ({"value": 12, "low": 12}, "(≥12)"),
        ({"value": 30, "high": 30}, "(≤30)"),
        ({"low": 10, "high": 15}, "(10-15)"),
        ({"value": 20, "low": 15, "high": 25, "approximate": True}, "(≈20)"),
        ({"value": 3500, "status": "displaced"}, "(3500 displaced)"),
        ({"value": 1.5}, "(1.5)"),
        ({"value": 1200000}, "(1200000)"),
        ({}, "(no number)"),
    ],
)
def test_numbers(quantity: dict[str, Any], shown: str) -> None:
    data = one_event("douzaine ont bombardé", "bombardé", quantity="douzaine").to_dict()
    data["events"][0]["arguments"][0]["quantity"] = quantity
    assert table(Record.from_dict(data)).splitlines()[1].endswith(f"how many: douzaine {shown}")


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"name": "x", "latitude": 18.4411, "longitude": -1.4078}, "(18.44, -1.41)"),
        ({"name": "x", "latitude": 0, "longitude": 0, "radius_km": 120.4}, "(0.00, 0.00 ±120 km)"),
        ({"name": "x", "latitude": 1, "longitude": 2, "radius_km": 4}, "(1.00, 2.00)"),
        ({"name": "x", "note": "not in the gazetteer"}, "(not located)"),
    ],
)
def test_places(place: dict[str, Any], shown: str) -> None:
    data = one_event("bombardé à Kidal", "bombardé", place="Kidal").to_dict()
    data["events"][0]["arguments"][0]["place"] = place
    assert table(Record.from_dict(data)).splitlines()[1].endswith(f"where: Kidal {shown}")


def test_day_without_words_is_shown_as_worked_out() -> None:
    data = one_event("Ils ont bombardé", "bombardé").to_dict()
    data["events"][0]["time"] = {"earliest": "2019-11-12", "latest": "2019-11-12"}
    assert "when: (2019-11-12)" in table(Record.from_dict(data))


def test_place_without_words_is_shown_as_worked_out() -> None:
    data = one_event("Ils ont bombardé", "bombardé").to_dict()
    data["events"][0]["place"] = {"name": "Kidal", "latitude": 18.44, "longitude": 1.41}
    assert "where: (Kidal 18.44, 1.41)" in table(Record.from_dict(data))


def test_movement_says_from_where_to_where() -> None:
    made = one_event("bombardé de Gao à Kidal", "bombardé", origin="Gao", destination="Kidal")
    assert "where: from Gao, to Kidal" in table(made)


def test_missing_actor_leaves_the_arrow() -> None:
    made = one_event("Kidal bombardé", "bombardé", target="Kidal")
    assert " | → Kidal" in table(made)


def test_dates_are_not_shown_twice() -> None:
    made = one_event("bombardé le 2019-11-12", "bombardé", time="2019-11-12")
    data = made.to_dict()
    day = dt.date(2019, 11, 12).isoformat()
    data["events"][0]["time"] = {"earliest": day, "latest": day}
    assert table(Record.from_dict(data)).count("2019-11-12") == 1
