"""The walk through a text: each phrase that may take up something, in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from temoin.grounding.entities._candidates import Candidate, candidates
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._naming import cluster_names, same_description
from temoin.grounding.entities._phrases import FORMS, NAMED, PLACES, PRONOUNS, Phrase
from temoin.grounding.entities._tables import common

__all__ = ["Choice", "Decide", "resolve"]

#: Chooses one of the candidates for a phrase, or none.
Decide = Callable[[Phrase, list[Candidate], Scene, list[Cluster]], "Candidate | None"]

_FORMS = frozenset(FORMS)
_PRONOUNS = frozenset(PRONOUNS)
#: Some of several ("two of them"): no thing that others are.
_SOME = frozenset({"part", "rest", "number"})
#: Forms that hang on what they take up without being it: its men, a school of the town.
_OTHERS = frozenset({"owned", "indefinite", NAMED})
#: Nouns that a place's name alone may stand for: the town, the capital, the place.
_WHOLE = frozenset({"settlement", "capital", "region", "spot", "district", "island"})

#: In a text with more clusters than this, only those near a phrase are looked at ...
_MANY = 400
#: ... chosen anew every so many phrases, so far back and ahead, in code points.
_STEP = 16
_BACK = 12_000
_AHEAD = 6_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phrase takes up.

    Args:
        phrase: The phrase.
        antecedent: The phrase that names what it stands for.
    """

    phrase: Phrase
    antecedent: Phrase


def resolve(scene: Scene, decide: Decide) -> tuple[list[Cluster], list[Choice]]:
    """Clusters of all phrases, and what was taken up by which phrase.

    Args:
        scene: The text with its phrases.
        decide: Chooses what a phrase takes up; asked in the order of the text.
    """
    asked = [
        phrase
        for phrase in scene.phrases
        if phrase.given and (_may_take_up(phrase) or (phrase.start, phrase.end) in scene.told)
    ]
    waiting = {id(phrase) for phrase in asked}
    clusters = cluster_names(scene, [p for p in scene.phrases if id(p) not in waiting])
    # A description is a thing of its own until it turns out to take up another.
    alone = {id(phrase): Cluster(phrase) for phrase in asked if phrase.form not in _PRONOUNS}
    clusters += alone.values()
    choices: list[Choice] = []
    window: list[Cluster] = clusters
    for number, phrase in enumerate(asked):
        if len(clusters) > _MANY and number % _STEP == 0:
            window = [cluster for cluster in clusters if _is_near(cluster, phrase)]
        own = alone.get(id(phrase))
        found = decide(phrase, candidates(phrase, window, own=own), scene, window)
        home = found.cluster if found else _repeated(phrase, window, own)
        if found and not _is_same(phrase, found.cluster):
            home = None
        antecedent = found.cluster.telling_apart(phrase) if found else None
        if antecedent is not None:
            choices.append(Choice(phrase, antecedent))
        if home is not None and own is not None:
            home.take(own)
            for each in (clusters, window) if window is not clusters else (clusters,):
                if own in each:
                    each.remove(own)
        elif home is not None:
            home.add(phrase)
        elif own is None:
            clusters.append(Cluster(phrase))
    return clusters, choices


def _is_near(cluster: Cluster, phrase: Phrase) -> bool:
    """Whether one of the cluster's phrases is near enough to be taken up."""
    last = cluster.before(phrase.start + _AHEAD)
    return last is not None and last.start > phrase.start - _BACK


def _may_take_up(phrase: Phrase) -> bool:
    if phrase.form == NAMED:
        return not phrase.own and not phrase.role_set.isdisjoint(PLACES)
    # Without an article, only a noun for a place may be a repetition: "camp", "город".
    if phrase.form in ("bare", "indefinite"):
        return phrase.kind == "place" and (
            phrase.form == "bare" or not phrase.role_set.isdisjoint(PLACES)
        )
    return phrase.form in _FORMS


def _is_same(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether a phrase that takes up a cluster is it: not its part, its men, its port."""
    if phrase.form in _PRONOUNS:
        return phrase.form not in _SOME
    if phrase.form in _OTHERS:
        return False
    if not phrase.head or phrase.head in cluster.heads or phrase.head in cluster.names:
        return True
    if phrase.form != "demonstrative" and not phrase.role_set.isdisjoint(PLACES):
        if not cluster.groups:
            return not _WHOLE.isdisjoint(phrase.groups)
        return not cluster.groups.isdisjoint(phrase.groups) or common().related(
            phrase.groups, cluster.groups
        )
    return True


def _repeated(phrase: Phrase, clusters: list[Cluster], own: Cluster | None) -> Cluster | None:
    """The cluster that the same description stands for, where one stands before."""
    if phrase.form != "definite":
        return None
    return next(
        (
            cluster
            for cluster in reversed(clusters)
            if cluster is not own and any(_repeats(phrase, other) for other in cluster.phrases)
        ),
        None,
    )


def _repeats(phrase: Phrase, other: Phrase) -> bool:
    return (
        other.start < phrase.start and other.form == "definite" and same_description(phrase, other)
    )
