"""What speaks for and against a phrase taking up a cluster: features with a name each."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Final

from temoin.grounding.entities import _feature_names as f
from temoin.grounding.entities._candidates import Candidate, lies_in
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._finding import ATTRIBUTION, Scene
from temoin.grounding.entities._phrases import PLACES, PRONOUNS, Phrase
from temoin.grounding.entities._tables import common

__all__ = ["Suits", "features", "none_features"]

#: English tells persons from things.
_KIND_OF_PRONOUN: Final = {
    ("en", "m", "s"): "person", ("en", "f", "s"): "person", ("en", "n", "s"): "no person",
}  # fmt: skip
_FITTING: Final = (f.FITTING_NAMED, f.FITTING_ROLE_SAME, f.FITTING_FIRST)
_FAR: Final = (f.FAR_MOST_MENTIONED, f.FAR_UNNAMED)
#: Log odds from which something is somewhat and much more usual than by chance.
_SOMEWHAT: Final = 0.4
_MUCH: Final = 1.2

#: Of an event type and role ("killing:target"), how usual each group of nouns is.
Suits = Mapping[str, Mapping[str, float]]


def features(
    phrase: Phrase,
    choices: list[Candidate],
    scene: Scene,
    clusters: list[Cluster],
    suits: Suits,
) -> list[list[int]]:
    """The numbers of the features that hold of each candidate."""
    asked = _Asked(phrase, scene, clusters, suits)
    return [asked.row(choice) for choice in choices]


class _Asked:
    """A phrase whose candidates are weighed one after the other, the last named first."""

    def __init__(self, phrase: Phrase, scene: Scene, clusters: list[Cluster], suits: Suits) -> None:
        self.phrase = phrase
        self.scene = scene
        self.kind = _wanted_kind(phrase, scene.table.language)
        self.roles = phrase.role_set
        self.placed = bool(self.roles & PLACES)
        self.events = phrase.event_set
        self.first_event = min(self.events, default=-1)
        self.tasks = phrase.task_set
        self.usual = [
            usual for role, event in phrase.roles
            if (usual := suits.get(f"{scene.types[event]}:{role}"))
        ]  # fmt: skip
        self.most = max((len(cluster.phrases) for cluster in clusters), default=1)
        self.most_of: dict[str, int] = {}
        for cluster in clusters:
            kind = cluster.kind or "unknown"
            if len(cluster.phrases) > self.most_of.get(kind, 1):
                self.most_of[kind] = len(cluster.phrases)
        self._rank = self._fitting = self._placed = 0
        self._asks = asked_features(phrase, scene)

    def row(self, choice: Candidate) -> list[int]:
        """The features of the next candidate."""
        cluster, near = choice.cluster, choice.nearest
        away = max(0, self.phrase.sentence - near.sentence)
        row = list(self._asks)
        agrees = self._agreement(cluster, row)
        fitting = 0
        if not choice.later:
            self._rank += 1
            if agrees != "other":
                self._fitting += 1
                fitting = self._fitting
        self._distance(choice, away, fitting, row)
        same = self._roles(cluster, near, row)
        self._words(cluster, near, row)
        self._salience(choice, row)
        self._together(choice, away, row, fitting=fitting, same=same, agrees=agrees)
        return row

    def _agreement(self, cluster: Cluster, row: list[int]) -> str:
        """Whether gender, number and kind agree: same, other or unknown."""
        phrase = self.phrase
        agrees = "unknown"
        fits = True
        if phrase.form != "owned":
            if phrase.gender != "any" and cluster.gender != "any":
                same = phrase.gender == cluster.gender
                row.append(f.GENDER_SAME if same else f.GENDER_OTHER)
                agrees, fits = "same", same
            if phrase.number != "any" and cluster.number != "any":
                if phrase.number == cluster.number:
                    row.append(f.NUMBER_SAME)
                    agrees = "same"
                elif phrase.number == "p" and cluster.collective:
                    row.append(f.NUMBER_COLLECTIVE)
                else:
                    row.append(f.NUMBER_OTHER)
                    fits = False
        if phrase.form in ("part", "rest") and cluster.number == "p":
            row.append(f.PLURAL_AND_NUMBER)
        row.append(f.KIND_F[cluster.kind or "unknown"])
        if self.kind is None or cluster.kind is None:
            row.append(f.KIND_UNKNOWN)
        elif self.kind == cluster.kind or (self.kind == "no person" and cluster.kind != "person"):
            row.append(f.KIND_SAME)
        else:
            row.append(f.KIND_OTHER)
            fits = False
        return agrees if fits else "other"

    def _distance(self, choice: Candidate, away: int, fitting: int, row: list[int]) -> None:
        near, phrase = choice.nearest, self.phrase
        if choice.later:
            same = near.sentence == phrase.sentence
            row.append(f.LATER_SAME if same else f.LATER_NEXT)
            row.append(f.LATER_GAP_F[_gap(near.at - phrase.at)])
            low, high = phrase.end, near.start
        else:
            row.append(f.SENTENCE_F[_sentences(away)])
            row.append(f.RECENCY_F[_rank(self._rank)])
            if fitting:
                row.append(f.FITTING_F[_rank(fitting)])
            if away == 0:
                row.append(f.GAP_F[_gap(self.scene.tokens_between(near.end, phrase.start))])
            if near.first:
                row.append(f.FIRST)
                if away <= 1:
                    row.append(f.FIRST_BEFORE if away else f.FIRST_SAME)
            low, high = near.end, phrase.start
        if self.scene.text.find("\n\n", low, high) < 0:
            row.append(f.SAME_PARAGRAPH)

    def _roles(self, cluster: Cluster, near: Phrase, row: list[int]) -> bool:
        """Roles and events; tells whether the nearest phrase has the same role."""
        row.extend([f.ROLE_F[role] for role in cluster.roles])
        if not cluster.roles:
            row.append(f.ROLE_F["none"])
        same = not self.roles.isdisjoint(near.role_set)
        if same:
            row.append(f.ROLE_SAME)
        elif not self.roles.isdisjoint(cluster.roles):
            row.append(f.ROLE_SAME_BEFORE)
        theirs = not cluster.roles.isdisjoint(PLACES)
        if self.placed and theirs:
            row.append(f.PLACE_BOTH)
        elif not self.placed and not theirs:
            row.append(f.PLACE_NEITHER)
        if not self.events.isdisjoint(near.event_set):
            row.append(f.SAME_EVENT)
        elif self.first_event > 0 and self.first_event - 1 in cluster.events:
            row.append(f.EVENT_BEFORE)
        elif self.first_event > 1 and self.first_event - 2 in cluster.events:
            row.append(f.EVENT_TWO_BEFORE)
        self._shared_events(cluster, row)
        if not self.tasks.isdisjoint(cluster.tasks):
            row.append(f.SAME_TASK)
        row.append(f.SUITS_F[self._suits(cluster)])
        return same

    def _shared_events(self, cluster: Cluster, row: list[int]) -> None:
        """What the cluster is to the same event and to the event before."""
        for role, event in cluster.parts:
            if event in self.events and role in f.OF_SAME_F:
                row.append(f.OF_SAME_F[role])
            elif event == self.first_event - 1:
                row.extend(
                    f.OF_BEFORE_F[one, role] for one in self.roles if (one, role) in f.OF_BEFORE_F
                )

    def _suits(self, cluster: Cluster) -> str:
        """How usual it is for such a thing to have the phrase's roles in its events."""
        what = cluster.groups or ((cluster.kind,) if cluster.kind else ())
        if not what or not self.usual:
            return "neutral"
        best = 0.0
        for usual in self.usual:
            best += max([usual.get(group, 0.0) for group in what])
        if best > _SOMEWHAT:
            return "well" if best > _MUCH else "somewhat"
        if best < -_SOMEWHAT:
            return "badly" if best < -_MUCH else "little"
        return "neutral"

    def _words(self, cluster: Cluster, near: Phrase, row: list[int]) -> None:
        phrase = self.phrase
        if cluster.named:
            row.append(f.NAMED_F)
        if near.form in PRONOUNS:
            row.append(f.PRONOUN_LAST)
        if phrase.form in PRONOUNS or not phrase.head:
            return
        if phrase.head in cluster.heads:
            row.append(f.HEAD_SAME_LAST if phrase.head == near.head else f.HEAD_SAME)
        if phrase.head in cluster.names:
            row.append(f.HEAD_IN_NAME)
        if phrase.groups:
            row.extend(_groups(phrase, cluster))
        if phrase.modifiers:
            shared = not phrase.modifiers.isdisjoint(cluster.modifiers)
            row.append(f.MODIFIERS_SHARED if shared else f.MODIFIERS_APART)

    def _salience(self, choice: Candidate, row: list[int]) -> None:
        cluster = choice.cluster
        mentions = len(cluster.phrases)
        row.append(f.MENTIONS_F[min(mentions, 4)])
        if mentions > 1:
            row.append(f.RESOLVED)
        if mentions == self.most:
            row.append(f.MOST_MENTIONED)
        kind = cluster.kind or "unknown"
        if mentions > 1 and mentions == self.most_of.get(kind):
            row.append(f.MOST_OF_KIND_F[kind])
        if cluster.phrases[0].sentence == 0:
            row.append(f.FIRST_SENTENCE)
            if cluster.phrases[0].first:
                row.append(f.OPENS)
        near = abs(self.phrase.sentence - choice.nearest.sentence) <= 1
        if near and ATTRIBUTION in cluster.roles:
            row.append(f.SPEAKER_NEARBY)

    def _together(
        self,
        choice: Candidate,
        away: int,
        row: list[int],
        *,
        fitting: int,
        same: bool,
        agrees: str,
    ) -> None:
        """What says more together than apart."""
        cluster, near = choice.cluster, choice.nearest
        form = cluster.telling().form
        form = form if form in f.FORM_F else "other"
        row.append(f.FORM_F[form])
        if fitting == 1:
            facts = (cluster.named, same, near.first)
            row.extend(itertools.compress(_FITTING, facts))
        if cluster.named and same:
            row.append(f.NAMED_ROLE_SAME)
        if away >= 3:
            told = (len(cluster.phrases) == self.most, not cluster.named)
            row.extend(itertools.compress(_FAR, told))
        if lies_in(cluster):
            self._lying(choice, away, fitting, row)
        where = "later" if choice.later else "far" if away > 1 else "before" if away else "same"
        numbers = f.WHERE_ROLE_F[where]
        theirs = near.role_set or f.NO_ROLE
        row.extend([numbers[role] for role in theirs])
        row.append(f.WHERE_FORM_F[where][form])
        row.append(f.WHERE_AGREES_F[where][agrees])
        if near.first:
            row.append(f.WHERE_FIRST_F[where])
        row.append(f.STANDS_F[self.phrase.first, where][near.stands])
        if near.roles:
            row.append((f.ACTS_F if near.acts else f.SUFFERS_F)[where])

    def _lying(self, choice: Candidate, away: int, fitting: int, row: list[int]) -> None:
        """Of a named place, in which the phrase may lie: how near it was named."""
        cluster = choice.cluster
        row.append(f.FAR_PLACE if away >= 3 else f.NEAR_PLACE)
        if not choice.later:
            self._placed += 1
            rank = _rank(self._placed)
            row.append(f.PLACE_RANK_F[rank])
            if away == 0:
                row.append(f.PLACE_SAME_F[rank])
            elif not cluster.roles.isdisjoint(PLACES):
                row.append(f.PLACE_ROLE_F[rank])
            if self.phrase.groups and self.phrase.head not in cluster.heads:
                row.append(f.LIES_IN_F[_sentences(away)])
        if fitting and len(cluster.phrases) == self.most_of.get("place"):
            row.append(f.MOST_PLACE_F[min(fitting, 3)])


