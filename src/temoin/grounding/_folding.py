"""Folding: one spelling for all the ways a word is written.

Case, accents of Latin letters, Arabic vowel signs and letter variants, typographic
apostrophes and Cyrillic ё are levelled so that a table needs each word once.
Folding works on single words; offsets stay those of the untouched text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold"]

#: Arabic vowel signs, tatweel and Qur'anic marks: never part of a word's identity here.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
#: The accusative ending -an written as alef with tanwin, in both orders.
_TANWIN = re.compile("(?:\u0627\u064b|\u064b\u0627)$")
_LETTERS = str.maketrans(
    {
        "\u0623": "\u0627",  # alef with hamza above
        "\u0625": "\u0627",  # alef with hamza below
        "\u0622": "\u0627",  # alef with madda
        "\u0671": "\u0627",  # alef wasla
        "\u0649": "\u064a",  # alef maksura is typed for ya and the other way round
        "\u06cc": "\u064a",  # Farsi ya
        "\u06a9": "\u0643",  # keheh
        "\u2019": "'",
        "\u02bc": "'",
        "\u2018": "'",
        "`": "'",
        "ё": "е",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
    }
)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word in its levelled spelling: `fold("Jusqu’À") == "jusqu'a"`."""
    if word.isascii():
        return word.casefold()
    word = _MARKS.sub("", _TANWIN.sub("", word))
    word = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    if word.isascii():
        return word
    # Only Latin letters lose their accents: й and ї are letters of their own.
    folded: list[str] = []
    for letter in word:
        base = unicodedata.normalize("NFD", letter)[0]
        folded.append(base if base.isascii() else letter)
    return "".join(folded)
