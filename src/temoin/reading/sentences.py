"""Sentences of a text as offsets, by rules, in the six languages and beyond.

Why rules of our own: of the splitters tried, `sentencex` (Wikimedia, MIT) came
nearest, but it keeps whole quotations together, cuts after list numbers, clock
times and initials, gives strings rather than offsets, and knows few military
ranks. The words that decide are in `data/sentences.toml`.

The rules, from coarse to fine: a blank line always ends a sentence; a single
line break does where the line before was not merely wrapped; inside a
paragraph, `.`, `!`, `?`, `…` and `؟` do, with the closing quotes and brackets
after them, when what follows can begin a sentence and what stands before is
no abbreviation, initial, list number or bare clock time. A colon or a
semicolon (`؛` too) never does.

Everything works on a window around each full stop: time grows with the length
of the text alone, however long a sentence is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from temoin.reading.lines import paragraphs

__all__ = ["split_sentences"]

#: How far a rule looks back or ahead, in code points: no abbreviation is longer.
_WINDOW = 80

#: A terminator with what closes after it; French puts a space before its closing quote.
_STOP = re.compile(
    r"""
    (?<![.!?…؟۔⁇⁈⁉])(?P<mark>[.!?…؟۔⁇⁈⁉]++)
    (?P<close>(?:["'”’“»›)\]}*_]|[ \u00a0\u202f]»|\[\d{1,3}\])*+)
    (?P<space>\s+|\Z|(?=[^\W\d_]))
    | [。！？]+[」』”’）]*
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s\"«»“”„(\[/’'‘]+\Z")
_NUMBER_BEFORE = re.compile(r"\d[.,\d]*(?:\s|-)*\Z")
_ORDINAL = re.compile(r"\W*(?:\d{1,3}|[A-ZА-Я]|[ivxlc]{1,5}|[IVXLC]{1,5}|[a-z])")
_CLOCK = re.compile(r"\W*\d{1,2}\s?[hH:.]\s?\d{0,2}\s?(?:[hH]|hrs|GMT|UTC)?\W*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-–]?){1,4}")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[-–]?[^\W\d_]{1,2})+")
_ARABIC_ARTICLE = re.compile(r"[^\W\d_]{1,3}[-’'][^\W\d_]")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language that bear on full stops."""

    never: frozenset[str]
    number: frozenset[str]
    may_end: frozenset[str]
    units: frozenset[str]
    months: frozenset[str]
    openers: frozenset[str]
    month_names: frozenset[str]


@cache
def _words(language: str) -> _Words:
    raw = resources.files(__package__).joinpath("data/sentences.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    common = tables["*"]
    # An unserved language in Latin letters is nearer to English than to nothing.
    own = tables.get(language, tables["en"])
    return _Words(**{key: frozenset(common[key]) | frozenset(own[key]) for key in common})


def split_sentences(text: str, language: str = "other") -> tuple[tuple[int, int], ...]:
    """Find the sentences of a text.

    Args:
        text: Any text, line breaks of any kind; it isn't changed.
        language: fr, en, es, ar, uk, ru; anything else goes by general rules.

    Returns:
        Half-open ranges in code points, in order, without overlap, trimmed of
        outer white space; together they hold every character that isn't white
        space.
    """
    words = _words(language)
    caseless = _writes_without_capitals(text)
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        begin = start
        for stop in _stops(text, start, end, words, lowercase=caseless):
            _append_trimmed(found, text, begin, stop)
            begin = stop
        _append_trimmed(found, text, begin, end)
    return tuple(found)


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        start += len(part) - len(part.lstrip())
        found.append((start, start + len(stripped)))


def _writes_without_capitals(text: str) -> bool:
    """Whether a text in a script with capitals uses none, as some posts do."""
    sample = text[:3000]
    lower = sum(map(str.islower, sample))
    upper = sum(map(str.isupper, sample))
    return lower > 40 and upper * 300 < lower


def _stops(text: str, start: int, end: int, words: _Words, *, lowercase: bool) -> Iterator[int]:
    """Where sentences end inside one paragraph, its own end left out."""
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match["mark"] is None:
            at = match.end()
        elif match.end() == end:
            continue
        elif match["space"]:
            at = match.start("space")
            if not _can_begin(text, match.end(), end, lowercase=lowercase):
                continue
            if match["mark"] == "." and not _full_stop_ends(text, begin, match, end, words, start):
                continue
        elif _is_glued(text, match, end, words):
            at = match.end()
        else:
            continue
        head = text[begin : min(at, begin + _WINDOW)]
        if not any(map(str.isalpha, head)) or _CLOCK.fullmatch(head):
            continue  # "06:10.", "04h30." and "..." belong to what follows
        yield at
        begin = at


def _start_of_word(text: str, at: int, end: int) -> int:
    """First letter or digit at or after `at`, past quotes, dashes, bullets and emoji."""
    limit = min(end, at + 12)
    while at < limit and not text[at].isalnum():
        at += 1
    return at


def _can_begin(text: str, at: int, end: int, *, lowercase: bool) -> bool:
    at = _start_of_word(text, at, end)
    if at >= end or not text[at].islower():
        return True
    if lowercase:
        return True
    # "al-Shabaab", "ad-Durayhimi", "d'Artagnan": the capital comes after the article.
    article = _ARABIC_ARTICLE.match(text, at, end)
    return bool(article) and text[article.end() - 1].isupper() if article else False


def _is_glued(text: str, match: re.Match[str], end: int, words: _Words) -> bool:
    """Whether a terminator without a space after it ends a sentence ("fini.Les").

    Web pages lose spaces; addresses, numbers and abbreviations never had them.
    """
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    word = _WORD_BEFORE.search(before)
    after = text[match.end() : min(end, match.end() + 2)]
    if word is None or len(after) < 2 or not after.isalpha():
        return False
    token = word[0]
    if not token.isalpha() or len(token) < 3 or _is_abbreviation(token.lower(), words):
        return False
    if token[-1].islower():
        return after[0].isupper() and after[1].islower()
    return not token[-1].isupper() and not after[0].islower() and not after[0].isupper()


def _is_abbreviation(token: str, words: _Words) -> bool:
    return token in words.never or token in words.may_end or token in words.number


def _full_stop_ends(
    text: str, begin: int, match: re.Match[str], end: int, words: _Words, start: int
) -> bool:
    """Whether a single full stop, followed by what can begin a sentence, ends one.

    Args:
        text: The whole text.
        begin: Where the running sentence begins.
        match: The full stop with its closing quotes and the space after it.
        end: Where the paragraph ends.
        words: The language's words.
        start: Where the paragraph begins.
    """
    stop = match.start()
    before = text[max(begin, stop - _WINDOW) : stop]
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    if stop - begin <= 10 and _ORDINAL.fullmatch(text[begin:stop].strip()):
        return False  # "1. ", "II. ", "Q. " number or label what follows
    token = found[0]
    following = _start_of_word(text, match.end(), end)
    next_word = _FIRST_WORD.match(text, following, min(end, following + _WINDOW))
    opens = (
        next_word is not None
        and next_word[0].lower() in words.openers
        # "А. С. Петров": one letter with a full stop is an initial, not a preposition.
        and not (len(next_word[0]) == 1 and text.startswith(".", next_word.end()))
    )
    if not match["close"]:
        decided = _abbreviation_ends(
            token,
            before[: found.start()],
            digit_after=text[following : following + 1].isdigit(),
            opens=opens,
            words=words,
        )
        if decided is not None:
            return decided
    if begin == start and stop - start <= 40:
        return not _is_label(text[begin:stop], next_word, words)
    return True


def _abbreviation_ends(
    token: str, before: str, *, digit_after: bool, opens: bool, words: _Words
) -> bool | None:
    """Whether the full stop after `token` ends the sentence; None if it is no abbreviation.

    Args:
        token: The word before the full stop.
        before: What comes before it.
        digit_after: Whether a digit follows.
        opens: Whether the next word is one that often begins a sentence.
        words: The language's words.
    """
    low = token.lower().strip("-–—·•*")
    digit_before = bool(_NUMBER_BEFORE.search(before))
    if digit_before and low in words.units:
        return True
    if low in words.may_end:
        return opens
    if low in words.never or (digit_after and low in words.number):
        return False
    dated = low in words.months and (digit_before or digit_after)
    if dated or _DOTTED.fullmatch(token):
        return opens
    initial = _INITIALS.fullmatch(token) and not token.islower()
    if initial and (len(token) == 1 or "." in token or "-" in token):
        # "J. Dupont", "А. Пушкин", "Harry S. Truman"; but "plan B. The army".
        return opens or digit_after
    return None


def _is_label(sentence: str, next_word: re.Match[str] | None, words: _Words) -> bool:
    """Whether a paragraph's first words are a run-in heading or a dateline.

    "CONTEXTE. Le 9 novembre ..." and "Bamako, 12 mars. Les forces ..." are one
    sentence each: the label says nothing by itself.
    """
    tokens = sentence.split()
    if sentence.isupper() and len(tokens) <= 4:
        return next_word is not None and not (next_word[0].isupper() and len(next_word[0]) > 1)
    last = tokens[-1].lower() if tokens else ""
    return "," in sentence and len(tokens) <= 6 and last in words.month_names
