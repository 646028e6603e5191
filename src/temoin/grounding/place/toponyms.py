"""Place names: which places of the gazetteer some words may name.

`names_in` reads a span that is already known to be a place and takes every name
that the gazetteer has; `detect` reads whole texts and is more careful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from temoin.grounding.place.gazetteer import Gazetteer, Place
from temoin.grounding.place.lexicon import Lexicon, Tag, countries
from temoin.grounding.place.names import arabic_variants, key, likeness, script
from temoin.grounding.place.tokens import Token

__all__ = ["Toponym", "alike", "given_names", "named", "names_in", "stops", "tags_of"]

_LONGEST = 6
_CITY = 100_000
#: Articles that towns do not take and regions do.
_BEFORE = {"fr": ("le", "la", "l", "l'", "l’"), "es": ("el",)}
_LARGE = frozenset({"country", "continent", "sea", "region", "admin1"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place.

    Attributes:
        start: First code point of the name in the text.
        end: One past its last.
        text: The name as written.
        candidates: The places of the gazetteer that bear it.
        kind: What the generic noun beside it says ("the province of"), or "".
        within: The larger places that the name right after it may be ("Hama, Syria").
        articled: Whether a French or Spanish article stands before it ("le Zulia").
    """

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]
    kind: str = ""
    within: tuple[Place, ...] = ()
    articled: bool = False


@lru_cache(maxsize=1)
def _short_names() -> dict[str, str]:
    return {key(name): nation.code for nation in countries().values() for name in nation.names}


def _listed(name: str) -> frozenset[str]:
    """The words of a list, separated by commas and lines, as keys."""
    file = resources.files("temoin.grounding.place") / "data" / "words" / name
    lines = file.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split(","))
    return frozenset(key(word) for word in words) - {""}


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names and frequent surnames, as keys."""
    return _listed("given_names.txt")


@lru_cache(maxsize=1)
def stops() -> frozenset[str]:
    """Words that name places and mostly mean something else, as keys."""
    return _listed("not_places.txt") | given_names()


@lru_cache(maxsize=32768)
def named(piece: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Every place that `piece` may name: as it stands, inflected, with Arabic particles."""
    short = _short_names().get(key(piece))
    if short and (piece.isupper() or len(key(piece)) > 3):
        country = gazetteer.country(short)
        if country:
            return (country, *(p for p in gazetteer.lookup(piece) if p.id != country.id))
    found = gazetteer.lookup(piece)
    written = script(piece)
    if written == "cyrillic":
        seen = {place.id for place in found}
        found += tuple(p for p in gazetteer.lookup_inflected(piece) if p.id not in seen)
    elif written == "latin" and not found:
        found = _spelt_out(piece, gazetteer) or _other_article(piece, gazetteer)
    elif written == "arabic" and not found:
        head, _, rest = piece.partition(" ")
        for variant in arabic_variants(head):
            found = gazetteer.lookup(f"{variant} {rest}".strip())
            if found:
                break
    return found


_SHORTENED = {"mt": "Mount", "ft": "Fort", "st": "Saint", "ste": "Sainte"}


