"""Other spellings of a name: how a gazetteer may write what one language writes its way.

"Tchassiv Yar" is Chasiv Yar, "Зангіланом" Zangilan, "سوتشي" Sochi. `spellings` gives
keys to look up, the likeliest first; no list of names is searched. Rules are in
`data/words/spellings.toml`. A spelling that is only derived proves little: believe it where
the document is about that country.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from temoin.grounding.place.names import script, words

__all__ = ["is_article", "spellings"]

#: How many spellings are kept while a word is rewritten, and in the end.
_BEAM, _MOST = 256, 256
_SHORTEST = 3
_CYRILLIC_ARTICLES = frozenset(
    """аль эль ель ал ас эс ес аш эш еш ад эд ед ар эр ер ан эн ен аз эз ез ат эт ет уль ус уд
    ур ун уз""".split()  # noqa: SIM905
)
_LATIN_ARTICLES = frozenset(
    "al el ad ed ar er as es ach ech ash esh at et an en az ez ul".split()  # noqa: SIM905
)
#: Endings of Cyrillic cases as folded, and what the nominative has in their place.
_CASES = (
    ("ою", ("а",)), ("єю", ("я",)), ("ею", ("я", "а")), ("ой", ("а",)), ("ои", ("а",)),
    ("еи", ("я", "а")), ("ом", ("", "о")), ("ем", ("", "е")), ("єм", ("", "е")), ("ам", ("ы",)),
    ("ах", ("ы", "и")), ("зі", ("га",)), ("ці", ("ка",)), ("сі", ("ха",)), ("і", ("", "а")),
    ("ы", ("а",)), ("и", ("а", "я", "")), ("е", ("", "а")), ("у", ("", "а")), ("ю", ("я", "и", "")),
    ("а", ("",)), ("я", ("и", "")), ("ії", ("ія",)), ("ию", ("ия",)), ("ии", ("ия",)),
)  # fmt: skip

Rules = dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _tables() -> dict[str, Rules]:
    file = resources.files("temoin.grounding.place") / "data" / "words" / "spellings.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: {written: tuple(read) for written, read in table.items()}
        for name, table in data.items()
    }


@lru_cache(maxsize=32)
def _rules(written: str, language: str) -> tuple[Rules, int]:
    """The rules for a script and a language, and the length of the longest."""
    tables = _tables()
    rules = tables.get(written, {}) | (tables.get(language, {}) if written == "latin" else {})
    return rules, max((len(rule) for rule in rules), default=1)


def _rewritten(word: str, rules: Rules, longest: int) -> list[tuple[int, str]]:
    """The word's spellings, each with how many of its letters are written less usually."""
    found = [(0, "")]
    at = 0
    marked = f"{word}$"
    while at < len(word):
        length = 1
        options: tuple[str, ...] = (word[at],)
        for reach in range(min(longest, len(marked) - at), 0, -1):
            rule = rules.get(marked[at : at + reach])
            if rule is not None:
                options = rule
                length = reach - 1 if at + reach == len(marked) else reach
                break
        found = [(cost + rank, head + option) for cost, head in found
                 for rank, option in enumerate(options)]  # fmt: skip
        if len(found) > _BEAM:
            found = sorted(found)[:_BEAM]
        at += length
    return found


def is_article(word: str) -> bool:
    """Whether a part of a name is an Arabic article in Latin or Cyrillic letters."""
    return "".join(words(word)) in _CYRILLIC_ARTICLES | _LATIN_ARTICLES


def _nominatives(word: str) -> tuple[str, ...]:
    """What a Cyrillic name may be in the nominative, itself first."""
    found = {word: None}
    for ending, instead in _CASES:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST:
            found |= dict.fromkeys(rest + nominative for nominative in instead)
    return tuple(found)


def _readings(parts: tuple[str, ...], written: str) -> list[str]:
    """The name's folded words run together: in the nominative, with and without the article."""
    articles = _CYRILLIC_ARTICLES if written == "cyrillic" else _LATIN_ARTICLES
    bare = tuple(p for n, p in enumerate(parts) if p not in articles or n == len(parts) - 1)
    found = []
    for some in dict.fromkeys((parts, bare)):
        *heads, last = some
        endings = _nominatives(last) if written == "cyrillic" else (last,)
        found += ["".join((*heads, ending)) for ending in endings]
    return found


@lru_cache(maxsize=8192)
def spellings(name: str, language: str) -> tuple[str, ...]:
    """Keys under which a gazetteer may have a name, the likeliest first.

    Args:
        name: The name as the text has it.
        language: The text's language, whose habits of transliteration count.
    """
    written = script(name)
    parts = words(name)
    if not parts or sum(map(len, parts)) < _SHORTEST:
        return ()
    rules, longest = _rules(written, language)
    costs: dict[str, int] = {}
    for extra, reading in enumerate(_readings(parts, written)):
        for cost, spelt in _rewritten(reading, rules, longest):
            total = cost + min(extra, 3)
            if len(spelt) >= _SHORTEST and total < costs.get(spelt, total + 1):
                costs[spelt] = total
    return tuple(sorted(costs, key=lambda spelt: (costs[spelt], spelt))[:_MOST])
