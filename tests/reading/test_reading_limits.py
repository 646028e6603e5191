from __future__ import annotations

import logging
import random
import subprocess
import sys
from pathlib import Path

import pytest

from temoin.errors import ReadingError
from temoin.reading import load_each, read_path
from temoin.reading.documents import Options
from temoin.reading.extracted import Unreadable, guarded
from temoin.reading.limits import as_size
from temoin.reading.source import Source
from temoin.record import Document

NAMES = ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.jsonl", "a.csv", "a"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [b"", b" \n\r\n\t "], ids=["empty", "white"])
def test_files_without_words(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (error,) = read_path(path)
    assert isinstance(error, ReadingError)
    assert error.source == str(path)
    assert error.cause.startswith(("is empty", "has no text"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(3))
def test_random_bytes(tmp_path: Path, name: str, seed: int) -> None:
    path = tmp_path / name
    path.write_bytes(random.Random(seed).randbytes(3000))
    (error,) = read_path(path)
    assert isinstance(error, ReadingError)
    assert (error.source, error.cause.split(":")[0]) == (str(path), "is not text")


@pytest.mark.parametrize(
    ("head", "cause"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word or Excel file"),
        (b"{\\rtf1", "is an RTF file"),
        (b"\x1f\x8b\x08", "is a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "is a picture without text"),
        (b"\xff\xd8\xff\xe0", "is a picture without text"),
        (b"<rss version='2.0'>", "is a feed"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.jsonl", "a.csv", "a"])
def test_other_formats_are_named(tmp_path: Path, head: bytes, cause: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(head + b" and what follows")
    (error,) = read_path(path)
    assert isinstance(error, ReadingError)
    assert error.cause.startswith(cause)


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    (error,) = read_path(path)
    assert str(error) == (f"{path}: has 200 MB, more than the 50 MB that a document may have")


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Le pont est tombé. " * 100, encoding="utf-8")
    (document,) = read_path(path, max_bytes=2000)
    assert isinstance(document, Document)
    (error,) = read_path(path, max_bytes=1999)
    assert isinstance(error, ReadingError)


def test_a_source_with_a_problem_gives_it() -> None:
    (error,) = load_each(Source("a", "a", Options(), problem="is lost"))
    assert str(error) == "a: is lost"


def test_sizes_as_people_write_them() -> None:
    assert [as_size(count) for count in (900, 12_345, 50_000_000)] == ["1 kB", "12 kB", "50 MB"]


def test_what_a_library_raises_becomes_a_cause() -> None:
    with (
        pytest.raises(Unreadable, match=r"cannot be read as a map.*\(KeyError\)"),
        guarded("a map"),
    ):
        raise KeyError


def test_loggers_get_their_level_back() -> None:
    logger = logging.getLogger("temoin-test")
    logger.setLevel(logging.INFO)
    with guarded("a map", "temoin-test"):
        assert not logger.isEnabledFor(logging.CRITICAL)
    assert logger.level == logging.INFO


SCRIPT = """
import sys
import temoin.reading
heavy = {"trafilatura", "pypdfium2", "docx", "lxml", "numpy", "py3langid", "charset_normalizer"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
for path in sys.argv[1:]:
    for item in temoin.reading.read_path(path):
        sys.stdout.write(f"{type(item).__name__} {item!s:.0}")
assert "temoin.reading.network" not in sys.modules
"""


def test_nothing_heavy_is_imported_and_nothing_is_said(tmp_path: Path) -> None:
    """Broken files of every kind, in a process of their own: standard error stays empty."""
    for name in NAMES:
        (tmp_path / name).write_bytes(b"\x01\xff<html>" * 40)
    (tmp_path / "b.html").write_text("<html><body><p></p></body></html>", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\nrubbish")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04rubbish")
    (tmp_path / "b.txt").write_bytes("Le pont est tombé à l'aube.".encode("cp1252"))
    paths = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", SCRIPT, *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["ReadingError"] * 11 + ["Document"]
