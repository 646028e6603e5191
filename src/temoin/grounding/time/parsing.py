"""From text to frames: rules tried level by level.

The codes of a text are scanned once a level. Where a rule matches, what it met is
replaced by one symbol that carries the frame, and the next level reads the shorter
string: numbers first, then days and months, then hours, then what joins them
("dans la nuit de X à Y", "depuis X").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from temoin.grounding.time.frames import Frame, FrameError, build
from temoin.grounding.time.lexicon import Level, Lexicon, Rule, lexicon
from temoin.grounding.time.numerals import read_number
from temoin.grounding.time.tokens import tokenise

__all__ = ["TimeExpression", "find_times", "parse_words"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that tell a time.

    Args:
        start: First code point.
        end: One past the last code point.
        text: The words, exactly as in the text.
        frame: What they say.
        rule: The rule that found them.
        parts: The single TIMEX3 expressions that they are made of; itself where it is one.
    """

    start: int
    end: int
    text: str
    frame: Frame
    rule: str
    parts: tuple[TimeExpression, ...] = ()

    @property
    def timexes(self) -> tuple[TimeExpression, ...]:
        """The single TIMEX3 expressions, in the order of the text."""
        return self.parts or (self,)


@dataclass(slots=True)
class _Item:
    """A token, or what a rule made of several."""

    start: int
    end: int
    frame: Frame | None = None
    number: float | None = None
    rule: Rule | None = None
    parts: tuple[TimeExpression, ...] = ()


class _Parse:
    """One text on its way through the levels."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.codes, offsets = tokenise(text, lexicon.alphabet)
        self.offsets = offsets
        # Items only where a rule has matched; a plain token is its offsets.
        self.items: list[tuple[int, int] | _Item] = list(offsets)

    def run(self, levels: Sequence[Level]) -> list[_Item]:
        for level in levels:
            self._apply(level)
        return [item for item in self.items if isinstance(item, _Item) and item.frame]

    def _apply(self, level: Level) -> None:
        codes, items = self.codes, self.items
        pieces: list[str] = []
        kept: list[tuple[int, int] | _Item] = []
        position = done = 0
        search = level.search.search
        while found := search(codes, position):
            at = found.start()
            made = self._best(level.rules[codes[at]], at)
            if made is None:
                position = at + 1
                continue
            item, code, end = made
            pieces += [codes[done:at], code]
            kept += items[done:at]
            kept.append(item)
            position = done = end
        if done:
            pieces.append(codes[done:])
            kept += items[done:]
            self.codes, self.items = "".join(pieces), kept

    def _best(self, rules: Sequence[Rule], at: int) -> tuple[_Item, str, int] | None:
        """What the rule with the longest match makes of the codes from here on."""
        matches = [
            (found.end(), rule, found)
            for rule in rules
            if (found := rule.pattern.regex.match(self.codes, at)) and found.end() > at
        ]
        matches.sort(key=lambda match: -match[0])
        for end, rule, found in matches:
            start_offset, end_offset = _start(self.items[at]), _end(self.items[end - 1])
            item = _Item(start_offset, end_offset, rule=rule)
            if rule.kind == "number":
                item.number = read_number(self.codes[at:end], self.lexicon)
                if item.number is None:
                    continue
            else:
                try:
                    slots, children = self._slots(rule, found)
                    item.frame = build({"kind": rule.kind, **rule.fixed, **slots})
                except FrameError:
                    continue
                if rule.split:
                    item.parts = self._parts(item.frame, children)
            return item, self.lexicon.symbol(rule.gives), end
        return None

    def _slots(
        self, rule: Rule, found: re.Match[str]
    ) -> tuple[dict[str, Any], list[tuple[str, int, int]]]:
        slots: dict[str, Any] = {}
        spans: list[tuple[str, int, int]] = []
        for group, (name, slot) in enumerate(rule.pattern.slots, 1):
            start, end = found.span(group)
            if start < 0:
                continue
            slots[slot] = self._read(name, start, end)
            spans.append((slot, start, end))
        return slots, spans

    def _read(self, name: str, start: int, end: int) -> object:
        """The value of what a group met."""
        first = self.items[start]
        if isinstance(first, _Item) and end == start + 1:
            return first.frame if first.frame is not None else _whole(first.number)
        codes = self.codes[start:end]
        if name.startswith("#") or name in ("num", "ord"):
            digits = self.text[_start(first) : _end(self.items[end - 1])].rstrip("ZL")
            if digits.isdecimal():
                return int(digits)
            return _whole(read_number(codes, self.lexicon))
        value = self.lexicon.value_of(name, codes)
        return value if value is not None else True

    def _parts(self, frame: Frame, spans: list[tuple[str, int, int]]) -> tuple[TimeExpression, ...]:
        """The single expressions of a rule that joins several."""
        parts: list[TimeExpression] = []
        loose: dict[str, list[tuple[int, int]]] = {}
        for slot, start, end in spans:
            item = self.items[start]
            head = slot.partition(".")[0]
            if isinstance(item, _Item) and item.frame and head == slot:
                child = getattr(frame, slot, None) if slot in ("start", "end") else item.frame
                own = item.parts or (self._expression(item, child or item.frame),)
                parts += own
            elif head in ("start", "end", "of"):
                loose.setdefault(head, []).append((_start(item), _end(self.items[end - 1])))
        for head, places in loose.items():
            begin, stop = min(s for s, _ in places), max(e for _, e in places)
            child = getattr(frame, head)
            if child is not None:
                name = "part"
                parts.append(TimeExpression(begin, stop, self.text[begin:stop], child, name))
        return tuple(sorted(parts, key=lambda part: part.start))

    def _expression(self, item: _Item, frame: Frame | None = None) -> TimeExpression:
        text = self.text[item.start : item.end]
        name = item.rule.name if item.rule else ""
        return TimeExpression(item.start, item.end, text, frame or item.frame, name, item.parts)  # type: ignore[arg-type]

    def expressions(self, items: Sequence[_Item]) -> list[TimeExpression]:
        return [self._expression(item) for item in items]


def _start(item: tuple[int, int] | _Item) -> int:
    return item[0] if isinstance(item, tuple) else item.start


def _end(item: tuple[int, int] | _Item) -> int:
    return item[1] if isinstance(item, tuple) else item.end


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


def find_times(text: str, language: str) -> list[TimeExpression]:
    """Every time expression of a text, in its order, none overlapping another.

    Args:
        text: The text; offsets count its code points.
        language: Code of its language; for unknown ones only digits are read (2024-03-11, 14:30).

    Returns:
        The expressions with the frames that their words give, not yet any days.
    """
    parse = _Parse(text, lexicon(language))
    found = parse.run(parse.lexicon.strict)
    return parse.expressions([item for item in found if item.rule and not item.rule.silent])


@lru_cache(maxsize=4096)
def parse_words(words: str, language: str, *, loose: bool = False) -> tuple[TimeExpression, ...]:
    """Read the words of one expression by themselves.

    Args:
        words: The words.
        language: Code of their language.
        loose: Whether they are known to tell a time, so that "14", "0412" or "nuit" do too.
    """
    parse = _Parse(words, lexicon(language))
    found = parse.run(parse.lexicon.loose if loose else parse.lexicon.strict)
    return tuple(parse.expressions(found))
