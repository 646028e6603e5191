"""What the words of a phrase say: names, countries, peoples, heads, and who only stands by.

"les rebelles soutenus par le Rwanda" has the head *rebels* and Rwanda as a backer;
"les forces du régime" has the heads *forces* and *regime* and is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from temoin.grounding.actors.lexicon import (
    Class,
    Country,
    Parts,
    People,
    classes,
    parts,
    spoken,
)
from temoin.grounding.actors.store import Alias, Found, find_names
from temoin.grounding.actors.words import Word, words, words_of

__all__ = ["Head", "Name", "Nation", "Phrase", "read"]

#: How many words may stand between "soutenus" and the backer: "par le".
_REACH = 2
_AND = re.compile(r"\W+(?:(?:et|and|y|e|и|і|й|та|و)\W*)(?:(?:l|le|la|les|the|el|los|las)\W+)?")
#: "prorusses", "antigouvernementales", "проиранские": the prefix is part of the word.
_BACKING = ("pro", "про")
_OPPOSING = ("anti", "анти")


@dataclass(frozen=True, slots=True)
class Name:
    """A known name of the phrase; `link` is "", backer, against or former."""

    found: Found
    link: str = ""


@dataclass(frozen=True, slots=True)
class Nation:
    """A country or people that the phrase names; `link` as for `Name`."""

    at: int
    end: int
    country: Country | None = None
    people: People | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A word for a force, an office or a crowd."""

    at: int
    end: int
    cls: Class


@dataclass(slots=True)
class Phrase:
    """What the words of a phrase say.

    Attributes:
        text: The phrase.
        words: Its words.
        names: The known names in it.
        nations: The countries and peoples in it.
        heads: The words for forces, offices and crowds in it.
        loaded: Whether it takes sides.
        loaded_country: Whose forces a loaded word is used of.
        counts: Which of its words are numbers or the like.
        definite: Whether it begins with a definite article, or the language has none.
        so_called: Whether the source distances itself from the name.
        things: Which words name a building, a town, a position.
        compounds: Whether the language puts what a phrase is about last.
    """

    text: str
    words: Sequence[Word]
    names: list[Name] = field(default_factory=list)
    nations: list[Nation] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    loaded: bool = False
    loaded_country: str | None = None
    counts: tuple[int, ...] = ()
    definite: bool = False
    so_called: bool = False
    things: tuple[int, ...] = ()
    compounds: bool = False

    @property
    def head(self) -> Head | None:
        """The heaviest head; of equals the first."""
        return max(self.heads, key=lambda head: (head.cls.weight, -head.at), default=None)

    @property
    def is_thing(self) -> bool:
        """Whether it names a thing first: "la base de l'armée", "the house of a soldier"."""
        if not self.things:
            return False
        if self.compounds:
            # English ends with what it is about: "the army base", "a Hezbollah depot".
            ends = {head.end for head in self.heads} | {name.found.last for name in self.names}
            ends |= {nation.end for nation in self.nations}
            if any(at in ends for at in self.things):
                return True
        people = [head for head in self.heads if head.cls.id != "position"]
        return all(head.at > self.things[0] for head in people)

    @property
    def own_names(self) -> list[Name]:
        """The names that are the phrase's own, not those of a backer or an enemy."""
        return [name for name in self.names if not name.link]

    @property
    def own_nations(self) -> list[Nation]:
        """The countries and peoples that are the phrase's own."""
        return [nation for nation in self.nations if not nation.link]


def read(
    text: str, language: str, *, accept: Callable[[Alias], bool] = lambda alias: not alias.unsure
) -> Phrase:
    """Read a phrase with the tables of its language.

    Args:
        text: The phrase.
        language: Its language.
        accept: Which names count; without a theatre the sure ones.
    """
    table = parts(spoken(language))
    found = Phrase(text, words_of(text))
    flags = _flags(found.words, table)
    taken: set[int] = set()
    for candidate in find_names(found.words, language):
        aliases = tuple(alias for alias in candidate.aliases if accept(alias))
        if not aliases:
            continue
        name = replace(candidate, aliases=aliases)
        taken.update(range(name.first, name.last))
        found.names.append(Name(name, _link(flags, name.first, name.last)))
    _find_nations(found, table, flags, taken)
    _find_heads(found, table, flags, taken)
    _find_loaded(found, table, taken)
    found.things = tuple(
        at for at, flag in sorted(flags.items()) if flag == "place" and at not in taken
    )
    found.compounds = spoken(language) == "en"
    counts = [
        at
        for at, word in enumerate(found.words)
        if flags.get(at) == "indefinite" or word.fold[0].isdigit()
    ]
    found.counts = tuple(counts)
    found.definite = not table.definite or text.casefold().startswith(table.definite)
    return found


