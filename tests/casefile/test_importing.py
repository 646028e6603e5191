"""Reference data into a case: by column name, grounded where the words are, never elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from cases import decide
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from temoin.casefile import Case, Custody, load_record, verify
from temoin.casefile.importing import Imported, import_rows, load_mapping
from temoin.casefile.importing.building import build
from temoin.casefile.importing.rows import Row
from temoin.casefile.importing.values import BadValueError, day_of
from temoin.casefile.schema import Acquisition, Claim, Document, Producer, StoredRecord
from temoin.errors import ReadingError
from temoin.record import Record

pytest_plugins = ["cases"]

ACLED = {
    "event_id_cnty": "LBY1", "event_date": "2024-03-11", "year": "2024", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Northern Band (Libya)", "assoc_actor_1": "", "inter1": "Rebel Groups",
    "actor2": "Military Forces of Libya (2021-)", "assoc_actor_2": "", "inter2": "1",
    "interaction": "12", "civilian_targeting": "", "iso": "434", "region": "Northern Africa",
    "country": "Libya", "admin1": "", "admin2": "", "admin3": "", "location": "Mizda",
    "latitude": "31.4451", "longitude": "12.9801", "geo_precision": "1", "source": "Testwire",
    "source_scale": "National",
    "notes": "On 11 March 2024, Northern Band fought soldiers in Mizda. 5 people were killed.",
    "fatalities": "5", "tags": "", "timestamp": "1710200000",
}  # fmt: skip

UCDP_43 = """
    id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name
    side_a_new_id side_a side_b_new_id side_b number_of_sources source_article source_office
    source_date source_headline source_original where_prec where_coordinates adm_1 adm_2
    latitude longitude geom_wkt priogrid_gid country iso3 country_id region event_clarity
    date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown low best
    high gwnoa gwnob
