"""Versions of the schema: which there are, which a case has, how it gets to the newest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from temoin.casefile.engine import translated
from temoin.casefile.errors import CaseExistsError, CaseVersionError, NotACaseError

if TYPE_CHECKING:
    from alembic.config import Config

    from temoin.casefile.engine import Target

__all__ = ["HEAD", "REVISIONS", "check", "migrate", "revision_of", "set_aside"]

#: Versions of the schema, oldest first. Opening a case reads this, not Alembic: it is quicker.
REVISIONS = ("0001", "0002", "0003")
HEAD = REVISIONS[-1]

_FOLDER = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The version of the case that a database holds; None where it holds no case."""
    tables = set(inspect(connection).get_table_names())
    if not {"alembic_version", "case_info", "audit"} <= tables:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check(revision: str | None, shown: str) -> None:
    """See that a case is of this version.

    Raises:
        NotACaseError: There is no case.
        CaseVersionError: It is older or newer.
    """
    if revision is None:
        raise NotACaseError(shown, f"holds no case of Témoin: temoin init {shown}")
    if revision == HEAD:
        return
    if revision in REVISIONS:
        cause = f"was made by an older Témoin (schema {revision}): temoin migrate {shown}"
    else:
        cause = f"was made by a newer Témoin (schema {revision}, this one knows {HEAD}): upgrade it"
    raise CaseVersionError(shown, cause)


def migrate(engine: Engine, target: Target, *, to: str = HEAD) -> None:
    """Bring a database to a version of the schema, in one transaction.

    Args:
        engine: An engine for writing.
        target: The case.
        to: The version; the newest by default. An empty database may be given.
    """
    from alembic import command

    try:
        with engine.begin() as connection, _config(connection) as config:
            command.upgrade(config, to)
    except DBAPIError as error:
        raise translated(error, target.shown) from error


def set_aside(path: Path, revision: str) -> Path:
    """Copy a SQLite case before it is migrated; the copy's path.

    Raises:
        CaseExistsError: There is something of that name already.
    """
    copy = path.with_name(f"{path.name}.schema-{revision}")
    if copy.exists():
        raise CaseExistsError(str(copy), "is in the way of a copy of the case: move it elsewhere")
    copy.touch(mode=0o600)
    # SQLite's own copy: it takes along what is still in the write-ahead log.
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    return copy


@contextmanager
def _config(connection: Connection) -> Iterator[Config]:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    yield config
