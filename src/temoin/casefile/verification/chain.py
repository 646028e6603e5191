"""The audit log against itself, and what it says that the tables hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.audit import FIRST, entries, entry_hash
from temoin.casefile.schema import CaseInfo
from temoin.casefile.states import KINDS
from temoin.casefile.verification.faults import Fault, Head

__all__ = ["Told", "check_chain"]


@dataclass(slots=True)
class Told:
    """What the log says, read to its end.

    Attributes:
        last: Of each kind and target, the number of the last entry that tells its state.
        entries: How many entries there are.
        head: The last of them.
    """

    last: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    entries: int = 0
    head: Head = field(default_factory=lambda: Head(0, FIRST))


def check_chain(session: Session, told: Told, *, heads: Sequence[Head] = ()) -> Iterator[Fault]:
    """Check the log's hashes and order; fills `told` on the way.

    Args:
        session: A transaction that reads.
        told: What to fill.
        heads: Entries that were noted elsewhere at some time.
    """
    noted = {head.seq: head.hash for head in heads}
    kinds = set(KINDS.values())
    previous, seen = FIRST, 0
    for entry in entries(session):
        seq = entry["seq"]
        if seq != seen + 1:
            yield _missing(seen + 1, seq - 1)
        if entry_hash(entry) != entry["hash"]:
            yield Fault("audit entry", seq, "was altered: it does not have its hash")
        elif seq == seen + 1 and entry["prev_hash"] != previous:
            what = f"does not follow entry {seen}: one of them was replaced or moved"
            yield Fault("audit entry", seq, what)
        if seq in noted and noted.pop(seq) != entry["hash"]:
            yield Fault("audit entry", seq, "is not the one whose hash was noted")
        if entry["kind"] in kinds and entry["field"] is None:
            told.last[entry["kind"]][entry["target"]] = seq
        previous, seen = entry["hash"], seq
        told.entries += 1
    told.head = Head(seen, previous)
    yield from _check_head(session, told)
    for seq in noted:
        yield Fault("audit entry", seq, "is missing: it was noted as the last one once")


def _check_head(session: Session, told: Told) -> Iterator[Fault]:
    info = session.execute(select(CaseInfo.head_seq, CaseInfo.head_hash)).one_or_none()
    if info is None:
        yield Fault("case", 1, "its row in case_info is gone")
        return
    head = Head(info.head_seq, info.head_hash)
    if head.seq > told.head.seq:
        yield _missing(told.head.seq + 1, head.seq)
    elif head != told.head:
        what = f"the log ends with entry {told.head.seq}, the case says with {head.seq}"
        yield Fault("audit log", None, f"{what}: entries were changed or put in")


def _missing(first: int, last: int) -> Fault:
    if first == last:
        return Fault("audit entry", first, "is missing")
    return Fault("audit entries", None, f"{first} to {last} are missing")
