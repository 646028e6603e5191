"""What holds for every row of every codebook."""

from __future__ import annotations

from collections import Counter

import pytest
from codebook_records import ACTORS, GHARYAN, MIZDA, Report, day
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.codebooks import BUILT_IN, Code, code, load
from temoin.codebooks.places import admin1_of, priogrid
from temoin.record import Certainty, EventType, Polarity, Record

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
POLECAT = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
]  # fmt: skip
TEXT = "The army struck the town and nine people died. They refused talks."


@pytest.mark.parametrize(
    ("book", "columns", "number"),
    [("acled", ACLED, 31), ("ucdp", UCDP, 49), ("plover", POLECAT, 40)],
)
def test_columns_are_exactly_the_publishers(book: str, columns: list[str], number: int) -> None:
    assert list(load(book).columns) == columns
    assert len(columns) == number


@pytest.mark.parametrize("book", BUILT_IN)
def test_codebook_names_version_source_and_licence(book: str) -> None:
    loaded = load(book)
    assert loaded.version
    assert loaded.source.startswith("http")
    assert loaded.licence


@pytest.mark.parametrize("book", BUILT_IN)
def test_rule_ids_begin_with_the_codebook(book: str) -> None:
    assert [rule.id for rule in load(book).rules if not rule.id.startswith(f"{book}.")] == []


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(EventType), st.sampled_from(["struck", "died", "talks"]),
        st.sampled_from([None, *ACTORS]), st.sampled_from([None, *ACTORS]),
        st.sampled_from(Polarity), st.sampled_from(Certainty),
        st.sampled_from([None, MIZDA, GHARYAN]), st.sampled_from([None, day("2019-11-13")]),
        st.sampled_from([None, 0, 9]),
    ),
    max_size=6,
)  # fmt: skip


def made(events: list[tuple[object, ...]]) -> Record:
    report = Report(TEXT)
    for kind, trigger, actor, target, polarity, certainty, where, when, count in events:
        arguments = []
        if actor:
            arguments.append(report.who("actor", "The army", str(actor)))
        if target:
            arguments.append(report.who("target", "the town", str(target)))
        if isinstance(count, int):
            arguments.append(report.count("nine", count))
        report.event(
            str(kind), str(trigger), *arguments, polarity=str(polarity), certainty=str(certainty),
            where=where, when=when,  # type: ignore[arg-type]
        )  # fmt: skip
    for one, other in zip(report.events, report.events[1:], strict=False):
        report.causes(one.id, other.id)
    return report.record()


@pytest.mark.parametrize("book", BUILT_IN)
@settings(max_examples=25)
@given(events=EVENTS)
def test_every_event_is_coded_once_or_has_a_reason(
    book: str, events: list[tuple[object, ...]]
) -> None:
    record = made(events)
    coding = code(record, load(book))
    coded = [row.events for row in coding.rows] + [one.events for one in coding.not_coded]
    found = Counter(one for ids in coded for one in ids)
    assert found == Counter(event.id for event in record.events)
    assert all(one.reason for one in coding.not_coded)


@pytest.mark.parametrize("book", BUILT_IN)
@settings(max_examples=25)
@given(events=EVENTS)
def test_every_cell_names_its_rule_and_quotes_the_text(
    book: str, events: list[tuple[object, ...]]
) -> None:
    record = made(events)
    for row in code(record, load(book)).rows:
        for column, cell in row.cells.items():
            why = row.why(column)
            if isinstance(why, Code):
                assert why.rule
                assert why.value == cell
                assert [
                    w for w in why.words if record.document.text[w.start : w.end] != w.text
                ] == []
            else:
                assert cell is None
                assert why is None or (why.reason and why.rule)


@settings(max_examples=25)
@given(events=EVENTS)
def test_coding_is_deterministic(events: list[tuple[object, ...]]) -> None:
    record = made(events)
    assert code(record, load("acled")) == code(record, load("acled"))


@settings(max_examples=25)
@given(events=EVENTS)
def test_ucdp_dead_add_up(events: list[tuple[object, ...]]) -> None:
    for row in code(made(events), load("ucdp")).rows:
        cells = row.cells
        parts = [cells[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown")]
        if cells["best"] is not None:
            assert sum(int(part or 0) for part in parts) == cells["best"]
            assert int(cells["low"] or 0) <= int(cells["best"] or 0) <= int(cells["high"] or 0)
            assert min(int(part or 0) for part in parts) >= 0


def test_month_is_coded_at_its_middle() -> None:
    report = Report("Mortars shelled Mizda in November.")
    report.event("shelling", "shelled", when=day("2019-11-01", "2019-11-30", acled_precision=3))
    cells = report.row("acled").cells
    assert (cells["event_date"], cells["time_precision"]) == ("2019-11-15", 3)


@pytest.mark.parametrize(
    ("actor", "target", "interaction"),
    [("army", "rebels", "12"), ("rebels", "army", "12"), ("rebels", "civilians", "27"),
     ("foreigners", None, "80"), ("people", "army", None)],
)  # fmt: skip
def test_interaction(actor: str, target: str | None, interaction: str | None) -> None:
    report = Report("They shelled those people.")
    whom = [report.who("target", "those people", target)] if target else []
    report.event("shelling", "shelled", report.who("actor", "They", actor), *whom)
    assert report.row("acled").cells["interaction"] == interaction


def test_priogrid_cells() -> None:
    assert (priogrid(-90, -180), priogrid(90, 180), priogrid(0.1, 0.1)) == (1, 259_200, 129_961)


def test_admin1_is_that_of_the_gazetteer() -> None:
    assert admin1_of(MIZDA) == "Mizdah"
    assert admin1_of(MIZDA.model_copy(update={"gazetteer_id": None})) is None


def test_probable_and_attributed_are_coded_with_a_note() -> None:
    report = Report("Medics say mortars probably shelled Mizda.")
    report.event("shelling", "shelled", certainty="probable", said_by="Medics")
    notes = report.row("acled").notes
    assert "as claimed by Medics" in notes
    assert any(note.startswith("probable") for note in notes)
