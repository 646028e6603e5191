"""What is fuzzed: each reader of bytes from others, as a function of bytes.

A target returns, or raises a `TemoinError`; `fuzz_bounds` says what a finding is. A new
reader gets a target here, and seeds of our own in `corpus/<target>/`.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import fuzz_cases

from temoin.errors import ReadingError, TemoinError
from temoin.reading import load_each, read_path, split_sentences
from temoin.reading.documents import Options
from temoin.reading.extracted import Unreadable
from temoin.reading.source import Page, Source

__all__ = ["CORPUS", "TARGETS", "Target", "seeds"]

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("fr", "en", "es", "ar", "uk", "ru", "other")
_DAY = dt.date(2024, 3, 11)


class WrongError(AssertionError):
    """A target returned what it must not."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fuzz.

    Attributes:
        name: Its name, and its folder in the corpus.
        call: What is called.
        seconds: Seconds of processor that one input may take.
    """

    name: str
    call: Callable[[bytes], object]
    seconds: float = 5.0


def seeds(name: str) -> list[bytes]:
    """The kept inputs of a target, by name of file."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="temoin-fuzz-")


def _read(suffix: str, data: bytes) -> None:
    """A file of one extension: every document is one, every error names its file and cause."""
    path = Path(_folder().name, f"report{suffix}")
    path.write_bytes(data)
    for item in read_path(path, max_bytes=2_000_000):
        if isinstance(item, ReadingError):
            if str(path) not in item.source or not item.cause:
                message = f"an error that does not name its file and cause: {item!r}"
                raise WrongError(message)
        elif not item.text.strip():
            raise WrongError("a document without words")


def _table(data: bytes) -> None:
    _read((".csv", ".tsv", ".ndjson")[data[0] % 3] if data else ".csv", data[1:])


def _word(data: bytes) -> None:
    """A Word file whose text is the given XML: past the zip archive, into the XML."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_template())) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, data if part == "word/document.xml" else old.read(part))
    _read(".docx", held.getvalue())


@cache
def _template() -> bytes:
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def _page(data: bytes) -> None:
    """A page as a server sends it, with a charset that it declares and may be wrong about."""
    charsets = (None, "utf-8", "cp1252", "utf-16", "koi8-r", "no-such-charset", "idna", "utf-7")
    page = Page(charset=charsets[data[0] % len(charsets)] if data else None)
    source = Source("https://example.org/a", "a", Options(), page=page, data=data[1:] or b"-")
    for item in load_each(source):
        if isinstance(item, ReadingError) and not item.cause:
            raise WrongError("an error without a cause")


def _feed(data: bytes) -> None:
    from temoin.reading.feeds import parse_feed

    with suppress(Unreadable):
        for entry in parse_feed(data, url="https://example.org/feed"):
            if not entry.url.startswith(("http://", "https://")):
                message = f"an entry that is no page: {entry.url!r}"
                raise WrongError(message)


def _record(data: bytes) -> None:
    """Lines of records: those that are taken come out as they went in."""
    from temoin.codebooks.records import records_of
    from temoin.record import Record

    for item in records_of(data.decode("utf-8", "replace").splitlines(), "records.jsonl"):
        if isinstance(item, Record) and Record.model_validate_json(item.to_json()) != item:
            raise WrongError("a record that does not come back the same")


def _record_dict(data: bytes) -> None:
    """A record from Python's own JSON, which lets halves of surrogate pairs and NaN through."""
    import json

    from temoin.record import Record

    try:
        told = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return
    with suppress(ValueError):  # what `from_dict` promises
        Record.from_dict(told).to_json()


def _gold(data: bytes) -> None:
    from temoin.corpus import compile_gold, lint

    lint(compile_gold(data.decode("utf-8", "surrogateescape"), name="fuzz.gold"))


def _query(data: bytes) -> None:
    from temoin.casefile.searching.parsing import parse

    parse(data.decode("utf-8", "surrogateescape"))


def _text_of(data: bytes) -> tuple[str, str]:
    """A language, and text as reading lets it through."""
    language = LANGUAGES[data[0] % len(LANGUAGES)] if data else "fr"
    return language, data[1:].decode("utf-8", "replace")


def _sentences(data: bytes) -> None:
    from temoin.reading import detect_language

    language, text = _text_of(data)
    detect_language(text)
    last = 0
    for start, end in split_sentences(text, language):
        if not last <= start < end <= len(text) or text[last:start].strip():
            raise WrongError("sentences that overlap or leave out words")
        last = end
    if text[last:].strip():
        raise WrongError("words after the last sentence")


def _times(data: bytes) -> None:
    from temoin.grounding.time import read_times, read_timexes

    language, text = _text_of(data)
    for published in (_DAY, None):
        read_times(text, language=language, published=published)
    read_timexes(text, language=language, published=_DAY)


def _quantities(data: bytes) -> None:
    from temoin.grounding.quantity import find_quantities, parse_quantity

    language, text = _text_of(data)
    parse_quantity(text, language=language)
    for units_only in (True, False):
        for found in find_quantities(text, language, units_only=units_only):
            if not 0 <= found.start < found.end <= len(text):
                raise WrongError("a quantity beside the text")


def _places(data: bytes) -> None:
    from temoin.grounding.place import find_places

    language, text = _text_of(data)
    for found in find_places(text, language):
        if not 0 <= found.start < found.end <= len(text):
            raise WrongError("a place beside the text")


TARGETS = {
    target.name: target
    for target in (
        Target("text", partial(_read, ".txt")),
        Target("unnamed", partial(_read, "")),
        Target("html", partial(_read, ".html")),
        Target("page", _page),
        Target("pdf", partial(_read, ".pdf")),
        Target("docx", partial(_read, ".docx")),
        Target("docx-xml", _word),
        Target("rows", _table),
        Target("feed", _feed),
        Target("record", _record),
        Target("record-dict", _record_dict),
        Target("gold", _gold),
        Target("query", _query),
        Target("sentences", _sentences),
        Target("times", _times),
        Target("quantities", _quantities),
        Target("places", _places),
        Target("import-rows", fuzz_cases.import_table),
        Target("import-mapping", fuzz_cases.import_mapping),
        Target("exchange", fuzz_cases.exchange, 10.0),
        Target("case-pages", fuzz_cases.damaged_case, 10.0),
        Target("case-sql", fuzz_cases.hostile_case, 10.0),
    )
}

assert issubclass(ReadingError, TemoinError)
