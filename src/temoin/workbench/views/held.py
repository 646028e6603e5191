"""Documents as they hold, with events that go by the numbers of their claims, kept in memory.

Situation and graph are made of whole records, which take milliseconds each to read: those of
the documents that were looked at last are kept until a claim of them changes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from sqlalchemy import select

from temoin.casefile.held import document_held, record_held
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.schema import StoredRecord
from temoin.casefile.storing import load_record
from temoin.record import Record
from temoin.situation.claims import Claim, claims_of
from temoin.situation.rules import rules_for
from temoin.workbench.views.columns import day_of
from temoin.workbench.views.selecting import Reading

__all__ = ["number_of", "records_held", "situation_claims"]

T = TypeVar("T")

#: Documents whose claims are kept for the situation, and whole records for the graph.
_MOST_CLAIMS = 5_000
_MOST_RECORDS = 200

#: Records that are read in one go.
_AT_ONCE = 50


class _Kept(Generic[T]):
    """Values by document, those of the documents' last change only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[int, tuple[int, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, document: int, generation: int) -> T | None:
        with self._lock:
            found = self._held.get(document)
            if found is None or found[0] != generation:
                return None
            self._held.move_to_end(document)
            return found[1]

    def put(self, document: int, generation: int, value: T) -> None:
        with self._lock:
            self._held[document] = (generation, value)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


def records_held(now: Reading, documents: Iterable[int]) -> list[Record]:
    """The records of documents as they hold; events go by the numbers of their claims."""
    kept: _Kept[Record] = now.memory.besides.setdefault("records", _Kept(_MOST_RECORDS))
    wanted = list(documents)
    found: dict[int, Record] = {}
    for number in wanted:
        record = kept.get(number, now.columns.generation(number))
        if record is not None:
            found[number] = record
    for number, record in _read(now, [each for each in wanted if each not in found]):
        kept.put(number, now.columns.generation(number), record)
        found[number] = record
    return [found[number] for number in wanted if number in found]


def situation_claims(now: Reading, documents: Iterable[int]) -> list[Claim]:
    """The claims of documents that may say who holds what, in the documents' order."""
    kept: _Kept[tuple[Claim, ...]] = now.memory.besides.setdefault("situation", _Kept(_MOST_CLAIMS))
    wanted = list(documents)
    found: dict[int, tuple[Claim, ...]] = {}
    for number in wanted:
        claims = kept.get(number, now.columns.generation(number))
        if claims is not None:
            found[number] = claims
    for number, record in _read(now, [each for each in wanted if each not in found]):
        claims = tuple(claim for claim in claims_of(record) if rules_for(claim.event.type))
        kept.put(number, now.columns.generation(number), claims)
        found[number] = claims
    return [claim for number in wanted for claim in found.get(number, ())]


def number_of(claim: str) -> int:
    """The number of a claim by its id in situation and graph, `document:12`."""
    return int(claim.rpartition(":")[2])


def _read(now: Reading, numbers: Sequence[int]) -> Iterator[tuple[int, Record]]:
    """The records of documents, those that nobody decided on many at a time."""
    decided = _decided(now)
    plain = [number for number in numbers if number not in decided]
    for first in range(0, len(plain), _AT_ONCE):
        yield from _untouched(now, plain[first : first + _AT_ONCE])
    for number in numbers:
        if number in decided:
            held = document_held(now.session, number)
            if held is not None:
                yield number, _named(now, number, record_held(held, numbered=True))
            now.session.expunge_all()


def _decided(now: Reading) -> set[int]:
    """Documents some of whose claims are not just what the machine's current record has."""
    columns = now.columns
    pending = columns.words["state"].number("pending")
    touched = (
        (columns.claims["state"] != pending) | columns.claims["human"] | ~columns.claims["present"]
    )
    return set(np.unique(columns.claims["document"][touched]).tolist())


def _untouched(now: Reading, numbers: Sequence[int]) -> Iterator[tuple[int, Record]]:
    """Records as the machine made them; only the ids of events are others."""
    rows = now.session.execute(
        select(EventTable.record_id, EventTable.key, EventTable.claim_id)
        .join(StoredRecord, StoredRecord.id == EventTable.record_id)
        .where(StoredRecord.document_id.in_(numbers), StoredRecord.current)
    )
    keys: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        keys[row.record_id][row.key] = str(row.claim_id)
    current = select(StoredRecord).where(
        StoredRecord.document_id.in_(numbers), StoredRecord.current
    )
    for stored in now.session.scalars(current.order_by(StoredRecord.document_id)):
        record, number = load_record(stored), keys[stored.id]
        yield stored.document_id, _named(now, stored.document_id, record.model_copy(update={
            "events": tuple(
                event.model_copy(update={"id": number[event.id]}) for event in record.events
            ),
            "relations": tuple(
                each.model_copy(
                    update={"source": number[each.source], "target": number[each.target]}
                )
                for each in record.relations
            ),
        }))  # fmt: skip
        now.session.expunge(stored)


def _named(now: Reading, number: int, record: Record) -> Record:
    """A record with what the case knows of its document."""
    documents, words = now.columns.documents, now.columns.words
    at = int(np.searchsorted(documents["id"], number))
    about = {
        "id": words["name"].texts[int(documents["name"][at])],
        "source": words["publisher"].texts[int(documents["publisher"][at])],
        "published": day_of(int(documents["published"][at])),
    }
    return record.model_copy(update={"document": record.document.model_copy(update=about)})