def _flags(text: Sequence[Word], table: Parts) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(len(text)):
        flag = table.flags.at(text, at)
        if flag:
            found.update(dict.fromkeys(range(at, flag[1]), flag[0]))
    return found


def _link(flags: dict[int, str], first: int, last: int, stop: Collection[int] = ()) -> str:
    """What a name or country is to the phrase, by the words around it."""
    if flags.get(first - 1) == "beyond":
        return "former"
    for back in range(1, _REACH + 2):
        # "pro-Turkish Syrian factions": the word belongs to the nearer name.
        if first - back in stop:
            break
        flag = flags.get(first - back)
        if flag == "against":
            return "against" if back <= _REACH else ""
        if flag == "backed":
            return "backer"
    # "Iranian-backed", "Rwanda-aligned": the word follows.
    return "backer" if flags.get(last) == "backed" else ""


def _joined(phrase: Phrase, at: int) -> str:
    """The link of the nation before, where "and" joins this one to it."""
    if not phrase.nations:
        return ""
    before = phrase.nations[-1]
    between = phrase.text[phrase.words[before.end - 1].end : phrase.words[at].start]
    return before.link if _AND.fullmatch(between) else ""


def _find_nations(phrase: Phrase, table: Parts, flags: dict[int, str], taken: set[int]) -> None:
    text = phrase.words
    at = 0
    while at < len(text):
        if at in taken:
            at += 1
            continue
        country, people = table.countries.at(text, at), table.peoples.at(text, at)
        if country and people and people[1] > country[1]:
            country = None
        named = country or people
        # Names of countries have a capital; "mali" is no Mali where scripts have capitals.
        if country and country[0].how != "demonym" and not text[at].capital:
            country, named = None, people
        if named is None or any(word in taken for word in range(at, named[1])):
            prefixed = _prefixed(text[at], table)
            if prefixed:
                phrase.nations.append(replace(prefixed, at=at, end=at + 1))
            at += 1
            continue
        end = named[1]
        known = {word for nation in phrase.nations for word in range(nation.at, nation.end)}
        phrase.nations.append(
            Nation(
                at,
                end,
                country[0] if country else None,
                people[0] if people and not country else None,
                _link(flags, at, end, known | taken) or _joined(phrase, at),
            )
        )
        at = end


def _prefixed(word: Word, table: Parts) -> Nation | None:
    """The backer in "prorusse", the enemy in "antirusse"."""
    for prefixes, link in ((_BACKING, "backer"), (_OPPOSING, "against")):
        for prefix in prefixes:
            if word.fold.startswith(prefix) and len(word.fold) > len(prefix) + 2:
                rest = words(word.text[len(prefix) :])
                country = table.countries.at(rest, 0) if rest else None
                if country and country[0].how == "demonym":
                    return Nation(0, 1, country[0], None, link)
    return None


def _find_heads(phrase: Phrase, table: Parts, flags: dict[int, str], taken: set[int]) -> None:
    text = phrase.words
    known = classes()
    nations = {at for nation in phrase.nations for at in range(nation.at, nation.end)}
    at = 0
    while at < len(text):
        if at in taken:
            at += 1
            continue
        head = table.heads.at(text, at, gap=1)
        if head is None or any(word in taken for word in range(at, head[1])):
            at += 1
            continue
        # A demonym is no crowd: "Basques" must not be read as a stem of something else.
        if at in nations and head[1] == at + 1:
            at += 1
            continue
        # A word for a building or a town is none for a crowd, however it begins.
        # "Anti-gang units" are no gang.
        against = flags.get(at - 1) == "against" and text[at].glued
        if against or (head[0] != "position" and flags.get(at) == "place"):
            at += 1
            continue
        name = head[0]
        # "The military" is the army, a "military convoy" only soldiers'.
        if phrase.compounds and text[at].fold == "military" and at + 1 < len(text):
            name = "soldiers"
        phrase.heads.append(Head(at, head[1], known[name]))
        at = head[1] if head[1] - at == _single(text, at, table) else at + 1


def _single(text: Sequence[Word], at: int, table: Parts) -> int:
    """How many words the head takes without any word between."""
    head = table.heads.at(text, at)
    return head[1] - at if head else 0


def _find_loaded(phrase: Phrase, table: Parts, taken: set[int]) -> None:
    text = phrase.words
    for at in range(len(text)):
        if table.so_called.at(text, at):
            phrase.loaded = phrase.so_called = True
        if at in taken:
            continue
        loaded = table.loaded.at(text, at)
        if loaded:
            phrase.loaded = True
            phrase.loaded_country = phrase.loaded_country or loaded[0]
