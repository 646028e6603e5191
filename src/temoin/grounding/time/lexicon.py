"""The tables of a language, compiled: words with their values, and rules.

A language is a file `data/<code>.toml`; `data/common.toml` (digits, signs) is read
with each. Adding a language is adding a file: no code names a language.

A table has

- `settings`: `capitalised` and `proclitics` (see `tokens.Alphabet`);
- `sets`: classes of words without values, `values`: classes whose entries have one;
- `macros`: patterns with a name;
- `rules`: `name`, `level`, `gives` (symbol for later levels), `kind` (of the frame),
  `pattern`, `set` (slots with fixed values), `loose` (only for words that are known to
  be a time), `silent` (of use to later levels, no expression by itself), `split` (made
  of several TIMEX3);
- `tense`: regular expressions for what looks ahead: `future` anywhere in the clause,
  `lead` right before the expression; `lag` right before it and `past` in the clause say
  that it does not, nor does `did` after an expression that opens its clause;
  `pluperfect` puts a night before the day told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from temoin.grounding.time.firsts import firsts
from temoin.grounding.time.frames import KINDS
from temoin.grounding.time.patterns import Pattern, PatternError, compile_pattern
from temoin.grounding.time.tokens import BREAK, OTHER, Alphabet, number_class

__all__ = ["Level", "Lexicon", "Rule", "languages", "lexicon"]

_SYMBOLS = 0xE200
# Symbols that the common table asks for, whether or not a language gives them.
_SHARED_SYMBOLS = ("NUM", "ORD", "DATE", "MONTH", "YEAR", "CLOCK")
_SIGNS = {"?": OTHER, "¶": BREAK}
_LEVELS = ("number", "day", "clock", "unit", "merge", "offset", "span", "bound")
_RULE_KEYS = frozenset(
    {"name", "level", "gives", "kind", "pattern", "set", "loose", "silent", "split"}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a table.

    Args:
        name: Its name, shown in `TimeValue.rule`.
        gives: Symbol for later levels.
        kind: Kind of the frame; "number" where the words are a number.
        pattern: What it looks for.
        fixed: Slots with fixed values.
        silent: No expression by itself.
        split: Its children are TIMEX3 of their own.
    """

    name: str
    gives: str
    kind: str
    pattern: Pattern
    fixed: Mapping[str, Any]
    silent: bool
    split: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The rules that are tried together.

    Args:
        rules: By the code that they begin with, each in the order of the table.
        search: Finds where any of them matches.
    """

    rules: Mapping[str, tuple[Rule, ...]]
    search: re.Pattern[str]


class Lexicon:
    """The compiled tables of one language.

    Args:
        language: Code of the language; unknown ones have the common table only.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        tables = [_table(name) for name in ("common", language) if name in _names()]
        settings = _merged(tables, "settings")
        self.alphabet = Alphabet(
            capitalised=settings.get("capitalised", ()), proclitics=settings.get("proclitics", ())
        )
        self.settings: Mapping[str, Any] = settings
        self._macros: dict[str, str] = _merged(tables, "macros")
        self._symbols = {name: chr(_SYMBOLS + n) for n, name in enumerate(_SHARED_SYMBOLS)}
        self._values: dict[str, dict[str, Any]] = {}
        self._classes: dict[str, tuple[str, bool]] = {}
        for table in tables:
            self._read_words(table)
        for name, entries in self._values.items():
            self._classes[name] = (_one_of(entries), True)
        tense = _merged(tables, "tense")
        self.future = _words_regex(tense.get("future", ()))
        self.past = _words_regex(tense.get("past", ()))
        self.pluperfect = _words_regex(tense.get("pluperfect", ()))
        self.did = _words_regex(tense.get("did", ()))
        self.lead = _words_regex(tense.get("lead", ()), end=True)
        self.lag = _words_regex(tense.get("lag", ()), end=True)
        rules = [rule for table in tables for rule in table.get("rules", ())]
        for rule in rules:
            if rule["gives"] not in self._symbols:
                self._symbols[rule["gives"]] = chr(_SYMBOLS + len(self._symbols))
        self._rules = [(rule["level"], bool(rule.get("loose")), self._rule(rule)) for rule in rules]
        self.strict = self._levels(loose=False)

    @cached_property
    def loose(self) -> tuple[Level, ...]:
        """The levels for words that are known to tell a time."""
        return self._levels(loose=True)

    def _read_words(self, table: Mapping[str, Any]) -> None:
        for name, entries in table.get("sets", {}).items():
            self._classes[name] = (
                _one_of({self.alphabet.spell(entry) for entry in entries}),
                False,
            )
        for name, entries in table.get("values", {}).items():
            values = self._values.setdefault(name, {})
            for value, words in entries.items():
                for word in [words] if isinstance(words, str) else words:
                    values.setdefault(self.alphabet.spell(word), _value(value))

    # What patterns ask for (`patterns.Vocabulary`).

    def spell(self, word: str) -> str:
        """The codes of a word of a pattern."""
        return self.alphabet.spell(word)

    def macro(self, name: str) -> str:
        """The pattern that has this name."""
        return self._macros[name]

    def class_of(self, name: str) -> tuple[str, bool]:
        """A class as a regular expression over codes, and whether its entries have values."""
        if name in _SIGNS:
            return _SIGNS[name], False
        if name.startswith("#"):
            return f"[{number_class(name[1:])}]", False
        if name == "num":
            cardinals = _one_of(self._values.get("cardinal", {}))
            return f"(?:{self._symbols['NUM']}|{cardinals}|[{number_class('number')}])", True
        if name == "ord":
            return f"(?:{self._symbols['ORD']}|{_one_of(self._values.get('ordinal', {}))})", True
        if name in self._symbols:
            return self._symbols[name], False
        return self._classes[name]

    # What the parser asks for.

    def symbol(self, name: str) -> str:
        """The code of what rules give."""
        return self._symbols[name]

    def value_of(self, name: str, codes: str) -> object:
        """The value of an entry of a class, by its codes; None where it has none."""
        return self._values.get(name, {}).get(codes)

    def numbers(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Cardinals and ordinals by their codes."""
        return self._values.get("cardinal", {}), self._values.get("ordinal", {})

    def _levels(self, *, loose: bool) -> tuple[Level, ...]:
        levels = []
        for name in _LEVELS:
            chosen = [
                rule
                for level, is_loose, rule in self._rules
                if level == name and (loose or not is_loose)
            ]
            if chosen:
                levels.append(_level(chosen))
        return tuple(levels)

    def _rule(self, rule: Mapping[str, Any]) -> Rule:
        name = rule.get("name", "?")
        if unknown := rule.keys() - _RULE_KEYS:
            message = f"{self.language}: rule {name}: unknown {sorted(unknown)}"
            raise PatternError(message)
        kind = rule.get("kind", "date")
        if kind not in KINDS and kind != "number":
            message = f"{self.language}: rule {name}: no kind {kind}"
            raise PatternError(message)
        try:
            pattern = compile_pattern(rule["pattern"], self)
        except PatternError as error:
            message = f"{self.language}: rule {name}: {error}"
            raise PatternError(message) from error
        return Rule(
            name=name,
            gives=rule["gives"],
            kind=kind,
            pattern=pattern,
            fixed=rule.get("set", {}),
            silent=rule.get("silent", False),
            split=rule.get("split", False),
        )


def _level(rules: Sequence[Rule]) -> Level:
    """Rules that are tried together, with a search that passes over what begins none."""
    by_code: dict[str, tuple[Rule, ...]] = {}
    alone: set[str] = set()
    for rule in rules:
        begin = firsts(rule.pattern.source)
        # A rule that may take unknown words may take one in the second place.
        alone |= begin.codes if OTHER in rule.pattern.source else begin.alone
        for code in begin.codes:
            by_code[code] = (*by_code.get(code, ()), rule)
    more = "".join(sorted(by_code.keys() - alone))
    begins = [f"[{''.join(sorted(alone))}]"] if alone else []
    begins += [f"[{more}][^{OTHER}{BREAK}]"] if more else []
    alternatives = "|".join(rule.pattern.source for rule in rules)
    return Level(by_code, re.compile(f"(?={'|'.join(begins)})(?:{alternatives})"))


def _value(text: str) -> int | float | str:
    """A key of a table as a value: numbers where it is one."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _one_of(entries: Mapping[str, Any] | set[str]) -> str:
    """A regular expression for any of these code strings, the longest first."""
    single = "".join(sorted(entry for entry in entries if len(entry) == 1))
    several = sorted((entry for entry in entries if len(entry) > 1), key=lambda e: (-len(e), e))
    choices = [*several, f"[{single}]"] if single else several
    return f"(?:{'|'.join(choices)})" if choices else "(?!)"


def _words_regex(patterns: Sequence[str], *, end: bool = False) -> re.Pattern[str]:
    """Any of these regular expressions, as whole words, whatever their case.

    Args:
        patterns: Regular expressions.
        end: Whether they must stand at the very end.
    """
    if not patterns:
        return re.compile(r"(?!)")
    after = r"\s*\Z" if end else r"\b"
    return re.compile(rf"\b(?:{'|'.join(patterns)}){after}", re.IGNORECASE)


def _merged(tables: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in tables:
        merged.update(table.get(name, {}))
    return merged


@cache
def _names() -> frozenset[str]:
    folder = resources.files("temoin.grounding.time") / "data"
    return frozenset(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml") and entry.name != "holidays.toml"
    )


def _table(name: str) -> dict[str, Any]:
    path = resources.files("temoin.grounding.time") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def languages() -> frozenset[str]:
    """The languages that have a table."""
    return _names() - {"common"}


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled tables of a language, read once."""
    return Lexicon(language if language in languages() else "common")
