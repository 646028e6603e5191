"""What belongs beside an exported file: from which state of which case it is, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin._version import __version__
from temoin.casefile.canonical import now
from temoin.casefile.exporting.labels import STATEMENT
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import mark
from temoin.casefile.privacy import Profile
from temoin.casefile.schema import AuditEntry, CaseInfo
from temoin.casefile.searching import parse, written
from temoin.casefile.searching.fields import FIELDS
from temoin.casefile.searching.query import All, Either, Filter, Node, Not, Said

__all__ = ["Counts", "Origin", "file_sha256", "manifest", "origin_of", "shown_filter"]

#: Words of a query that a profile which hides persons does not let out.
_FREE = frozenset({"words", "name", "near"})


@dataclass(frozen=True, slots=True)
class Origin:
    """The state of a case that an export was made of.

    Attributes:
        case: The case's UUID.
        title: Its title.
        head: Number and hash of the last audit entry.
        at: When that was written.
    """

    case: str
    title: str | None
    head: str
    at: str


@dataclass(slots=True)
class Counts:
    """How much went out.

    Attributes:
        documents: Documents with at least one claim.
        claims: Claims.
        rows: Rows, features, entities of the file.
        left_out: Documents that the profile leaves out as a whole.
        marks: Claims that are affirmed, denied, planned, ...
        states: Claims by their review.
    """

    documents: int = 0
    claims: int = 0
    rows: int = 0
    left_out: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    def add(self, selected: Selected) -> None:
        """Count one document."""
        if selected.record is None:
            self.left_out += selected.report.dropped
            return
        self.documents += bool(selected.record.events)
        self.claims += len(selected.record.events)
        self.marks.update(mark(event) for event in selected.record.events)
        self.states.update(each.state for each in selected.claims.values())


def origin_of(session: Session) -> Origin:
    """The state of the case that a transaction reads."""
    info = session.scalars(select(CaseInfo)).one()
    at = session.scalar(select(AuditEntry.at).where(AuditEntry.seq == info.head_seq))
    head = f"{info.head_seq}:{info.head_hash}"
    return Origin(info.uuid, info.title, head, at or info.created_at)


def manifest(
    origin: Origin,
    counts: Counts,
    *,
    form: str,
    name: str,
    profile: Profile,
    where: str | None,
    sha256: str,
    columns: Sequence[str] | None = None,
) -> str:
    """The manifest of a file; only `made_at` differs between two exports of one state.

    Args:
        origin: The case's state.
        counts: How much went out.
        form: The format.
        name: The file's name.
        profile: What was left out.
        where: The filter.
        sha256: The file's hash.
        columns: Those that were chosen.
    """
    told: dict[str, Any] = {
        "format": f"temoin-export/1 {form}",
        "statement": STATEMENT,
        "file": name,
        "sha256": sha256,
        "made_at": now(),
        "case": origin.case,
        # A title may name what a profile hides.
        "title": origin.title if profile.files else None,
        "head": origin.head,
        "filter": shown_filter(where, profile),
        "profile": profile.model_dump(),
        **({} if columns is None else {"columns": list(columns)}),
        "documents": counts.documents,
        "claims": counts.claims,
        "rows": counts.rows,
        "claims_by_status": dict(sorted(counts.marks.items())),
        "claims_by_review": dict(sorted(counts.states.items())),
        "temoin": __version__,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def shown_filter(where: str | None, profile: Profile) -> str | None:
    """A filter as it may be told: words that were sought may be what the profile hides."""
    if where is None:
        return None
    node = parse(where)
    return written(_cleaned(node) if profile.persons else node)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _cleaned(node: Node) -> Node:
    if isinstance(node, Said):
        return Said("[withheld]")
    if isinstance(node, Filter):
        is_free = FIELDS[node.name].kind in _FREE
        return Filter(node.name, node.operator, "[withheld]") if is_free else node
    if isinstance(node, Not):
        return Not(_cleaned(node.node))
    nodes = tuple(_cleaned(each) for each in node.nodes)
    return All(nodes) if isinstance(node, All) else Either(nodes)
