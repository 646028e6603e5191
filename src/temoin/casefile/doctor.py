"""Is all as it should be: the program, its model and gazetteer, the disk, and a case."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from sqlalchemy import text

from temoin._version import __version__
from temoin.casefile import versions
from temoin.casefile.case import Case
from temoin.casefile.engine import Target
from temoin.casefile.verification import verify
from temoin.errors import TemoinError

__all__ = ["Check", "as_json", "examine"]

#: Bytes: below this a case may not get its next documents.
_LITTLE = 500_000_000
_NEEDED = ("sqlalchemy", "alembic", "pydantic", "onnxruntime", "tokenizers", "lxml", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        state: ok, warning or wrong.
        detail: What was found, and what mends it.
    """

    name: str
    state: str
    detail: str


def examine(case: str | os.PathLike[str] | None = None, *, quick: bool = False) -> Iterator[Check]:
    """Look at everything, one after the other; what cannot be looked at is wrong.

    Args:
        case: A case to be examined, too.
        quick: Do not verify the case, which takes its time.
    """
    yield Check("temoin", "ok", f"{__version__} on {platform.system()} {platform.machine()}")
    yield _python()
    yield from map(_package, _NEEDED)
    yield _safely("sqlite", _sqlite)
    yield _safely("model", _model)
    yield _safely("gazetteer", _gazetteer)
    yield _safely("disk", lambda: _disk(case))
    if case is not None:
        yield from _case(case, quick=quick)


def _safely(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except TemoinError as error:
        return Check(name, "wrong", str(error))
    except Exception as error:  # noqa: BLE001 - a doctor does not die of what it finds
        return Check(name, "wrong", f"{type(error).__name__}: {error}")


def _python() -> Check:
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    return Check("python", "ok" if good else "wrong", version if good else f"{version}: needs 3.11")


def _package(name: str) -> Check:
    try:
        return Check(f"package {name}", "ok", metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(f"package {name}", "wrong", "is missing: reinstall temoin")


def _sqlite() -> Check:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
    connection.close()
    return Check("sqlite", "ok", f"{sqlite3.sqlite_version}, with full-text search")


def _model() -> Check:
    """Loads the model, which compares its files with the hashes of its card."""
    from temoin.errors import ModelError
    from temoin.extraction.extractor import Extractor

    try:
        info = Extractor.load().info
    except ModelError as error:
        return Check("model", "wrong", str(error))
    return Check("model", "ok", f"{info.name}, SHA-256 {info.sha256[:16]}…, as its card says")


def _gazetteer() -> Check:
    from temoin.grounding.place.gazetteer import default_gazetteer, user_database

    path = Path(str(resources.files("temoin.grounding.place") / "data" / "gazetteer.sqlite"))
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (places,) = connection.execute("SELECT count(*) FROM place").fetchone()
    finally:
        connection.close()
    if said != "ok" or not default_gazetteer().lookup("Damascus"):
        return Check("gazetteer", "wrong", f"{path} is damaged ({said}): reinstall temoin")
    own = user_database()
    more = f", and your own ({own})" if own.exists() else ""
    return Check("gazetteer", "ok", f"{places:,} places{more}")


def _disk(case: str | os.PathLike[str] | None) -> Check:
    folder = Path.cwd()
    if case is not None and (path := Target.of(case).path) is not None:
        folder = path.absolute().parent
    free = shutil.disk_usage(folder).free
    state = "ok" if free > _LITTLE else "warning"
    return Check("disk", state, f"{free / 1e9:,.1f} GB free in {folder}")


def _case(case: str | os.PathLike[str], *, quick: bool) -> Iterator[Check]:
    try:
        target = Target.of(case)
        target.check_file()
        opened = Case.open(case)
    except TemoinError as error:
        yield Check("case", "wrong", str(error))
        return
    with opened:
        kind = "PostgreSQL" if target.path is None else "SQLite"
        yield _safely("database", lambda: _database(opened, kind))
        yield Check("schema", "ok", f"version {versions.HEAD}")
        yield _safely("integrity", lambda: _integrity(opened, kind))
        if not quick:
            yield _safely("verify", lambda: _verified(opened))


def _database(case: Case, kind: str) -> Check:
    with case.reading() as session:
        if kind == "SQLite":
            path = case.target.path
            size = path.stat().st_size if path else 0
            writable = os.access(path, os.W_OK) if path else False
            state, more = ("ok", "") if writable else ("warning", ", read-only for you")
            return Check("database", state, f"SQLite, {size / 1e6:,.1f} MB{more}")
        version = session.scalar(text("SHOW server_version"))
        size = session.scalar(text("SELECT pg_database_size(current_database())"))
        return Check(
            "database", "ok", f"PostgreSQL {version} answers, {int(size or 0) / 1e6:,.1f} MB"
        )


def _integrity(case: Case, kind: str) -> Check:
    if kind != "SQLite":
        with case.reading() as session:
            on = session.scalar(text("SHOW data_checksums"))
        told = "PostgreSQL's page checksums are on" if on == "on" else "no page checksums"
        return Check("integrity", "ok" if on == "on" else "warning", told)
    with case.reading() as session:
        said = list(session.scalars(text("PRAGMA integrity_check(5)")))
    good = said == ["ok"]
    told = "integrity_check: ok" if good else f"{'; '.join(said)}: restore a backup"
    return Check("integrity", "ok" if good else "wrong", told)


def _verified(case: Case) -> Check:
    report = verify(case)
    if report.faults:
        told = f"{len(report.faults):,} faults, first: {report.faults[0]}"
        return Check("verify", "wrong", told)
    told = f"{report.documents:,} documents, {report.entries:,} audit entries, head {report.head}"
    return Check("verify", "ok", told)


def as_json(checks: list[Check]) -> str:
    """Checks as JSON."""
    told = [{"name": each.name, "state": each.state, "detail": each.detail} for each in checks]
    return json.dumps(told, ensure_ascii=False, indent=2)
