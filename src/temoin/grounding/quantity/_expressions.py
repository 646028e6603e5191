"""Reads a whole quantity: hedges, one number or a range of two, and the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from temoin.grounding.quantity._numbers import Reading, read_genitive, read_number
from temoin.grounding.quantity._tables import Table, common
from temoin.grounding.quantity._tokens import Token

__all__ = ["Expression", "read_expression", "read_unit"]

#: Words between a number and its noun: "three heavily armed soldiers".
_ADJECTIVES = 3
#: The innermost hedge first decides on these; "about" never overrules a bound.
_MULTIPLE = "a multiple of another number, which the words do not name"
_WEAK = frozenset({"about", "nearly"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A quantity as its words give it, from token `start` to before token `end`."""

    reading: Reading
    effects: tuple[str, ...]
    unit: str | None
    start: int
    end: int
    note: str | None = None
    number: int = 0

    @property
    def value(self) -> float | None:
        """The number, None where the words name none."""
        return self.reading.value

    @property
    def approximate(self) -> bool:
        """Whether the words hedge."""
        vague = self.reading.value is None and self.reading.rule != "range"
        return self.reading.approximate or bool(self.effects) or vague

    def bounds(self) -> tuple[float | None, float | None]:
        """Lower and upper bound after all hedges; None where a side is open."""
        low, high = self.reading.low, self.reading.high
        strong = [effect for effect in self.effects if effect not in _WEAK]
        for name in strong or self.effects[:1]:
            effect = common().effects[name]
            if self.value is None:
                # "au moins 30 à 40", "plus de quelques dizaines": one side opens.
                low = low if "low" in effect else None
                high = high if "high" in effect else None
                continue
            low = _tidy(self.value * effect["low"]) if "low" in effect else None
            high = _tidy(self.value * effect["high"]) if "high" in effect else None
        return low, high

    @property
    def rule(self) -> str:
        """The rule that read it, with the hedges: `digits+at_least`."""
        return "+".join((self.reading.rule, *self.effects))


def _tidy(bound: float) -> float:
    """Without the dust of binary fractions."""
    return round(bound, 6)


def read_expression(tokens: Sequence[Token], at: int, table: Table) -> Expression | None:
    """The quantity that begins exactly at token `at`, or None."""
    effects, start = _hedges(tokens, at, table)
    symbol = _symbol_before(tokens, start, table)
    number_at = start + 1 if symbol else start
    ranged = _range(tokens, number_at, table)
    reading = (
        ranged
        or (read_genitive(tokens, number_at, table) if effects else None)
        or read_number(tokens, number_at, table)
    )
    if not reading:
        return None
    end = reading.end
    after, end = _hedges(tokens, end, table)
    effects += after
    unit = symbol or reading.unit
    multiple = unit == "occurrence" and table.comparatives.match(tokens, end)
    note = None
    if not unit:
        rate = _rate(tokens, end, table)
        found = None if rate else read_unit(tokens, end, table)
        if found:
            unit, end = found
            multiple = unit == "occurrence" and table.comparatives.match(tokens, end)
            reading, end = _half_after_unit(reading, tokens, end, table)
            if unit == "hour":
                reading, end = _minutes_after_hours(reading, tokens, end, table)
            after, end = _hedges(tokens, end, table)
            effects += after
    if multiple:
        reading, note = replace(reading, value=None, low=None, high=None), _MULTIPLE
    rate = _rate(tokens, end, table)
    if rate:
        note, end = f"per {rate[0]}", rate[1]
    return Expression(reading, effects, unit, at, end, note, number=start)


def _hedges(tokens: Sequence[Token], at: int, table: Table) -> tuple[tuple[str, ...], int]:
    """The hedges that follow each other from token `at`, and the token after them."""
    effects: list[str] = []
    while found := table.hedges.match(tokens, at):
        effects.append(found[0])
        at = found[1]
        following = table.of.match(tokens, at) or table.fillers.match(tokens, at)
        if following and _is_number(tokens, following[1], table):
            at = following[1]
    return tuple(dict.fromkeys(effects)), at


def _is_number(tokens: Sequence[Token], at: int, table: Table) -> bool:
    return read_number(tokens, at, table) is not None


def _symbol_before(tokens: Sequence[Token], at: int, table: Table) -> str | None:
    """As in "$40 million": the unit before its number."""
    found = table.units.match(tokens, at)
    following = tokens[at + 1] if found and found[1] < len(tokens) else None
    if not found or not following or following.kind != "number":
        return None
    return found[0] if common().dimension.get(found[0]) == "money" else None