def _spelt_out(piece: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Places whose name is shortened: "Mt. Pleasant"."""
    head, _, rest = piece.partition(" ")
    full = _SHORTENED.get(head.rstrip(".").casefold())
    return gazetteer.lookup(f"{full} {rest}") if full and rest else ()


_ARTICLE = re.compile(r"^(?:[aeu]l|[ae][sdnrtz]|[ae]s?[hc]h)[- ](?=\w{3})", re.IGNORECASE)


def _other_article(piece: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Places whose name differs by the Arabic article: "Khawkha" for "al-Khawkha"."""
    bare = _ARTICLE.sub("", piece)
    if bare != piece:
        found = gazetteer.lookup(bare) or gazetteer.lookup(f"al {bare}")
    elif len(piece) > 3:
        found = gazetteer.lookup(f"al {piece}")
    else:
        found = ()
    return found


_NEARLY = 0.08
_ALIKE = {"latin": 0.85, "cyrillic": 0.85, "arabic": 0.92}


def alike(piece: str, gazetteer: Gazetteer, *, near: frozenset[str]) -> tuple[Place, ...]:
    """Places whose names sound like `piece`, in the countries `near` only."""
    found: list[tuple[float, Place]] = []
    for place in gazetteer.lookup_alike(piece):
        if place.country not in near:
            continue
        names = place.aliases or (place.name,)
        if max(likeness(piece, name) for name in names) >= _ALIKE.get(script(piece), 1.0):
            # Arabic compares without vowels: of those alike, the vowels tell.
            found.append((max(likeness(piece, name, vowels=True) for name in names), place))
    best = max((score for score, _ in found), default=0.0)
    return tuple(place for score, place in found if score > best - _NEARLY)


def forms_of(tokens: list[Token], words: Lexicon) -> list[tuple[str, ...]]:
    """What the lexicon looks up for each token."""
    return [words.fold(token.text) for token in tokens]


def tags_of(tokens: list[Token], words: Lexicon) -> list[frozenset[Tag]]:
    """The tags of the phrase that each token is the first or a later word of."""
    forms = forms_of(tokens, words)
    tags: list[frozenset[Tag]] = [frozenset()] * len(tokens)
    index = 0
    while index < len(tokens):
        length, found = words.match(forms, index)
        for covered in range(index, index + length):
            tags[covered] = found
        index += max(length, 1)
    return tags


_NEVER_ALONE = frozenset(
    {"kind", "anaphor", "near", "edge", "offshore", "between", "unit", "number", "of", "and",
     "skip", "before", "person"}
)  # fmt: skip


_GENERIC = frozenset({"kind", "number", "size"})


def _may_be_one_word(token: Token, tags: frozenset[Tag]) -> bool:
    if not token.name or token.text[0].isdigit() or (token.text.islower() and token.text.isascii()):
        return False
    if len(token.text) < 2:
        return False
    if script(token.text) == "cyrillic" and {tag.what for tag in tags} <= _GENERIC:
        return True  # "Горі" is no "гора": the gazetteer decides
    return not any(tag.what in _NEVER_ALONE or tag.what == "bearing" for tag in tags)


def names_in(text: str, tokens: list[Token], words: Lexicon, gazetteer: Gazetteer) -> list[Toponym]:
    """Every name of the gazetteer among `tokens`, the longest first, left to right."""
    tags = tags_of(tokens, words)
    found: list[Toponym] = []
    index = 0
    while index < len(tokens):
        best = _longest(text, tokens, tags, index, gazetteer)
        if best is None:
            index += 1
            continue
        last, candidates = best
        start, end = tokens[index].start, tokens[last].end
        kind = _kind_beside(tags, index, last)
        article = index > 0 and tokens[index - 1].text in _BEFORE.get(words.language, ())
        found.append(Toponym(start, end, text[start:end], candidates, kind, articled=article))
        index = last + 1
    return found


def _longest(
    text: str, tokens: list[Token], tags: list[frozenset[Tag]], index: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Place, ...]] | None:
    """The last word of the longest name that begins at `index`, and what it may name."""
    generic = any(tag.what in {"kind", "bearing"} for tag in tags[index])
    if not (tokens[index].name or generic):
        return None
    for last in range(min(len(tokens), index + _LONGEST) - 1, index - 1, -1):
        if last == index and not _may_be_one_word(tokens[index], tags[index]):
            continue
        if last > index and not _joined(text, tokens, tags, index, last):
            continue
        piece = text[tokens[index].start : tokens[last].end]
        if key(piece) in _never() and not (piece.isupper() and len(piece) > 1):
            continue
        candidates = _meant(piece, tokens, tags, index, last, named(piece, gazetteer))
        if candidates:
            return last, candidates
    return None


def _meant(
    piece: str,
    tokens: list[Token],
    tags: list[frozenset[Tag]],
    first: int,
    last: int,
    candidates: tuple[Place, ...],
) -> tuple[Place, ...]:
    """The candidates that the way of writing leaves."""
    if not tokens[first].name or _all_generic(tags, first, last):
        # "l'hôpital al-Chifa", "northern Shan": only what was put there by hand; but "the
        # west bank of the Chindwin" is not the West Bank.
        lower = not (tokens[first].name or tokens[last].name)
        if lower and last == first + 1 and any(tag.what == "bearing" for tag in tags[first]):
            return ()
        return tuple(place for place in candidates if place.aliases)
    if not tokens[last].name:
        # "We are", "To me" are hamlets; "République centrafricaine" is meant.
        return tuple(p for p in candidates if p.aliases or p.feature in _LARGE)
    if first == last and key(piece) in stops():
        return tuple(
            place
            for place in candidates
            if place.aliases or place.feature in _LARGE or place.population >= _CITY
        )
    return candidates


def _joined(
    text: str, tokens: list[Token], tags: list[frozenset[Tag]], first: int, last: int
) -> bool:
    """Whether the words from `first` to `last` can be one name."""
    for left, right in zip(range(first, last), range(first + 1, last + 1), strict=True):
        between = text[tokens[left].end : tokens[right].start]
        if not set(between) <= set(" -'’.«»“”\"\u00a0\u2011"):
            return False
        if "." in between and len(tokens[left].text) > 2:
            return False
    # A name does not end with a function word, nor consist of generic nouns alone.
    ends = any(tag.what in {"of", "and", "before"} for tag in tags[last])
    return tokens[last].name or not ends


def _all_generic(tags: list[frozenset[Tag]], first: int, last: int) -> bool:
    return all(
        any(tag.what in _NEVER_ALONE or tag.what == "bearing" for tag in found)
        for found in tags[first : last + 1]
    )


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    """Words that name nothing even where a place is sure to be named."""
    generic = "old city,old town,vieille ville,the old,the sound,al,el,bab,un,us,police,market"
    return frozenset(key(word) for word in generic.split(",")) - {"thesound"}


def _kind_beside(tags: list[frozenset[Tag]], first: int, last: int) -> str:
    """The generic noun right before the name (over "of" and articles) or right after."""
    index = first - 1
    skipped = 0
    while index >= 0 and skipped < 3:
        kinds = [tag.value for tag in tags[index] if tag.what == "kind"]
        if kinds:
            return min(kinds)
        if not any(tag.what in {"of", "skip"} for tag in tags[index]):
            break
        index -= 1
        skipped += 1
    if last + 1 < len(tags):
        kinds = [tag.value for tag in tags[last + 1] if tag.what == "kind"]
        if kinds:
            return min(kinds)
    return ""