def _groups(phrase: Phrase, cluster: Cluster) -> list[int]:
    """How the phrase's noun is related to the nouns and names of the cluster."""
    if cluster.groups:
        if not cluster.groups.isdisjoint(phrase.groups):
            return [f.GROUP_SAME]
        related = common().related(phrase.groups, cluster.groups)
        return [f.GROUP_WIDER if related else f.GROUP_APART]
    kind = common().kind(phrase.groups) if cluster.named else None
    return [f.NAME_AND_F[kind]] if kind in f.NAME_AND_F else []


def asked_features(phrase: Phrase, scene: Scene) -> list[int]:
    """The numbers of the features that tell what is asked for, the same for all candidates."""
    row = [f.ASKS_FORM_F[phrase.form], f.ASKS_LANGUAGE_F[scene.table.language]]
    row += [f.ASKS_ROLE_F[role] for role in sorted(phrase.role_set)]
    row.append(f.ASKS_STANDS_F[phrase.stands])
    row.append(f.ASKS_NUMBER_F[phrase.number])
    row.append(f.ASKS_KIND_F[phrase.kind or "unknown"])
    return row


def none_features(phrase: Phrase, choices: list[Candidate], scene: Scene) -> list[int]:
    """The numbers of the features that hold of taking up nothing."""
    row = [
        "none",
        *(f.FEATURES[n] for n in asked_features(phrase, scene)),
        f"none:{scene.table.language}",
        f"none:kind={phrase.kind or 'unknown'}",
    ]
    row += [f"none:role={role}" for role in phrase.role_set]
    row.append("none:plural" if phrase.number == "p" else "none:singular")
    if phrase.modifiers:
        row.append("none:modifiers")
    if phrase.sentence == 0:
        row.append("none:first sentence")
    if phrase.head and not any(phrase.head in c.cluster.heads for c in choices if not c.later):
        row.append("none:no head same")
    if not phrase.groups:
        row.append("none:no group")
    row += [f"none:group={group}" for group in phrase.groups]
    words = 1 + len(phrase.modifiers)
    row.append(f"none:words={words}" if words < 3 else "none:words=3+")
    return [f.F[name] for name in row]


def _wanted_kind(phrase: Phrase, language: str) -> str | None:
    """Which kind of thing the phrase can only stand for."""
    if phrase.form in PRONOUNS:
        if phrase.form in ("adverb", "where") or any(role in PLACES for role, _ in phrase.roles):
            return "place"
        if phrase.form in ("subject", "object", "possessive") and phrase.gender != "any":
            return _KIND_OF_PRONOUN.get((language, phrase.gender, phrase.number))
        return None
    return phrase.kind


def _sentences(away: int) -> str:
    if away <= 3:
        return str(max(0, away))
    return "4-6" if away <= 6 else "7-12" if away <= 12 else "13+"


def _gap(tokens: int) -> str:
    if tokens <= 1:
        return str(max(0, tokens))
    for limit, name in ((3, "2-3"), (7, "4-7"), (15, "8-15")):
        if tokens <= limit:
            return name
    return "16+"


def _rank(rank: int) -> str:
    return str(rank) if rank <= 3 else "4-6" if rank <= 6 else "7+"
