"""Rows as dictionaries of their columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session

__all__ = ["Row", "rows_of"]

Row = dict[str, Any]


def rows_of(session: Session, statement: Executable) -> list[Row]:
    """All rows that a statement selects."""
    return [dict(row) for row in session.execute(statement).mappings()]