""".split()  # noqa: SIM905
UCDP_49 = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
    conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
    side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office
    source_date source_headline source_original where_prec where_coordinates
    where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country
    country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()  # noqa: SIM905
UCDP_50 = [*UCDP_49, "iso3"]
UCDP_52 = [*UCDP_49, "start_year", "end_year", "iso3"]
UCDP = {
    "id": "77", "type_of_violence": "3", "side_a": "Northern Band", "side_b": "Civilians",
    "source_headline": "Northern Band kills three in Mizda", "source_office": "Testwire",
    "where_prec": "2", "where_coordinates": "Mizda town", "latitude": "31.4451",
    "longitude": "12.9801", "country_id": "620", "date_prec": "2",
    "date_start": "2024-03-10 00:00:00.000",
    "date_end": "2024-03-12 00:00:00.000", "best": "3", "low": "2", "high": "4",
}  # fmt: skip


def table(path: Path, rows: Sequence[dict[str, str]], columns: Sequence[str] = ()) -> Path:
    stream = io.StringIO()
    names = list(columns or rows[0])
    writer = csv.DictWriter(stream, names, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def run(
    case: Case,
    path: Path,
    mapping: str,
    told: list[ReadingError] | None = None,
    header: Sequence[str] | None = None,
) -> Imported:
    heard = [] if told is None else told
    loaded = load_mapping(mapping)
    return import_rows(
        case, path, loaded, actor="ana", custody=Custody(), tell=heard.append, header=header
    )


def records(case: Case) -> list[Record]:
    with case.reading() as session:
        stored = session.scalars(
            select(StoredRecord).where(StoredRecord.current).order_by(StoredRecord.id)
        )
        return [load_record(each) for each in stored]


def one(mapping: str, cells: dict[str, str]) -> Record:
    filled = {name: value for name, value in cells.items() if value}
    return build(Row(2, filled, b"row", tuple(cells)), load_mapping(mapping)).record


def test_a_row_of_acled_is_grounded_in_its_note(case: Case, tmp_path: Path) -> None:
    done = run(case, table(tmp_path / "a.csv", [ACLED]), "acled")
    assert (done.added, done.claims, done.failed) == (1, 1, 0)
    (record,) = records(case)
    (event,) = record.events
    assert record.document.id == "LBY1"
    assert event.type == "armed_clash"
    assert event.trigger.text == record.document.text
    found = {str(each.role): each for each in event.arguments}
    assert found["actor"].text == "Northern Band"
    assert found["actor"].actor
    assert found["actor"].actor.kind == "rebel_group"
    assert found["quantity"].text == "5 people"
    assert found["place"].text == "Mizda"
    assert event.place
    assert (event.place.country, event.place.acled_precision) == ("LY", 1)
    missing = {each.field: each.value for each in record.ungrounded}
    assert missing["e1.actor"] == "Military Forces of Libya (2021-)"
    with case.reading() as session:
        producer = session.scalars(select(Producer)).one()
        assert producer.kind == "import"
        assert producer.terms
        assert "terms of use" in producer.terms
    assert not verify(case).faults


def test_importing_twice_adds_nothing(case: Case, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [ACLED])
    run(case, path, "acled")
    head = case.info().head_seq
    done = run(case, path, "acled")
    assert (done.added, done.known) == (0, 1)
    assert case.info().head_seq == head


def test_a_later_revision_becomes_a_newer_record_and_keeps_decisions(
    case: Case, tmp_path: Path
) -> None:
    first = table(tmp_path / "a.csv", [ACLED])
    run(case, first, "acled")
    decide(case, 1, "accept")
    later = {**ACLED, "fatalities": "6", "timestamp": "1710300000"}
    done = run(case, table(tmp_path / "b.csv", [later]), "acled")
    assert (done.added, done.revised, done.replaced) == (0, 1, 0)
    assert run(case, first, "acled").known == 1
    assert run(case, tmp_path / "b.csv", "acled").known == 1
    with case.reading() as session:
        claim = session.scalars(select(Claim)).one()
        assert (claim.state, claim.present) == ("accepted", True)
        assert len(session.scalars(select(StoredRecord)).all()) == 2
        assert len(session.scalars(select(Acquisition)).all()) == 2
    (record,) = records(case)
    assert "6 killed" in {each.value for each in record.ungrounded}
    assert not verify(case).faults


def test_a_revision_that_loses_its_type_keeps_the_claim(case: Case, tmp_path: Path) -> None:
    run(case, table(tmp_path / "a.csv", [ACLED]), "acled")
    later = {**ACLED, "sub_event_type": "Other", "timestamp": "1710300000"}
    run(case, table(tmp_path / "b.csv", [later]), "acled")
    with case.reading() as session:
        assert not session.scalars(select(Claim)).one().present
    assert not verify(case).faults


def test_a_revision_with_other_words_is_another_document(case: Case, tmp_path: Path) -> None:
    run(case, table(tmp_path / "a.csv", [ACLED]), "acled")
    later = {**ACLED, "notes": "Clashes in Mizda.", "timestamp": "1710300000"}
    done = run(case, table(tmp_path / "b.csv", [later]), "acled")
    assert (done.added, done.replaced) == (0, 1)
    older = {**ACLED, "notes": "Fighting.", "timestamp": "1"}
    assert run(case, table(tmp_path / "c.csv", [older]), "acled").known == 1
    with case.reading() as session:
        documents = session.scalars(select(Document).order_by(Document.id)).all()
        assert [each.status for each in documents] == ["hidden", "active"]
    assert not verify(case).faults


def test_bad_rows_are_told_by_line_and_the_rest_goes_on(case: Case, tmp_path: Path) -> None:
    rows = [
        {**ACLED, "notes": "Two\nlines."},
        {**ACLED, "event_id_cnty": "B", "event_date": "2024-13-01"},
        {**ACLED, "event_id_cnty": "C", "latitude": "131"},
        {**ACLED, "event_id_cnty": ""},
        {**ACLED, "event_id_cnty": "D"},
    ]
    path = table(tmp_path / "a.csv", rows)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("too,few\r\n")
    told: list[ReadingError] = []
    done = run(case, path, "acled", told)
    assert (done.added, done.failed) == (2, 4)
    assert [str(each).removeprefix(str(path)) for each in told] == [
        ":4: '2024-13-01' is no day",
        ":5: 131 is out of range",
        ":6: has no event_id_cnty or data_id",
        ":8: has 2 columns, not 31",
    ]


@pytest.mark.parametrize("columns", [UCDP_43, UCDP_49, UCDP_50, UCDP_52])
def test_all_cuts_of_ucdp_are_read_by_name(
    columns: Sequence[str], tmp_path: Path, case: Case
) -> None:
    cells = {**UCDP, "iso3": "LBY"}
    run(case, table(tmp_path / "u.csv", [cells], columns), "ucdp")
    (record,) = records(case)
    (event,) = record.events
    assert event.type == "killing"
    assert event.time
    assert str(event.time.earliest) == "2024-03-10"
    assert str(event.time.latest) == "2024-03-12"
    assert event.time.ucdp_precision == 2
    assert event.place
    assert (event.place.country, event.place.radius_km) == ("LY", 25.0)
    assert [str(each.role) for each in event.arguments] == ["actor"]
    missing = {each.field: each.value for each in record.ungrounded}
    assert missing["e1.quantity"] == "3 (2 to 4) killed"
    assert missing["e1.target"] == "Civilians"


def test_a_file_without_header_needs_one(case: Case, tmp_path: Path) -> None:
    path = table(tmp_path / "u.csv", [UCDP], UCDP_49)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[1:]), encoding="utf-8")
    with pytest.raises(ReadingError, match="--header"):
        run(case, path, "ucdp")
    assert run(case, path, "ucdp", header=UCDP_49).added == 1


def test_a_row_of_gdelt_is_its_own_text(case: Case, tmp_path: Path) -> None:
    mapping = load_mapping("gdelt")
    cells = dict.fromkeys(mapping.columns, "") | {
        "GLOBALEVENTID": "1", "SQLDATE": "20240311", "Actor1Name": "NORTHERN BAND",
        "Actor2Name": "VILLAGER", "EventCode": "1831", "ActionGeo_Fullname": "Mizda, Libya",
        "ActionGeo_Lat": "31.44", "ActionGeo_Long": "12.98", "SOURCEURL": "https://example.org/1",
        "DATEADDED": "20240311000000",
    }  # fmt: skip
    assert len(cells) == 61
    path = tmp_path / "g.tsv"
    other = {**cells, "GLOBALEVENTID": "2", "EventCode": "190"}
    lines = ["\t".join(each.values()) for each in (cells, other)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(case, path, "gdelt")
    assert (done.added, done.claims) == (2, 1)
    assert list(done.untyped) == ["CAMEO's code is no event of one type here"]
    first, second = records(case)
    (event,) = first.events
    assert event.type == "explosion"
    assert event.trigger.text == "1831"
    assert {str(each.role): each.text for each in event.arguments} == {
        "time": "20240311", "actor": "NORTHERN BAND", "target": "VILLAGER", "place": "Mizda, Libya",
    }  # fmt: skip
    assert {each.text for each in second.mentions} >= {"Mizda, Libya", "NORTHERN BAND"}
    assert not verify(case).faults


def test_a_table_with_a_mapping_of_ones_own(case: Case, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        'name = "Our list"\nterms = "ours"\nid = ["nr"]\ndelimiter = ";"\nlanguage = "fr"\n'
        'text = ["note"]\n[time]\nstart = "jour"\n[[types]]\nwhen = { sorte = "tir" }\n'
        'type = "shelling"\n[[types]]\nreason = "not told"\n',
        encoding="utf-8",
    )
    path = tmp_path / "t.csv"
    path.write_text("nr;jour;sorte;note\n1;11-03-2024;tir;Tirs sur Mizda.\n2;;autre;Rien.\n")
    done = run(case, path, str(mapping))
    assert (done.added, done.claims, dict(done.untyped)) == (2, 1, {"not told": 1})


@pytest.mark.parametrize(
    "text",
    [
        "name = 1",
        'name = "x"\nterms = ""\nid = ["a"]\n',
        'name = "x"\nterms = ""\nid = ["a"]\n[[types]]\ntype = "shelling"\nreason = "both"\n',
        "not toml",
    ],
)
def test_a_mapping_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(ReadingError, match=r"m\.toml"):
        load_mapping(str(path))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sub_event_type": "Air/drone strike", "notes": "A drone hit Mizda."}, "drone_strike"),
        ({"sub_event_type": "Air/drone strike", "notes": "Warplanes hit Mizda."}, "air_strike"),
        ({"sub_event_type": "Air/drone strike", "notes": "A strike hit Mizda."}, None),
        ({"sub_event_type": "Air/drone strike", "notes": "A drone and a jet hit it."}, None),
        ({"sub_event_type": "Attack"}, "killing"),
        ({"sub_event_type": "Attack", "fatalities": "0"}, None),
        ({"event_type": "Protests", "sub_event_type": "Peaceful protest"}, "protest"),
        ({"sub_event_type": "A new one"}, None),
    ],
)
def test_types_are_decided_or_a_reason_is_given(
    changes: dict[str, str], expected: str | None
) -> None:
    record = one("acled", {**ACLED, **changes})
    assert [str(each.type) for each in record.events] == ([expected] if expected else [])
    reasons = [each.reason for each in record.ungrounded if each.field == "e1.type"]
    assert bool(reasons) == (expected is None)
    if expected is None:
        assert "Mizda" not in record.document.text or any(
            each.place or each.kind == "place" for each in record.mentions
        )


def test_a_number_in_the_note_that_counts_something_else_is_not_the_dead() -> None:
    notes = "5 people fled Mizda and 5 shells fell; several died."
    record = one("acled", {**ACLED, "notes": notes})
    assert not record.events[0].of_role("quantity")
    assert "5 killed" in {each.value for each in record.ungrounded}


def test_civilians_are_whom_it_hits() -> None:
    cells = {
        **ACLED, "sub_event_type": "Attack", "actor2": "Civilians (Libya)", "inter2": "7",
        "notes": "Northern Band shot civilians in Mizda.",
    }  # fmt: skip
    (event,) = one("acled", cells).events
    assert {str(each.role): each.text for each in event.arguments} == {
        "actor": "Northern Band", "target": "civilians", "place": "Mizda",
    }  # fmt: skip


@given(notes=st.text(min_size=1, max_size=80), actor=st.text(min_size=1, max_size=20))
def test_whatever_the_words_no_offset_is_made_up(notes: str, actor: str) -> None:
    cells = {**ACLED, "notes": notes.strip(), "actor1": actor.strip()}
    record = one("acled", cells)
    # A record whose spans are not its text's slices cannot be built.
    assert Record.from_dict(record.to_dict()) == record


@pytest.mark.parametrize(
    "value", ["2024-03-11", "2024-03-11 00:00:00.000", "20240311", "11-03-2024", "11 March 2024"]
)
def test_days(value: str) -> None:
    assert day_of(value).isoformat() == "2024-03-11"


@pytest.mark.parametrize("value", ["", "2024", "31-02-2024", "11 Foo 2024", "x"])
def test_no_days(value: str) -> None:
    with pytest.raises(BadValueError):
        day_of(value)
