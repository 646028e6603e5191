"""What a case file must not hold: programs of somebody else.

A SQLite file can bring triggers that change what is written, and a view or a computed column
in the place of a table. A case may come from others, so it is looked through when it is
opened. Tables, views and indexes besides those of Témoin are left alone: they do nothing
unless they are asked.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, bindparam, text

from temoin.casefile.errors import CaseError, DamagedError
from temoin.casefile.schema import Base

__all__ = ["check"]

_ADVICE = "do not use this file, and ask whoever sent it for one that temoin backup made"
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_FULL_TEXT = re.compile(r'CREATE VIRTUAL TABLE "?\w+"? USING fts5\b', re.IGNORECASE)
_SEARCH = frozenset({"document_search", "claim_search"})
#: What `hidden` says of a computed column: virtual or stored.
_COMPUTED = (
    'SELECT "table".name, "column".name FROM sqlite_master AS "table", '
    'pragma_table_xinfo("table".name) AS "column" '
    'WHERE "table".name IN :names AND "column".hidden IN (2, 3)'
)

#: What the case says of itself, on which everything else leans.
_HEAD = "SELECT id, typeof(uuid), typeof(head_seq), typeof(head_hash) FROM case_info"


def check(connection: Connection, shown: str) -> None:
    """See that nothing in a SQLite case acts but what Témoin put there.

    Args:
        connection: To the case.
        shown: How messages name it.

    Raises:
        CaseError: A trigger, view or computed column is not Témoin's.
        DamagedError: It does not say which case it is.
    """
    if connection.dialect.name != "sqlite":
        return
    own = _own_tables()
    for kind, name, sql in connection.execute(text("SELECT type, name, sql FROM sqlite_master")):
        told = str(sql or "")
        if kind == "trigger" and _plain(told) != _own_triggers().get(name):
            cause = f"holds the trigger {name!r}, which Témoin did not make and which may change "
            raise CaseError(shown, f"{cause}what is written: {_ADVICE}")
        virtual = told.upper().startswith("CREATE VIRTUAL")
        taken = name in own and (kind != "table" or virtual)
        if name in _SEARCH and (kind != "table" or not _FULL_TEXT.match(told)):
            taken = True
        if taken:
            cause = f"has something else in the place of the table {name}: {_ADVICE}"
            raise CaseError(shown, cause)
    head = connection.execute(text(_HEAD)).all()
    if [tuple(row) for row in head] != [(1, "text", "integer", "text")]:
        raise DamagedError(shown, "has no row in case_info, or a wrong one: restore a backup")
    computed = text(_COMPUTED).bindparams(bindparam("names", sorted(own), expanding=True))
    if (found := connection.execute(computed).first()) is not None:
        cause = f"computes the column {found[1]!r} of {found[0]} instead of keeping it: {_ADVICE}"
        raise CaseError(shown, cause)


@cache
def _own_tables() -> frozenset[str]:
    return frozenset({*Base.metadata.tables, "alembic_version"})


@cache
def _own_triggers() -> dict[str, str]:
    """The triggers of all versions by name, as one line each."""
    found = {}
    for sql in (files("temoin.casefile.migrations") / "sql").iterdir():
        if sql.name.endswith("_sqlite.sql"):
            # Statements stand apart by an empty line: triggers have semicolons within.
            for statement in sql.read_text("utf-8").split("\n\n"):
                own = statement[statement.find("CREATE") :]
                if match := _TRIGGER.match(own):
                    found[match[1]] = _plain(own)
    return found


def _plain(sql: str) -> str:
    return " ".join(sql.split()).rstrip("; ")
