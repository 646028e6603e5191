"""How well claims are grouped and contradictions found, against known incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

__all__ = ["Score", "b_cubed", "baseline"]

from temoin.corroboration.claims import Claim


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Score:
    """B³ (Bagga and Baldwin 1998) over the mentions of the gold.

    Args:
        found: The cluster of each mention; one that is missing stands alone.
        gold: The true cluster of each mention.
    """
    ours: defaultdict[Hashable, set[str]] = defaultdict(set)
    truth: defaultdict[Hashable, set[str]] = defaultdict(set)
    for mention, cluster in gold.items():
        ours[found.get(mention, ("alone", mention))].add(mention)
        truth[cluster].add(mention)
    precision = recall = 0.0
    for mention, cluster in gold.items():
        mine = ours[found.get(mention, ("alone", mention))]
        both = len(mine & truth[cluster])
        precision += both / len(mine)
        recall += both / len(truth[cluster])
    count = max(len(gold), 1)
    return Score(precision / count, recall / count)


def baseline(claim: Claim) -> Hashable:
    """The incident by the naive rule: same type, same day, same place."""
    day = claim.days.earliest if claim.days else None
    place: Hashable = None
    if claim.place:
        where = claim.place
        place = where.id or (round(where.latitude, 1), round(where.longitude, 1))
    return (claim.type, day, place)
