"""Incidents that may be one: what to look at first when merges are reviewed.

Nothing is joined here. A suggestion names two incidents, the pair of claims that speaks
most for one incident, and what the two would then contradict each other in.
"""

from __future__ import annotations

from dataclasses import dataclass

from temoin.corroboration.alike import standing
from temoin.corroboration.fields import Difference
from temoin.corroboration.incidents import Corroboration, PairScore
from temoin.corroboration.linking import Link, LinkKind, link

__all__ = ["Suggestion", "suggestions"]

#: Weight in bits from which a pair is worth a look: one in ten or so is a match.
_LEAST = -3.0


_AGREEING = frozenset({LinkKind.SAME, LinkKind.COMPLEMENTS})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two incidents that may be one.

    Attributes:
        a: Id of the one incident.
        b: Id of the other.
        best: The pair of claims that speaks most for it, with its reasons.
        links: What their claims would be to one another, where they disagree.
    """

    a: str
    b: str
    best: PairScore
    links: tuple[Link, ...]

    @property
    def fields(self) -> tuple[Difference, ...]:
        """The differences, each once."""
        return tuple(dict.fromkeys(d for each in self.links for d in each.differences))


def suggestions(found: Corroboration, *, least: float = _LEAST) -> list[Suggestion]:
    """Pairs of incidents that may be one, the likeliest first.

    Args:
        found: What linking found.
        least: Weight from which a pair of claims is worth a look.
    """
    incident = {claim.id: each for each in found.incidents for claim in each.claims}
    apart = set(found.constraints.apart)
    best: dict[tuple[str, str], PairScore] = {}
    for pair in found.pairs:
        if pair.weight < least or (min(pair.a, pair.b), max(pair.a, pair.b)) in apart:
            continue
        one, other = sorted((incident[pair.a].id, incident[pair.b].id))
        if one != other and (held := best.get((one, other))) is not None:
            best[one, other] = max(held, pair, key=lambda each: each.weight)
        elif one != other:
            best[one, other] = pair
    wanted = {id_ for pair in best for id_ in pair}
    voices = {
        each.id: [group[0] for group in standing(each.claims, each.origin_of)]
        for each in found.incidents
        if each.id in wanted
    }
    made = [
        Suggestion(
            one,
            other,
            pair,
            tuple(
                told
                for x in voices[one]
                for y in voices[other]
                if (told := link(x, y)).kind not in _AGREEING
            ),
        )
        for (one, other), pair in best.items()
    ]
    return sorted(made, key=lambda each: (-each.best.weight, each.a, each.b))
