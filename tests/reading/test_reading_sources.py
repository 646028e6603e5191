from __future__ import annotations

import io
import os
import pickle
import sys
import threading
from pathlib import Path

import pytest
from reading_samples import article, column, pdf, word

from temoin.errors import ReadingError
from temoin.reading import enumerate_sources, load, read_path, read_paths
from temoin.record import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one file of each kind, and some that are not read."""
    top = tmp_path / "reports"
    (top / "2024").mkdir(parents=True)
    (top / ".hidden").mkdir()
    (top / "b.txt").write_text("Le pont est tombé.", encoding="utf-8")
    (top / "a.md").write_text("# Pont", encoding="utf-8")
    (top / "2024" / "b.txt").write_text("Le pont tient.", encoding="utf-8")
    (top / "2024" / "c.html").write_text(article(), encoding="utf-8")
    (top / "2024" / "d.pdf").write_bytes(pdf([column("Le pont tient.")]))
    (top / "2024" / "e.docx").write_bytes(word("Le pont tient."))
    (top / "2024" / "f.jsonl").write_text('{"text": "Un."}\n{"text": "Deux."}\n', encoding="utf-8")
    (top / "2024" / "g.csv").write_text("text\nTrois\n", encoding="utf-8")
    (top / ".hidden" / "h.txt").write_text("Non.", encoding="utf-8")
    (top / ".h.txt").write_text("Non.", encoding="utf-8")
    (top / "i.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (top / "Makefile").write_text("all:", encoding="utf-8")
    return top


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    names = [source.name.removeprefix(f"{folder}/") for source in enumerate_sources(folder)]
    assert names == [
        "a.md",
        "b.txt",
        "2024/b.txt",
        "2024/c.html",
        "2024/d.pdf",
        "2024/e.docx",
        "2024/f.jsonl, line 1",
        "2024/f.jsonl, line 2",
        "2024/g.csv, line 2",
    ]


def test_files_that_are_left_out_are_told(folder: Path) -> None:
    skipped: list[tuple[str, str]] = []
    enumerate_sources(folder, on_skip=lambda path, reason: skipped.append((path, reason)))
    assert skipped == [
        (str(folder / "Makefile"), "the extension (none) is not read"),
        (str(folder / "i.png"), "the extension .png is not read"),
    ]


def test_sources_are_read_after_pickling(folder: Path) -> None:
    sources = pickle.loads(pickle.dumps(enumerate_sources(folder)))  # noqa: S301 - our own
    documents = [document for source in sources for document in load(source)]
    assert len(documents) == 9
    assert [document.id for document in documents] == [
        "a", "b", "2024/b", "2024/c", "2024/d", "2024/e", "2024/f:1", "2024/f:2", "2024/g:2",
    ]  # fmt: skip


def test_reading_twice_gives_the_same_documents(folder: Path) -> None:
    assert list(map(repr, read_paths([folder]))) == list(map(repr, read_paths([folder])))


def test_ids_differ_where_names_do_not(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "x/a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Le pont.", encoding="utf-8")
    paths = [tmp_path / "x/a.txt", tmp_path / "x/a.md", tmp_path / "y/a.txt", tmp_path / "x/a.txt"]
    ids = [source.id for source in enumerate_sources(paths)]
    assert ids == ["a", "a.md", "a.txt", str(tmp_path / "x/a.txt")]


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("none.txt", "there is no such file or folder"),
        ("a.xyz", "the extension .xyz is not read: readable are .csv, .docx"),
        ("a.doc", "the extension .doc is not read: save it as .docx or .pdf"),
        ("a.JSON", "the extension .json is not read: write one object a line"),
        ("empty", "the folder holds no report"),
        ("pictures", r"the folder holds no report, only files that are not read \(1\)"),
        ("a\0b", "is no path"),
        ("n" * 300 + ".txt", "cannot be read: file name too long"),
    ],
)
def test_paths_that_cannot_be_read(tmp_path: Path, name: str, cause: str) -> None:
    (tmp_path / "a.xyz").touch()
    (tmp_path / "a.doc").touch()
    (tmp_path / "a.JSON").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").touch()
    good = tmp_path / "good.txt"
    good.write_text("Le pont.", encoding="utf-8")
    error, document = read_paths([f"{tmp_path}/{name}", good])
    assert isinstance(error, ReadingError)
    assert isinstance(document, Document)
    with pytest.raises(ReadingError, match=cause) as caught:
        load(enumerate_sources([f"{tmp_path}/{name}"])[0])
    assert caught.value.source == f"{tmp_path}/{name}"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Le pont.", encoding="utf-8")

    def refuse(_: Path, __: int) -> int:
        raise PermissionError(13, "Permission denied")

    # Mode 000 does not stop root, and tests may run as root.
    monkeypatch.setattr("temoin.reading.loading.os.open", refuse)
    (error,) = read_path(path)
    assert str(error) == f"{path}: cannot be read: permission denied"


def test_a_file_that_vanishes_after_it_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Le pont.", encoding="utf-8")
    (source,) = enumerate_sources(path)
    path.unlink()
    with pytest.raises(ReadingError, match="there is no such file"):
        load(source)


def test_a_link_that_leads_round_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le pont.", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path)
    assert len(enumerate_sources(tmp_path)) == 1


@pytest.mark.parametrize("content", ["Le pont est tombé.", "{not json"])
def test_a_file_without_extension_is_read_by_content(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report"
    path.write_text(content, encoding="utf-8")
    (document,) = read_path(path)
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("report", content)


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, "Le pont\r\nest tombé.".encode("utf-16"))
    (source,) = enumerate_sources("-")
    (document,) = load(pickle.loads(pickle.dumps(source)))  # noqa: S301 - our own
    assert (document.id, document.path) == ("stdin", "standard input")
    assert document.text == "Le pont\r\nest tombé."


def test_rows_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b'{"text": "Un pont."}\n{"text": 5}\n{"text": "Deux."}\n')
    first, second, third = read_path("-")
    assert isinstance(first, Document)
    assert str(second) == 'standard input, line 2: its field "text" is not text but 5'
    assert isinstance(third, Document)
    assert third.id == "stdin:3"


def test_a_pdf_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, pdf([column("Le pont tient.")]))
    (document,) = read_path("-")
    assert isinstance(document, Document)
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "cause"), [(b"", "is empty"), (b"x" * 2000, "has more than 1 kB: give it as a file")]
)
def test_standard_input_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, data: bytes, cause: str
) -> None:
    standard_input(monkeypatch, data)
    (error,) = read_path("-", max_bytes=1000)
    assert str(error) == f"standard input: {cause}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("Le pont est tombé.",))
    writer.start()
    (source,) = enumerate_sources(path)
    writer.join()
    assert load(source)[0].text == "Le pont est tombé."


def test_a_day_that_is_none_stops_at_once() -> None:
    with pytest.raises(ReadingError, match="'demain' is not a date"):
        enumerate_sources([], published="demain")


def test_an_unknown_language_stops_at_once() -> None:
    with pytest.raises(ValueError, match="unknown language"):
        read_paths([], language="klingonish")


def test_options_hold_for_everything(folder: Path) -> None:
    found = list(read_paths([folder], published="2024-03-12", language="fr", source="Agence"))
    documents = [item for item in found if isinstance(item, Document)]
    assert len(documents) == len(found) == 9
    assert {document.published_from for document in documents} == {"argument"}
    assert {document.language for document in documents} == {"fr"}
    assert {document.source for document in documents} == {"Agence", "Le Site"}
