"""How names of places are written: keys under which different spellings meet.

Three keys, each looser than the one before:

- `key`: case, accents, apostrophes, hyphens, spaces, Arabic letter forms and the
  Arabic article fall away (`Deir ez-Zor`, `Deir Ezzor` both give `deirezzor`);
- `stem`: Cyrillic case endings fall away, word by word (`Бахмута`, `Бахмутом`);
- `skeleton`: the consonants of a Latin transliteration (`Tinzaouaten`,
  `Tin-Zaouatene`; `البوكمال`, `Al-Bukamal`). Only ever a way to find candidates
  whose spelling is then compared (`likeness`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "adjective_roots",
    "arabic_variants",
    "key",
    "likeness",
    "romanise",
    "script",
    "skeleton",
    "stem",
    "stems",
    "words",
]

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ə": "a", "ɛ": "e", "ɔ": "o", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k",
        "ґ": "г", "ё": "е", "ы": "ы",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "ـ": "", "ء": "",
    }
)  # fmt: skip
#: Apostrophes and modifier letters that stand inside a word and mean nothing for its identity.
_SILENT = re.compile("['’‘ʼʹʻʿʾ`´ʽ\u2019\u02bc\u200c\u200d\u200e\u200f\u0640]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def script(text: str) -> str:
    """`latin`, `cyrillic`, `arabic` or `other`: the script of most letters of `text`."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "other"
    counts = {"latin": 0, "cyrillic": 0, "arabic": 0, "other": 0}
    for character in text:
        if not character.isalpha():
            continue
        point = ord(character)
        if point < 0x250 or 0x1E00 <= point < 0x1F00:
            counts["latin"] += 1
        elif 0x400 <= point < 0x530:
            counts["cyrillic"] += 1
        elif 0x600 <= point < 0x780 or 0xFB50 <= point < 0xFF00:
            counts["arabic"] += 1
        else:
            counts["other"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "other"


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    text = _SILENT.sub("", text.casefold()).translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.translate(_LETTERS)


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, the Arabic article taken off each."""
    found = _WORD.findall(_fold(name))
    return tuple(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in found)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The key under which every spelling of a name with the same letters meets."""
    return "".join(words(name))


#: Endings of Cyrillic names in the nominative, and in every case, as `_fold` leaves
#: them (й and ї lose their marks).
_NOMINATIVE = "ий ый ій ая яя ое ее ие ые ия ія іє а я о е є и ы і ї ь й"
_ANY_CASE = """ую юю ого ього ому ьому ими ыми ими іми их ых іх им ым ім ой ою ею єю ої ее ая яя
    ое ые ие ие ій ий ый ем ом єм ам ям ами ями ах ях а я у ю е о ь и ы і ї є ия ії ія ію ією ию ии
    ией иею иям иями иях ае аю аей аи ья ью ьи ье ей ьої ої"""
_VOWELS = "аеиоуыэюяієї"


def _longest_first(listed: str) -> tuple[str, ...]:
    return tuple(sorted({_fold(e) for e in listed.split()}, key=lambda e: (-len(e), e)))


_NOMINATIVE_ENDINGS = _longest_first(_NOMINATIVE)
_CASE_ENDINGS = _longest_first(_ANY_CASE)
_SOFTENED = {"ц": "к", "з": "г", "с": "х"}


def _root(word: str) -> str:
    """A stem in the form in which the stems of all cases of a name meet."""
    word = word.rstrip("ь")
    if word.endswith("ц"):
        word = f"{word[:-1]}к"  # Горлівка, у Горлівці; Донець, Донця
    # Харків, Харкова; Київ, Києва: the vowel of a closed last syllable changes.
    if len(word) > 3 and word[-1] not in _VOWELS and word[-2] in "оеиіяє":
        word = f"{word[:-2]}*{word[-1]}"
    return word


def _nominative_root(word: str) -> str:
    for fleeting, short in (("ець", "ц"), ("ец", "ц"), ("ок", "к")):
        # Донець, Донця; Городок, Городка
        if word.endswith(fleeting) and len(word) - len(fleeting) > 2:
            return _root(word[: -len(fleeting)] + short)
    for ending in _NOMINATIVE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            return _root(word[: -len(ending)])
    return _root(word)


def _case_roots(word: str) -> tuple[str, ...]:
    found = {_root(word)} if word[-1:] not in _VOWELS else set()
    for ending in _CASE_ENDINGS:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 1:
            found.add(_root(rest))
            if rest.endswith("ок"):
                found.add(_root(f"{rest[:-2]}к"))  # восток, востоку: the vowel stays
            if ending in {"і", "е"} and rest[-1] in _SOFTENED:
                found.add(_root(rest[:-1] + _SOFTENED[rest[-1]]))  # Кічанга, у Кічанзі
    found.add(_nominative_root(word))
    return tuple(sorted(found))


@lru_cache(maxsize=65536)
def stem(name: str) -> str:
    """A Cyrillic nominative without its endings, word by word; "" for other scripts."""
    if script(name) != "cyrillic":
        return ""
    return " ".join(_nominative_root(word) for word in words(name))


_MOST_STEMS = 24


@lru_cache(maxsize=65536)
def stems(name: str) -> tuple[str, ...]:
    """What `stem` may give for the nominative of an inflected Cyrillic name."""
    if script(name) != "cyrillic":
        return ()
    found = [""]
    for word in words(name):
        found = [f"{head} {root}".strip() for head in found for root in _case_roots(word)]
        if len(found) > _MOST_STEMS:
            return tuple(found[:_MOST_STEMS])
    return tuple(found)


def adjective_roots(word: str) -> tuple[str, ...]:
    """Stems of the towns that a Slavic adjective may come from (`харківській`: Харків)."""
    found = set()
    for folded in words(word):
        for ending in _CASE_ENDINGS:
            rest = folded[: -len(ending)]
            if not (folded.endswith(ending) and rest.endswith(("ск", "ськ", "цк", "цьк"))):
                continue
            found.add(_root(rest))  # Донецьк, донецький
            bare = rest.removesuffix("ск").removesuffix("ськ").rstrip("ь")
            if bare != rest and len(bare) > 2:
                found |= {_root(bare), _root(f"{bare}к"), _root(f"{bare}с")}
                found.add(_root(f"{bare}{bare[-1]}"))  # Білопілля, білопільський
    return tuple(sorted(found))


_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "є": "ie",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip


def romanise(name: str) -> str:
    """The name's folded words in Latin letters, joined by spaces."""
    table = _CYRILLIC | _ARABIC
    return " ".join("".join(table.get(c, c) for c in word) for word in words(name))


_ARTICLES = frozenset({
    "al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez", "an",
    "en", "le", "la", "les", "de", "du",
})  # fmt: skip
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|sch|sh|ch|ch|tch|cz|sz", "s"), ("kh|ḫ", "x"), ("gh", "g"), ("dj|dzh|dj", "j"),
        ("ph", "f"), ("dh", "d"), ("th", "t"), ("zh", "z"), ("ts|tz", "s"), ("ck|q", "k"),
        ("c(?=[eiy])", "s"), ("c", "k"), ("x", "k"), ("w", "u"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of the name's Latin form: articles, vowels, doubles fall away."""
    parts = romanise(name).split()
    if len(parts) > 1:
        parts = [part for part in parts if part not in _ARTICLES] or parts
    letters = "".join(parts)
    for pattern, sound in _SOUNDS:
        letters = pattern.sub(sound, letters)
    out = []
    for index, letter in enumerate(letters):
        if letter in "aeiouyh":
            if index == 0 and letter != "h":
                out.append("a")
            continue
        if index and letter in "uv":
            continue
        if out and out[-1] == letter:
            continue
        out.append(letter)
    return "".join(out)


def _plain(name: str) -> str:
    parts = romanise(name).split()
    if len(parts) > 1:
        parts = [part for part in parts if part not in _ARTICLES] or parts
    text = "".join(parts)
    for old, new in (
        ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "u"), ("y", "i"), ("dj", "j"), ("q", "k"),
        ("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("dh", "d"), ("th", "t"), ("e", "a"),
        ("o", "u"), ("h", ""),
    ):  # fmt: skip
        text = text.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", text)


def likeness(one: str, other: str, *, vowels: bool = False) -> float:
    """How alike two names sound, 0 to 1 (1: the same after transliteration).

    Args:
        one: A name.
        other: Another.
        vowels: Whether vowels count even where one of the names is Arabic.
    """
    from difflib import SequenceMatcher

    first, second = _plain(one), _plain(other)
    if not first or not second:
        return 0.0
    if not vowels and (script(one) == "arabic" or script(other) == "arabic"):
        # Arabic writes few vowels: compare without them.
        drop = str.maketrans("", "", "aiu")
        first = first[0] + first[1:].translate(drop)
        second = second[0] + second[1:].translate(drop)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


_PREFIXES = ("وبال", "فبال", "وال", "بال", "كال", "فال", "ولل", "لل", "وب", "ول", "وف", "ب", "ل",
             "و", "ف", "ك")  # fmt: skip


def arabic_variants(word: str) -> tuple[str, ...]:
    """The word without the particles that Arabic writes onto it (بـ, لـ, وـ, فـ, ال)."""
    found = []
    shortest = 3
    for prefix in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= shortest:
            found.append(rest)
    return tuple(found)
