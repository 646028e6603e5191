"""Adding reports to a case, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from cases import REPORTS, add_reports
from fake_extractor import FakeExtractor
from sqlalchemy import func, select, text

from temoin.casefile import Added, Case, Known, load_record, verify
from temoin.casefile.canonical import unpack
from temoin.casefile.schema import (
    Acquisition,
    Argument,
    AuditEntry,
    Claim,
    Document,
    Event,
    Original,
    Producer,
    Relation,
    StoredRecord,
)
from temoin.casefile.schema.base import Base
from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.reading import iterate_sources
from temoin.record import Record


def count(case: Case, table: type[Base]) -> int:
    with case.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def faults(case: Case) -> list[str]:
    return [str(fault) for fault in verify(case).faults]


def records(case: Case) -> list[Record]:
    with case.reading() as session:
        stored = session.scalars(select(StoredRecord).order_by(StoredRecord.id)).all()
        return [load_record(each) for each in stored]


def test_each_report_becomes_a_document(case: Case, reports: Path) -> None:
    told = add_reports(case, reports)
    assert [each.document_id for each in told if isinstance(each, Added)] == [1, 2, 3]
    with case.reading() as session:
        rows = session.scalars(select(Document).order_by(Document.id)).all()
    assert [(row.name, row.text) for row in rows] == [
        (Path(name).stem, REPORTS[name]) for name in sorted(REPORTS)
    ]
    assert {(row.added_by, row.status, row.sensitivity, row.version) for row in rows} == {
        ("ana", "active", "internal", 1)
    }


def test_the_record_is_the_one_that_was_read(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    read = list(Reader(FakeExtractor()).read_many(iterate_sources([reports])))
    assert records(case) == read


def test_hashes_are_those_of_bytes_and_text(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("L'armée a bombardé Mizda, à l'été.".encode("latin-1"))
    add_reports(case, path)
    with case.reading() as session:
        row = session.scalars(select(Document)).one()
        original = session.scalars(select(Original)).one()
    assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row.text_sha256 == hashlib.sha256(row.text.encode()).hexdigest()
    assert unpack(original.codec, original.data) == path.read_bytes()
    assert row.size == path.stat().st_size


def test_originals_are_left_out_if_asked(case: Case, reports: Path) -> None:
    add_reports(case, reports, keep_original=False)
    assert count(case, Original) == 0
    assert count(case, Document) == 3
    assert faults(case) == []


def test_adding_again_changes_nothing(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    before = case.info().head_hash
    told = add_reports(case, reports, actor="bea")
    assert [type(each) for each in told] == [Known] * 3
    assert case.info().head_hash == before


def test_a_copy_elsewhere_is_another_place_of_finding(
    case: Case, reports: Path, tmp_path: Path
) -> None:
    add_reports(case, reports)
    copy = tmp_path / "copy.txt"
    copy.write_bytes((reports / "kidal.txt").read_bytes())
    (known,) = add_reports(case, copy, actor="bea", collected_by="carl", note="from a stick")
    assert known == Known(2, str(copy))
    with case.reading() as session:
        places = session.scalars(
            select(Acquisition).where(Acquisition.document_id == 2).order_by(Acquisition.id)
        ).all()
    assert [place.location for place in places] == [str(reports / "kidal.txt"), str(copy)]
    assert (places[1].collected_by, places[1].note) == ("carl", "from a stick")
    assert count(case, Document) == 3
    assert faults(case) == []


def test_copies_in_one_run_are_one_document(case: Case, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The army shelled Mizda.", encoding="utf-8")
    told = add_reports(case, tmp_path / "a.txt", tmp_path / "b.txt")
    assert [type(each) for each in told] == [Added, Known]
    assert (count(case, Document), count(case, Acquisition)) == (1, 2)


def test_a_report_that_changed_is_another_document(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    (reports / "kidal.txt").write_text("Kidal captured.", encoding="utf-8")
    told = add_reports(case, reports)
    assert sorted(type(each).__name__ for each in told) == ["Added", "Known", "Known"]
    assert count(case, Document) == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    case: Case, reports: Path, tmp_path: Path, workers: int
) -> None:
    (reports / "a-empty.txt").write_bytes(b"")
    (reports / "b-broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (reports / "c-boom.txt").write_text("BOOM", encoding="utf-8")
    (reports / "d-blank.txt").write_text("  \n ", encoding="utf-8")
    told = add_reports(case, reports, tmp_path / "none.txt", workers=workers)
    failed = [Path(each.source).name for each in told if isinstance(each, ReadingError)]
    assert sorted(failed) == [
        "a-empty.txt",
        "b-broken.pdf",
        "c-boom.txt",
        "d-blank.txt",
        "none.txt",
    ]
    assert sum(isinstance(each, Added) for each in told) == 3
    assert faults(case) == []


def test_a_process_that_dies_costs_its_report(case: Case, reports: Path) -> None:
    (reports / "l-crash.txt").write_text("CRASH", encoding="utf-8")
    told = add_reports(case, reports, workers=2)
    assert [Path(each.source).name for each in told if isinstance(each, ReadingError)] == [
        "l-crash.txt"
    ]
    assert sum(isinstance(each, Added) for each in told) == 3
    assert faults(case) == []


def test_any_number_of_workers_gives_the_same_records(case: Case, reports: Path) -> None:
    add_reports(case, reports, workers=3)
    read = list(Reader(FakeExtractor()).read_many(iterate_sources([reports])))
    assert records(case) == read


def test_rows_are_documents(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        {"id": "x", "text": "The army shelled Mizda."},
        {"text": ""},
        {"text": "Kidal captured."},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    told = add_reports(case, path)
    assert [type(each) for each in told] == [Added, ReadingError, Added]
    with case.reading() as session:
        rows = session.scalars(select(Document).order_by(Document.id)).all()
        places = session.scalars(select(Acquisition.location).order_by(Acquisition.id)).all()
        original = session.scalars(select(Original).order_by(Original.document_id)).first()
    assert [row.name for row in rows] == ["x", "rows:3"]
    assert places == [f"{path}, line 1", f"{path}, line 3"]
    assert original
    assert unpack(original.codec, original.data) == json.dumps(lines[0]).encode()
    assert [type(each) for each in add_reports(case, path)] == [Known, ReadingError, Known]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_of_csv_in_any_encoding(case: Case, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('id,text\r\na,"L\'armée a bombardé\r\nMizda, été."\r\nb,pris\r\n', encoding)
    told = add_reports(case, path)
    assert [type(each) for each in told] == [Added, Added]
    assert [type(each) for each in add_reports(case, path)] == [Known, Known]
    assert faults(case) == []


def test_the_same_row_under_another_header_is_another_document(case: Case, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("text,title\nKidal captured,Mizda shelled\n", encoding="utf-8")
    second.write_text("title,text\nKidal captured,Mizda shelled\n", encoding="utf-8")
    told = add_reports(case, first, second)
    assert [type(each) for each in told] == [Added, Added]
    assert faults(case) == []


def test_bytes_are_those_that_were_hashed(case: Case, reports: Path) -> None:
    """A file that changes after its bytes were taken is read as it was."""
    path = reports / "kidal.txt"

    class Changing(FakeExtractor):
        def extract(self, *given: object, **options: object) -> Record:
            path.write_text("Something else, pris.", encoding="utf-8")
            return super().extract(*given, **options)  # type: ignore[arg-type]

    from temoin import casefile

    casefile.add(
        case,
        iterate_sources([path]),
        reader=Reader(Changing()),
        actor="ana",
        tell=lambda _outcome: None,
    )
    with case.reading() as session:
        assert session.scalars(select(Document.text)).one() == REPORTS["kidal.txt"]
    assert faults(case) == []


def test_custody_is_kept(case: Case, reports: Path) -> None:
    add_reports(
        case,
        reports / "kidal.txt",
        sensitivity="secret",
        collected_by="carl",
        licence="CC BY 4.0",
        note="handed over",
    )
    with case.reading() as session:
        row = session.scalars(select(Document)).one()
        place = session.scalars(select(Acquisition)).one()
    assert (row.sensitivity, row.licence) == ("secret", "CC BY 4.0")
    assert (place.collected_by, place.note, place.tool.split()[0]) == (
        "carl",
        "handed over",
        "temoin",
    )
    assert place.modified_at is not None
    assert place.modified_at.endswith("Z")
    assert place.retrieved_at is None


def test_each_document_has_its_audit_entries(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    with case.reading() as session:
        entries = session.execute(
            select(AuditEntry.actor, AuditEntry.action, AuditEntry.kind, AuditEntry.target)
            .where(AuditEntry.seq > 1)
            .order_by(AuditEntry.seq)
        ).all()
    assert [tuple(entry) for entry in entries[:4]] == [
        ("ana", "add", "document", 1),
        ("ana", "add", "acquisition", 1),
        ("ana", "add", "producer", 1),
        ("ana", "add", "record", 1),
    ]
    assert len(entries) == 3 * 3 + 1


def test_rows_follow_the_record(case: Case, reports: Path) -> None:
    add_reports(case, reports / "both.txt")
    (record,) = records(case)
    with case.reading() as session:
        events = session.scalars(select(Event).order_by(Event.number)).all()
        arguments = session.scalars(select(Argument).order_by(Argument.id)).all()
        relations = session.scalars(select(Relation)).all()
        claims = session.scalars(select(Claim).order_by(Claim.id)).all()
    assert [(row.key, row.type, row.trigger) for row in events] == [
        (event.id, event.type, event.trigger.text) for event in record.events
    ]
    words = REPORTS["both.txt"]
    assert all(words[row.start : row.end] == row.words for row in arguments)
    assert [row.field for row in arguments] == [
        f"{argument.role}:{argument.start}-{argument.end}"
        for event in record.events
        for argument in event.arguments
    ]
    assert len(relations) == len(record.relations)
    assert [(row.type, row.state, row.version, row.present) for row in claims] == [
        (event.type, "pending", 1, True) for event in record.events
    ]


def test_places_and_days_stand_in_columns(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "The army shelled Mizda yesterday.", "published": "2019-11-14"}', encoding="utf-8"
    )
    add_reports(case, path)
    with case.reading() as session:
        claim = session.scalars(select(Claim)).one()
        seen = session.execute(text("SELECT label, wkt, place FROM map_claims")).one()
        places = session.execute(text("SELECT place, claims, documents FROM map_places")).one()
    assert (claim.earliest, claim.latest) == (dt.date(2019, 11, 13), dt.date(2019, 11, 13))
    assert (claim.place, claim.country) == ("Mizda", "LY")
    assert claim.latitude == pytest.approx(31.445, abs=0.01)
    assert seen.label == "shelled"
    assert seen.wkt == f"POINT({claim.longitude:g} {claim.latitude:g})"
    assert tuple(places) == ("Mizda", 1, 1)


def test_one_producer_is_one_row(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    assert count(case, Producer) == 1


def test_words_are_found_without_case_and_accents(case: Case, reports: Path) -> None:
    add_reports(case, reports)
    with case.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            found = "SELECT rowid FROM document_search WHERE document_search MATCH 'armee'"
            claims = "SELECT count(*) FROM claim_search WHERE claim_search MATCH 'mizda'"
        else:
            found = "SELECT document_id FROM document_search WHERE terms @@ 'armee'"
            claims = "SELECT count(*) FROM claim_search WHERE terms @@ 'mizda'"
        assert session.scalars(text(found)).all() == [3]
        assert session.scalar(text(claims)) == 2


def test_a_text_of_a_whole_book_is_searched_to_its_end(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text(f"{'word ' * 40_000} needle.", encoding="utf-8")
    add_reports(case, path)
    with case.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            found = "SELECT rowid FROM document_search WHERE document_search MATCH 'needle'"
        else:
            found = "SELECT document_id FROM document_search WHERE terms @@ 'needle'"
        assert session.scalars(text(found)).all() == [1]
    assert faults(case) == []


def test_interrupting_keeps_what_was_added(case: Case, reports: Path) -> None:
    from temoin import casefile

    def stop(_outcome: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        casefile.add(
            case,
            iterate_sources([reports]),
            reader=Reader(FakeExtractor()),
            actor="ana",
            tell=stop,
        )
    assert count(case, Document) == 1
    assert [type(each) for each in add_reports(case, reports)] == [Known, Added, Added]
    assert faults(case) == []
