"""The words around place names, by language, and the adjectives of countries.

Loaded from `data/words/*.toml` and `data/countries.tsv`; a language is added by
adding its file and its column. Words are compared as `fold` leaves them: without
case and accents, Cyrillic ones without endings, Arabic ones without article.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import Any

from temoin.grounding.place.names import arabic_variants, script, stem, stems, words

__all__ = ["BEARINGS", "Lexicon", "Nation", "Tag", "countries", "lexicon", "nation_of"]

LANGUAGES = ("fr", "en", "es", "ar", "uk", "ru")
BEARINGS = {
    "n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0, "nw": 315.0,
}  # fmt: skip
_FORMS = 6
_REMEMBERED = 50_000
_UNITS = {"km": 1.0, "m": 0.001, "mile": 1.609, "nautical": 1.852}
#: Words that are one word in another dress: articles run together with prepositions.
_SAME = {
    "fr": {
        "d": "de", "du": "de", "des": "de", "l": "le", "la": "le", "les": "le", "au": "a",
        "aux": "a",
    },
    "es": {"del": "de", "al": "a"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """What a word or phrase does beside a place name.

    `what` is kind, size, anaphor, near, edge, offshore, between, bearing, unit, number,
    of, and, skip, before or person; `value` refines it (the kind, the degrees).
    """

    what: str
    value: str = ""


@dataclass(slots=True)
class Lexicon:
    """The phrases of one language with their tags."""

    language: str
    phrases: dict[tuple[str, ...], frozenset[Tag]] = field(default_factory=dict)
    longest: int = 1
    _firsts: set[str] = field(default_factory=set)
    _folded: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def fold(self, word: str) -> tuple[str, ...]:
        """The forms under which a word of the text is looked up, the likeliest first."""
        known = self._folded.get(word)
        if known is None:
            known = self._fold(word)
            if len(self._folded) < _REMEMBERED:
                self._folded[word] = known
        return known

    def _fold(self, word: str) -> tuple[str, ...]:
        if script(word) == "cyrillic":
            return (stem(word), *stems(word))
        folded = "".join(words(word))
        folded = _SAME.get(self.language, {}).get(folded, folded)
        if self.language == "ar":
            return (folded, *("".join(words(v)) for v in arabic_variants(folded)))
        return (folded,)

    def match(self, forms: list[tuple[str, ...]], start: int) -> tuple[int, frozenset[Tag]]:
        """The longest phrase at `start`: how many words, and its tags (0 and none if none)."""
        if self._firsts.isdisjoint(forms[start][:_FORMS]):
            return 0, frozenset()
        for length in range(min(self.longest, len(forms) - start), 0, -1):
            for phrase in product(*(forms[i][:_FORMS] for i in range(start, start + length))):
                tags = self.phrases.get(phrase)
                if tags:
                    return length, tags
        return 0, frozenset()

    def _add(self, phrase: str, tag: Tag) -> None:
        folded = tuple(self.fold(word)[0] for word in phrase.replace("-", " ").split())
        folded = tuple(word for word in folded if word)
        if folded:
            self.phrases[folded] = self.phrases.get(folded, frozenset()) | {tag}
            self.longest = max(self.longest, len(folded))
            self._firsts.add(folded[0])


def _phrases(value: str) -> list[str]:
    return [phrase.strip().replace("'", " ") for phrase in value.split(",") if phrase.strip()]


def _tagged(data: dict[str, dict[str, Any]]) -> Iterator[tuple[Tag, str]]:
    """The tags of a language's file with the phrases that bear them, separated by commas."""
    for section, what in (("kinds", "kind"), ("sizes", "size"), ("anaphors", "anaphor")):
        for value, listed in data[section].items():
            yield Tag(what, value), listed
    for what, listed in (data["relations"] | data["words"]).items():
        yield Tag(what), listed
    for value, listed in data["bearings"].items():
        yield Tag("bearing", str(BEARINGS.get(value, "centre"))), listed
    for value, listed in data["units"].items():
        yield Tag("unit", str(_UNITS[value])), listed
    for phrase, number in data["numbers"].items():
        yield Tag("number", str(number)), phrase


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; English for one that has none."""
    if language not in LANGUAGES:
        language = "en"
    file = resources.files("temoin.grounding.place") / "data" / "words" / f"{language}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    built = Lexicon(language)
    for tag, listed in _tagged(data):
        for phrase in _phrases(listed):
            built._add(phrase, tag)  # noqa: SLF001 - its own builder
    return built


@dataclass(frozen=True, slots=True)
class Nation:
    """A country with its capital and what its demonyms begin with, by language."""

    code: str
    capital: str
    demonyms: dict[str, tuple[str, ...]]
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> dict[str, Nation]:
    """The table of countries by ISO code."""
    file = resources.files("temoin.grounding.place") / "data" / "countries.tsv"
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cells = (line + "\t" * 9).split("\t")
        stems = {
            language: tuple("".join(words(stem)) for stem in cell.split("|") if stem.strip())
            for language, cell in zip(("fr", "en", "es", "ar", "uk", "ru"), cells[2:8], strict=True)
        }
        names = tuple(name.strip() for name in cells[8].split("|") if name.strip())
        found[cells[0]] = Nation(cells[0], cells[1], stems, names)
    return found


@lru_cache(maxsize=8)
def _stems(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Beginnings of demonyms with their countries, by their first two letters."""
    table: dict[str, list[tuple[str, str]]] = {}
    for nation in countries().values():
        for begins in nation.demonyms.get(language, ()):
            table.setdefault(begins[:2], []).append((begins, nation.code))
    return {
        first: tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
        for first, pairs in table.items()
    }


_LONGEST_ENDING = 4
_SHORTEST_DEMONYM = 4


@lru_cache(maxsize=32768)
def nation_of(word: str, language: str) -> str:
    """The ISO code of the country whose demonym `word` is, or "" (`syriennes` gives SY)."""
    folded = "".join(words(word))
    if len(folded) < _SHORTEST_DEMONYM:
        return ""
    forms = (folded, *arabic_variants(folded)) if language == "ar" else (folded,)
    table = _stems(language)
    for form in forms:
        bare = form.removeprefix("ال")
        for begins, code in table.get(bare[:2], ()):
            if bare.startswith(begins) and len(bare) - len(begins) <= _LONGEST_ENDING:
                return code
    return ""
