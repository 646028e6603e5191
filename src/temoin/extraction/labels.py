"""What the model labels: one table that training and run time share."""

from __future__ import annotations

from temoin.record import Certainty, EventType, RelationType, Role

__all__ = [
    "ATTRIBUTION",
    "CERTAINTIES",
    "PAIR_BUCKETS",
    "PAIR_REACH",
    "RELATIONS",
    "ROLES",
    "TYPES",
    "pair_features",
]

ATTRIBUTION = "attribution"

TYPES: tuple[str, ...] = tuple(t.value for t in EventType)
ROLES: tuple[str, ...] = (*(r.value for r in Role), ATTRIBUTION)
CERTAINTIES: tuple[str, ...] = tuple(c.value for c in Certainty)
RELATIONS: tuple[str, ...] = tuple(r.value for r in RelationType)

#: Buckets of `pair_features`.
PAIR_BUCKETS = 12
#: Sentences apart that two events may stand and still be asked for a relation: one related pair
#: in fifty stands further apart, and the pairs would be many.
PAIR_REACH = 2
_FAR = 5


def pair_features(sentences_apart: int, units_apart: int) -> int:
    """Bucket of how far and in which order two triggers stand.

    Args:
        sentences_apart: Sentence of the second minus sentence of the first.
        units_apart: Unit of the second minus unit of the first.

    Returns:
        0 to `PAIR_BUCKETS` - 1.
    """
    if sentences_apart == 0:
        distance = 0 if abs(units_apart) <= _FAR else 1 if abs(units_apart) <= 3 * _FAR else 2
    else:
        distance = 3 if abs(sentences_apart) == 1 else 4
    if units_apart == 0:
        return PAIR_BUCKETS - 1
    return distance * 2 + (units_apart > 0)
