"""Tables of an evaluation for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from temoin.evaluation._calibration import Reliability
from temoin.evaluation._figures import Figures, Rates, Scores, Share

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["figures_table", "grounding_table", "reliability_table", "types_table"]

_GROUNDING = ("place_within", "time_exact", "quantity_exact")


def figures_table(scores: Scores) -> Table:
    """All figures, overall and by language; sets as F1 (precision/recall)."""
    parts = _parts(scores)
    table = _table("figure", *parts)
    table.add_row("documents", *(str(part.documents) for part in parts.values()))
    for name in ("events", "arguments", "relations"):
        table.add_row(name, *(_rates(getattr(part, name)) for part in parts.values()))
    for name, _ in scores.overall.shares():
        table.add_row(name, *(_share(getattr(part, name)) for part in parts.values()))
    return table


def grounding_table(scores: Scores) -> Table:
    """The figures of grounding, overall and by language."""
    parts = _parts(scores)
    table = _table("figure", *parts)
    for name in _GROUNDING:
        table.add_row(name, *(_share(getattr(part, name)) for part in parts.values()))
    return table


def types_table(scores: Scores) -> Table:
    """Events and arguments by type of event, the most frequent first."""
    table = _table("type", "gold", "predicted", "events", "arguments")
    by_count = sorted(scores.types.items(), key=lambda item: (-item[1].events.gold, item[0]))
    for name, part in by_count:
        table.add_row(
            name,
            str(part.events.gold),
            str(part.events.predicted),
            _rates(part.events),
            _rates(part.arguments),
        )
    return table


def reliability_table(reliability: Reliability) -> Table:
    """Confidence against the share right, bin by bin."""
    table = _table("confidence", "count", "mean", "right")
    for part in reliability.bins:
        table.add_row(
            f"{part.low:.2f}-{part.high:.2f}",
            str(part.count),
            "" if part.confidence is None else f"{part.confidence:.3f}",
            "" if part.right is None else f"{part.right:.3f}",
        )
    error = "n/a" if reliability.error is None else f"{reliability.error:.3f}"
    table.caption = f"expected calibration error {error} over {reliability.count} claims"
    return table


def _table(first: str, *others: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for other in others:
        table.add_column(other, justify="right", no_wrap=True)
    return table


def _parts(scores: Scores) -> dict[str, Figures]:
    """The columns: one language alone is the same as overall."""
    if len(scores.languages) < 2:
        return {"overall": scores.overall}
    return {"overall": scores.overall} | scores.languages


def _rates(rates: Rates) -> str:
    return f"{rates.f1:.3f} ({rates.precision:.3f}/{rates.recall:.3f})"


def _share(share: Share) -> str:
    return "n/a" if share.rate is None else f"{share.rate:.3f} of {share.total}"
