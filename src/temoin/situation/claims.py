"""The claim as the situation sees it: one event of one record, with its words and its days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from temoin import corroboration
from temoin.record import ActorValue, Certainty, Event, Polarity, Record, RelationType, Span

__all__ = ["Claim", "Days", "cite", "claims_of", "claims_of_all"]


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days within which something was: first and last, both inclusive.

    Attributes:
        own: Whether the event's words (or its cause's) give them; else those of an event
            beside it, or the week before publication, stand in.
    """

    earliest: dt.date
    latest: dt.date
    own: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        """`2024-03-11` or `2024-03-11/2024-03-13`."""
        first, last = self.earliest.isoformat(), self.latest.isoformat()
        return first if first == last else f"{first}/{last}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says of one event.

    Attributes:
        id: Document and event, `doc:e1`.
        document: Id of the document.
        event: The grounded event.
        sentence: The sentence of its trigger.
        days: When; None where neither the text nor the publication tells.
        before: Ids of claims of the same document that are told to come later.
        named: The known actor of each entity of the document, for mentions that only say
            "the group".
    """

    id: str
    document: str
    event: Event
    sentence: Span
    language: str = "other"
    source: str | None = None
    published: dt.date | None = None
    days: Days | None = None
    before: frozenset[str] = frozenset()
    named: Mapping[str, ActorValue] = field(default_factory=dict, compare=False, repr=False)

    @property
    def denied(self) -> bool:
        """Whether the report says that it did not happen."""
        return self.event.polarity is Polarity.NEGATED

    @property
    def told(self) -> bool:
        """Whether it is told as having happened: affirmed, and certain or probable."""
        return not self.denied and self.event.certainty in (Certainty.CERTAIN, Certainty.PROBABLE)

    @property
    def speaker(self) -> str:
        """Who says so, in the words of the text, and in which publication."""
        by = self.source or self.document
        if self.event.attribution is None:
            return by
        said = self.event.attribution
        return f"{(said.antecedent or said).text} in {by}"


def claims_of_all(records: Iterable[Record]) -> Iterator[Claim]:
    """The claims of many records, in their order."""
    for record in records:
        yield from claims_of(record)


def claims_of(record: Record) -> list[Claim]:
    """The claims of one grounded record, in the order of its events."""
    document = record.document
    starts = [start for start, _ in document.sentences]
    later: dict[str, set[str]] = {}
    for relation in record.relations:
        if relation.type is RelationType.RESPONDS_TO:
            later.setdefault(relation.target, set()).add(f"{document.id}:{relation.source}")
        else:
            later.setdefault(relation.source, set()).add(f"{document.id}:{relation.target}")
    dated = {claim.event: claim.days for claim in corroboration.claims_of(record)}
    named = _named(record)
    found = []
    for event in record.events:
        days = dated[event.id]
        found.append(
            Claim(
                id=f"{document.id}:{event.id}",
                document=document.id,
                event=event,
                sentence=_sentence(record, starts, event.trigger),
                language=document.language,
                source=document.source,
                published=document.published,
                days=Days(days.earliest, days.latest, own=days.own) if days else None,
                before=frozenset(later.get(event.id, ())),
                named=named,
            )
        )
    return found


def cite(claim: Claim) -> dict[str, Any]:
    """A claim as a citation: enough to find its words, and to know who says so."""
    event = claim.event
    said = event.attribution
    return {
        "claim": claim.id,
        "document": claim.document,
        "event": event.id,
        "type": str(event.type),
        "trigger": _span(event.trigger),
        "sentence": _span(claim.sentence),
        "polarity": str(event.polarity),
        "certainty": str(event.certainty),
        "attribution": _span(said) if said else None,
        "source": claim.source,
        "published": claim.published.isoformat() if claim.published else None,
        "earliest": claim.days.earliest.isoformat() if claim.days else None,
        "latest": claim.days.latest.isoformat() if claim.days else None,
        "days_told": bool(claim.days and claim.days.own),
    }


def _named(record: Record) -> dict[str, ActorValue]:
    found: dict[str, ActorValue] = {}
    for event in record.events:
        for argument in event.arguments:
            if argument.entity and argument.actor is not None and argument.actor.id:
                found.setdefault(argument.entity, argument.actor)
    return found


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _sentence(record: Record, starts: list[int], trigger: Span) -> Span:
    at = bisect_right(starts, trigger.start) - 1
    if at < 0:
        return trigger
    start, end = record.document.sentences[at]
    if end < trigger.end:
        return trigger
    return Span(start=start, end=end, text=record.document.text[start:end])
