"""The knowledge base of actors: its tables, the user's additions, and look-up by name.

    actor(id)                 one actor
    find_names(words, "fr")   every known name among the words of a text

An alias may carry its language (`fr:Otan`); without one it holds in all. `?` at its
end marks one that means this actor only where the document's theatre agrees.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Protocol

from temoin.errors import TemoinError
from temoin.grounding.actors.lexicon import countries, kinds, parse, spoken
from temoin.grounding.actors.words import Word, words

__all__ = [
    "Actor",
    "Alias",
    "Found",
    "NameIndex",
    "actor",
    "actors",
    "find_names",
    "forget",
    "in_language",
    "index",
    "name_index",
    "national",
    "user_file",
    "user_rows",
]

_DATA = resources.files("temoin.grounding.actors") / "data"
_YEARS = re.compile(r"(\d{4})?-(\d{4})?")
#: Up to this many letters an alias in capitals must be in capitals in the text too.
_ACRONYM = 6
_ARTICLE = "ال"
#: The scripts in which names of another language are understood, from so many words on.
_LATIN = frozenset({"fr", "en", "es"})
_LONG = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the knowledge base.

    Attributes:
        id: Its key, e.g. hts.
        name: Canonical, in English.
        kind: state_forces, rebel_group, militia, ...
        country: Where it is at home, ISO 3166-1 alpha-2, or None.
        parent: Id of the actor it belongs to, or None.
        first: The year it began, or None.
        last: The last year of its existence, None where it goes on.
        wikidata: Its item, where it is sure.
        aliases: As the table has them.
    """

    id: str
    name: str
    kind: str
    country: str | None
    parent: str | None
    first: int | None
    last: int | None
    wikidata: str | None
    aliases: tuple[str, ...]

    def existed(self, year: int) -> bool:
        """Whether it is known to have existed in a year."""
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of something in a table.

    Attributes:
        id: Of what it names.
        words: Its words, levelled.
        cased: For each word how it must be written: 0 at will, 1 with a capital, 2 like
            an acronym, 3 with the Arabic article.
        unsure: Whether it needs the document's theatre.
    """

    id: str
    words: tuple[str, ...]
    cased: tuple[int, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in a text: words `first` up to `last`, and whom it may mean."""

    first: int
    last: int
    aliases: tuple[Alias, ...]


class NameIndex:
    """Names by their first word; the longest one that fits is found."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[Alias]] = {}

    def add(self, id: str, name: str, *, cased: bool = True) -> None:  # noqa: A002
        """Enter one name; `cased` says whether its capitals matter."""
        unsure = name.endswith("?")
        found = words(name.rstrip("?"))
        if not found:
            return
        forms = tuple(word.forms[0] for word in found)
        needs = tuple(_case(word, alone=len(found) == 1) if cased else 0 for word in found)
        alias = Alias(id, forms, needs, unsure)
        known = self._by_first.setdefault(forms[0], [])
        if alias not in known:
            known.append(alias)

    def at(self, text: Sequence[Word], at: int) -> Found | None:
        """The longest name that begins at word `at`, with all that bear it."""
        best: list[Alias] = []
        longest = 0
        word = text[at]
        for form in word.forms if word.fold in word.forms else (*word.forms, word.fold):
            for alias in self._by_first.get(form, ()):
                length = len(alias.words)
                if length < longest or at + length > len(text) or not _fits(alias, text, at):
                    continue
                if length > longest:
                    best, longest = [], length
                if all(known.id != alias.id for known in best):
                    best.append(alias)
            if best:
                break
        return Found(at, at + longest, tuple(best)) if best else None

    def all_in(self, text: Sequence[Word]) -> list[Found]:
        """Every name in a text, from left to right, none within another."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            name = self.at(text, at)
            if name:
                found.append(name)
                at = name.last
            else:
                at += 1
        return found


def _case(word: Word, *, alone: bool) -> int:
    if word.text.lower() == word.text.upper():
        return 3 if alone and word.fold.startswith(_ARTICLE) else 0
    if word.text.isupper() and 1 < len(word.text) <= _ACRONYM:
        return 2 if alone else 1
    return 1 if alone and word.capital else 0


def _fits(alias: Alias, text: Sequence[Word], at: int) -> bool:
    for offset, (wanted, case) in enumerate(zip(alias.words, alias.cased, strict=True)):
        word = text[at + offset]
        if wanted not in word.forms and wanted != word.fold:
            return False
        if (case == 1 and not word.capital) or (case == 2 and not word.acronym):
            return False
        # "القاعدة" is Al-Qaeda, "قاعدة" a base.
        if case == 3 and not (_ARTICLE in word.fold[:4] or word.fold.startswith("لل")):
            return False
    return True


