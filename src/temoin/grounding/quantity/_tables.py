"""The tables of numbers and units, one TOML file a language, read when first needed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from temoin.grounding._folding import fold
from temoin.grounding.quantity._phrases import PhraseBook
from temoin.grounding.quantity._tokens import Token, tokenize

__all__ = ["Common", "Join", "RangeRule", "Table", "common", "languages", "table_for"]

_DATA = resources.files("temoin.grounding.quantity") / "data"


@dataclass(frozen=True, slots=True)
class Join:
    """A word that joins parts of a number: "vingt et un", "two hundred and six".

    Attributes:
        after: tens, hundreds or any: what must stand before it.
        before: The numbers that may follow; empty for any that fits.
    """

    after: str
    before: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RangeRule:
    """How a range is written: what opens it ("entre") and what links its ends ("et")."""

    opening: PhraseBook[bool]
    link: PhraseBook[bool]


@dataclass(frozen=True, slots=True)
class Common:
    """What holds in every language."""

    effects: dict[str, dict[str, float]]
    measured: frozenset[str]
    dimension: dict[str, str]
    symbols: dict[str, list[str]]
    hedges: dict[str, list[str]]
    statuses: dict[str, str]
    people_events: frozenset[str]
    fallback: dict[str, str]


class Table:
    """Everything that one language's table says, ready for look-up."""

    def __init__(self, data: dict[str, Any]) -> None:
        shared = common()
        self.language: str = data["language"]
        self.decimal: str = data["decimal"]
        self.elides: bool = data.get("elides", False)
        self.vigesimal = frozenset(data.get("vigesimal", ()))
        self.units_before_tens: bool = data.get("units_before_tens", False)
        self.dual_suffixes: tuple[str, ...] = tuple(map(fold, data.get("dual_suffixes", ())))
        self.dual_endings = self._endings(data.get("dual_endings"))
        self.construct_endings = self._endings(data.get("construct_endings"))
        self.attributive: tuple[str, ...] = tuple(map(fold, data.get("attributive", ())))
        self.numbers = self._numeric(data.get("numbers"))
        self.multipliers = self._numeric(data.get("multipliers"))
        self.collectives = self._numeric(data.get("collectives"))
        self.fractions = self._numeric(data.get("fractions"))
        self.adverbs = self._numeric(data.get("adverbs"))
        self.ordinals = self._numeric(data.get("ordinals"))
        self.plurals = self._numeric(data.get("plurals"))
        self.several = self._numeric(data.get("several"))
        self.inverted = self._set(data.get("inverted"))
        self.teen = self._set(data.get("teen"))
        self.articles = self._set(data.get("articles"))
        self.numeral_articles = self._set(data.get("numeral_articles"))
        self.of = self._set(data.get("of"))
        self.fillers = self._set(data.get("fillers"))
        self.and_half = self._set(data.get("and_half"))
        self.per = self._set(data.get("per"))
        self.comparatives = self._set(data.get("comparatives"))
        self.singular = self._set(data.get("singular"))
        self.genitive = self._set(data.get("genitive"))
        self.stops = self._set(data.get("stops"))
        self.joins: PhraseBook[Join] = PhraseBook(
            (
                (word, Join(after=rule["after"], before=tuple(map(float, rule.get("before", ())))))
                for rule in data.get("joins", ())
                for word in rule["words"]
            ),
            elides=self.elides,
        )
        self.ranges = tuple(
            RangeRule(self._set(rule["open"]), self._set([*rule["link"], "-", "–", "—"]))
            for rule in (*data.get("ranges", ()), {"open": (), "link": ()})
        )
        self.hedges = self._merged(data.get("hedges"), shared.hedges)
        self.units = self._merged(data.get("units"), shared.symbols)
        self.people = PhraseBook.of(data.get("people"), elides=self.elides)
        self.groups = PhraseBook.of(data.get("groups"), elides=self.elides)
        self.statuses = PhraseBook.of(data.get("statuses"), elides=self.elides)
        self._prefixes = tuple(
            sorted((fold(prefix) for prefix in data.get("prefixes", ())), key=len, reverse=True)
        )
        books: tuple[PhraseBook[Any], ...] = (
            *(self.numbers, self.multipliers, self.collectives, self.fractions, self.adverbs),
            *(self.plurals, self.several, self.hedges, self.units, self.people, self.groups),
            self.statuses,
        )
        self._vocabulary = frozenset(
            word for book in books for word in book.words() if self._prefixes
        )

    def tokens(self, text: str) -> list[Token]:
        """The tokens of `text` as this language cuts them."""
        return tokenize(
            text, elides=self.elides, prefixes=self._prefixes, vocabulary=self._vocabulary
        )

    @staticmethod
    def _endings(pairs: dict[str, str] | None) -> tuple[tuple[str, str], ...]:
        """Endings and what the singular has in their place, the longest first."""
        found = ((fold(ending), fold(singular)) for ending, singular in (pairs or {}).items())
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    def _numeric(self, table: dict[str, list[str]] | None) -> PhraseBook[float]:
        return PhraseBook(
            (
                (phrase, float(number))
                for number, phrases in (table or {}).items()
                for phrase in phrases
            ),
            elides=self.elides,
        )

    def _set(self, phrases: Iterable[str] | None) -> PhraseBook[bool]:
        return PhraseBook(((phrase, True) for phrase in phrases or ()), elides=self.elides)

    def _merged(
        self, own: dict[str, list[str]] | None, shared: dict[str, list[str]]
    ) -> PhraseBook[str]:
        book = PhraseBook.of(own, elides=self.elides)
        for value, phrases in shared.items():
            for phrase in phrases:
                book.add(phrase, value)
        return book


@lru_cache(maxsize=1)
def common() -> Common:
    """The table of what holds in every language."""
    data = _read("common")
    dimension = {unit: name for name, units in data["dimensions"].items() for unit in units}
    return Common(
        effects=data["effects"],
        measured=frozenset(dimension),
        dimension=dimension,
        symbols=data["symbols"],
        hedges=data["hedges"],
        statuses=data["statuses"],
        people_events=frozenset(data["people"]["events"]),
        fallback={event: role for role, events in data["fallback"].items() for event in events},
    )


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a table of their own."""
    names = (path.name for path in _DATA.iterdir() if path.name.endswith(".toml"))
    return frozenset(name.removesuffix(".toml") for name in names) - {"common", "other"}


@lru_cache(maxsize=16)
def table_for(language: str) -> Table:
    """The table of `language`; digits and symbols alone where it has none."""
    return Table(_read(language if language in languages() else "other"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
