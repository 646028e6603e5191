"""Place names of a whole text: which capitalised words name a place.

A capital is not enough: persons and organisations bear names of places, sentences
begin with capitals. Names that a preposition, a generic noun or a comma and a
larger place make sure of count wherever else they stand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from temoin.grounding.place.abbreviations import abbreviated
from temoin.grounding.place.gazetteer import Gazetteer, Place
from temoin.grounding.place.lexicon import Tag, lexicon, nation_of
from temoin.grounding.place.names import key, script
from temoin.grounding.place.tokens import Token, tokenise
from temoin.grounding.place.toponyms import Toponym, given_names, names_in, stops, tags_of

__all__ = ["find_places"]

_BUILT = frozenset({"airport", "base"})
_SURE = 100_000
_KNOWN = 15_000
_WORLD_CITY = 1_000_000
_ABBREVIATING = frozenset({"en", "other"})
_AGE = re.compile(r",? (?:aged )?\d{1,2}[,.;)]")


def _is_known(candidates: tuple[Place, ...], least: int) -> bool:
    return any(
        place.population >= least
        or place.feature in {"country", "admin1", "continent"}
        or place.aliases
        for place in candidates
    )  # fmt: skip


def find_places(
    text: str, language: str, *, gazetteer: Gazetteer, skip: tuple[tuple[int, int], ...] = ()
) -> list[Toponym]:
    """Every place name of a text.

    Args:
        text: The document's text.
        language: Its language; English words are assumed for one without a lexicon.
        gazetteer: Where names are looked up.
        skip: Ranges of the text in which to look for nothing.

    Returns:
        The names in the order of the text, with all places that bear them.
    """
    words = lexicon(language)
    tokens = tokenise(text)
    tags = tags_of(tokens, words)
    at = {token.start: index for index, token in enumerate(tokens)}
    until = {token.end: index for index, token in enumerate(tokens)}
    lower = frozenset(key(token.text) for token in tokens if token.text.islower())
    shortened = abbreviated(text, gazetteer) if language in _ABBREVIATING else []
    skip += tuple((name.start, name.end) for name in shortened)
    kept: list[tuple[Toponym, bool]] = [(name, True) for name in shortened]
    people: set[str] = set()
    sure: set[str] = set()
    for name in names_in(text, tokens, words, gazetteer):
        if any(start < name.end and name.start < end for start, end in skip):
            continue
        first, last = at[name.start], until[name.end]
        verdict = _verdict(text, tokens, tags, first, last, name, language, lower)
        if verdict == "person":
            people.add(key(name.text))
            continue
        if verdict == "sure":
            sure.add(key(name.text))
        kept.append((name, verdict != "doubtful"))
    names = [
        replace(name, candidates=_usable(name))
        for name, certain in sorted(kept, key=lambda pair: pair[0].start)
        if (certain or key(name.text) in sure)
        and (key(name.text) in sure or key(name.text) not in people)
        and _usable(name)
    ]
    return _with_larger(text, names)


_COMMA = re.compile(r"[,،]?\s?[(,،]?\s?")
_LARGER = frozenset({"country", "admin1"})


def _with_larger(text: str, names: list[Toponym]) -> list[Toponym]:
    """The names, each with the larger place that stands after it: "Tripoli, Lebanon"."""
    told = []
    for name, after in zip(names, (*names[1:], None)[: len(names)], strict=True):
        if after is not None and after.start - name.end <= 3:
            gap = text[name.end : after.start]
            larger = any(place.feature in _LARGER for place in after.candidates)
            if larger and gap.strip() and _COMMA.fullmatch(gap):
                told.append(replace(name, within=after.candidates))
                continue
        told.append(name)
    return told


def _usable(name: Toponym) -> tuple[Place, ...]:
    """An airfield is meant only where a word says so: most bear the name of their town."""
    if name.kind in _BUILT:
        return name.candidates
    return tuple(place for place in name.candidates if place.feature not in _BUILT or place.aliases)


def _verdict(  # noqa: C901, PLR0911, PLR0912 - a list of rules, each its own branch
    text: str,
    tokens: list[Token],
    tags: list[frozenset[Tag]],
    first: int,
    last: int,
    name: Toponym,
    language: str,
    lower: frozenset[str],
) -> str:
    """`sure`, `likely`, `doubtful` (only if sure elsewhere) or `person`."""
    initials = name.text.isupper() and name.candidates[0].feature == "country"
    if key(name.text) in stops() and not initials:  # "US", not "us"
        return "doubtful"
    before = tags[first - 1] if first else frozenset()
    close = first > 0 and text[tokens[first - 1].end : name.start].strip(" -'’\u00a0") == ""
    led = close and any(tag.what in {"before", "of", "near", "edge", "between"} for tag in before)
    if name.kind or (led and _is_known(name.candidates, _KNOWN)):
        return "sure"
    written = script(name.text)
    if written == "arabic":
        if first != last or led or _is_known(name.candidates, _SURE):
            return "likely"
        return "doubtful"
    titled = close or (first > 0 and text[tokens[first - 1].end : name.start] == ". ")
    if titled and any(tag.what == "person" for tag in before):
        return "person"
    if _speaks(text, tokens, tags, last, name) and not _is_known(name.candidates, _WORLD_CITY):
        return "person"
    if first == last and not _is_known(name.candidates, _WORLD_CITY):
        demonym = nation_of(name.text, language) and not _is_known(name.candidates, _SURE)
        if demonym or key(name.text) in lower:
            return "doubtful"
    shouting = name.text.isupper() and len(name.text) > 3
    if not shouting:
        if last + 1 < len(tokens) and text[name.end : tokens[last + 1].start] in {
            " ",
            "-",
            "\u00a0",
        }:
            after = tokens[last + 1]
            if _other_name(after, tags[last + 1], language):
                return "person"
        if close and text[tokens[first - 1].end : name.start] in {" ", "-", "\u00a0"}:
            earlier = tokens[first - 1]
            opens = _opens_sentence(text, tokens, first - 1)
            opens = opens and key(earlier.text) not in given_names()
            if not opens and _other_name(earlier, before, language):
                return "person"
    if first == last and _opens_sentence(text, tokens, first):
        return "likely" if _is_known(name.candidates, _SURE) else "doubtful"
    if led or first != last:
        return "likely"
    return "likely" if _is_known(name.candidates, _KNOWN) else "doubtful"


def _speaks(
    text: str, tokens: list[Token], tags: list[frozenset[Tag]], last: int, name: Toponym
) -> bool:
    """Whether what follows is said of persons: a verb of speech, an age."""
    if _AGE.match(text, name.end):
        return True
    if last + 1 >= len(tokens) or text[name.end : tokens[last + 1].start] != " ":
        return False
    return any(tag.what == "speech" for tag in tags[last + 1])


def _other_name(token: Token, tags: frozenset[Tag], language: str) -> bool:
    """Whether a neighbouring capitalised word makes the whole a person or an organisation."""
    if not token.text[0].isupper() or tags:
        return False
    written = key(token.text)
    if written in given_names():
        return True
    return written not in stops() and not nation_of(token.text, language)


def _opens_sentence(text: str, tokens: list[Token], index: int) -> bool:
    if index == 0:
        return True
    between = text[tokens[index - 1].end : tokens[index].start]
    return any(mark in between for mark in '.!?…\n«“":;—–')
