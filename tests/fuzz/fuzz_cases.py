"""Targets about cases: rows and lines that go in, and files of cases that others made."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from cases import add_reports, write_reports

from temoin.casefile import Case, Custody, verify
from temoin.casefile.backup import back_up, restore
from temoin.casefile.doctor import examine
from temoin.casefile.importing import import_rows, load_mapping
from temoin.casefile.importing.mapping import BUILT_IN
from temoin.casefile.reviewing import Verdict, decide
from temoin.casefile.searching import search, search_documents
from temoin.casefile.showing import claim_shown, document_shown
from temoin.errors import TemoinError

__all__ = [
    "base_case",
    "damaged_case",
    "exchange",
    "fresh_case",
    "hostile_case",
    "import_mapping",
    "import_table",
    "used",
]

#: A piece of a page that is overwritten: three bytes say where, one how many.
_PATCH = 4


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="temoin-fuzz-cases-")


@cache
def base_case() -> Path:
    """A case with three reports and a decision, in one file."""
    folder = Path(_folder().name)
    path = folder / "base.temoin"
    (folder / "reports").mkdir()
    with Case.create(path, actor="test") as case:
        add_reports(case, write_reports(folder / "reports"))
        decide(case, [Verdict(claim=1, verdict="accept")], reviewer="bea")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@cache
def _empty_case() -> Path:
    path = Path(_folder().name, "empty.temoin")
    Case.create(path, actor="test").close()
    return path


def fresh_case(base: Path) -> Path:
    """A copy of a case that nobody else has."""
    path = Path(_folder().name, "case.temoin")
    for left in Path(_folder().name).glob("case.temoin*"):
        left.unlink()
    shutil.copy(base, path)
    return path


def used(path: Path) -> None:
    """Do with a case what people do: look at all of it, decide, keep a copy."""
    with Case.open(path) as case:
        case.info()
        verify(case)
        for query in ("", "Mizda", "type:shelling", "from:2019-01-01"):
            search_documents(case, query if ":" not in query else "")
            for hit in search(case, query).hits:
                claim_shown(case, hit.claim)
        with suppress(TemoinError):
            document_shown(case, "#1")
        decide(case, [Verdict(claim=2, verdict="reject", reason="not so")], reviewer="bea")
    with suppress(TemoinError):
        copy = path.with_name("case.temoin.copy")
        back_up(path, copy)
        restore(copy, path.with_name("case.temoin.again"))


def damaged_case(data: bytes) -> None:
    """A case whose bytes were overwritten here and there, as a bad disk or an editor would."""
    path = fresh_case(base_case())
    size = path.stat().st_size
    held = io.BytesIO(data)
    with path.open("r+b") as file:
        while len(head := held.read(_PATCH)) == _PATCH:
            file.seek(int.from_bytes(head[:3], "big") % size)
            file.write(held.read(head[3] % 64 + 1))
    for each in examine(path, quick=True):
        if not each.detail:
            raise AssertionError("the doctor is silent")
    used(path)


def hostile_case(data: bytes) -> None:
    """A case in whose file somebody ran SQL of their own."""
    path = fresh_case(base_case())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_authorizer(_may)
        connection.set_progress_handler(lambda: 1, 200_000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000_000)
        with suppress(sqlite3.Error, ValueError, UnicodeEncodeError):
            connection.executescript(data.decode("utf-8", "replace"))
    used(path)


def _may(action: int, first: str | None, *_: str | None) -> int:
    """Nothing outside the file, and nothing that makes a connection hold it for ever."""
    pragma = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in {
        "locking_mode", "temp_store_directory", "data_store_directory", "max_page_count",
    }  # fmt: skip
    attached = action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
    return sqlite3.SQLITE_DENY if pragma or attached else sqlite3.SQLITE_OK


def exchange(data: bytes) -> None:
    """Lines of records into a case: what is taken verifies."""
    from temoin.casefile.exchanging import import_records

    path = fresh_case(_empty_case())
    lines = path.with_name("case.temoin.jsonl")
    lines.write_bytes(data)
    with Case.open(path) as case:
        import_records(case, lines, actor="ana", custody=Custody(), tell=_heard)
        faults = verify(case).faults
    if faults:
        message = f"what was imported does not verify: {faults[0]}"
        raise AssertionError(message)


def _heard(error: TemoinError) -> None:
    if not str(error):
        raise AssertionError("an error without a cause")


def import_table(data: bytes) -> None:
    """A table of one of the known data sets."""
    mapping = load_mapping(BUILT_IN[data[0] % len(BUILT_IN)] if data else "acled")
    path = fresh_case(_empty_case())
    rows = path.with_name("case.temoin.csv")
    rows.write_bytes(data[1:])
    with Case.open(path) as case:
        import_rows(case, rows, mapping, actor="ana", custody=Custody(), tell=_heard)


def import_mapping(data: bytes) -> None:
    """A mapping that somebody else wrote, on one table."""
    path = fresh_case(_empty_case())
    toml, rows = (path.with_name(f"case.temoin.{end}") for end in ("toml", "csv"))
    toml.write_bytes(data)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("id", "day", "what", "where", "lat", "lon", "dead", "note", "who"))
    writer.writerow(("1", "2024-03-11", "battle", "Mizda", "31.4", "12.9", "3", "A note.", "Army"))
    writer.writerow(("2", "", "", "", "", "", "", "", ""))
    writer.writerow(("3", "11/03/2024", "b\u202e", "\ufdfa", "1e9", "nan", "-1", "\x85", "'"))
    rows.write_text(out.getvalue(), encoding="utf-8")
    mapping = load_mapping(str(toml))
    with Case.open(path) as case:
        import_rows(case, rows, mapping, actor="ana", custody=Custody(), tell=_heard)
