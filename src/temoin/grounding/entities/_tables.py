"""What is known of a language's words: pronouns, determiners, nouns. One TOML file each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

from temoin.grounding._folding import fold
from temoin.grounding.entities._tokens import fold_phrase

__all__ = ["DETERMINERS", "Common", "Noun", "Pronoun", "Table", "common", "languages", "table_for"]

_DATA = resources.files("temoin.grounding.entities") / "data"

#: Kinds of determiners, as the tables call them.
DETERMINERS: Final = ("definite", "demonstrative", "possessive", "speaker", "indefinite")

#: Letters that an ending may add to the stem of an inflected noun.
_ENDING = 3


class Pronoun(NamedTuple):
    """A pronoun or determiner: its form, gender (m, f, n, any) and number (s, p, any)."""

    form: str
    gender: str
    number: str


class Noun(NamedTuple):
    """A noun that a table knows: its groups, its gender, and the word it was found under."""

    groups: tuple[str, ...]
    gender: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Common:
    """What holds in every language."""

    kinds: dict[str, str]
    collective: frozenset[str]
    wider: dict[str, frozenset[str]]
    capitals: frozenset[str]

    def kind(self, groups: Iterable[str]) -> str | None:
        """Which kind of thing the first of the groups is: place, group, person, equipment."""
        return next((self.kinds[group] for group in groups if group in self.kinds), None)

    def related(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether a noun of one set of groups may take up a noun of the other."""
        others = frozenset(other)
        return any(not others.isdisjoint(self.wider.get(group, ())) for group in one)


class Table:
    """Everything that one language's table says, ready for look-up."""

    def __init__(self, data: dict[str, Any]) -> None:
        words = data["words"]
        self.language: str = data["language"]
        self.elides: bool = data.get("elides", False)
        self.head_last: bool = data["head"] == "last"
        self.article: str = fold(data.get("article", ""))
        self._particles = tuple(map(fold, data.get("particles", ())))
        self._plural = [(fold(end), fold(other)) for end, other in data.get("plural", ())]
        self.stems: bool = data.get("stems", False)
        self.pronouns: dict[str, Pronoun] = {}
        for entry in data["pronouns"]:
            for word, gender, number in _forms(entry):
                self.pronouns.setdefault(word, Pronoun(entry["form"], gender, number))
        self.determiners: dict[str, Pronoun] = {}
        for form in DETERMINERS:
            for word, gender, number in _forms(data["determiners"][form]):
                self.determiners.setdefault(word, Pronoun(form, gender, number))
        self.part_ends = tuple(fold_phrase(end) for end in data["parts"]["ends"])
        self.numbers = frozenset(map(fold, data["parts"]["numbers"]))
        self.same = frozenset(map(fold_phrase, words["same"]))
        self.prepositions = frozenset(map(fold, words["prepositions"]))
        self.places = frozenset(map(fold, words["places"]))
        self.towns = frozenset(map(fold, words.get("towns", ())))
        self.stops = frozenset(map(fold, words["stops"])) - {""}
        self.adjectives = frozenset(map(fold, words["adjectives"]))
        self.joining = frozenset(map(fold, words["joining"]))
        self.titles = frozenset(map(fold, words["titles"]))
        self.feminine = frozenset(map(fold, words["feminine"]))
        self._nouns: dict[str, Noun] = {}
        for group, genders in data["nouns"].items():
            for gender, nouns in genders.items():
                for noun in map(fold, nouns):
                    before = self._nouns.get(noun)
                    groups = (*before.groups, group) if before else (group,)
                    first = before.gender if before else gender
                    self._nouns[noun] = Noun(groups, first, noun)
        self._known: dict[str, Noun | None] = {}

    def noun(self, word: str) -> Noun | None:
        """What the table knows of a folded word, in whatever number or case it stands."""
        if word not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[word] = next(
                (self._nouns[base] for base in self._bases(word) if base in self._nouns), None
            )
        return self._known[word]

    def lemma(self, word: str) -> str:
        """One spelling for the forms of a folded word, so far as it can be told."""
        noun = self.noun(word)
        if noun:
            return noun.lemma
        if self.stems:
            return word[: max(4, len(word) - 2)]
        return self._singular(self.bare(word))

    def is_plural(self, word: str) -> bool | None:
        """Whether a folded word is a plural; None where its spelling does not tell."""
        if self.stems or self.article or not self._plural:
            return None
        return self._singular(word) != word and word not in self._nouns

    def bare(self, word: str) -> str:
        """A folded word without the article and the particles that are written onto it."""
        if not self.article:
            return word
        for particle in ("", *self._particles):
            start = particle + self.article
            if word.startswith(start) and len(word) > len(start) + 1:
                return word[len(start) :]
        # The article melts into the particle "li": للمدينة.
        if word.startswith("لل") and len(word) > 4:
            return word[2:]
        return word

    def has_article(self, word: str) -> bool:
        """Whether the article is written onto the folded word."""
        return bool(self.article) and self.bare(word) != word

    def _singular(self, word: str) -> str:
        for end, other in self._plural:
            left = len(word) - len(end)
            if word.endswith(end) and left >= (0 if other else 3) and not word.endswith("ss"):
                return word[: len(word) - len(end)] + other
        return word

    def _bases(self, word: str) -> Iterator[str]:
        yield word
        if self.article:
            bare = self.bare(word)
            yield bare
            if bare == word and word[:1] in self._particles and len(word) > 3:
                yield word[1:]
        for end, other in self._plural:
            if word.endswith(end) and len(word) > len(end) + 1:
                yield word[: len(word) - len(end)] + other
        if self.stems:
            for cut in range(1, _ENDING + 1):
                if len(word) - cut >= 3:
                    yield word[: len(word) - cut]


def _forms(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for gender in ("m", "f", "n", "any"):
        for number, words in entry.get(gender, {}).items():
            for word in words:
                yield fold_phrase(word), gender, number


@lru_cache(maxsize=1)
def common() -> Common:
    """The table of what holds in every language."""
    data = _read("common")
    return Common(
        kinds={group: kind for kind, groups in data["kinds"].items() for group in groups},
        collective=frozenset(data["collective"]["groups"]),
        wider={group: frozenset(groups) for group, groups in data["wider"].items()},
        capitals=frozenset(map(fold_phrase, data["capitals"]["names"])),
    )


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a table of their own."""
    names = (path.name for path in _DATA.iterdir() if path.name.endswith(".toml"))
    return frozenset(name.removesuffix(".toml") for name in names) - {"common"}


@lru_cache(maxsize=8)
def table_for(language: str) -> Table:
    """The table of a language; that of English where it has none."""
    return Table(_read(language if language in languages() else "en"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
