"""When two phrases that name something name the same thing: rules on their words.

Same name, part of a name, acronym, words in brackets or set off by commas, the same
noun with the same modifiers. What only context tells is left to the ranking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from temoin.grounding._folding import fold
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import NAMED, Phrase
from temoin.grounding.entities._tables import Table, table_for

__all__ = ["cluster_names", "same_description", "same_name"]

_ACRONYM: Final = re.compile(r"^[A-ZА-ЯЁІЇЄҐ][A-ZА-ЯЁІЇЄҐ0-9-]{1,7}$")
_BETWEEN_BRACKETS: Final = re.compile(r"^\s*[(\[]\s*[«“\"]?\s*$")
_APPOSED: Final = re.compile(r"^\s*,\s*$")
_CLOSED: Final = re.compile(r"^\s*[,.;:)]")
_SHORTEST_PART: Final = 4
_PERSONS: Final = frozenset(
    {"official", "officer", "leader", "person", "woman", "doctor", "witness", "soldier"}
)
#: Nouns that name no thing by themselves even with the same words around them.
_ONE_OF_MANY: Final = frozenset({"place", "person"})


def cluster_names(scene: Scene, phrases: Sequence[Phrase]) -> list[Cluster]:
    """Clusters of the phrases that name their thing, by the rules on words."""
    clusters: list[Cluster] = []
    known: dict[str, list[Cluster]] = {}
    previous: tuple[Phrase, Cluster] | None = None
    for phrase in phrases:
        keys = _keys(phrase, scene)
        home = _home(phrase, keys, known, scene)
        if home is None and previous is not None and _beside(previous[0], phrase, scene):
            home = previous[1]
        if home is None:
            home = Cluster(phrase)
            clusters.append(home)
        else:
            home.add(phrase)
        for key in keys:
            entries = known.setdefault(key, [])
            if home not in entries:
                entries.append(home)
        previous = phrase, home
    return clusters


def same_name(one: Phrase, other: Phrase, table: Table) -> bool:
    """Whether two names with their nouns name the same thing."""
    if not one.names or not other.names or one.own != other.own:
        return False
    if not one.own:
        # "la base de Senaki" again, "la base aérienne de Senaki".
        return (_same_noun(one, other)) and _same_words(one.names, other.names, table)
    if _clash(one, other):
        return False
    if _same_words(one.names, other.names, table):
        return True
    if one.number != other.number and "any" not in (one.number, other.number):
        return False
    return _part_of(one.names, other.names, table) or _part_of(other.names, one.names, table)


def same_description(one: Phrase, other: Phrase) -> bool:
    """Whether two descriptions without a name are the same one repeated."""
    if not one.head or one.modifiers != other.modifiers:
        return False
    if "any" not in (one.number, other.number) and one.number != other.number:
        return False
    if one.head == other.head:
        return one.kind not in _ONE_OF_MANY or bool(one.modifiers)
    # "les unités syriennes", "les troupes syriennes".
    return bool(one.modifiers) and not set(one.groups).isdisjoint(other.groups)


def _home(
    phrase: Phrase, keys: Sequence[str], known: dict[str, list[Cluster]], scene: Scene
) -> Cluster | None:
    seen: set[int] = set()
    for key in keys:
        for cluster in reversed(known.get(key, ())):
            if id(cluster) in seen:
                continue
            seen.add(id(cluster))
            if any(_same(phrase, other, scene) for other in cluster.phrases):
                return cluster
    return None


def _same(one: Phrase, other: Phrase, scene: Scene) -> bool:
    if one.names or other.names:
        return same_name(one, other, scene.table) or _acronym(one, other, scene)
    if "definite" not in (one.form, other.form):
        return False
    return same_description(one, other)


def _keys(phrase: Phrase, scene: Scene) -> list[str]:
    """What to look a phrase up by: cheap, so that not all pairs need be compared."""
    keys = [name[:_SHORTEST_PART] for name in phrase.names]
    if phrase.names:
        words = scene.text[phrase.start : phrase.end]
        initials = _initials(words, scene.table.language)
        keys += [f"={_capital(words)}", f"={initials[0]}", f"={initials[1]}"]
    else:
        keys += [f"#{phrase.head}", *(f"@{group}" for group in phrase.groups if phrase.modifiers)]
    return keys


def _acronym(one: Phrase, other: Phrase, scene: Scene) -> bool:
    if not (one.own and other.own):
        return False
    short, long = sorted(
        (scene.text[one.start : one.end], scene.text[other.start : other.end]), key=len
    )
    letters = _capital(short)
    return bool(letters) and letters in _initials(long, scene.table.language)


@lru_cache(maxsize=4096)
def _capital(words: str) -> str:
    """The acronym that a phrase is, without its article; empty where it is none."""
    last = re.split(r"[\s'’]", words)[-1]
    before = words[: len(words) - len(last)].strip(" '’")
    return last if len(before) <= 3 and _ACRONYM.match(last) else ""


@lru_cache(maxsize=4096)
def _initials(words: str, language: str) -> tuple[str, str]:
    """Initials of the words with a capital, and of all words of some length."""
    determiners = table_for(language).determiners
    parts = [part for part in re.split(r"[\s\-'’]+", words) if part]
    if len(parts) > 1 and fold(parts[0]) in determiners:
        parts = parts[1:]
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    long = "".join(part[0].upper() for part in parts if len(part) > 3 or part[0].isupper())
    return (capitals if len(capitals) > 1 else "", long if len(long) > 1 else "")


def _beside(before: Phrase, phrase: Phrase, scene: Scene) -> bool:
    """Whether a phrase only says again what the one before it names: brackets, commas."""
    between = scene.between(before.end, phrase.start)
    if _BETWEEN_BRACKETS.match(between):
        letters = _capital(scene.text[phrase.start : phrase.end])
        long = _initials(scene.text[before.start : before.end], scene.table.language)[0]
        # "Combatants of the Red Front (RF)": the brackets are about the front.
        return bool(letters) and (not long or long[0] == letters[0])
    if not _APPOSED.match(between) or not _CLOSED.match(scene.text[phrase.end :][:3]):
        return False
    described, named = (before, phrase) if phrase.form == NAMED else (phrase, before)
    if named.form != NAMED or not named.own or described.own or named.kind == "place":
        return False
    return not _PERSONS.isdisjoint(described.groups) and "p" not in (
        described.number,
        named.number,
    )


def _same_noun(one: Phrase, other: Phrase) -> bool:
    return one.head == other.head or not set(one.groups).isdisjoint(other.groups)


def _clash(one: Phrase, other: Phrase) -> bool:
    kinds = {phrase.kind for phrase in (one, other)} - {None}
    if len(kinds) > 1 and kinds != {"person", "group"}:
        # A capital stands for its government: the name is one thing all the same.
        return one.titled or other.titled or bool(one.head and other.head)
    genders = {one.gender, other.gender} - {"any"}
    return len(genders) > 1 and (one.titled or other.titled)


def _same_words(one: Sequence[str], other: Sequence[str], table: Table) -> bool:
    return len(one) == len(other) and all(
        _same_word(a, b, table) for a, b in zip(one, other, strict=True)
    )


def _part_of(one: Sequence[str], other: Sequence[str], table: Table) -> bool:
    """Whether one name is the other's first or last word, and long enough to tell."""
    return (
        len(one) == 1 < len(other)
        and len(one[0]) >= _SHORTEST_PART
        and (_same_word(one[0], other[-1], table) or _same_word(one[0], other[0], table))
    )


def _same_word(one: str, other: str, table: Table) -> bool:
    if one == other:
        return True
    if table.language not in ("ru", "uk") or min(len(one), len(other)) < _SHORTEST_PART:
        return False
    shorter = min(len(one), len(other))
    return one[: shorter - 1] == other[: shorter - 1] and abs(len(one) - len(other)) <= 2
