"""The small language in which the tables write their patterns.

    la nuit (du|de) <#day:start.day> au <#day:end.day> <month:end.month>

- A word stands for itself, as do `,` `-` `/` `:` and other signs.
- `<name>` is a word of a class of the table, `<#name>` a number that may be a
  `day`, `month`, `hour`, `minute`, `year`, ..., `<NAME>` what a rule of an earlier
  level found. `<name:slot>` keeps what it met under `slot`; classes whose entries
  have values keep theirs under their own name, `<name:>` keeps nothing.
- `{MACRO}` is a pattern with a name, `{MACRO start}` puts `start.` before its slots.
- `(a|b)`, `a?`, `a*`, `a+` as in regular expressions, `(?=a)`, `(?!a)`, `(?<=a)`,
  `(?<!a)` look about (behind: one token only); `<?>` is any unknown word.

A pattern becomes one regular expression over the codes of `tokens`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

__all__ = ["Pattern", "PatternError", "Vocabulary", "compile_pattern"]

_PIECE = re.compile(
    r"\s*(?:(?P<open>\((?:\?(?:<=|<!|=|!))?)|(?P<close>\))|(?P<bar>\|)|(?P<times>[?*+])"
    r"|<(?P<class>[^<>:]+)(?P<colon>:)?(?P<slot>[\w.]*)>|\{(?P<macro>\w+)(?: (?P<prefix>\w+))?\}"
    r"|(?P<word>[^\s()|?*+<>{}]+))"
)
_OPEN = {"(": "(?:", "(?=": "(?=", "(?!": "(?!", "(?<=": "(?<=", "(?<!": "(?<!"}


class PatternError(ValueError):
    """A pattern of a table cannot be read: names the pattern and what is wrong."""


class Vocabulary(Protocol):
    """What a pattern needs to know of its table."""

    def spell(self, word: str) -> str:
        """The codes of a word."""

    def class_of(self, name: str) -> tuple[str, bool]:
        """A class as a regular expression over codes, and whether its entries have values."""

    def macro(self, name: str) -> str:
        """The pattern that has this name."""


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern.

    Args:
        source: The regular expression over codes, without groups that keep.
        kept: The same, with a group for each thing kept.
        slots: For each group in order the class that it met and the slot it goes to.
    """

    source: str
    kept: str
    slots: tuple[tuple[str, str], ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression with groups, compiled when it is first needed."""
        return re.compile(self.kept)


@dataclass(slots=True)
class _Compiler:
    vocabulary: Vocabulary
    slots: list[tuple[str, str]] = field(default_factory=list)

    def compile(self, pattern: str, prefix: str = "", *, depth: int = 0) -> str:
        if depth > 9:
            message = f"macros go round in a circle: {pattern}"
            raise PatternError(message)
        out: list[str] = []
        position, level = 0, 0
        pattern = pattern.strip()
        while position < len(pattern):
            piece = _PIECE.match(pattern, position)
            if not piece or piece.end() == position:
                message = f"cannot read {pattern[position:]!r} of {pattern!r}"
                raise PatternError(message)
            position = piece.end()
            level += bool(piece["open"]) - bool(piece["close"])
            out.append(self._piece(piece.groupdict(), prefix, depth))
        if level:
            message = f"brackets do not close in {pattern!r}"
            raise PatternError(message)
        return "".join(out)

    def _piece(self, piece: Mapping[str, str | None], prefix: str, depth: int) -> str:
        if piece["open"]:
            return _OPEN[piece["open"]]
        if sign := piece["close"] or piece["bar"] or piece["times"]:
            return sign
        if name := piece["macro"]:
            inner = f"{prefix}{piece['prefix']}." if piece["prefix"] else prefix
            return f"(?:{self.compile(self.vocabulary.macro(name), inner, depth=depth + 1)})"
        if name := piece["class"]:
            codes, valued = self.vocabulary.class_of(name)
            slot = piece["slot"] or ("" if piece["colon"] or not valued else name)
            if not slot:
                return codes
            self.slots.append((name, prefix + slot))
            return f"({codes})"
        codes = self.vocabulary.spell(piece["word"] or "")
        return codes if len(codes) == 1 else f"(?:{codes})"


def compile_pattern(pattern: str, vocabulary: Vocabulary) -> Pattern:
    """Compile a pattern of a table.

    Raises:
        PatternError: The pattern cannot be read or names an unknown class or macro.
    """
    compiler = _Compiler(vocabulary)
    try:
        kept = compiler.compile(pattern)
    except KeyError as error:
        message = f"{pattern!r}: {error}"
        raise PatternError(message) from error
    source = re.sub(r"(?<!\\)\((?!\?)", "(?:", kept)
    return Pattern(source, kept, tuple(compiler.slots))
