"""Codebooks as data: one TOML file holds columns, steps, rules and words.

    load("acled")             a codebook that comes with Témoin
    load("mine/house.toml")   one of the user's

`docs/codebooks.md` describes the form. What breaks it is refused when the file is
read, with the rule's name: a misspelt fact would otherwise never match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from temoin.codebooks import values_people as _people  # noqa: F401 - enters its values
from temoin.codebooks import values_places as _places  # noqa: F401 - enters its values
from temoin.codebooks.errors import CodebookError
from temoin.codebooks.facts import NAMES
from temoin.codebooks.values import VALUES
from temoin.codebooks.words import WordLists, shared_words, word_lists

__all__ = ["BUILT_IN", "Codebook", "Rule", "load"]

#: The codebooks that come with Témoin.
BUILT_IN = ("acled", "ucdp", "cameo", "plover")

_DATA = resources.files("temoin.codebooks") / "data"
_TOP = frozenset({"codebook", "columns", "steps", "rule", "words", "tables", "look_up"})
_RULE = frozenset({"id", "step", "when", "unless", "set", "undecided", "none", "note"})
_META = ("name", "title", "version", "source", "licence")
_UNITS = ("incident", "event")

Conditions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """If all of `when` holds and nothing of `unless`, then ...

    Attributes:
        id: Its name, which every code that it gives carries.
        step: The question that it answers; of each step the first rule that fits decides.
        when: By fact, the values of which one must be there; `*` is any.
        unless: By fact, the values of which none may be there.
        set: Codes that it gives, by field.
        undecided: Fields that it leaves open, with the reason.
        none: Why there is no row at all; empty where there is one.
        note: What a reader of the row must know.
    """

    id: str
    step: str
    when: Conditions
    unless: Conditions
    set: Mapping[str, str | int | float]
    undecided: Mapping[str, str]
    none: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook.

    Attributes:
        name: Short, e.g. acled.
        title: In full.
        version: Of the scheme that it follows.
        source: Where the scheme is published.
        licence: What may be done with the scheme, and with rows.
        unit: `incident` (events that are one thing give one row) or `event`.
        columns: By name, in order: a field of the rules, `@value`, `=text` or `!reason`.
        steps: The order of the questions.
        many: Steps of which every rule that fits adds its codes, joined by `; `.
        must: Steps without an answer to which there is no row.
        rules: All of them, in the file's order.
        look_up: Fields that a table gives by the value of another: field to (other, table);
            `type+mode` looks for `TYPE:mode` first and for `TYPE` alone after.
        tables: The tables, by name.
        words: The lists of words that conditions may name.
    """

    name: str
    title: str
    version: str
    source: str
    licence: str
    unit: str
    columns: Mapping[str, str]
    steps: tuple[str, ...]
    many: frozenset[str]
    must: frozenset[str]
    rules: tuple[Rule, ...]
    look_up: Mapping[str, tuple[str, str]]
    tables: Mapping[str, Mapping[str, str | int | float]]
    words: WordLists = field(repr=False)

    def in_use(self, fact: str) -> WordLists:
        """The lists that a condition names: `fact` is `words` or `sentence_words`."""
        named = {
            name
            for rule in self.rules
            for conditions in (rule.when, rule.unless)
            for name in conditions.get(fact, ())
        }
        return {name: self.words[name] for name in sorted(named & set(self.words))}

    def of_step(self, step: str) -> tuple[Rule, ...]:
        """The rules that answer one question, in order."""
        return tuple(rule for rule in self.rules if rule.step == step)


def load(name: str | Path) -> Codebook:
    """A codebook by its name, or from the path of a TOML file.

    Raises:
        CodebookError: There is none, or it breaks the form.
    """
    if str(name) in BUILT_IN:
        return _built_in(str(name))
    path = Path(name)
    if path.suffix != ".toml":
        known = ", ".join(BUILT_IN)
        raise CodebookError(str(name), f"no such codebook; there are {known}, or give a .toml file")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(str(name), f"cannot be read ({error})") from error
    return _parse(text, str(name))


@lru_cache(maxsize=len(BUILT_IN))
def _built_in(name: str) -> Codebook:
    return _parse((_DATA / name / "codebook.toml").read_text(encoding="utf-8"), name)


