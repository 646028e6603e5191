"""From a query to the claims that it finds, as positions in the columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from temoin.casefile import Case
from temoin.casefile.schema import Claim
from temoin.casefile.searching import parse
from temoin.casefile.searching.compiling import Compiler
from temoin.workbench.views.columns import Array, Columns
from temoin.workbench.views.remembering import Memory, head_of, memory_of

__all__ = ["Found", "Reading", "reading"]


@dataclass(frozen=True, slots=True)
class Found:
    """The claims that a query finds.

    Attributes:
        at: Their positions in the columns, in the order of their numbers.
        notes: What the reader should know.
    """

    at: Array
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """How many."""
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Reading:
    """One state of a case: a transaction, and what is in memory of it.

    Attributes:
        case: The case.
        session: The transaction.
        head: Its last audit entry.
        memory: What is kept of the case.
        columns: Its claims as arrays.
    """

    case: Case
    session: Session
    head: int
    memory: Memory
    columns: Columns

    def found(self, q: str) -> Found:
        """The claims that a query finds.

        Raises:
            QueryError: The query cannot be read.
        """
        return self.memory.value_of(("found", q), self.head, lambda: self._found(q))

    def _found(self, q: str) -> Found:
        compiler = Compiler(self.session)
        condition = compiler.claims(parse(q))
        # One long text is read several times as fast as so many rows.
        if self.session.get_bind().dialect.name == "sqlite":
            joined = func.group_concat(Claim.id)
        else:
            joined = func.string_agg(cast(Claim.id, Text), ",")
        told = self.session.scalar(select(joined).where(condition)) or ""
        numbers = np.fromstring(told, dtype=np.int64, sep=",")
        return Found(np.sort(self.columns.positions(numbers)), tuple(compiler.notes))


@contextmanager
def reading(case: Case) -> Iterator[Reading]:
    """A transaction that sees one state of a case, with its columns."""
    memory = memory_of(case)
    with case.reading() as session:
        head = head_of(session)
        yield Reading(case, session, head, memory, memory.columns(session))
