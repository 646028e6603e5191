"""Documents are read in a process of their own: what breaks there breaks nothing here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fake_extractor import FakeExtractor
from served import Client

from temoin.errors import ModelError, ReadingError, TemoinError
from temoin.pipeline import Reader
from temoin.reading import Source, enumerate_sources
from temoin.record import Document, Record
from temoin.workbench.jobs import Cancelled
from temoin.workbench.jobs.reader_process import ProcessReader

pytestmark = pytest.mark.slow  # processes start


@dataclass(frozen=True)
class NoModel:
    """An extractor that is not there."""

    def extract(
        self,
        document: Document,  # noqa: ARG002 - as an extractor has it
        *,
        min_confidence: float | None = None,  # noqa: ARG002
    ) -> Record:
        raise ModelError("the model is missing")


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessReader]:
    made = ProcessReader(Reader(FakeExtractor(), ground=False), seconds=60)
    yield made
    made.close()


def sources(folder: Path, *texts: str) -> list[Source]:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return enumerate_sources([folder])


def told(results: list[Record | ReadingError]) -> list[str | int]:
    return [each.cause if isinstance(each, ReadingError) else len(each.events) for each in results]


def test_it_reads_as_a_reader_does(reader: ProcessReader, tmp_path: Path) -> None:
    given = sources(tmp_path, "The army shelled Mizda.", "All is calm.")
    here = Reader(FakeExtractor(), ground=False)
    assert list(reader.read_many(given)) == list(here.read_many(given))


def test_crash_costs_one_document(reader: ProcessReader, tmp_path: Path) -> None:
    given = sources(tmp_path, "The army shelled Mizda.", "CRASH", "The army shelled Kidal.")
    assert told(list(reader.read_many(given))) == [1, "the process that read it broke down", 1]


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    reader = ProcessReader(Reader(FakeExtractor(), ground=False), seconds=0.1)
    try:
        given = sources(tmp_path, "SLOW SLOW", "The army shelled Kidal.")
        results = reader.read_many(given)
        first = next(results)
        reader._seconds = 60
        second = next(results)
    finally:
        reader.close()
    assert isinstance(first, ReadingError)
    assert "given up" in first.cause
    assert isinstance(second, Record)


def test_job_that_is_called_off_stops_reading(reader: ProcessReader, tmp_path: Path) -> None:
    def cancelled() -> None:
        raise Cancelled

    reader.check = cancelled
    try:
        with pytest.raises(Cancelled):
            list(reader.read_many(sources(tmp_path, "The army shelled Mizda.")))
    finally:
        del reader.check
    reader.check = lambda: None


def test_missing_model_is_told(tmp_path: Path) -> None:
    reader = ProcessReader(Reader(NoModel()), seconds=60)
    try:
        with pytest.raises(TemoinError, match="missing"):
            list(reader.read_many(sources(tmp_path, "The army shelled Mizda.")))
    finally:
        reader.close()


def test_upload_survives_a_crash(serving: Callable[..., Client]) -> None:
    client = serving(own_process=True)
    files = [
        ("files", ("a.txt", b"The army shelled Mizda.", "text/plain")),
        ("files", ("b.txt", b"CRASH", "text/plain")),
        ("files", ("c.txt", b"The army shelled Kidal.", "text/plain")),
    ]
    job = client.post("/api/v1/uploads", files=files).json()["id"]
    result = client.finished(job)["result"]
    assert [each["name"] for each in result["documents"]] == ["a", "c"]
    assert result["failures"] == [{"name": "b.txt", "cause": "the process that read it broke down"}]
