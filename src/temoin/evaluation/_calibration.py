"""Whether confidences say how often the records are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from temoin.corpus import GoldReport
from temoin.evaluation._matching import Alignment, align, by_document
from temoin.record import Record

__all__ = ["Bin", "Reliability", "Subject", "reliability"]

Subject = Literal["event", "argument", "polarity", "certainty"]


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence lies from `low` up to `high` (the last bin: including it).

    Args:
        low: Lower bound of the confidences.
        high: Upper bound.
        count: How many claims.
        confidence: Their mean confidence, None where there are none.
        right: The share of them that is right, None where there are none.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against truth, bin by bin.

    Args:
        bins: From the least confidence to the greatest, all of one width.
        count: How many claims have a confidence.
        error: Expected calibration error: mean distance of a bin's confidence from
            its share right, weighted by its count; None without confidences.
    """

    bins: tuple[Bin, ...]
    count: int
    error: float | None

    def to_dict(self) -> dict[str, Any]:
        """The table as plain JSON types."""
        return {"bins": [asdict(b) for b in self.bins], "count": self.count, "error": self.error}


def reliability(
    golds: Sequence[GoldReport],
    records: Iterable[Record],
    *,
    bins: int = 10,
    subject: Subject = "event",
) -> Reliability:
    """Compare confidences with the share of claims that are right.

    An event is right where it is matched with a gold event, an argument where it
    stands for one of its matched event's, polarity and certainty (of matched
    events) where they are the gold's. What has no confidence does not enter.

    Args:
        golds: The gold reports.
        records: Records of the same documents.
        bins: How many bins, at least 1.
        subject: Whose confidences: events, arguments, polarity or certainty.

    Raises:
        ValueError: There are fewer than 1 bins.
        EvaluationError: As `score` does.
    """
    if bins < 1:
        message = f"there must be at least 1 bin, not {bins}"
        raise ValueError(message)
    found = by_document(golds, records)
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for gold in golds:
        for confidence, right in _OUTCOMES[subject](align(gold, found.get(gold.id))):
            if confidence is not None:
                filled[min(int(confidence * bins), bins - 1)].append((confidence, right))
    table = tuple(_bin(i / bins, (i + 1) / bins, claims) for i, claims in enumerate(filled))
    count = sum(b.count for b in table)
    gaps = [
        b.count * abs(b.confidence - b.right)
        for b in table
        if b.confidence is not None and b.right is not None
    ]
    return Reliability(table, count, sum(gaps) / count if count else None)


def _bin(low: float, high: float, claims: Sequence[tuple[float, bool]]) -> Bin:
    if not claims:
        return Bin(low, high, 0, None, None)
    count = len(claims)
    mean = sum(confidence for confidence, _ in claims) / count
    return Bin(low, high, count, mean, sum(right for _, right in claims) / count)


_Outcomes = Iterator[tuple[float | None, bool]]


def _events(alignment: Alignment) -> _Outcomes:
    for pair in alignment.pairs:
        yield pair.found.confidence, True
    for event in alignment.spurious:
        yield event.confidence, False


def _arguments(alignment: Alignment) -> _Outcomes:
    for pair in alignment.pairs:
        for _, match in pair.arguments:
            if match:
                yield match.confidence, True
        for argument in pair.extra:
            yield argument.confidence, False
    for event in alignment.spurious:
        for argument in event.arguments:
            yield argument.confidence, False


def _polarity(alignment: Alignment) -> _Outcomes:
    for pair in alignment.pairs:
        yield pair.found.polarity_confidence, pair.found.polarity == pair.gold.polarity


def _certainty(alignment: Alignment) -> _Outcomes:
    for pair in alignment.pairs:
        yield pair.found.certainty_confidence, pair.found.certainty == pair.gold.certainty


_OUTCOMES = {
    "event": _events,
    "argument": _arguments,
    "polarity": _polarity,
    "certainty": _certainty,
}