def _parse(text: str, book: str) -> Codebook:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(book, f"not TOML ({error})") from error
    unknown = sorted(set(data) - _TOP)
    if unknown:
        raise CodebookError(book, f"unknown section {unknown[0]!r}")
    meta = _table(data, "codebook", book)
    for key in _META:
        if not isinstance(meta.get(key), str) or not meta[key]:
            raise CodebookError(book, f"[codebook] needs {key}, as text")
    unit = meta.get("unit", "incident")
    if unit not in _UNITS:
        raise CodebookError(book, f"[codebook] unit is {unit!r}, not incident or event")
    steps = _table(data, "steps", book)
    order = tuple(steps.get("order", ()))
    if not order:
        raise CodebookError(book, "[steps] needs order, a list of the steps of its rules")
    try:
        own = word_lists(data.get("words", {}))
    except (TypeError, re.error) as error:
        raise CodebookError(book, f"[words]: {error}") from error
    words = {**shared_words(), **own}
    rules = tuple(_rule(one, number, book) for number, one in enumerate(data.get("rule", ()), 1))
    codebook = Codebook(
        **{key: meta[key] for key in _META},
        unit=unit,
        columns={name: str(source) for name, source in _table(data, "columns", book).items()},
        steps=order,
        many=frozenset(steps.get("many", ())),
        must=frozenset(steps.get("must", ())),
        rules=rules,
        look_up=_look_ups(data.get("look_up", {}), book),
        tables=data.get("tables", {}),
        words=words,
    )
    _check(codebook, book)
    return codebook


def _table(data: Mapping[str, Any], name: str, book: str) -> Mapping[str, Any]:
    table = data.get(name)
    if not isinstance(table, dict) or not table:
        raise CodebookError(book, f"needs a table [{name}]")
    return table


def _rule(data: object, number: int, book: str) -> Rule:
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise CodebookError(book, f"rule {number} has no id")
    name = data["id"]
    unknown = sorted(set(data) - _RULE)
    if unknown:
        raise CodebookError(book, f"rule {name}: unknown key {unknown[0]!r}")
    if "step" not in data:
        raise CodebookError(book, f"rule {name}: no step")
    return Rule(
        id=name,
        step=data["step"],
        when=_conditions(data.get("when", {}), name, book),
        unless=_conditions(data.get("unless", {}), name, book),
        set=data.get("set", {}),
        undecided=data.get("undecided", {}),
        none=data.get("none", ""),
        note=data.get("note", ""),
    )


def _conditions(data: object, rule: str, book: str) -> Conditions:
    if not isinstance(data, dict):
        raise CodebookError(book, f"rule {rule}: conditions are a table")
    found = {}
    for fact, values in data.items():
        listed = [values] if isinstance(values, str) else values
        if not isinstance(listed, list) or not all(isinstance(value, str) for value in listed):
            raise CodebookError(book, f"rule {rule}: {fact} needs a text or a list of texts")
        found[fact] = tuple(listed)
    return found


def _look_ups(data: object, book: str) -> Mapping[str, tuple[str, str]]:
    if not isinstance(data, dict):
        raise CodebookError(book, "[look_up] is a table")
    found = {}
    for name, pair in data.items():
        if not isinstance(pair, list) or len(pair) != 2:
            raise CodebookError(book, f"[look_up] {name} needs [a field, a table]")
        found[name] = (str(pair[0]), str(pair[1]))
    return found


def _check(codebook: Codebook, book: str) -> None:
    """Names that nothing bears are refused: of steps, facts, fields, lists and tables."""
    seen: set[str] = set()
    set_before: set[str] = set()
    for rule in codebook.rules:
        if rule.id in seen:
            raise CodebookError(book, f"rule {rule.id} stands twice")
        seen.add(rule.id)
        if rule.step not in codebook.steps:
            raise CodebookError(book, f"rule {rule.id}: step {rule.step!r} is not in [steps] order")
    for step in codebook.steps:
        fields: set[str] = set()
        for rule in codebook.of_step(step):
            _check_facts(codebook, rule, set_before, book)
            fields |= set(rule.set)
        set_before |= fields
    _check_sources(codebook, set_before, book)


def _check_sources(codebook: Codebook, fields: set[str], book: str) -> None:
    """Tables and columns take what a rule, a table or a value gives."""
    for name, (other, table) in codebook.look_up.items():
        if table not in codebook.tables:
            raise CodebookError(book, f"[look_up] {name}: there is no table {table!r}")
        for part in other.split("+"):
            if part not in fields:
                raise CodebookError(book, f"[look_up] {name}: no rule sets {part!r}")
    given = fields | set(codebook.look_up)
    given |= {name for rule in codebook.rules for name in rule.undecided}
    for column, source in codebook.columns.items():
        known = source[1:] in VALUES if source.startswith("@") else source in given
        if not known and not source.startswith(("=", "!")):
            raise CodebookError(book, f"column {column}: nothing gives {source!r}")


def _check_facts(codebook: Codebook, rule: Rule, fields: set[str], book: str) -> None:
    for fact, values in (*rule.when.items(), *rule.unless.items()):
        if fact not in NAMES and fact not in fields:
            raise CodebookError(book, f"rule {rule.id}: there is no fact {fact!r}")
        known = NAMES.get(fact)
        if fact in ("words", "sentence_words"):
            known = frozenset(codebook.words)
        for value in values:
            if known and value != "*" and value not in known:
                raise CodebookError(book, f"rule {rule.id}: {fact} is never {value!r}")
