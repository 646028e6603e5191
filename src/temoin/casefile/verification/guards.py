"""What stands around the tables: the search index, and the triggers that keep mistakes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from temoin.casefile.schema import Document
from temoin.casefile.search import tsvectors, words_of
from temoin.casefile.verification.faults import Fault

__all__ = ["check_guards", "check_search"]

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def check_guards(session: Session) -> Iterator[Fault]:
    """See that all triggers are there."""
    dialect = session.get_bind().dialect.name
    there = set(session.scalars(text(_TRIGGERS[dialect])))
    for sql in sorted((files("temoin.casefile.migrations") / "sql").iterdir(), key=_name):
        if not sql.name.endswith(f"_{dialect}.sql"):
            continue
        for name in re.findall(r"^CREATE TRIGGER (\w+)", sql.read_text("utf-8"), re.MULTILINE):
            if name not in there:
                yield Fault("case", None, f"the trigger {name}, which guards it, was taken away")


def check_search(session: Session) -> Iterator[Fault]:
    """See that full-text search knows each document by its words."""
    find = _sqlite_terms if session.get_bind().dialect.name == "sqlite" else _postgresql_terms
    documents = select(Document.id, Document.title, Document.text).order_by(Document.id)
    for number, title, body in session.execute(documents, execution_options={"yield_per": 100}):
        if not find(session, number, words_of(title or ""), words_of(body)):
            yield Fault("document", number, "the search index does not have its words")


def _sqlite_terms(session: Session, number: int, title: list[str], body: list[str]) -> bool:
    found = session.execute(
        text("SELECT title, body FROM document_search WHERE rowid = :id"), {"id": number}
    ).one_or_none()
    return found is not None and tuple(found) == (" ".join(title), " ".join(body))


def _postgresql_terms(session: Session, number: int, title: list[str], body: list[str]) -> bool:
    parts = tsvectors(body, heading=title)
    same = text(
        "SELECT count(*) FROM document_search "
        "WHERE document_id = :id AND part = :part AND terms = CAST(:terms AS tsvector)"
    )
    every = text("SELECT count(*) FROM document_search WHERE document_id = :id")
    return session.scalar(every, {"id": number}) == len(parts) and all(
        session.scalar(same, {"id": number, "part": part, "terms": terms}) == 1
        for part, terms in enumerate(parts)
    )


def _name(file: object) -> str:
    return str(file)