def _range(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "entre 30 et 40", "30 à 40", "3,000–4,000", "two or three"."""
    for rule in table.ranges:
        opened = rule.opening.match(tokens, at)
        if rule.opening and not opened:
            continue
        first = read_number(tokens, opened[1] if opened else at, table)
        if not first or first.low is None:
            continue
        middle = _past_unit(tokens, first.end, table)
        for end in dict.fromkeys((first.end, middle)):
            second = _second(tokens, end, table, rule.link.match(tokens, end))
            joined = _joined(first, second) if second else None
            if joined:
                return joined
    return None


def _second(
    tokens: Sequence[Token], at: int, table: Table, link: tuple[bool, int] | None
) -> Reading | None:
    """The second end of a range; a bare hyphen links too: "30-40", "три-четыре"."""
    if link:
        return read_number(tokens, link[1], table)
    if at < len(tokens) and tokens[at].glued:
        return read_number(tokens, at, table)
    return None


def _past_unit(tokens: Sequence[Token], at: int, table: Table) -> int:
    """As in "de 30 km à 40 km": the unit may stand with both ends."""
    found = table.units.match(tokens, at)
    return found[1] if found else at


def _joined(first: Reading, second: Reading) -> Reading | None:
    """Both ends as one reading without a value; None where they make no range."""
    low = first.low
    high = second.value if second.value is not None else second.high
    if low is None or high is None:
        return None
    if first.value is not None and first.scale == 1 < second.scale:
        # "2 à 3 millions" shares its scale, "900 à 1 million" does not.
        low = low * second.scale if low * second.scale < high else low
    if not low < high:
        return None
    return Reading(None, low, high, second.end, "range", scale=second.scale)


def _half_after_unit(
    reading: Reading, tokens: Sequence[Token], at: int, table: Table
) -> tuple[Reading, int]:
    """As in "dos horas y media", "une heure et demie"."""
    found = table.and_half.match(tokens, at)
    if not found or reading.value is None:
        return reading, at
    value = reading.value + 0.5
    return replace(reading, value=value, low=value, high=value), found[1]


def _minutes_after_hours(
    reading: Reading, tokens: Sequence[Token], at: int, table: Table
) -> tuple[Reading, int]:
    """As in "3 h 45": minutes at the end of the words, or with their own unit."""
    if reading.value is None or at >= len(tokens) or tokens[at].kind != "number":
        return reading, at
    minutes = read_number(tokens, at, table)
    if not minutes or minutes.value is None or not 0 < minutes.value < 60:
        return reading, at
    unit = table.units.match(tokens, minutes.end)
    if minutes.end < len(tokens) and not (unit and unit[0] == "minute"):
        return reading, at
    value = round(reading.value + minutes.value / 60, 6)
    return replace(reading, value=value, low=value, high=value), unit[1] if unit else minutes.end


def _rate(tokens: Sequence[Token], at: int, table: Table) -> tuple[str, int] | None:
    """As in "a hundred a day", "vingt par jour": the unit of time and the token after it."""
    per = table.per.match(tokens, at)
    unit = table.units.match(tokens, per[1]) if per else None
    if not unit or common().dimension.get(unit[0]) != "duration":
        return None
    return unit


def read_unit(
    tokens: Sequence[Token], at: int, table: Table, *, adjectives: int = _ADJECTIVES
) -> tuple[str, int] | None:
    """The unit that token `at` or one shortly after it names, and the token after that.

    Adjectives, "of" and fillers may stand between; a mark, a number or the start of
    another phrase ends the search. A noun of people gives `people`.
    """
    steps = 0
    while at < len(tokens) and steps <= adjectives:
        past = table.of.match(tokens, at) or table.fillers.match(tokens, at)
        unit = table.units.match(tokens, at)
        people = table.people.match(tokens, at)
        if unit and not (people and people[1] > unit[1]):
            return unit
        if people:
            return _attributed(tokens, at, people[1], table) or ("people", people[1])
        if past:
            at = past[1]
            continue
        if tokens[at].kind != "word" or table.stops.match(tokens, at):
            return None
        at += 1
        steps += 1
    return None


def _attributed(tokens: Sequence[Token], at: int, end: int, table: Table) -> tuple[str, int] | None:
    """The thing that a noun of people only describes: "police stations", "военных самолёта"."""
    if not tokens[at].word.endswith(table.attributive):
        return None
    unit = table.units.match(tokens, end)
    return unit if unit and unit[0] not in common().measured else None