def in_language(alias: str, language: str) -> str | None:
    """A table's alias as a name that holds in a language, None where it does not."""
    prefix, colon, name = alias.partition(":")
    if not colon or len(prefix) != 2:
        return alias
    # Ukrainian texts quote Russian names, English reports on Mali French ones.
    if prefix == language or (prefix == "ru" and language == "uk"):
        return name
    if {prefix, language} <= _LATIN and name.count(" ") + 1 >= _LONG:
        return name
    return None


@lru_cache(maxsize=4)
def user_file(name: str) -> Path:
    """Where the user's own table of that name is: in `$TEMOIN_DATA`, or the user's data folder.

    It is looked for and read once in a process; `forget` makes it be read anew.
    """
    folder = os.environ.get("TEMOIN_DATA")
    if folder:
        return Path(folder) / name
    home = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    base = Path(home) if home else Path.home() / ".local" / "share"
    return base / "temoin" / name


def forget() -> None:
    """Read the user's tables anew at the next look-up."""
    for cached in (user_file, actors, index):
        cached.cache_clear()


@lru_cache(maxsize=1)
def actors() -> dict[str, Actor]:
    """All actors by id, the user's own over the shipped ones."""
    path = user_file("actors.tsv")
    found = dict(_shipped())
    for row in user_rows(path, required=("id", "name", "kind")):
        found[row["id"]] = _actor(row, str(path))
    return found


def actor(id: str) -> Actor | None:  # noqa: A002 - the tables call it so
    """One actor by its id."""
    return actors().get(id)


class Known(Protocol):
    """A row of a table: what has an id, a name and aliases."""

    @property
    def id(self) -> str:
        """Unique in its table."""

    @property
    def name(self) -> str:
        """The canonical name, which holds in every language."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names, each with its language where it has one."""


def name_index(table: Iterable[Known], language: str) -> NameIndex:
    """All names of a table that hold in a language."""
    names = NameIndex()
    for known in table:
        names.add(known.id, known.name)
        for alias in known.aliases:
            name = in_language(alias, spoken(language))
            if name:
                names.add(known.id, name)
    return names


@lru_cache(maxsize=16)
def index(language: str) -> NameIndex:
    """All names that hold in a language."""
    return name_index(actors().values(), language)


def find_names(text: Sequence[Word], language: str) -> list[Found]:
    """Every known actor's name among the words of a text."""
    return index(language).all_in(text)


def national(country: str, force: str) -> tuple[str, ...]:
    """Ids of the known actors that are a country's army, police, ..., the latest first."""
    return _national().get((country, force), ())


@lru_cache(maxsize=1)
def _national() -> dict[tuple[str, str], tuple[str, ...]]:
    lines = (_DATA / "national.tsv").read_text(encoding="utf-8").splitlines()
    return {(row["country"], row["class"]): tuple(row["ids"].split("|")) for row in parse(lines)}


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for table in sorted((_DATA / "actors").iterdir(), key=lambda item: item.name):
        if table.name.endswith(".tsv"):
            lines = table.read_text(encoding="utf-8").splitlines()
            for row in parse(lines):
                found[row["id"]] = _actor(row, table.name)
    return found


def user_rows(path: Path, *, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a user's table, none where there is no such file.

    Raises:
        TemoinError: The file is not UTF-8, or a row lacks a required column.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read ({error})"
        raise TemoinError(message) from error
    for number, row in enumerate(parse(lines), start=1):
        missing = [column for column in required if not row.get(column)]
        if missing:
            message = (
                f"{path}, row {number}: no {' and no '.join(missing)}; the columns are named in "
                "the first line and parted by tabs"
            )
            raise TemoinError(message)
        yield row


def _actor(row: dict[str, str], source: str) -> Actor:
    years = _YEARS.fullmatch(row.get("years") or "-")
    if years is None:
        message = f"{source}: {row['id']}: {row['years']!r} is no span of years like 2004-"
        raise TemoinError(message)
    if row["kind"] not in kinds():
        message = (
            f"{source}: {row['id']}: {row['kind']!r} is no kind; known are "
            f"{', '.join(sorted(kinds()))}"
        )
        raise TemoinError(message)
    country = row.get("country") or None
    if country and country not in countries():
        message = f"{source}: {row['id']}: {country!r} is no country code (ISO 3166-1)"
        raise TemoinError(message)
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=country,
        parent=row.get("parent") or None,
        first=int(years[1]) if years[1] else None,
        last=int(years[2]) if years[2] else None,
        wikidata=row.get("wikidata") or None,
        aliases=tuple(filter(None, (row.get("aliases") or "").split("|"))),
    )
