"""Text as a string of codes, one character a token.

Time expressions are found by regular expressions over codes, not over text: each
word that a language's table knows has a character of its own from the private
planes of Unicode, each number of one or two digits too, and every other word is
`OTHER`. A class of words is then a character class, and a text of 200,000
characters a string of 36,000 codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "BREAK",
    "OTHER",
    "Alphabet",
    "Offsets",
    "normal",
    "number_class",
    "tokenise",
    "words_of",
]

#: Any word or sign that the tables do not know.
OTHER = "\ue000"
#: The end of a paragraph: no pattern reaches over it.
BREAK = "\ue001"

# Marks that stand within words: combining accents, Arabic vowels, tatweel.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
# Apostrophes and invisible signs are skipped: "l'aube" is "l", "aube"; "п'ять" "п", "ять".
_SKIPPED = "'’ʼ‘`\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
# A military clock is one token with its zone: "1915L", "121430Z"; "1915 l'armée" is not.
_ZULU = rf"\d{{4}}(?:\d\d)?[ZL](?![^\W_]|[{_SKIPPED}])"
_TOKEN = re.compile(rf"{_WORD}|{_ZULU}|\d+|[^\w\s{_SKIPPED}]|\n[^\S\n]*\n\s*")
_MARK = re.compile(rf"[{_MARKS}]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# Letters that are written in several ways: hamza and dots in Arabic, yo in Russian.
_LETTERS = str.maketrans(
    {
        "\u0623": "\u0627",  # alef with hamza above
        "\u0625": "\u0627",  # alef with hamza below
        "\u0622": "\u0627",  # alef with madda
        "\u0671": "\u0627",  # alef wasla
        "\u0649": "\u064a",  # alef maksura
        "\u06cc": "\u064a",  # Farsi ya
        "\u06a9": "\u0643",  # keheh
        "\u0629": "\u0647",  # ta marbuta
        "ё": "е",
    }
)

_SMALL = 0xE100  # numbers of one digit, then of two
_LONG = 0xE180  # longer numbers, by what they may be
_WORDS = 0xE400  # words, in the order in which the tables name them; symbols stand before

_MIN_YEAR, _MAX_YEAR = 1750, 2100
# Numbers that hardly are anything else than years: recent and not round.
_PLAIN_YEARS = (1900, 2049)


#: Where a token stands in the text.
Offsets = tuple[int, int]


def _long_number(text: str) -> str:
    """The code of a number of three digits or more."""
    kind = 0
    if text[-1].isalpha():
        clock = text[-5:-1]
        if int(clock[:2]) < 24 and int(clock[2:]) < 60:
            kind = 10 if _is_day_clock(text[:-1]) else 9
    elif len(text) == 4:
        value = int(text)
        may_be_year = _MIN_YEAR <= value <= _MAX_YEAR
        may_be_clock = value // 100 < 24 and value % 100 < 60
        if _PLAIN_YEARS[0] <= value <= _PLAIN_YEARS[1] and value % 50:
            kind = 6 + may_be_clock
        else:
            kind = 1 + may_be_year + 2 * may_be_clock
    elif len(text) == 3:
        kind = 5
    elif _is_day_clock(text):
        kind = 8
    return chr(_LONG + kind)


def _is_day_clock(text: str) -> bool:
    """Whether six digits may be the day, hour and minute of a military message."""
    day, hour, minute = (int(text[at : at + 2] or "99") for at in (0, 2, 4))
    return len(text) == 6 and 1 <= day <= 31 and hour < 24 and minute < 60


def _small(values: Iterable[int], *, digits: Iterable[int] = (1, 2)) -> str:
    codes = []
    for value in values:
        codes += [chr(_SMALL + value + (10 if n == 2 else 0)) for n in digits if value < 10**n]
    return "".join(codes)


_NUMBERS = {
    "day": _small(range(1, 32)),
    "month": _small(range(1, 13)),
    "hour": _small(range(25)),
    "hour2": _small(range(25), digits=(2,)),
    "minute": _small(range(60), digits=(2,)),
    "two": _small(range(100), digits=(2,)),
    "fifty": _small(range(50, 100), digits=(2,)),
    "year": "".join(chr(_LONG + kind) for kind in (2, 4, 6, 7)),
    "plainyear": "".join(chr(_LONG + kind) for kind in (6, 7)),
    "hhmm": "".join(chr(_LONG + kind) for kind in (3, 4, 7)),
    "three": chr(_LONG + 5),
    "late": _small(range(13, 60), digits=(2,)),
    "ddhhmm": chr(_LONG + 8) + chr(_LONG + 10),
    "zulu": chr(_LONG + 9),
    "zuluday": chr(_LONG + 10),
    "number": _small(range(100)) + "".join(chr(_LONG + kind) for kind in range(11)),
}


def number_class(name: str) -> str:
    """The codes of all numbers that may be a `day`, `month`, `hour`, `minute`, `year`, ...

    Raises:
        KeyError: There is no such class of numbers.
    """
    return _NUMBERS[name]


def normal(word: str) -> str:
    """A word as the tables write it: lower case, composed, without Arabic vowels."""
    word = word.lower().translate(_DASHES)
    if not word.isascii():
        word = _MARK.sub("", unicodedata.normalize("NFC", word)).translate(_LETTERS)
    return word


def words_of(text: str) -> list[str]:
    """The normal forms of a text's tokens, as for an entry of a table."""
    return [normal(word) for word in _TOKEN.findall(text)]


