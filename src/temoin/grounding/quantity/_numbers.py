"""Reads one number from tokens: digits, words, collectives, vague plurals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from temoin.grounding.quantity._digits import digits_value
from temoin.grounding.quantity._phrases import PhraseBook
from temoin.grounding.quantity._tables import Join, Table, common
from temoin.grounding.quantity._tokens import Token

__all__ = ["Reading", "read_genitive", "read_number", "read_one"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read from the tokens up to `end`.

    Attributes:
        value: The number, None where the words name none ("des dizaines").
        low: Lower bound, None where the words set none.
        high: Upper bound, None where the words set none.
        end: Index of the first token after it.
        rule: digits, words, collective, fraction, adverb, several, plural, dual or range.
        approximate: Whether the words themselves round.
        scale: The last scale word, 1 where there is none: "2 à 3 millions", "deux ou
            trois cents".
        unit: The unit that the words carry with them ("twice", "la moitié").
    """

    value: float | None
    low: float | None
    high: float | None
    end: int
    rule: str
    approximate: bool = False
    scale: float = 1.0
    unit: str | None = None


def read_number(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """The number that begins exactly at token `at`, or None.

    An article before it ("a hundred", "la centaine") belongs to it.
    """
    for reader in (_several, _plural, _inverted, _adverb, _composed):
        reading = reader(tokens, at, table)
        if reading:
            return reading
    article = table.articles.match(tokens, at)
    if article:
        return _composed(tokens, _skip(tokens, article[1], table.fillers), table)
    return None


def read_genitive(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "близько сотні": after a hedge a form that also is a plural names one hundred."""
    if not table.genitive.match(tokens, at) or _inverted(tokens, at, table):
        return None
    return _composed(tokens, at, table)


def read_one(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "a kilometre": an article and a unit count one; the unit is left to the caller."""
    if not table.numeral_articles.match(tokens, at):
        return None
    past = _skip(tokens, at + 1, table.fillers)
    if not table.units.match(tokens, past) and not table.people.match(tokens, past):
        return None
    return Reading(1.0, 1.0, 1.0, past, "words")


def _skip(tokens: Sequence[Token], at: int, book: PhraseBook[bool]) -> int:
    """The first token at or after `at` that the book does not know."""
    while found := book.match(tokens, at):
        at = found[1]
    return at


def _several(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "plusieurs centaines", "a few hundred", "несколько": a range, no value."""
    found = table.several.match(tokens, at)
    if not found:
        return None
    low, end = found
    following = _skip(tokens, end, table.fillers)
    plural = _plural(tokens, following, table)
    if plural:
        return replace(plural, rule="several")
    for book in (table.multipliers, table.collectives):
        scale = book.match(tokens, following)
        if scale:
            return Reading(None, low * scale[0], 10 * scale[0] - 1, scale[1], "several")
    return Reading(None, low, None, end, "several")


def _plural(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "des dizaines de milliers", "hundreds", "عشرات الآلاف": a range, no value."""
    article = table.articles.match(tokens, at) or table.of.match(tokens, at)
    start = article[1] if article else at
    found = table.plurals.match(tokens, start)
    if not found or _inverted(tokens, start, table):
        return None
    scale, end = found
    while True:
        of = table.of.match(tokens, end)
        further = table.plurals.match(tokens, of[1] if of else end) or table.multipliers.match(
            tokens, of[1] if of else end
        )
        if not further:
            break
        scale, end = scale * further[0], further[1]
    # A dozen of dozens is a gross: nobody says dozens for more than a hundred.
    high = 99 if scale in (12, 20) else 10 * scale - 1
    return Reading(None, 2 * scale, high, end, "plural")


def _inverted(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    """As in "сотни две", "тысяч шесть": the Slavic order that rounds."""
    if not table.inverted.match(tokens, at):
        return None
    scale = table.multipliers.match(tokens, at) or table.collectives.match(tokens, at)
    factor = (
        (table.numbers.match(tokens, scale[1]) or table.fractions.match(tokens, scale[1]))
        if scale
        else None
    )
    if not scale or not factor or not 1 < factor[0] < 100:
        return None
    return _rounded(scale[0] * factor[0], factor[1], scale=scale[0])


def _adverb(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    found = table.adverbs.match(tokens, at)
    if not found:
        return None
    value, end = found
    return Reading(value, value, value, end, "adverb", unit="occurrence")


def _rounded(value: float, end: int, *, scale: float = 1.0) -> Reading:
    """A number that its own words round, with the bounds of the table of effects."""
    effect = common().effects["collective"]
    low, high = value * effect["low"], value * effect["high"]
    return Reading(value, low, high, end, "collective", approximate=True, scale=scale)


def _composed(tokens: Sequence[Token], at: int, table: Table) -> Reading | None:
    numeral = _Numeral(tokens, at, table)
    while numeral.step():
        pass
    return numeral.reading()


class _Numeral:
    """A number under construction: closed groups of thousands and the group being built."""

    def __init__(self, tokens: Sequence[Token], at: int, table: Table) -> None:
        self.tokens = tokens
        self.table = table
        self.end = at
        self.closed = 0.0
        self.group = 0.0
        self.scale = 1.0
        self.tail = 1.0
        self.parts = 0
        self.digits = False
        self.any_digits = False
        self.rounded = False
        self.finished = False
        self.last = 0.0
        self.share = False

    def step(self) -> bool:
        """Take the next part of the number; False where there is none."""
        if self.finished or not self.end < len(self.tokens):
            return False
        return (
            self._take_digits()
            or self._take_fraction()
            or self._take_teen()
            or self._take_number(self.end)
            or self._take_scale(self.end)
            or self._take_ordinal()
            or self._take_joined()
            or self._take_half()
            or self._take_filled()
        )

    def reading(self) -> Reading | None:
        """What has been read, or None where nothing was."""
        if not self.parts:
            return None
        value = self.closed + self.group
        scale = max(self.scale, self.tail)
        if self.rounded:
            return _rounded(value, self.end, scale=scale)
        rule = "fraction" if self.share else "digits" if self.any_digits else "words"
        unit = "share" if self.share else None
        return Reading(value, value, value, self.end, rule, scale=scale, unit=unit)

    def _take_digits(self) -> bool:
        token = self.tokens[self.end]
        if token.kind != "number":
            return False
        if self.parts and not (self.group == 0 and self.scale >= 1000):
            return False
        value = digits_value(
            token.word, decimal=self.table.decimal, measured=self._measures(self.end + 1)
        )
        if value is None or (self.parts and not value < self.scale):
            return False
        self.group = value
        self.digits = self.any_digits = True
        return self._took(self.end + 1)

    def _measures(self, at: int) -> bool:
        """Whether what follows can be had in parts: a measure, a percentage, a scale word."""
        if self.table.multipliers.match(self.tokens, at):
            return True
        unit = self.table.units.match(self.tokens, at)
        return bool(unit and unit[0] in common().measured)

    def _take_fraction(self) -> bool:
        found = self.table.fractions.match(self.tokens, self.end)
        if not found or self.closed or not self.group <= 9 or self.rounded:
            return False
        if self.parts and self.group != 1 and found[0] in (0.5, 1.5):
            return False  # "deux demi-" is no number; "trois quarts" is
        factor, end = found
        shares = not self.parts and factor < 0.5
        if shares and not self._follows_article() and not self._thousands(end):
            return False  # "third" may be an ordinal, "ربع مليون" is a quarter of a million
        value = (self.group or 1.0) * factor
        past = _skip(self.tokens, end, self.table.articles)
        of = self.table.of.match(self.tokens, past)
        for start in (end, past, of[1] if of else end):
            scale = self._scale_at(start)
            if scale:
                self.group = value * scale[0]
                self.scale = scale[0]
                self.finished = True
                further = self._thousands(scale[1]) if scale[0] < 1000 else None
                if further:  # "пів сотні тисяч"
                    self.group *= further[0]
                    return self._took(further[1])
                return self._took(scale[1])
        unit = self.table.units.match(self.tokens, past)
        self.group = value
        self.share = not unit and value < 1
        self.finished = not self.table.numbers.match(self.tokens, end)
        return self._took(past if unit else end)

    def _thousands(self, at: int) -> tuple[float, int] | None:
        """A scale word of a thousand or more."""
        found = self.table.multipliers.match(self.tokens, at)
        return found if found and found[0] >= 1000 else None

    def _follows_article(self) -> bool:
        """Whether "third" is "a third": without an article it is an ordinal."""
        return any(
            self.table.articles.match(self.tokens, at) == (True, self.end)
            for at in range(max(0, self.end - 1), self.end)
        )

    def _take_teen(self) -> bool:
        found = self.table.teen.match(self.tokens, self.end)
        if not found or self.digits or not 1 <= self.last <= 9:
            return False
        self.group += 10
        self.last = 10
        return self._took(found[1])

    def _take_number(self, at: int, *, join: Join | None = None) -> bool:
        found = self.table.numbers.match(self.tokens, at)
        if not found or self.digits or self.rounded:
            return False
        value, end = found
        if join and join.before and value not in join.before:
            return False
        if self.parts and not self._fits(value, joined=join is not None):
            return False
        if value >= 1000:
            self.closed += value
            self.scale = self._step(value)
            self.group = 0.0
        else:
            self.group += value
        self.last = value
        return self._took(end)

    def _fits(self, value: float, *, joined: bool) -> bool:
        """Whether `value` can be added to the group: 20 and 3, 60 and 15, 100 and 99."""
        if value == 0:
            return False
        if self.group == 0:
            return value < max(self.scale, self._step(self.closed))
        if joined and self.table.units_before_tens and 1 <= self.group % 100 <= 9:
            return 20 <= value <= 90
        return value < self._step(self.group)

    def _step(self, number: float) -> float:
        """The smallest power of ten in `number`: what is added must be less."""
        if number % 100 in self.table.vigesimal:
            return 20
        step = 1.0
        while number and number % (step * 10) == 0:
            step *= 10
        return 1.0 if number == 10 else step

    def _scale_at(self, at: int) -> tuple[float, int, bool] | None:
        exact = self.table.multipliers.match(self.tokens, at)
        rounded = self.table.collectives.match(self.tokens, at)
        if rounded and (not exact or rounded[1] > exact[1]):
            return (*rounded, True)
        return (*exact, False) if exact else None

    def _take_scale(self, at: int) -> bool:
        found = self._scale_at(at)
        if not found:
            return False
        scale, end, rounds = found
        factor = self.group or 1.0
        if scale < 1000:
            if self.group >= 100 or (self.closed and not scale < self.scale):
                return False
            self.group = factor * scale
        elif self.closed and scale > self.scale:
            self.closed = (self.closed + self.group) * scale
            self.group, self.scale = 0.0, scale
        elif self.closed and scale == self.scale:
            return False
        else:
            self.closed += factor * scale
            self.group, self.scale = 0.0, scale
        self.last = 0.0
        self.rounded = self.rounded or rounds
        self.digits = False
        self._took(end)
        self.tail = scale
        of = self.table.of.match(self.tokens, end) if rounds else None
        if of and self.table.multipliers.match(self.tokens, of[1]):
            self._took(of[1])  # "une centaine de milliers"
        elif of and self.table.collectives.match(self.tokens, of[1]):
            self.closed, self.group = 0.0, self.closed + self.group
            further = self.table.collectives.match(self.tokens, of[1])
            if further:
                self.group *= further[0]
                self._took(further[1])
        return True

    def _take_ordinal(self) -> bool:
        """As in "forty-first" counts one more than forty."""
        found = self.table.ordinals.match(self.tokens, self.end)
        if (
            not found
            or self.digits
            or not self.group >= 20
            or not self._fits(found[0], joined=False)
        ):
            return False
        if not self.tokens[self.end].glued:
            return False
        self.group += found[0]
        self.finished = True
        return self._took(found[1])

    def _take_joined(self) -> bool:
        found = self.table.joins.match(self.tokens, self.end)
        if not found or not self.parts or self.rounded:
            return False
        join, end = found
        if not self._joins(join):
            return False
        before = self.end
        if self._take_number(end, join=join):
            return True
        if self.table.units_before_tens and self._take_joined_scale(end):
            return True
        self.end = before
        return False

    def _joins(self, join: Join) -> bool:
        """Whether the group so far is one that this word may join to more."""
        if join.after == "tens":
            return not self.digits and self.group % 100 != 0 and self.group % 10 == 0
        if join.after == "hundreds":
            return not self.digits and self.group % 100 == 0
        return True

    def _take_joined_scale(self, at: int) -> bool:
        """Arabic joins smaller scales too: ألف ومئة."""
        found = self.table.multipliers.match(self.tokens, at)
        if not found or self.group or not found[0] < self.scale:
            return False
        return self._take_scale(at)

    def _take_half(self) -> bool:
        """As in "deux millions et demi", "two and a half million"."""
        found = self.table.and_half.match(self.tokens, self.end)
        if not found or not self.parts:
            return False
        if self.group == 0 and self.scale >= 1000:
            self.closed += 0.5 * self.scale
            self.finished = True
        else:
            self.group += 0.5
        return self._took(found[1])

    def _take_filled(self) -> bool:
        """As in "une bonne centaine": a filler inside the number, never at its end."""
        if not self.parts or self.digits:
            return False
        past = _skip(self.tokens, self.end, self.table.fillers)
        if past == self.end or not self._scale_at(past):
            return False
        return self._take_scale(past)

    def _took(self, end: int) -> bool:
        self.end = end
        self.tail = 1.0
        self.parts += 1
        return True
