"""Verdicts on pairs of claims, out with a document's line and in again.

A verdict stands with the later of its two documents, and names the other by its content:
numbers of claims are each case's own. So a file can be read line by line, for what a line
refers to came before. The other claim is named by its event and the offsets of its trigger:
in a case that had its document already, another record may use the same event's id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from temoin.casefile.case import Work
from temoin.casefile.held import document_held
from temoin.casefile.schema import Claim, Document, PairDecision
from temoin.casefile.states import state

__all__ = ["pairs_told", "store_pairs"]

#: An event's id in its line, and the offsets of its trigger.
_Key: TypeAlias = tuple[str, int, int]

_COLUMNS = ("verdict", "reviewer", "reason", "at")


def pairs_told(session: Session, number: int, keys: Mapping[int, str]) -> list[dict[str, Any]]:
    """The verdicts that a document's line carries, in the order in which they were given.

    Args:
        session: A transaction.
        number: The document.
        keys: The keys of its claims in the line, by number.
    """
    one, other = aliased(Claim), aliased(Claim)
    rows = session.execute(
        select(PairDecision, one.document_id, other.document_id)
        .join(one, one.id == PairDecision.claim_id)
        .join(other, other.id == PairDecision.other_id)
        .where(or_(one.document_id == number, other.document_id == number))
        .order_by(PairDecision.id)
    ).all()
    known: dict[int, tuple[str, Mapping[int, _Key]]] = {}
    order = {claim: place for place, claim in enumerate(keys)}
    places: dict[tuple[int, int], list[int]] = {}
    told = []
    for row, first, second in rows:
        if max(first, second) != number:
            continue  # it stands with the other document, which comes later
        a, b = (row.claim_id, row.other_id) if first == number else (row.other_id, row.claim_id)
        if first == second and order.get(a, 0) < order.get(b, 0):
            a, b = b, a
        elsewhere = min(first, second)
        if elsewhere not in known:
            known[elsewhere] = _known(session, elsewhere)
        content, theirs = known[elsewhere]
        if a not in keys or b not in theirs:
            continue
        before = places.setdefault((row.claim_id, row.other_id), [])
        event, start, end = theirs[b]
        each = {
            "event": keys[a],
            "other": {"document": content, "event": event, "start": start, "end": end},
            **{name: value for name in _COLUMNS if (value := getattr(row, name)) is not None},
        }
        if row.undoes is not None:
            # Numbers are another case's business: the place among the verdicts on the pair.
            each["undoes"] = before.index(row.undoes)
        before.append(row.id)
        told.append(each)
    return told


def store_pairs(
    work: Work, number: int, claims: Mapping[str, int], told: Sequence[Mapping[str, Any]]
) -> tuple[int, int]:
    """Store verdicts as they were given; those on claims that the case has not are left out.

    Args:
        work: A transaction that writes.
        number: The document.
        claims: Its claims by their keys in the line.
        told: What `pairs_told` gave.

    Returns:
        How many were stored, and how many were left out.
    """
    session = work.session
    content = session.scalars(select(Document.content_key).where(Document.id == number)).one()
    documents: dict[str, Mapping[_Key, int]] = {}
    stored: dict[tuple[int, int], list[int]] = {}
    left = 0
    for each in told:
        document, *named = (each["other"][name] for name in ("document", "event", "start", "end"))
        if document not in documents:
            documents[document] = _there(session, document, number, content, claims)
        event, start, end = named
        mine, other = claims.get(each["event"]), documents[document].get((event, start, end))
        if mine is None or other is None or mine == other:
            left += 1
            continue
        pair = (min(mine, other), max(mine, other))
        before = stored.setdefault(pair, [])
        undoes = each.get("undoes")
        row = PairDecision(
            claim_id=pair[0],
            other_id=pair[1],
            undoes=None if undoes is None else before[undoes],
            **{name: each.get(name) for name in _COLUMNS},
        )
        session.add(row)
        session.flush()
        before.append(row.id)
        work.log.append("import", "pair_decision", row.id, new=state(row))
    return sum(map(len, stored.values())), left


def _there(
    session: Session, wanted: str, number: int, content: str, claims: Mapping[str, int]
) -> dict[_Key, int]:
    """The claims of the document of a content key, by what lines call them."""
    if wanted == content:
        rows = {claim: session.get_one(Claim, claim) for claim in claims.values()}
        return {
            (event, rows[claim].trigger_start, rows[claim].trigger_end): claim
            for event, claim in claims.items()
        }
    found = session.scalar(select(Document.id).where(Document.content_key == wanted))
    if found is None or found == number:
        return {}
    every = session.scalars(select(Claim.id).where(Claim.document_id == found)).all()
    return {key: claim for claim, key in _known(session, found, only=every)[1].items()}


def _known(
    session: Session, number: int, *, only: Sequence[int] | None = None
) -> tuple[str, dict[int, _Key]]:
    """A document's content key, and what lines call its claims, by their numbers."""
    content = session.scalars(select(Document.content_key).where(Document.id == number)).one()
    held = document_held(session, number, only=only)
    if held is None:
        return content, {}
    return content, {
        each.claim.id: (each.key, each.claim.trigger_start, each.claim.trigger_end)
        for each in held.claims
    }
