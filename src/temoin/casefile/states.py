"""The state of a row as the audit log tells it: all that must not change unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import inspect

from temoin.casefile.schema import Base

__all__ = ["KINDS", "UNTOLD", "state"]

#: How the audit log names the tables whose rows it tells of.
KINDS: dict[str, str] = {
    "case_info": "case",
    "documents": "document",
    "acquisitions": "acquisition",
    "producers": "producer",
    "records": "record",
    "decisions": "decision",
    "field_sensitivities": "field_sensitivity",
    "pair_decisions": "pair_decision",
    "corroborations": "corroboration",
}

#: Columns that the log leaves out: their hash stands beside them, or they follow from the rest.
UNTOLD: dict[str, frozenset[str]] = {
    "case_info": frozenset({"head_seq", "head_hash"}),
    "documents": frozenset({"text", "near_duplicate_group", "origin_group"}),
    "records": frozenset({"codec", "data", "current"}),
    "decisions": frozenset({"active"}),
}


def state(row: Base) -> dict[str, Any]:
    """The columns of a row as JSON has them, without those that are null or not told."""
    untold = UNTOLD.get(row.__tablename__, frozenset())
    told: dict[str, Any] = {}
    for attribute in inspect(type(row)).column_attrs:
        value = getattr(row, attribute.key)
        if attribute.key not in untold and value is not None:
            told[attribute.key] = value.isoformat() if isinstance(value, dt.date) else value
    return told
