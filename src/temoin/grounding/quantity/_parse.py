"""`parse_quantity` and `find_quantities`: from words to a `QuantityValue`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from temoin.grounding.quantity._expressions import Expression, read_expression, read_unit
from temoin.grounding.quantity._numbers import read_one
from temoin.grounding.quantity._tables import Table, table_for
from temoin.grounding.quantity._tokens import Token
from temoin.record import QuantityValue

__all__ = ["FoundQuantity", "find_quantities", "is_in_words", "parse_quantity"]

_VAGUE = "the words name no number: low and high are what they allow"
_RANGE = "the words name two numbers: low and high are both"
_NOTHING = "no number in the words"
_ONE = "a single noun stands for one"
_ARTICLE = "an article with a unit counts one"
_DUAL = "the ending of the noun says two"


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity of a text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str
    quantity: QuantityValue


def parse_quantity(words: str, *, language: str) -> QuantityValue:
    """The number that `words` give, with bounds and unit.

    Only the words count: nothing is taken from around them. Where they hold several
    numbers, the first is meant, unless two of them are the ends of a range.

    Args:
        words: The words of a quantity ("au moins une vingtaine", "23 400 km").
        language: fr, en, es, ar, uk or ru; digits and symbols alone in any other.

    Returns:
        `value` is None where the words name no number or a range; `note` then says why.
    """
    table = table_for(language)
    tokens = table.tokens(words)
    expression = _first(tokens, table)
    if expression:
        quantity = quantity_of(expression)
        unit = quantity.unit or _unit_before(tokens, expression.start, table)
        return quantity.model_copy(update={"unit": unit})
    return _from_noun(tokens, table)


def find_quantities(
    text: str, language: str, *, units_only: bool = True
) -> tuple[FoundQuantity, ...]:
    """Every number of the text with its unit, in order.

    Designations ("T-72", "BM-21") and clock times are passed over.

    Args:
        text: Any text.
        language: Its language; see `parse_quantity`.
        units_only: Leave out numbers whose unit is not known.
    """
    table = table_for(language)
    tokens = table.tokens(text)
    return tuple(_all(text, tokens, table, units_only=units_only))


def is_in_words(value: float, words: str, *, language: str) -> bool:
    """Whether `words` themselves give `value`: the check that nothing was made up.

    True for the number that the words mean and for either end of their range.
    """
    table = table_for(language)
    tokens = table.tokens(words)
    at = 0
    while at < len(tokens):
        expression = read_expression(tokens, at, table)
        if expression:
            reading = expression.reading
            named = {reading.value} if reading.value is not None else {reading.low, reading.high}
            if value in named:
                return True
            at = max(at + 1, reading.end)
        else:
            at += 1
    return value == _from_noun(tokens, table).value


def quantity_of(expression: Expression) -> QuantityValue:
    """The expression as the record keeps it."""
    low, high = expression.bounds()
    note = expression.note
    if expression.value is None and note is None:
        note = _RANGE if expression.reading.rule == "range" else _VAGUE
    return QuantityValue(
        value=expression.value,
        low=low,
        high=high,
        unit=expression.unit,
        approximate=expression.approximate,
        rule=expression.rule,
        note=note,
    )


def _first(tokens: Sequence[Token], table: Table) -> Expression | None:
    for at in range(len(tokens)):
        expression = read_expression(tokens, at, table)
        if expression:
            return expression
    return None


def _unit_before(tokens: Sequence[Token], at: int, table: Table) -> str | None:
    """The noun right before its number: يوم واحد, "человек двадцать"."""
    unit = read_unit(tokens, at - 1, table, adjectives=0) if at > 0 else None
    return unit[0] if unit and unit[1] == at else None


def _all(
    text: str, tokens: Sequence[Token], table: Table, *, units_only: bool
) -> Iterator[FoundQuantity]:
    at = 0
    while at < len(tokens):
        expression = None if _is_name(tokens, at, table) else read_expression(tokens, at, table)
        if not expression or _is_zero(expression) or _is_name(tokens, expression.number, table):
            at += 1
            continue
        if expression.unit or not units_only:
            start, end = tokens[at].start, tokens[expression.end - 1].end
            yield FoundQuantity(start, end, text[start:end], quantity_of(expression))
        at = max(at + 1, expression.end)


def _is_name(tokens: Sequence[Token], at: int, table: Table) -> bool:
    """Whether the number at `at` is part of a designation: "T-72", "Mig 29", "BM-21"."""
    token = tokens[at]
    if token.kind != "number" or at == 0 or table.joins.match(tokens, at - 1):
        return False
    before = tokens[at - 1]
    return before.kind == "word" and (token.glued or before.end == token.start)


def _is_zero(expression: Expression) -> bool:
    """As in "no", "aucun": a negation rather than a number."""
    return expression.value == 0


def _from_noun(tokens: Sequence[Token], table: Table) -> QuantityValue:
    """A noun alone: an Arabic dual is two, a known singular is one."""
    for at in range(len(tokens)):
        if not table.singular.match(tokens, at):
            continue
        unit = read_unit(tokens, at, table, adjectives=0)
        return _exactly(1, unit[0] if unit else None, "singular", _ONE)
    for token in tokens:
        if is_dual(token, table):
            return _exactly(2, _unit_of_dual(token, table), "dual", _DUAL)
        if construct := _unit_of_construct(token, table):
            return _exactly(2, construct, "dual", _DUAL)
    for at in range(len(tokens)):
        one = read_one(tokens, at, table)
        unit = read_unit(tokens, one.end, table, adjectives=0) if one else None
        if unit:
            return _exactly(1, unit[0], "article", _ARTICLE)
    return QuantityValue(note=_NOTHING)


def is_dual(token: Token, table: Table) -> bool:
    """Whether the word has an ending that says two: سريتان, كتيبتين, بطاريتَي."""
    if token.kind != "word" or not table.dual_suffixes or len(token.word) < 5:
        return False
    return token.word.endswith(table.dual_suffixes) or token.raw.endswith("\u064e\u064a")


def _unit_of_dual(token: Token, table: Table) -> str | None:
    """The unit of a noun with a dual's ending: of its own, else that of its singular."""
    found = read_unit([token], 0, table, adjectives=0)
    if found:
        return found[0]
    for ending, singular in table.dual_endings:
        if token.word.endswith(ending):
            unit = _unit_of(token, token.word.removesuffix(ending) + singular, table)
            if unit:
                return unit
    return None


def _unit_of_construct(token: Token, table: Table) -> str | None:
    """The unit of a dual before its genitive, whose ending is common: كتيبتي احتياط."""
    for ending, singular in table.construct_endings:
        if token.kind == "word" and token.word.endswith(ending):
            return _unit_of(token, token.word.removesuffix(ending) + singular, table)
    return None


def _unit_of(token: Token, word: str, table: Table) -> str | None:
    found = read_unit([replace(token, word=word)], 0, table, adjectives=0)
    return found[0] if found else None


def _exactly(value: float, unit: str | None, rule: str, note: str) -> QuantityValue:
    return QuantityValue(value=value, low=value, high=value, unit=unit, rule=rule, note=note)
