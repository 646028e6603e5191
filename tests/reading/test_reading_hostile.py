"""Files that are made to hurt: bounded time and memory, a cause by name, and the batch goes on."""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from reading_samples import article, column, pdf, word

from temoin.casefile.originals import take
from temoin.errors import ReadingError
from temoin.reading import enumerate_sources, read_path, read_paths
from temoin.record import Document, Record

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = "The army left Mizda on Tuesday. The road is open again."


@contextmanager
def bounded(*, seconds: float = 20, megabytes: int = 700) -> Iterator[None]:
    """See that a block needs no more of the processor and of memory."""
    began, before = time.process_time(), _peak()
    yield
    assert time.process_time() - began < seconds
    assert _peak() - before < megabytes * 1_000_000


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def in_a_batch(folder: Path, name: str, data: bytes) -> Document | ReadingError:
    """Read a hostile file between two good ones: what became of it; the others are read."""
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "z.txt").write_text(GOOD, encoding="utf-8")
    path = folder / name
    path.write_bytes(data)
    with bounded():
        first, hostile, last = read_path(folder)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    if isinstance(hostile, ReadingError):
        assert hostile.source.startswith(str(path))
        assert hostile.cause
    return hostile


def docx_of(xml: str) -> bytes:
    """A Word file whose text is this XML."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("A."))) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, xml if part == "word/document.xml" else old.read(part))
    return held.getvalue()


def body(inner: str, doctype: str = "") -> str:
    return f"<?xml version='1.0'?>{doctype}<w:document {W}><w:body>{inner}</w:body></w:document>"


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_xml_entities_do_not_multiply(tmp_path: Path) -> None:
    entities = "<!ENTITY a0 'boom boom boom boom'>" + "".join(
        f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12)
    )
    xml = body(paragraph("&a11;"), f"<!DOCTYPE a [{entities}]>")
    found = in_a_batch(tmp_path, "m.docx", docx_of(xml))
    assert isinstance(found, ReadingError)
    assert "amplification" in found.cause or "without text" in found.cause


def test_xml_entities_open_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden words", encoding="utf-8")
    uri = (tmp_path / "secret").as_uri()
    xml = body(paragraph("Before &b; after."), f"<!DOCTYPE a [<!ENTITY b SYSTEM '{uri}'>]>")
    found = in_a_batch(tmp_path, "m.docx", docx_of(xml))
    assert "hidden" not in str(found)


def test_deep_xml(tmp_path: Path) -> None:
    xml = body("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000)
    found = in_a_batch(tmp_path, "m.docx", docx_of(xml))
    assert isinstance(found, ReadingError)
    assert "depth" in found.cause


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    data = docx_of(body(paragraph("x" * 3_000_000)))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02"))
    lying = data
    while (at := lying.find(b"PK\x01\x02", at)) >= 0:
        lying = lying[: at + 24] + (100).to_bytes(4, "little") + lying[at + 28 :]
        at += 46
    found = in_a_batch(tmp_path, "m.docx", lying)
    assert isinstance(found, ReadingError)


@pytest.mark.parametrize(
    "inner",
    [
        "<div>" * 100_000 + GOOD,
        "<b>" * 5_000 + GOOD * 20 + "</b>" * 5_000,
        "<table><tr><td>" * 20_000 + GOOD,
        "<p><span>" * 20_000 + GOOD * 20,
        "<!--" * 200_000,
        "<a href='" + "/x" * 500_000 + "'>",
        "&amp;" * 300_000,
    ],
    ids=["div", "b", "table", "open", "comments", "link", "entities"],
)
def test_html_that_nests_or_never_ends(tmp_path: Path, inner: str) -> None:
    in_a_batch(tmp_path, "m.html", f"<html><body>{inner}</body></html>".encode())


def test_html_that_expands_entities(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + article()
    found = in_a_batch(tmp_path, "m.html", page.replace("Hama mardi", "Hama &x; mardi").encode())
    assert isinstance(found, Document)
    assert "root:" not in found.text


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "utf-7", "undefined"])
def test_codecs_that_no_page_is_written_in(tmp_path: Path, name: str) -> None:
    page = article(head=f'<meta charset="{name}">').encode("cp1252")
    found = in_a_batch(tmp_path, "m.html", page)
    assert isinstance(found, Document)
    assert found.encoding == "cp1252"


def objects(*bodies: bytes) -> bytes:
    """A PDF of objects, the first being its catalog."""
    out, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + tail % (len(bodies) + 1, len(out))


def one_page(content: bytes, *, kids: int = 1, count: int = 1, catalog: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b" ".join([b"4 0 R"] * kids)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    )


WORDS = b"BT /F1 11 Tf 72 700 Td (The army left Mizda.) Tj ET\n"
SCRIPT = (
    b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); this.exportDataObject\\({}\\)) >> "
    b"/AA << /WC << /S /Launch /F (/bin/sh) >> >> "
    b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) >>] >> >>"
)


def test_a_pdf_with_scripts_and_embedded_files(tmp_path: Path) -> None:
    found = in_a_batch(tmp_path, "m.pdf", one_page(WORDS, catalog=SCRIPT))
    assert isinstance(found, Document)
    assert found.text == "The army left Mizda."


@pytest.mark.parametrize(
    "data",
    [
        one_page(WORDS, count=2_000_000_000),
        one_page(WORDS, kids=10_000, count=10_000),
        one_page(b" " * 100_000_000 + WORDS),
        objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
        pdf([column("A")]).replace(b"/Length", b"/Length 999999999 /L"),
    ],
    ids=["count", "same page", "bomb", "loop", "length"],
)
def test_a_pdf_that_claims_too_much(tmp_path: Path, data: bytes) -> None:
    in_a_batch(tmp_path, "m.pdf", data)


@pytest.mark.parametrize("field", ["id", "title", "url", "source"])
def test_half_a_surrogate_pair_beside_the_text(tmp_path: Path, field: str) -> None:
    row = json.dumps({"text": GOOD, field: "a\ud800b"})
    found = in_a_batch(tmp_path, "m.jsonl", row.encode())
    assert isinstance(found, Document)
    assert getattr(found, field) == "a\\ud800b"
    assert Record.model_validate_json(Record(document=found).to_json()).document == found


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 there")
def test_a_file_whose_name_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/m\xff.txt"
    Path(os.fsdecode(path)).write_text(GOOD, encoding="utf-8")
    (found,) = read_path(os.fsdecode(path))
    assert isinstance(found, Document)
    assert found.id == "m\\udcff"
    Record(document=found).to_json()


@pytest.mark.parametrize("words", ["a\0b", "\u202eevil\u202c", "\u2066" * 5_000, "\u0301" * 50_000])
@pytest.mark.parametrize("name", ["m.txt", "m.html", "m.csv", "m.jsonl"])
def test_broken_unicode(tmp_path: Path, name: str, words: str) -> None:
    text = f"{GOOD} {words}"
    data = {
        "m.txt": text,
        "m.html": f"<html><body><article><p>{text}</p></article></body></html>",
        "m.csv": f'text\n"{text}"\n',
        "m.jsonl": json.dumps({"text": text}),
    }[name]
    found = in_a_batch(tmp_path, name, data.encode())
    if isinstance(found, Document):
        Record(document=found).to_json()


@pytest.mark.parametrize(
    "data", [b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xfe\xff\xd8"]
)
def test_bytes_that_no_encoding_has(tmp_path: Path, data: bytes) -> None:
    in_a_batch(tmp_path, "m.txt", data * 50)


@pytest.mark.parametrize("line", ["a", "a ", ". ", "' ", "1. ", '"', "(", "\u0301"], ids=range(8))
@pytest.mark.parametrize("name", ["m.txt", "m.csv", "m.jsonl"])
def test_one_huge_line(tmp_path: Path, name: str, line: str) -> None:
    text = line * (200_000 // len(line))
    data = {"m.txt": text, "m.csv": f"text\n{text}", "m.jsonl": json.dumps({"text": text})}[name]
    in_a_batch(tmp_path, name, data.encode())


@pytest.mark.parametrize("name", ["m.jsonl", "m.csv"])
def test_a_row_that_nests(tmp_path: Path, name: str) -> None:
    deep = '{"text":' + "[" * 100_000 + "\n"
    data = deep if name == "m.jsonl" else "text\n" + '"' * 99_999
    found = in_a_batch(tmp_path, name, data.encode())
    assert isinstance(found, Document | ReadingError)


needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")


@needs_pipes
@pytest.mark.parametrize("name", ["m.txt", "m.csv", "m.pdf", "m.docx"])
def test_a_pipe_in_a_folder_does_not_stop_the_batch(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    os.mkfifo(tmp_path / name)
    first, pipe, last = read_path(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert str(pipe) == (f"{tmp_path / name}: is a pipe, a device or another thing that is no file")


@needs_pipes
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random"])
def test_a_link_to_a_device_is_not_read(tmp_path: Path, device: str) -> None:
    (tmp_path / "m.txt").symlink_to(device)
    (error,) = read_path(tmp_path)
    assert isinstance(error, ReadingError)
    assert "is no file" in error.cause


@needs_pipes
def test_a_file_that_becomes_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "m.txt"
    path.write_text(GOOD, encoding="utf-8")
    (source,) = enumerate_sources(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ReadingError, match="is no file"):
        take(source)


def test_links_that_go_round(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "c").symlink_to(tmp_path, target_is_directory=True)
    first, loop = read_path(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(loop, ReadingError)
    assert loop.source == str(tmp_path / "b.txt")
    assert "links" in loop.cause


def test_a_folder_of_folders(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
        deep.mkdir()
    (deep / "a.txt").write_text(GOOD, encoding="utf-8")
    (found,) = read_paths([tmp_path])
    assert isinstance(found, Document)
