"""The claims of a case as numpy arrays: what map, timeline and facets count.

Read once, and brought up to date by what the audit log tells: a decision changes one claim,
and no other is read again. 100,000 claims take some twenty megabytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from temoin.casefile.schema import (
    SENSITIVITIES,
    AuditEntry,
    Claim,
    ClaimLink,
    Decision,
    Document,
    FieldSensitivity,
    IncidentClaim,
    StoredRecord,
)

if TYPE_CHECKING:
    from temoin.workbench.views.naming import Entities

__all__ = ["FAR", "Array", "Columns", "Keeper", "day_of"]

Array = np.ndarray[Any, np.dtype[Any]]

#: Stands for "no day on this side"; its negative on the other.
FAR = 2**31 - 2

#: Changes that touch nothing in the columns.
_NOTHING = frozenset({"acquisition", "producer", "pair_decision", "case"})

#: From this share of changed claims on, all are read again.
_SHARE = 0.2

_WORDS = ("type", "state", "polarity", "certainty", "country", "place", "trigger")
_NUMBERS = ("latitude", "longitude", "radius_km", "confidence")


class Words:
    """Texts by number, each once; only ever grows, so that old arrays stay right."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0}

    def number(self, text: str | None) -> int:
        """The number of a text; 0 for none."""
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found

    def numbers(self, texts: Iterable[str | None]) -> Array:
        """The numbers of several."""
        known, number = self._numbers, self.number
        return np.array(
            [known[text] if text in known else number(text) for text in texts], dtype=np.int32
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims and documents as they were at one entry of the log.

    Attributes:
        head: The entry.
        claims: Arrays by name, one value a claim, in the order of their numbers.
        documents: Arrays by name, one value a document, likewise.
        words: What numbers of texts mean, by name of the column.
        generations: Of documents, the entry after which a claim of them changed last.
        base: That entry for all others.
    """

    head: int
    claims: dict[str, Array]
    documents: dict[str, Array]
    words: dict[str, Words]
    generations: dict[int, int]
    base: int
    _places: Array
    _entities: list[Entities] = field(default_factory=list)

    def __len__(self) -> int:
        """How many claims."""
        return len(self.claims["id"])

    def positions(self, numbers: Array) -> Array:
        """Where claims stand in the arrays; numbers that are not there are left out."""
        inside = numbers[(numbers >= 0) & (numbers < len(self._places))]
        found = self._places[inside]
        return found[found >= 0]

    def position(self, number: int) -> int | None:
        """Where a claim stands; None where it is not there."""
        if not 0 <= number < len(self._places):
            return None
        found = int(self._places[number])
        return found if found >= 0 else None

    def text(self, column: str, at: int) -> str | None:
        """A text of the claim at a position."""
        return self.words[column].texts[int(self.claims[column][at])]

    def document_text(self, column: str, at: int) -> str | None:
        """A text of the document of the claim at a position."""
        return self.words[column].texts[int(self.of_document(column)[at])]

    def of_document(self, column: str) -> Array:
        """A column of documents, spread over their claims."""
        spread: Array = self.documents[column][self.claims["document_at"]]
        return spread

    def sensitivity(self, at: int) -> str:
        """How sensitive a claim is: its document, or a mark on all of it."""
        return SENSITIVITIES[int(self.claims["sensitivity"][at])]

    def incident(self, at: int) -> str | None:
        """The incident of a claim."""
        return self.text("incident", at)

    def generation(self, document: int) -> int:
        """The entry after which a claim of a document changed last: goes up with each change."""
        return self.generations.get(document, self.base)

    def entities(self, session: Session) -> Entities:
        """Who and what claims name; read when it is first asked for.

        Args:
            session: A transaction that sees these columns.
        """
        from temoin.workbench.views.naming import Entities

        if not self._entities:
            self._entities.append(Entities.read(session, self))
        return self._entities[0]


def day_of(ordinal: int) -> dt.date | None:
    """A day of a column; None where there is none on that side."""
    return None if abs(ordinal) >= FAR else dt.date.fromordinal(ordinal)


class Keeper:
    """Keeps the columns of a case up to date.

    Args:
        sqlite: Whether it is a SQLite case, or else one on PostgreSQL.
    """

    def __init__(self, sqlite: bool) -> None:  # noqa: FBT001 - one of two databases
        self._sqlite = sqlite
        self._lock = Lock()
        self._now: Columns | None = None

    def columns(self, session: Session, head: int) -> Columns:
        """The columns as a transaction sees them.

        Args:
            session: The transaction.
            head: Its last audit entry.
        """
        now = self._now
        if now is not None and now.head == head:
            return now
        with self._lock:
            now = self._now
            if now is not None and now.head == head:
                return now
            if now is None or head < now.head:
                # A transaction that began before another one's end sees an older state: rare.
                made = self._whole(session, head, now.words if now else None)
            else:
                made = self._later(session, now, head)
            if now is None or head > now.head:
                self._now = made
            return made

    def _whole(self, session: Session, head: int, words: dict[str, Words] | None) -> Columns:
        words = words or {name: Words() for name in (*_WORDS, *_DOCUMENT_WORDS, "incident")}
        documents = self._documents(session, words)
        claims = self._claims(session, words)
        return self._finished(session, Columns(
            head, claims, documents, words, {}, head, np.zeros(0, dtype=np.int32)
        ), incidents=True)  # fmt: skip

    def _later(self, session: Session, before: Columns, head: int) -> Columns:
        """What the columns are after the entries since."""
        kinds = set(session.scalars(
            select(AuditEntry.kind).where(AuditEntry.seq > before.head).distinct()
        )) - _NOTHING  # fmt: skip
        if not kinds:
            return replace(before, head=head)
        if kinds - {"decision", "document", "record", "field_sensitivity", "corroboration"}:
            return self._whole(session, head, before.words)
        changed = self._changed(session, before.head)
        if len(changed) > max(500, _SHARE * len(before)):
            return self._whole(session, head, before.words)
        documents = before.documents
        if "document" in kinds or "corroboration" in kinds:
            documents = self._documents(session, before.words)
        claims = before.claims
        if changed:
            claims = _merged(before, self._claims(session, before.words, changed))
        generations = dict(before.generations)
        touched = {int(each) for each in claims["document"][
            np.isin(claims["id"], np.array(sorted(changed), dtype=np.int32))
        ]}  # fmt: skip
        for number in touched:
            generations[number] = head
        after = replace(
            before, head=head, claims=claims, documents=documents, generations=generations,
            _entities=[] if changed else before._entities,  # noqa: SLF001 - of this class
        )  # fmt: skip
        made = self._finished(session, after, incidents="corroboration" in kinds)
        if changed and before._entities:  # noqa: SLF001
            made._entities.append(  # noqa: SLF001
                before._entities[0].later(session, made, sorted(changed))  # noqa: SLF001
            )
        return made

    def _changed(self, session: Session, head: int) -> set[int]:
        """Numbers of the claims that entries since then may have changed."""
        since = AuditEntry.seq > head
        decided = (
            select(Decision.claim_id)
            .join(AuditEntry, AuditEntry.target == Decision.id)
            .where(since, AuditEntry.kind == "decision")
        )
        read = (
            select(Claim.id)
            .join(StoredRecord, StoredRecord.document_id == Claim.document_id)
            .join(AuditEntry, AuditEntry.target == StoredRecord.id)
            .where(since, AuditEntry.kind == "record")
        )
        return {*session.scalars(decided), *session.scalars(read)}

    def _claims(
        self, session: Session, words: dict[str, Words], only: set[int] | None = None
    ) -> dict[str, Array]:
        columns = [
            Claim.id, Claim.document_id, Claim.version, Claim.present, Claim.origin,
            Claim.trigger_start, self._day(Claim.earliest, -FAR), self._day(Claim.latest, FAR),
            *(getattr(Claim, name) for name in _NUMBERS),
            *(getattr(Claim, name) for name in _WORDS),
        ]  # fmt: skip
        rows = _rows(session, select(*columns), Claim.id, only)
        parts = list(zip(*rows, strict=True)) or [()] * len(columns)
        id_, document, version, present, origin, start, earliest, latest, *rest = parts
        return {
            "id": np.array(id_, dtype=np.int32),
            "document": np.array(document, dtype=np.int32),
            "version": np.array(version, dtype=np.int32),
            "present": np.array(present, dtype=bool),
            "human": np.array([each == "human" for each in origin], dtype=bool),
            "start": np.array(start, dtype=np.int32),
            "earliest": np.array(earliest, dtype=np.int32),
            "latest": np.array(latest, dtype=np.int32),
            **{
                name: np.array(values, dtype=np.float64)
                for name, values in zip(_NUMBERS, rest[: len(_NUMBERS)], strict=True)
            },
            **{
                name: words[name].numbers(values)
                for name, values in zip(_WORDS, rest[len(_NUMBERS) :], strict=True)
            },
        }

    def _documents(self, session: Session, words: dict[str, Words]) -> dict[str, Array]:
        columns = [
            Document.id, Document.sensitivity, self._day(Document.published, -FAR),
            *(getattr(Document, column) for column in _DOCUMENT_WORDS.values()),
        ]  # fmt: skip
        rows = session.execute(select(*columns).order_by(Document.id)).all()
        parts = list(zip(*rows, strict=True)) or [()] * len(columns)
        id_, level, published, *rest = parts
        return {
            "id": np.array(id_, dtype=np.int32),
            "sensitivity": np.array([SENSITIVITIES.index(each) for each in level], dtype=np.int8),
            "published": np.array(published, dtype=np.int32),
            **{
                name: words[name].numbers(values)
                for name, values in zip(_DOCUMENT_WORDS, rest, strict=True)
            },
        }

    def _finished(self, session: Session, made: Columns, *, incidents: bool) -> Columns:
        """With the columns that follow from others, or from other tables."""
        claims = dict(made.claims)
        places = np.full(int(claims["id"].max(initial=0)) + 1, -1, dtype=np.int32)
        places[claims["id"]] = np.arange(len(claims["id"]), dtype=np.int32)
        claims["document_at"] = np.searchsorted(made.documents["id"], claims["document"])
        made = replace(made, claims=claims, _places=places)
        claims["sensitivity"] = _levels(session, made)
        if incidents or len(claims.get("incident", ())) != len(made):
            claims["incident"], claims["contested"] = _incidents(session, made)
        return made

    def _day(self, column: Any, missing: int) -> ColumnElement[int]:  # noqa: ANN401 - of dates
        """A day as its number in the calendar, as `date.toordinal` counts."""
        if self._sqlite:
            number: ColumnElement[Any] = func.julianday(column) - 1721424.5
        else:
            number = column - dt.date(1, 1, 1) + 1
        return func.coalesce(number, missing)


#: Columns of documents that are texts, as they are called here.
_DOCUMENT_WORDS = {
    "language": "language",
    "publisher": "publisher",
    "name": "name",
    "status": "status",
}


def _rows(
    session: Session,
    statement: Select[Any],
    number: Any,  # noqa: ANN401 - a column
    only: set[int] | None,
) -> list[Any]:
    """The rows of a table in the order of their numbers: all, or only some."""
    if only is None:
        return list(session.execute(statement.order_by(number)).all())
    wanted: list[int] = sorted(only)
    found: list[Any] = []
    for first in range(0, len(wanted), 500):
        part = statement.where(number.in_(wanted[first : first + 500])).order_by(number)
        found += session.execute(part).all()
    return found


def _merged(before: Columns, changed: dict[str, Array]) -> dict[str, Array]:
    """Columns with some claims as they are now, and with those that are new."""
    at = [before.position(int(number)) for number in changed["id"]]
    known = np.array([each is not None for each in at], dtype=bool)
    places = np.array([each for each in at if each is not None], dtype=np.int64)
    merged = {}
    for name, values in changed.items():
        column = before.claims[name].copy()
        column[places] = values[known]
        merged[name] = np.concatenate([column, values[~known]])
    order = np.argsort(merged["id"], kind="stable")
    if not np.array_equal(order, np.arange(len(order))):
        merged = {name: column[order] for name, column in merged.items()}
    kept = len(merged["id"]) == len(before)
    if kept:
        merged |= {name: before.claims[name] for name in ("incident", "contested")}
    return merged


def _levels(session: Session, columns: Columns) -> Array:
    """How sensitive each claim is: the higher level of its document and its own mark."""
    levels = columns.of_document("sensitivity").copy()
    marks = session.execute(
        select(FieldSensitivity.claim_id, FieldSensitivity.sensitivity).where(
            FieldSensitivity.field == "*"
        )
    )
    for number, level in marks:
        at = columns.position(number)
        if at is not None:
            levels[at] = max(levels[at], SENSITIVITIES.index(level))
    return levels


def _incidents(session: Session, columns: Columns) -> tuple[Array, Array]:
    """The incident of each claim, and whether another claim of it contradicts it."""
    incident = np.zeros(len(columns), dtype=np.int32)
    contested = np.zeros(len(columns), dtype=bool)
    rows = session.execute(select(IncidentClaim.claim_id, IncidentClaim.incident_id)).all()
    if rows:
        numbers, ids = zip(*rows, strict=True)
        at = columns._places[np.array(numbers, dtype=np.int32)]  # noqa: SLF001 - of this module
        incident[at] = columns.words["incident"].numbers(ids)
    links = select(ClaimLink.claim_id, ClaimLink.other_id).where(ClaimLink.kind == "contradicts")
    pairs: Sequence[Any] = session.execute(links.distinct()).all()
    if pairs:
        contested[columns._places[np.array(pairs, dtype=np.int32).ravel()]] = True  # noqa: SLF001
    return incident, contested
