"""A case, opened: transactions for reading and for writing.

Every write goes through `Case.writing`: it takes the case's lock (of the SQLite file, or
of the one row of `case_info` on PostgreSQL) before it reads anything, so that writers
stand in line and none is lost, and it writes the audit entries in the same transaction.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from temoin.casefile import foreign, versions
from temoin.casefile.audit import FIRST, Log
from temoin.casefile.canonical import now
from temoin.casefile.engine import (
    APPLICATION_ID,
    PATIENCE,
    Target,
    engine_for,
    misread,
    reader,
    translated,
    writer,
)
from temoin.casefile.errors import CaseExistsError
from temoin.casefile.schema import CaseInfo
from temoin.casefile.states import state

__all__ = ["Case", "Migration", "Work"]

#: After so many transactions that wrote, a case is another one to the database's planner.
_MANY = 50


@dataclass(frozen=True, slots=True)
class Migration:
    """What was done to bring a case to this version.

    Attributes:
        shown: The case, as messages name it.
        before: Version of its schema before.
        after: Version after; the same where nothing was to be done.
        copy: Where the case as it was is kept; None on PostgreSQL (`pg_dump` is yours to run).
    """

    shown: str
    before: str
    after: str
    copy: Path | None


class Work:
    """A transaction that writes.

    Attributes:
        session: For reading and changing rows.
        log: Appends to the audit log; what it says is written at the end.
        actor: Who acts.
    """

    def __init__(self, session: Session, *, actor: str) -> None:
        self.session = session
        self.actor = actor
        self.log = Log(session, actor=actor)


class Case:
    """A case: all reports, records and decisions of one inquiry.

    Open one with `Case.open`, make one with `Case.create`; close it, or use it as a
    context manager. One object serves one thread; several processes may have the
    same case open.
    """

    def __init__(self, target: Target, engine: Engine) -> None:
        self.target = target
        self._engine = engine
        self._reader = reader(engine)
        self._writer = writer(engine)
        self._writes = 0

    @classmethod
    def create(
        cls,
        case: str | os.PathLike[str],
        *,
        actor: str,
        title: str | None = None,
        keep_originals: bool = True,
        sensitivity: str = "internal",
    ) -> Self:
        """Make an empty case and open it.

        Args:
            case: A file that is not there yet, or the address of an empty PostgreSQL database.
            actor: Who makes it.
            title: Its title.
            keep_originals: Whether documents' original bytes are kept.
            sensitivity: Of new documents: public, internal, confidential or secret.

        Raises:
            CaseExistsError: There is something already.
            CaseError: It cannot be made there.
        """
        target = Target.of(case)
        path = target.path
        if path is not None:
            _see_that_it_can_be_made(path, target.shown)
            # Made under another name: whoever sees the file sees a whole case.
            made = path.with_name(f".{path.name}.{os.getpid()}")
            made.unlink(missing_ok=True)
            try:
                _prepare_file(made)
                cls._found(Target.of(made), actor, title, keep_originals, sensitivity).close()
                _claim_name(made, path, target.shown)
            finally:
                for left in (made, *(made.with_name(made.name + end) for end in ("-wal", "-shm"))):
                    left.unlink(missing_ok=True)
            return cls.open(case)
        return cls._found(target, actor, title, keep_originals, sensitivity)

    @classmethod
    def _found(
        cls,
        target: Target,
        actor: str,
        title: str | None,
        keep_originals: bool,  # noqa: FBT001 - private; named by the caller above
        sensitivity: str,
    ) -> Self:
        opened = cls(target, engine_for(target))
        try:
            if target.path is None:
                opened._see_that_it_is_empty()
            versions.migrate(opened._writer, target)
            info = CaseInfo(
                id=1,
                uuid=str(uuid.uuid4()),
                title=title,
                created_at=now(),
                created_by=actor,
                keep_originals=keep_originals,
                sensitivity=sensitivity,
                head_seq=0,
                head_hash=FIRST,
            )
            with Session(opened._writer) as session, session.begin():
                session.add(info)
                session.flush()
                log = Log(session, actor=actor)
                log.append("create", "case", 1, new=state(info))
                log.flush()
        except DBAPIError as error:
            opened.close()
            raise translated(error, target.shown) from error
        except BaseException:
            opened.close()
            raise
        return opened

    @classmethod
    def open(cls, case: str | os.PathLike[str]) -> Self:
        """Open a case.

        Args:
            case: Its file, or the address of its PostgreSQL database.

        Raises:
            NotACaseError: There is no case.
            CaseVersionError: It is of an older or a newer version.
            CaseError: It cannot be opened.
        """
        target = Target.of(case)
        target.check_file()
        opened = cls(target, engine_for(target))
        try:
            versions.check(opened.revision(), target.shown)
            opened._see_that_nothing_is_slipped_in()
        except BaseException:
            opened.close()
            raise
        return opened

    @classmethod
    def migrate(cls, case: str | os.PathLike[str], *, actor: str) -> Migration:
        """Bring a case of an older version to this one; a SQLite case is copied first.

        Args:
            case: Its file, or the address of its PostgreSQL database.
            actor: Who does it, for the audit log.

        Raises:
            NotACaseError: There is no case.
            CaseVersionError: It is of a newer version.
            CaseError: It cannot be migrated; it is as it was.
        """
        target = Target.of(case)
        target.check_file()
        with cls(target, engine_for(target)) as opened:
            before = opened.revision()
            if before not in versions.REVISIONS:
                versions.check(before, target.shown)
            opened._see_that_nothing_is_slipped_in()
            if before is None or before == versions.HEAD:
                return Migration(target.shown, versions.HEAD, versions.HEAD, None)
            copy = versions.set_aside(target.path, before) if target.path else None
            versions.migrate(opened._writer, target)
            with opened.writing(actor=actor) as work:
                told = {"from": before, "to": versions.HEAD}
                work.log.append("migrate", "case", 1, field="schema", new=told)
            return Migration(target.shown, before, versions.HEAD, copy)

    def revision(self) -> str | None:
        """The version of its schema; None where there is no case."""
        with self._telling(), self._reader.connect() as connection:
            return versions.revision_of(connection)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the case and changes nothing."""
        with self._telling(), Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self, *, actor: str) -> Iterator[Work]:
        """A transaction that writes: all of it or nothing, with its audit entries.

        Args:
            actor: Who acts.

        Raises:
            CaseBusyError: Others kept writing for a minute.
            CaseError: The database refused.
        """
        with (
            self._telling(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._lock(session)
            work = Work(session, actor=actor)
            yield work
            session.flush()
            work.log.flush()
        self._writes += 1

    def info(self) -> CaseInfo:
        """What is known of the case itself."""
        with self.reading() as session:
            return session.scalars(select(CaseInfo)).one()

    def close(self) -> None:
        """Close all connections."""
        if self._writes >= _MANY:
            self._take_stock()
        self._engine.dispose()

    def _take_stock(self) -> None:
        """Let SQLite count how often values occur: it chooses indexes by that. PostgreSQL does."""
        self._writes = 0
        if self._engine.dialect.name == "sqlite":
            with suppress(DBAPIError), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
                connection.exec_driver_sql("ANALYZE")
                connection.commit()

    def __enter__(self) -> Self:
        """The case itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _lock(self, session: Session) -> None:
        # SQLite's transaction has the lock already: it began with BEGIN IMMEDIATE.
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
            session.execute(text("SELECT id FROM case_info FOR UPDATE"))
        else:
            session.connection()

    def _see_that_nothing_is_slipped_in(self) -> None:
        with self._telling(), self._reader.connect() as connection:
            foreign.check(connection, self.target.shown)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell what the database said, and what it holds, in words that name the case."""
        try:
            yield
        except DBAPIError as error:
            raise translated(error, self.target.shown) from error
        except (ValueError, TypeError) as error:
            if told := misread(error, self.target.shown):
                raise told from error
            raise

    def _see_that_it_is_empty(self) -> None:
        with self._engine.connect() as connection:
            tables = inspect(connection).get_table_names()
        if "case_info" in tables:
            raise CaseExistsError(self.target.shown, "is a case already")
        if tables:
            cause = "holds other tables: give a database of its own (createdb NAME)"
            raise CaseExistsError(self.target.shown, cause)


def _see_that_it_can_be_made(path: Path, shown: str) -> None:
    if path.exists() or path.is_symlink():
        raise CaseExistsError(shown, "is there already: choose another name")
    if not path.absolute().parent.is_dir():
        raise CaseExistsError(shown, f"there is no folder {path.absolute().parent}")


def _prepare_file(path: Path) -> None:
    """A SQLite file marked as a case, which readers and one writer can share."""
    path.touch(mode=0o600, exist_ok=False)  # what a case holds is nobody else's business
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")


def _claim_name(made: Path, path: Path, shown: str) -> None:
    """Give a finished case its name, unless somebody took it in the meantime."""
    try:
        path.hardlink_to(made)
    except FileExistsError as error:
        raise CaseExistsError(shown, "is there already: choose another name") from error
    except OSError:  # a file system without links
        made.rename(path)
