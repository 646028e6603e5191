"""Clusters: the phrases that stand for one thing, and what is known of it by now."""

from __future__ import annotations

import bisect
from typing import Final

from temoin.grounding.entities._phrases import NAMED, PLACES, PRONOUNS, Phrase
from temoin.grounding.entities._tables import common

__all__ = ["Cluster"]

#: How telling a form is: the lower, the better it names its thing.
_TELLING: Final = {
    NAMED: 0, "indefinite": 1, "definite": 1, "bare": 1, "same": 2, "demonstrative": 3,
    "owned": 3, "ours": 3,
}  # fmt: skip
_VAGUE: Final = 9
_LONGEST_NAME: Final = 5


class Cluster:
    """The phrases that stand for one actor, place or thing."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrases: list[Phrase] = []
        self.gender = "any"
        self.number = "any"
        self.kind: str | None = None
        self.groups: set[str] = set()
        self.heads: set[str] = set()
        self.names: set[str] = set()
        self.modifiers: set[str] = set()
        self.roles: set[str] = set()
        self.events: set[int] = set()
        self.tasks: set[tuple[str, str]] = set()
        self.parts: set[tuple[str, int]] = set()
        self.named = False
        self.described = False
        self._starts: list[int] = []
        self._telling: Phrase | None = None
        self.add(phrase)

    def add(self, phrase: Phrase) -> None:
        """Take in a phrase, and what it tells."""
        at = bisect.bisect(self._starts, phrase.start)
        self._starts.insert(at, phrase.start)
        self.phrases.insert(at, phrase)
        self._telling = None
        self.roles |= phrase.role_set
        self.tasks |= phrase.task_set
        self.parts.update(phrase.roles)
        self.events |= phrase.event_set
        owned = phrase.form in ("possessive", "part", "rest", "number", "of")
        if self.gender == "any" and not owned:
            self.gender = phrase.gender
        if self.number == "any" and not owned:
            self.number = phrase.number
        if phrase.form in PRONOUNS:
            return
        self.described = True
        self.groups.update(phrase.groups)
        if phrase.head:
            self.heads.add(phrase.head)
        self.names.update(phrase.names)
        self.modifiers |= phrase.modifiers
        self.named = self.named or phrase.form == NAMED
        kind = phrase.kind
        if kind and (self.kind is None or phrase.titled):
            self.kind = kind

    def take(self, other: Cluster) -> None:
        """Take in all phrases of another cluster."""
        for phrase in other.phrases:
            self.add(phrase)

    def before(self, start: int) -> Phrase | None:
        """Its last phrase that starts before an offset."""
        at = bisect.bisect_left(self._starts, start)
        return self.phrases[at - 1] if at else None

    def after(self, start: int) -> Phrase | None:
        """Its first phrase that starts after an offset."""
        at = bisect.bisect_right(self._starts, start)
        return self.phrases[at] if at < len(self.phrases) else None

    @property
    def collective(self) -> bool:
        """Whether a plural pronoun may take up its singular: the army, they."""
        return not common().collective.isdisjoint(self.groups)

    def telling(self) -> Phrase:
        """The phrase that names the thing best: a name, else the first description."""
        if self._telling is None:
            self._telling = min(self.phrases, key=_rank)
        return self._telling

    def telling_apart(self, phrase: Phrase) -> Phrase | None:
        """The most telling phrase that shares no words with another phrase."""
        best = self.telling()
        if best.end <= phrase.start or phrase.end <= best.start:
            return best
        apart = (p for p in self.phrases if p.end <= phrase.start or phrase.end <= p.start)
        return min(apart, key=_rank, default=None)

    @property
    def kind_of_entity(self) -> str:
        """actor, place, equipment, source or thing."""
        if self.roles and self.roles <= {"attribution"} and self.kind != "person":
            return "source"
        if self.kind == "place" or (self.kind is None and self.roles & PLACES):
            return "place"
        if self.kind == "equipment":
            return "equipment"
        if self.kind in ("person", "group") or self.roles & {"actor", "attribution"}:
            return "actor"
        return "thing" if not self.named or not self.roles else "actor"


def _rank(phrase: Phrase) -> tuple[int, int, int, int]:
    """The order of phrases by how well they name their thing, the best first."""
    own = 0 if phrase.own or phrase.form != NAMED else 1
    words = phrase.names if phrase.form == NAMED else phrase.modifiers
    length = -min(len(words), _LONGEST_NAME if phrase.form == NAMED else 1)
    return (_TELLING.get(phrase.form, _VAGUE), own, length, phrase.start)
