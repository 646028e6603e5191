"""The figures of an evaluation: counts, and the rates that come of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from temoin.evaluation._faults import Fault

__all__ = ["SETS", "SHARES", "Figures", "Rates", "Scores", "Share"]

#: Figures that have precision, recall and F1.
SETS: Final = ("events", "arguments", "relations")

#: Figures that are a share of something, in the order of the report.
SHARES: Final = (
    "polarity",
    "negated_recall",
    "certainty",
    "uncertain_recall",
    "attribution",
    "attributed_recall",
    "place_within",
    "time_exact",
    "quantity_exact",
)


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1, each between 0 and 1; 0 where there is nothing to divide by."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The rates and their counts as plain JSON types."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "gold": self.gold,
            "predicted": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a total are right; no rate where the total is 0."""

    hit: int = 0
    total: int = 0

    @property
    def rate(self) -> float | None:
        """Between 0 and 1, None where there is nothing to divide by."""
        return self.hit / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures over some reports.

    `polarity`, `certainty` and `attribution` are shares of the matched events;
    the recalls are shares of the matched events that are negated, uncertain or
    attributed in the gold; `place_within`, `time_exact` and `quantity_exact` are
    shares of all gold places, times and quantities, those of missed events too.
    """

    documents: int = 0
    events: Rates = field(default_factory=Rates)
    arguments: Rates = field(default_factory=Rates)
    relations: Rates = field(default_factory=Rates)
    polarity: Share = field(default_factory=Share)
    negated_recall: Share = field(default_factory=Share)
    certainty: Share = field(default_factory=Share)
    uncertain_recall: Share = field(default_factory=Share)
    attribution: Share = field(default_factory=Share)
    attributed_recall: Share = field(default_factory=Share)
    place_within: Share = field(default_factory=Share)
    time_exact: Share = field(default_factory=Share)
    quantity_exact: Share = field(default_factory=Share)

    @classmethod
    def from_counts(cls, counts: Counter[str], *, documents: int = 0) -> Figures:
        """Figures of counts named `<figure>.hit`, `.predicted`, `.gold` and `.total`."""
        parts: dict[str, Any] = {
            name: Rates(counts[f"{name}.hit"], counts[f"{name}.predicted"], counts[f"{name}.gold"])
            for name in SETS
        }
        parts |= {name: Share(counts[f"{name}.hit"], counts[f"{name}.total"]) for name in SHARES}
        return cls(documents=documents, **parts)

    def sets(self) -> Iterator[tuple[str, Rates]]:
        """The figures with precision, recall and F1, by name."""
        for name in SETS:
            yield name, getattr(self, name)

    def shares(self) -> Iterator[tuple[str, Share]]:
        """The figures that are shares, by name."""
        for name in SHARES:
            yield name, getattr(self, name)

    def flat(self) -> dict[str, float]:
        """Every rate by its name, `events.f1` and the like; those without a rate are left out."""
        flat = {
            f"{name}.{part}": float(getattr(rates, part))
            for name, rates in self.sets()
            for part in ("precision", "recall", "f1")
            if rates.gold or rates.predicted
        }
        return flat | {name: share.rate for name, share in self.shares() if share.rate is not None}

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON types; a share that has no rate is null."""
        return {
            "documents": self.documents,
            "events": self.events.to_dict(),
            "arguments": self.arguments.to_dict(),
            **{name: share.rate for name, share in self.shares()},
            "relations": self.relations.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of an evaluation, overall, by language and by type of event.

    Relations have no type of event: they are in `overall` and `languages` only.
    `faults` lists everything that a figure counts against the records.
    """

    overall: Figures = field(default_factory=Figures)
    languages: dict[str, Figures] = field(default_factory=dict)
    types: dict[str, Figures] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def to_dict(self, *, faults: bool = False) -> dict[str, Any]:
        """The figures as plain JSON types, with the list of faults where it is asked for."""
        data = self.overall.to_dict()
        data["languages"] = {name: part.to_dict() for name, part in self.languages.items()}
        data["types"] = {name: _of_type(part) for name, part in self.types.items()}
        if faults:
            data["faults"] = [fault.to_dict() for fault in self.faults]
        return data


def _of_type(figures: Figures) -> dict[str, Any]:
    data = figures.to_dict()
    del data["relations"]
    return data
