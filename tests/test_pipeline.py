from __future__ import annotations

import datetime as dt
import multiprocessing
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_extractor import Broken, FakeExtractor, Unstartable

from temoin.errors import ModelError, ReadingError, TemoinError
from temoin.pipeline import Reader
from temoin.pipeline.pool import _how_it_ended
from temoin.reading import Source, enumerate_sources
from temoin.record import Polarity, Record

GOOD = "Mardi, l'armée a bombardé Mizda. Les rebelles n'ont pas pris Kidal."


@pytest.fixture
def reader() -> Reader:
    return Reader(FakeExtractor(), ground=False)


def files(folder: Path, *texts: str) -> list[Source]:
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return enumerate_sources([folder])


def told(results: Iterator[Record | ReadingError]) -> list[str]:
    """Results as text: the whole record, or the error."""
    return [
        str(result) if isinstance(result, ReadingError) else result.to_json() for result in results
    ]


def ids(results: Iterator[Record | ReadingError]) -> list[str]:
    """Results as the document's id, or the name of the file that failed."""
    return [
        Path(result.source).name if isinstance(result, ReadingError) else result.document.id
        for result in results
    ]


def test_text_becomes_a_record(reader: Reader) -> None:
    record = reader.read_text(GOOD, id="a", published="2019-11-14", language="fr", source="Radio")
    assert record.document.published == dt.date(2019, 11, 14)
    assert (record.document.id, record.document.source) == ("a", "Radio")
    assert [event.polarity for event in record.events] == [Polarity.AFFIRMED, Polarity.NEGATED]


def test_empty_text_is_an_error(reader: Reader) -> None:
    with pytest.raises(ReadingError, match="empty"):
        reader.read_text("")


def test_day_that_is_none_is_an_error(reader: Reader) -> None:
    with pytest.raises(ReadingError, match="yesterday"):
        reader.read_text(GOOD, published="yesterday")


def test_least_confidence_reaches_the_extractor() -> None:
    assert Reader(FakeExtractor(0.4), min_confidence=0.5).read_text(GOOD).events == ()


def test_grounding_is_done_unless_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    grounded = []

    def ground(record: Record) -> Record:
        grounded.append(record.document.id)
        return record

    monkeypatch.setattr("temoin.grounding.ground", ground)
    Reader(FakeExtractor()).read_text(GOOD, id="yes")
    Reader(FakeExtractor(), ground=False).read_text(GOOD, id="no")
    assert grounded == ["yes"]


