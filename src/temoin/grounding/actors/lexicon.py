"""The words that name forces, offices, crowds, countries and peoples, one language at a time.

Tables are read when a language is first needed. A `Vocabulary` maps words and stems
("milice*") of one or several words to what they stand for; `countries` and `peoples`
give the demonyms, names and capitals.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

from temoin.grounding._folding import fold
from temoin.grounding.actors.words import Word, starts, stems

__all__ = [
    "LANGUAGES",
    "Class",
    "Country",
    "Parts",
    "People",
    "Vocabulary",
    "classes",
    "countries",
    "groups",
    "inter_codes",
    "kinds",
    "parse",
    "parts",
    "rows",
    "spoken",
]

LANGUAGES = ("fr", "en", "es", "ar", "ru", "uk")
_DATA = resources.files("temoin.grounding.actors") / "data"
T = TypeVar("T")
_ACRONYM = "^"
_FLAGS = ("backed", "against", "beyond", "place", "indefinite")
#: How many words a vocabulary remembers what may begin with them.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Class:
    """What a word for a force, an office or a crowd stands for.

    Attributes:
        id: e.g. army.
        label: In English, e.g. Military Forces.
        kind: e.g. state_forces.
        weight: The heaviest class of a phrase decides what it is.
        loaded: Whether the word takes sides.
    """

    id: str
    label: str
    kind: str
    weight: int
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A country and how a word named it.

    Attributes:
        iso: ISO 3166-1 alpha-2.
        label: In English.
        how: name, capital or demonym.
    """

    iso: str
    label: str
    how: str = "name"


@dataclass(frozen=True, slots=True)
class People:
    """A people or region that is no country."""

    id: str
    label: str
    country: str | None


class Vocabulary(Generic[T]):
    """Words and phrases, with `*` for any ending, to what they stand for."""

    def __init__(self) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._lengths: set[int] = set()
        self._seen: dict[str, tuple[tuple[tuple[str, ...], T], ...]] = {}

    def add(self, phrase: str, value: T) -> None:
        """Enter a phrase; words that only hold it together are dropped as in texts."""
        pieces = tuple(_pieces(phrase))
        if not pieces:
            return
        first = pieces[0].lstrip(_ACRONYM)
        if first.endswith("*"):
            self._stems.setdefault(first[:-1], []).append((pieces, value))
            self._lengths.add(len(first) - 1)
        else:
            self._exact.setdefault(first, []).append((pieces, value))

    def values(self) -> Iterator[T]:
        """What its phrases stand for, one for each phrase."""
        for table in (self._exact, self._stems):
            for known in table.values():
                yield from (value for _, value in known)

    def at(self, text: Sequence[Word], at: int, *, gap: int = 0) -> tuple[T, int] | None:
        """The longest phrase that begins at word `at`, with the word after it.

        Args:
            text: The words.
            at: Where to look.
            gap: How many other words may stand between two words of a phrase
                ("ministère russe de la Défense").
        """
        best: tuple[T, int] | None = None
        longest = 0
        word = text[at]
        candidates = self._seen.get(word.text)
        if candidates is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            candidates = self._seen[word.text] = tuple(self._candidates(word))
        for pieces, value in candidates:
            if pieces[0].startswith(_ACRONYM) and not word.acronym:
                continue
            end = _match(pieces, text, at, gap)
            if end and len(pieces) > longest:
                best, longest = (value, end), len(pieces)
        return best

    def _candidates(self, word: Word) -> Iterator[tuple[tuple[str, ...], T]]:
        for form in dict.fromkeys((word.fold, *word.forms)):
            yield from self._exact.get(form, ())
        for form in starts(word.text):
            for length in self._lengths:
                if length <= len(form):
                    yield from self._stems.get(form[:length], ())


def _pieces(phrase: str) -> Iterator[str]:
    for chunk in phrase.replace("'", " ").replace("’", " ").replace("-", " ").split():
        star = chunk.endswith("*")
        word = chunk.rstrip("*")
        folded = fold(word)
        if not star and folded in _DROPPED:
            continue
        if "\u0600" <= folded[:1] <= "\u06ff":
            folded = stems(word)[0]
        # "HE" is a shell, "he" is not: an acronym is looked for as one.
        acronym = word.isupper() and len(word) > 1 and not star
        yield (_ACRONYM if acronym else "") + folded + ("*" if star else "")


