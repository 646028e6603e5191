"""Records made from gold, to measure grounding by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from temoin.corpus import GoldArgument, GoldEvent, GoldReport, GoldSpan
from temoin.record import (
    Argument,
    Attribution,
    Document,
    Event,
    Record,
    Relation,
    Role,
    Span,
)

__all__ = ["record_from_gold", "records_from_gold"]


def records_from_gold(reports: Iterable[GoldReport], *, antecedents: bool = True) -> list[Record]:
    """Records with the gold's events and spans and without any value.

    What `temoin.grounding.ground` makes of them shows how good grounding is where
    extraction made no mistake: score `time_exact`, `place_within`, `quantity_exact`.

    Args:
        reports: The gold reports.
        antecedents: Whether an argument carries the first other mention that the
            gold gives ("there" for "Kidal") as its antecedent, as the extraction
            model would.
    """
    return [record_from_gold(report, antecedents=antecedents) for report in reports]


def record_from_gold(report: GoldReport, *, antecedents: bool = True) -> Record:
    """One gold report as a record without values; see `records_from_gold`."""
    document = report.document
    return Record(
        document=Document(
            id=document.id,
            text=document.text,
            text_sha256=hashlib.sha256(document.text.encode("utf-8")).hexdigest(),
            language=document.language,
            published=document.published,
            published_from="argument",
            source=document.source or None,
            sentences=report.sentences,
        ),
        events=tuple(_event(event, antecedents=antecedents) for event in report.events),
        relations=tuple(
            Relation(type=r.type, source=r.source, target=r.target) for r in report.relations
        ),
    )


def _event(event: GoldEvent, *, antecedents: bool) -> Event:
    attribution = None
    if event.attribution:
        attribution = Attribution(
            start=event.attribution.primary.start,
            end=event.attribution.primary.end,
            text=event.attribution.primary.text,
            antecedent=_antecedent(event.attribution) if antecedents else None,
        )
    return Event(
        id=event.id,
        type=event.type,
        trigger=_span(event.trigger),
        arguments=tuple(
            Argument(
                role=Role(argument.role),
                start=argument.primary.start,
                end=argument.primary.end,
                text=argument.primary.text,
                antecedent=_antecedent(argument) if antecedents else None,
            )
            for argument in event.arguments
        ),
        polarity=event.polarity,
        certainty=event.certainty,
        attribution=attribution,
    )


def _antecedent(argument: GoldArgument) -> Span | None:
    return _span(argument.spans[1]) if len(argument.spans) > 1 else None


def _span(span: GoldSpan) -> Span:
    return Span(start=span.start, end=span.end, text=span.text)