def test_model_is_loaded_once_and_late(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def load() -> FakeExtractor:
        loaded.append(1)
        return FakeExtractor()

    monkeypatch.setattr("temoin.pipeline.reader._load_extractor", load)
    late = Reader(ground=False)
    assert loaded == []
    late.read_text(GOOD)
    late.read_text(GOOD)
    assert loaded == [1]


def test_sources_come_in_order(reader: Reader, tmp_path: Path) -> None:
    sources = files(tmp_path, *[GOOD] * 5)
    assert ids(reader.read_many(sources)) == ["000", "001", "002", "003", "004"]


def test_rows_of_a_file_are_documents(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "pris", "id": "x"}\n{"id": "y"}\n', "utf-8")
    first, second = reader.read_many(enumerate_sources([tmp_path], rows_per_source=8))
    assert isinstance(first, Record)
    assert first.document.id == "x"
    assert "a.jsonl, line 2" in str(second)


def test_failures_come_in_their_place(reader: Reader, tmp_path: Path) -> None:
    sources = [*files(tmp_path, GOOD, "", GOOD), *enumerate_sources([tmp_path / "none.txt"])]
    assert ids(reader.read_many(sources)) == ["000", "001.txt", "002", "none.txt"]


def test_defect_costs_one_document_and_is_told(reader: Reader, tmp_path: Path) -> None:
    results = list(reader.read_many(files(tmp_path, GOOD, "BOOM", GOOD)))
    assert (
        str(results[1])
        == f"{tmp_path / '001.txt'}: unexpected RuntimeError: boom (a defect of Témoin)"
    )
    assert isinstance(results[2], Record)


def test_defect_of_reading_costs_one_source(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = files(tmp_path, GOOD)

    def load_each(_source: Source) -> Iterator[Record]:
        raise MemoryError

    monkeypatch.setattr("temoin.reading.load_each", load_each)
    assert told(reader.read_many(sources)) == [
        f"{tmp_path / '000.txt'}: there is not enough memory to read it"
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_missing_model_stops_everything(tmp_path: Path, workers: int) -> None:
    with pytest.raises(ModelError, match="no model"):
        list(Reader(Broken()).read_many(files(tmp_path, GOOD, GOOD), workers=workers))


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_are_refused(reader: Reader, workers: int) -> None:
    with pytest.raises(ValueError, match="workers must be 1 or more"):
        reader.read_many([], workers=workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_to_read_gives_nothing(reader: Reader, workers: int) -> None:
    assert list(reader.read_many([], workers=workers)) == []


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_bytes(reader: Reader, tmp_path: Path) -> None:
    texts = ["SLOW pris", GOOD, "", "BOOM", *[f"{GOOD} {number}" for number in range(30)]]
    sources = files(tmp_path, *texts)
    expected = told(reader.read_many(sources))
    assert told(reader.read_many(sources, workers=2)) == expected
    assert told(reader.read_many(sources, workers=4)) == expected


@pytest.mark.slow
def test_crash_costs_one_source_and_names_it(reader: Reader, tmp_path: Path) -> None:
    sources = files(tmp_path, GOOD, "CRASH", GOOD, "CRASH", GOOD, GOOD)
    results = list(reader.read_many(sources, workers=2))
    assert ids(iter(results)) == ["000", "001.txt", "002", "003.txt", "004", "005"]
    assert str(results[1]).endswith("001.txt: the process that read it ended with code 7")


@pytest.mark.slow
def test_documents_before_a_crash_are_kept(reader: Reader, tmp_path: Path) -> None:
    rows = "".join(f'{{"id": "{id_}", "text": "{text}"}}\n' for id_, text in
                   [("a", "pris"), ("b", "CRASH"), ("c", "pris")])  # fmt: skip
    (tmp_path / "a.jsonl").write_text(rows, "utf-8")
    sources = enumerate_sources([tmp_path], rows_per_source=8)
    results = list(reader.read_many(sources, workers=2))
    assert isinstance(results[0], Record)
    assert [type(result) for result in results] == [Record, ReadingError]


@pytest.mark.slow
def test_processes_that_cannot_start_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemoinError, match="could not start: it ended with code 9"):
        list(Reader(Unstartable()).read_many(files(tmp_path, GOOD, GOOD), workers=2))


@pytest.mark.slow
def test_sources_are_not_taken_far_ahead(reader: Reader, tmp_path: Path) -> None:
    taken = []
    endless = files(tmp_path, GOOD) * 1000

    def coming() -> Iterator[Source]:
        for source in endless:
            taken.append(source)
            yield source

    results = reader.read_many(coming(), workers=2)
    for _ in range(20):
        next(results)
    results.close()
    assert len(taken) < 50


@pytest.mark.slow
def test_closing_ends_the_processes(reader: Reader, tmp_path: Path) -> None:
    results = reader.read_many(files(tmp_path, *[GOOD] * 8), workers=2)
    next(results)
    assert multiprocessing.active_children()
    results.close()
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_rows_that_are_held_back_all_come(reader: Reader, tmp_path: Path) -> None:
    # The first source is slow: most rows of the second wait in their process, not here.
    (tmp_path / "0.txt").write_text("SLOW pris", "utf-8")
    (tmp_path / "1.jsonl").write_text('{"text": "pris"}\n' * 500, "utf-8")
    sources = enumerate_sources([tmp_path], rows_per_source=500)
    assert len(list(reader.read_many(sources, workers=2))) == 501


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (3, "ended with code 3"),
        (-signal.SIGSEGV, "was ended by SIGSEGV"),
        (-signal.SIGKILL, "was ended by SIGKILL, perhaps for want of memory"),
        (-200, "was ended by signal 200"),
    ],
)
def test_ends_are_told_in_words(code: int, words: str) -> None:
    assert _how_it_ended(code) == words


def test_reader_pickles_without_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.pipeline.reader._load_extractor", FakeExtractor)
    late = Reader()
    _ = late.extractor
    assert late.__getstate__()["_loaded"] is None
