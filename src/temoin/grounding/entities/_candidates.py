"""What a phrase may take up: the clusters that are weighed for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._phrases import NAMED, PLACES, Phrase
from temoin.grounding.entities._tables import common

__all__ = ["Candidate", "candidates", "lies_in"]

#: How many clusters are weighed: the last ones before the phrase.
_MOST: Final = 24
_MOST_LATER: Final = 10
_NEXT_SENTENCE: Final = 1
_ORDINARY: Final = frozenset({"definite", "bare", "demonstrative", "ours", "owned", "same"})
#: Pronouns that agree in number: "les" is no ministry, "they" may be an army.
_PERSONAL: Final = frozenset({"subject", "object", "this"})
#: Forms that may lie in a place, and take up nothing else.
_HANGING: Final = frozenset({"indefinite", NAMED})
#: Forms that take up nothing but the same noun where nothing is known of the noun.
_PLAIN: Final = frozenset({"definite", "ours", "owned"})


@dataclass(slots=True)
class Candidate:
    """A cluster that a phrase may take up, and its phrase nearest to it.

    Args:
        cluster: The cluster.
        nearest: Its last phrase before, or, if there is none, its first one after.
        later: Whether the nearest phrase stands after.
    """

    cluster: Cluster
    nearest: Phrase
    later: bool = False


def candidates(
    phrase: Phrase, clusters: Iterable[Cluster], *, own: Cluster | None = None
) -> list[Candidate]:
    """The clusters that a phrase may take up, the last named first."""
    before: list[Candidate] = []
    after: list[Candidate] = []
    limit = phrase.sentence + _NEXT_SENTENCE
    placed = not phrase.role_set.isdisjoint(PLACES)
    hanging = phrase.form in _HANGING
    several = phrase.number == "p" and phrase.form in _PERSONAL
    ordinary = phrase.form in _ORDINARY and (bool(phrase.groups) or phrase.form in _PLAIN)
    for cluster in clusters:
        if not cluster.described or cluster is own:
            continue
        if hanging and not lies_in(cluster):
            continue
        if several and cluster.number == "s" and not cluster.collective:
            continue
        if ordinary and not _may_name(phrase, cluster) and not (placed and lies_in(cluster)):
            continue
        nearest = cluster.before(phrase.start)
        if nearest is not None and nearest.end <= phrase.start:
            before.append(Candidate(cluster, nearest))
            continue
        if nearest is not None and nearest.end > phrase.start:
            continue
        nearest = cluster.after(phrase.start)
        if nearest is not None and nearest.start >= phrase.end and nearest.sentence <= limit:
            after.append(Candidate(cluster, nearest, later=True))
    before.sort(key=lambda candidate: -candidate.nearest.end)
    after.sort(key=lambda candidate: candidate.nearest.start)
    if ordinary:
        return before + after[:_MOST_LATER]
    recent = before[:_MOST]
    recent += [
        each for each in before[_MOST:]
        if len(each.cluster.phrases) > 1
        or each.cluster.phrases[0].sentence == 0
        or (each.cluster.named and each.cluster.roles)
    ]  # fmt: skip
    return recent + after[:_MOST_LATER]


def lies_in(cluster: Cluster) -> bool:
    """Whether a place may lie in what a cluster stands for: a named town, base or region."""
    return cluster.named and cluster.kind == "place"


def _may_name(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether a noun may be said of a cluster at all."""
    if phrase.head in cluster.heads or phrase.head in cluster.names:
        return True
    if not phrase.groups:
        return False
    if not cluster.groups:
        return True
    groups = cluster.groups
    return (
        not groups.isdisjoint(phrase.groups)
        or common().related(phrase.groups, groups)
        or (cluster.named and cluster.kind == phrase.kind)
    )