class Alphabet(dict[str, str]):
    """Token to code; learns the codes of unseen tokens as it meets them.

    Args:
        capitalised: Words that count only when written with a capital ("March", "May").
        proclitics: Particles written together with the word after them (Arabic و, ب, ل).
    """

    #: Forms kept before the memory starts anew: texts are endless, memory is not.
    LIMIT = 200_000

    def __init__(self, *, capitalised: Iterable[str] = (), proclitics: Iterable[str] = ()) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._capitalised = frozenset(capitalised)
        self._proclitics = tuple(sorted(proclitics, key=len, reverse=True))

    def code(self, word: str) -> str:
        """The code of a normal form that a table names; a new one where it has none."""
        if word.isdecimal():
            return self._number(word)
        return self._codes.setdefault(word, chr(_WORDS + len(self._codes)))

    def spell(self, entry: str) -> str:
        """The codes of an entry of a table, which may have several words."""
        return "".join(map(self.code, words_of(entry)))

    @staticmethod
    def _number(text: str) -> str:
        if len(text) > 2:
            return _long_number(text)
        return chr(_SMALL + int(text) + (10 if len(text) == 2 else 0))

    def __missing__(self, token: str) -> str:
        if token[0].isdecimal():
            return self._number(token)
        if token[0] == "\n":
            return BREAK
        word = normal(token)
        code = self._codes.get(word, "")
        if not code:
            code = next(
                (
                    self._codes[word[len(particle) :]]
                    for particle in self._proclitics
                    if word.startswith(particle) and word[len(particle) :] in self._codes
                ),
                OTHER,
            )
        elif word in self._capitalised and not token[0].isupper():
            code = OTHER
        if len(self) < self.LIMIT:
            self[token] = code
        return code


def tokenise(text: str, alphabet: Alphabet) -> tuple[str, list[Offsets]]:
    """The codes of a text and where each of its tokens stands.

    A `BREAK` without extent stands before the first token and after the last, so that
    patterns can ask for the text's edges as for those of a paragraph.
    """
    tokens = [found.span() for found in _TOKEN.finditer(text)]
    codes = "".join([alphabet[text[start:end]] for start, end in tokens])
    edge = len(text)
    return f"{BREAK}{codes}{BREAK}", [(0, 0), *tokens, (edge, edge)]