_DROPPED = frozenset(
    {"d", "de", "del", "des", "du", "l", "la", "las", "le", "les", "los", "of", "the", "al", "el"}
    | {"s", "qu"}
)


def _match(pieces: tuple[str, ...], text: Sequence[Word], at: int, gap: int) -> int:
    """One past the last word of the phrase at `at`, 0 where it is not there."""
    position = at + 1
    for piece in pieces[1:]:
        for skipped in range(gap + 1):
            if position + skipped < len(text) and _is(piece, text[position + skipped]):
                position += skipped + 1
                break
        else:
            return 0
    return position


def _is(piece: str, word: Word) -> bool:
    if piece.endswith("*"):
        return any(form.startswith(piece[:-1]) for form in starts(word.text))
    if piece.startswith(_ACRONYM):
        return word.acronym and piece[1:] == word.fold
    return piece == word.fold or piece in word.forms


@dataclass(slots=True)
class Parts:
    """Everything that one language's tables say."""

    heads: Vocabulary[str] = field(default_factory=Vocabulary)
    flags: Vocabulary[str] = field(default_factory=Vocabulary)
    loaded: Vocabulary[str | None] = field(default_factory=Vocabulary)
    countries: Vocabulary[Country] = field(default_factory=Vocabulary)
    peoples: Vocabulary[People] = field(default_factory=Vocabulary)
    so_called: Vocabulary[bool] = field(default_factory=Vocabulary)
    definite: tuple[str, ...] = ()


def spoken(language: str) -> str:
    """The language whose tables are read for `language`: itself, or English."""
    return language if language in LANGUAGES else "en"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of `data/`, by column."""
    yield from parse((_DATA / name).read_text(encoding="utf-8").splitlines())


def parse(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table: comments begin with #, the first line names the columns."""
    columns: list[str] | None = None
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if columns is None:
            columns = cells
            continue
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=False))


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    with (_DATA / "classes.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def classes() -> dict[str, Class]:
    """All classes by id."""
    return {name: Class(name, **values) for name, values in _classes()["classes"].items()}


@lru_cache(maxsize=1)
def groups() -> dict[str, frozenset[str]]:
    """Named sets of classes and event types, e.g. those of `[joined]` and `[targets]`."""
    data = _classes()
    return {
        name: frozenset(values)
        for table in ("joined", "sets", "events")
        for name, values in data[table].items()
    }


@lru_cache(maxsize=1)
def inter_codes() -> dict[str, int]:
    """ACLED's `inter` code of each kind."""
    return dict(_classes()["inter"])


@lru_cache(maxsize=1)
def kinds() -> frozenset[str]:
    """Every kind that an actor can be of."""
    return frozenset({*inter_codes(), *(known.kind for known in classes().values())})


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The English name of each country by its code."""
    return {row["iso"]: row["label"] for row in rows("countries.tsv")}


@lru_cache(maxsize=len(LANGUAGES))
def parts(language: str) -> Parts:
    """The tables of one of `LANGUAGES`."""
    with (_DATA / "parts" / f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    found = Parts(definite=tuple(data.get("definite", ())))
    _fill(found.heads, data["heads"])
    _fill(found.flags, {flag: data[flag] for flag in _FLAGS})
    _fill(found.so_called, {True: data["so_called"]})
    # Words that are used of one country's forces come first: the first of equals holds.
    loaded: dict[str | None, list[str]] = {**data["loaded"].get("country", {})}
    loaded[None] = data["loaded"]["words"]
    _fill(found.loaded, loaded)
    for row in rows("countries.tsv"):
        for how in ("name", "capital", "demonym"):
            named = Country(row["iso"], row["label"], how)
            _fill(found.countries, {named: _split(row[f"{how}_{language}"])})
    for row in rows("peoples.tsv"):
        people = People(row["id"], row["label"], row["country"] or None)
        _fill(found.peoples, {people: _split(row[language])})
    return found


def _fill(vocabulary: Vocabulary[T], phrases: Mapping[T, Iterable[str]]) -> None:
    for value, known in phrases.items():
        for phrase in known:
            vocabulary.add(phrase, value)


def _split(cell: str) -> list[str]:
    return [phrase for phrase in cell.split("|") if phrase]
