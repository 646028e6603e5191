"""Connections to a case: a SQLite file, or a PostgreSQL database by its address."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from temoin.casefile.errors import CaseBusyError, CaseError, DamagedError, NotACaseError

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = [
    "APPLICATION_ID",
    "PATIENCE",
    "Target",
    "engine_for",
    "misread",
    "reader",
    "translated",
    "writer",
]

#: Marks a SQLite file as a case of Témoin: "TEMO" as a number, in the file's header.
APPLICATION_ID = 0x54454D4F

#: Seconds that a writer waits for others before it gives up.
PATIENCE = 60

#: What was committed survives a power cut, not only the end of a process.
SYNCHRONOUS = "FULL"

#: What a connection to SQLite may keep in memory: the claims of 10,000 documents fit in. It
#: takes no more than it has read.
_CACHE_KIB = 128 * 1024

_BEGIN = "temoin_begin"
_SQLITE_HEADER = b"SQLite format 3\0"
_POSTGRES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a case is.

    Attributes:
        url: Its address for SQLAlchemy.
        shown: How messages name it: never with a password.
        path: The file of a SQLite case; None on PostgreSQL.
    """

    url: URL
    shown: str
    path: Path | None

    @classmethod
    def of(cls, case: str | os.PathLike[str]) -> Target:
        """The target that a path or an address names.

        Raises:
            CaseError: The address is none, or its driver is not installed.
        """
        given = os.fspath(case)
        if "://" not in given:
            path = Path(given)
            return cls(URL.create("sqlite", database=str(path)), given, path)
        try:
            url = make_url(given)
        except (ArgumentError, ValueError) as error:
            raise CaseError(given.partition("@")[2] or "the address", "is no address") from error
        shown = url.render_as_string(hide_password=True)
        scheme, _, driver = url.drivername.partition("+")
        if scheme not in _POSTGRES or driver not in {"", "psycopg"}:
            cause = "is no kind of case: give a file, or postgresql://USER@HOST/DATABASE"
            raise CaseError(shown, cause)
        if find_spec("psycopg") is None:
            cause = "PostgreSQL needs a driver: pip install 'temoin[postgres]'"
            raise CaseError(shown, cause)
        return cls(url.set(drivername="postgresql+psycopg"), shown, None)

    def check_file(self) -> None:
        """See that a SQLite case is there and is a SQLite file.

        Raises:
            NotACaseError: It is not.
        """
        if self.path is None:
            return
        if not self.path.exists():
            raise NotACaseError(self.shown, f"there is no such case: temoin init {self.shown}")
        if not self.path.is_file():
            raise NotACaseError(self.shown, "is no case: it is no file")
        with self.path.open("rb") as file:
            header = file.read(72)
        if not header.startswith(_SQLITE_HEADER):
            raise NotACaseError(self.shown, "is no case of Témoin, nor any SQLite file")
        if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
            raise NotACaseError(self.shown, "is a SQLite file, but no case of Témoin")


def engine_for(target: Target) -> Engine:
    """An engine for a target; nothing is opened yet."""
    if target.path is None:
        return create_engine(
            target.url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": PATIENCE, "application_name": "temoin"},
        )
    # Connections stay open: SQLite would empty its write-ahead log whenever the last one closes.
    engine = create_engine(
        target.url, poolclass=QueuePool, max_overflow=20, connect_args={"timeout": PATIENCE}
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it would begin them too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA foreign_keys = ON")
            # The file may come from others: its own views and triggers get no function that
            # acts, and a page whose cells lie about their size is found out.
            cursor.execute("PRAGMA trusted_schema = OFF")
            cursor.execute("PRAGMA cell_size_check = ON")
            cursor.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        except UnicodeDecodeError as error:  # SQLite quotes a damaged schema in its message
            raise sqlite3.DatabaseError("malformed: its schema is no text") from error
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine


def reader(engine: Engine) -> Engine:
    """The engine for reading: each transaction sees one state of the case."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writer(engine: Engine) -> Engine:
    """The engine for writing: on SQLite it takes the lock at once and never has to yield."""
    options: dict[str, Any] = {_BEGIN: "BEGIN IMMEDIATE"}
    return engine.execution_options(**options) if engine.dialect.name == "sqlite" else engine


def misread(error: Exception, shown: str) -> DamagedError | None:
    """The error for a cell that cannot be what its column says; None for any other error.

    SQLite takes any value in any column. What a column's type makes of it is raised by
    SQLAlchemy, without a class of its own.
    """
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or "sqlalchemy" not in last.tb_frame.f_code.co_filename:
        return None
    said = str(error).partition("\n")[0][:200]
    return DamagedError(shown, f"holds a value of the wrong kind ({said}): restore a backup")


def translated(error: DBAPIError, shown: str) -> CaseError:
    """What the database said, in words that help."""
    said = str(error.orig).strip().splitlines()
    first = said[0] if said else type(error).__name__
    lower = " ".join(said).lower()
    if "locked" in lower or "lock timeout" in lower or "busy" in lower:
        cause = f"another process has been writing to it for {PATIENCE} seconds: try again later"
        return CaseBusyError(shown, cause)
    if "disk is full" in lower or "no space" in lower:
        return CaseError(shown, "the disk is full; what was added before is safe")
    if "readonly" in lower or "read-only" in lower:
        return CaseError(shown, "cannot be written: it is read-only")
    if "malformed" in lower or "not a database" in lower:
        return CaseError(shown, f"is damaged ({first}): restore a backup")
    if isinstance(error, OperationalError) and error.connection_invalidated:
        return CaseError(shown, f"the connection was lost: {first}")
    return CaseError(shown, f"the database refused: {first}")
