"""Claims that copies repeat word for word: in large incidents one of them stands for all.

An incident that three hundred papers tell from one wire has 45,000 pairs of claims, and
nearly all say nothing new. What one claim contradicts, its copies contradict as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from temoin.corroboration.claims import Claim
from temoin.corroboration.fields import said

__all__ = ["pairs_to_link", "standing"]

#: Up to so many claims each is linked to each.
MANY = 40


def standing(claims: Sequence[Claim], origin_of: Mapping[str, str]) -> list[list[Claim]]:
    """Claims by what they say: those of a group are of one origin, one day and one wording.

    Args:
        claims: The claims of an incident, the earliest first.
        origin_of: The origin of each.
    """
    if len(claims) <= MANY:
        return [[claim] for claim in claims]
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        key = (origin_of[claim.id], claim.published, claim.trigger, claim.sentence, *said(claim))
        groups.setdefault(key, []).append(claim)
    return list(groups.values())


def pairs_to_link(
    claims: Sequence[Claim], origin_of: Mapping[str, str]
) -> Iterator[tuple[Claim, Claim]]:
    """The pairs of claims whose links say something: each copy is linked to its first only."""
    groups = standing(claims, origin_of)
    yield from combinations([group[0] for group in groups], 2)
    yield from ((group[0], other) for group in groups for other in group[1:])
