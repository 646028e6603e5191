"""Measure a network while it trains: the figures of the development set, rounded."""

from __future__ import annotations

from collections.abc import Sequence

from temoin.corpus import GoldReport
from temoin.evaluation import run
from temoin.extraction import Extractor
from temoin.pipeline import Reader

__all__ = ["figures"]


def figures(extractor: Extractor, reports: Sequence[GoldReport]) -> dict[str, float]:
    """F1 of events, arguments and relations, and the shares that need no grounding."""
    reader = Reader(extractor, ground=False)
    overall = run(reports, reader.read_text).scores.overall
    out = {
        "events": overall.events.f1,
        "events_precision": overall.events.precision,
        "events_recall": overall.events.recall,
        "arguments": overall.arguments.f1,
        "relations": overall.relations.f1,
    }
    shares = {
        "polarity": overall.polarity,
        "negated_recall": overall.negated_recall,
        "uncertain_recall": overall.uncertain_recall,
        "attributed_recall": overall.attributed_recall,
    }
    out |= {name: share.rate or 0.0 for name, share in shares.items()}
    return {name: round(value, 4) for name, value in out.items()}
