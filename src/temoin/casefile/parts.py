"""One event of a stored record, without reading all the others.

A record is validated when it is added, and whole again wherever it is read whole
(`storing.load_record`). Review looks at one claim at a time: for that the stored JSON is cut
into its parts, and only what is asked for is validated. Parts of the records that were used
last are kept in memory, by number and hash.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json import JSONDecoder
from threading import Lock

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.canonical import sha256, unpack
from temoin.casefile.errors import DamagedError
from temoin.casefile.schema import StoredRecord
from temoin.record import Document, Event, Relation, Ungrounded

__all__ = ["Events", "Parts", "forget", "parts_of"]

#: Bytes of JSON that are kept; a record that is larger is cut anew each time.
_MOST_BYTES = 64_000_000

#: Parts that are validated together, however many events there are.
_WHOLE = ("document", "relations", "ungrounded")

_RELATIONS = TypeAdapter(tuple[Relation, ...])
_UNGROUNDED = TypeAdapter(tuple[Ungrounded, ...])
_DECODER = JSONDecoder()


class Events(Mapping[str, Event]):
    """The events of a record by their ids, in its order; each is validated when it is taken.

    Args:
        stored: The JSON of each.
    """

    def __init__(self, stored: Mapping[str, bytes]) -> None:
        self._stored = stored

    def __getitem__(self, key: str) -> Event:
        """An event.

        Raises:
            KeyError: There is none of this id.
            DamagedError: It is none.
        """
        try:
            return Event.model_validate_json(self._stored[key])
        except ValueError as error:
            raise _damaged("event", key, error) from error

    def __contains__(self, key: object) -> bool:
        """Whether there is one, without validating it."""
        return key in self._stored

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        return iter(self._stored)

    def __len__(self) -> int:
        """How many."""
        return len(self._stored)


@dataclass(frozen=True, slots=True)
class Parts:
    """A stored record, cut into parts.

    Attributes:
        events: Its events.
        stored: The JSON of its other parts.
        size: Bytes of all of it.
    """

    events: Events
    stored: Mapping[str, bytes]
    size: int

    @property
    def document(self) -> Document:
        """Its document."""
        return Document.model_validate_json(self.stored["document"])

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Its relations."""
        return _RELATIONS.validate_json(self.stored.get("relations", b"[]"))

    @property
    def ungrounded(self) -> tuple[Ungrounded, ...]:
        """What could not be tied to the text or to the world."""
        return _UNGROUNDED.validate_json(self.stored.get("ungrounded", b"[]"))


class _Shelf:
    """Parts by number and hash of the record, the least used thrown away."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, str], Parts] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: tuple[int, str]) -> Parts | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: tuple[int, str], parts: Parts) -> None:
        with self._lock:
            if key in self._held or parts.size > _MOST_BYTES:
                return
            self._held[key] = parts
            self._size += parts.size
            while self._size > _MOST_BYTES:
                self._size -= self._held.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self._size = 0


_shelf = _Shelf()


def forget() -> None:
    """Keep no parts any more: what is read next comes from the case."""
    _shelf.clear()


def parts_of(session: Session, record: int) -> Parts:
    """A stored record, cut into parts.

    Args:
        session: A transaction.
        record: Number of the record in the case.

    Raises:
        DamagedError: It is damaged.
    """
    hashed, number, document = session.execute(
        select(StoredRecord.sha256, StoredRecord.number, StoredRecord.document_id).where(
            StoredRecord.id == record
        )
    ).one()
    found = _shelf.get((record, hashed))
    if found is not None:
        return found
    codec, data = session.execute(
        select(StoredRecord.codec, StoredRecord.data).where(StoredRecord.id == record)
    ).one()
    try:
        told = unpack(codec, data)
        parts = _cut(told)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _damaged("record", f"{number} of document #{document}", error) from error
    # Another case of this process may have the same record: only what the hash vouches for
    # is kept. What is not as it was stored is shown as before; `temoin verify` tells of it.
    if sha256(told) == hashed:
        _shelf.put((record, hashed), parts)
    return parts


def _cut(told: bytes) -> Parts:
    """Cut canonical JSON.

    Raises:
        ValueError: It is none.
    """
    text = told.decode("utf-8")
    at = 0
    events: dict[str, bytes] = {}
    stored: dict[str, bytes] = {}
    while text[at : at + 1] == ("," if at else "{"):
        name, at = _DECODER.raw_decode(text, at + 1)
        start = at + 1  # behind the colon
        if name == "events":
            events, at = _cut_events(text, start)
            continue
        at = _DECODER.raw_decode(text, start)[1]
        if name in _WHOLE:
            stored[name] = text[start:at].encode()
    if text[at:] != "}" or "document" not in stored:
        raise ValueError("it is no record in canonical JSON")
    return Parts(Events(events), stored, len(told))


def _cut_events(text: str, at: int) -> tuple[dict[str, bytes], int]:
    """The JSON of each event, and where the list of them ends."""
    events: dict[str, bytes] = {}
    first = at
    if text[at : at + 2] == "[]":
        return events, at + 2
    while text[at : at + 1] == ("[" if at == first else ","):
        start = at + 1
        event, at = _DECODER.raw_decode(text, start)
        events[event["id"]] = text[start:at].encode()
    if text[at : at + 1] != "]":
        raise ValueError("its events are no list")
    return events, at + 1


def _damaged(what: str, name: str, error: Exception) -> DamagedError:
    said = str(error).partition("\n")[0]
    cause = f"is damaged ({said}): temoin verify tells more; restore a backup"
    return DamagedError(f"{what} {name}", cause)
