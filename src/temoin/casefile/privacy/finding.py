"""Personal data in a text: persons, ways to reach them, exact spots, places to protect.

Rules and word lists (`data/*.toml`), no model: what they find is shown with its place, and
the same text gives the same. They find names with a title, a known given name, a verb of
saying or an age beside them, in six languages; a name without any of these is not found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

__all__ = ["Found", "facility_of", "find_contacts", "find_facilities", "find_persons", "plain_name"]

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁІЇЄҐ"
_NAME = rf"(?:[{_UPPER}][^\W\d_]*(?:['’ʼ-][^\W\d_]+)*|[Aa]l-[^\W\d_]+|[Ee]l-[^\W\d_]+)"
_ARABIC = r"[\u0621-\u064a\u0670-\u06d3]+"


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text that an export may have to leave out.

    Attributes:
        kind: person, email, phone, url, handle, coordinates, hospital, shelter or camp.
        start: Its first code point.
        end: One past its last.
        text: The piece.
    """

    kind: str
    start: int
    end: int
    text: str


def find_persons(text: str) -> list[Found]:
    """Names of persons, without their titles, in the text's order."""
    found: dict[int, Found] = {}
    for start, end in _candidates(text):
        name = text[start:end]
        if end > start and (start not in found or end > found[start].end):
            found[start] = Found("person", start, end, name)
    return _apart(found.values())


def find_contacts(text: str) -> list[Found]:
    """Telephone numbers, e-mail addresses, links, handles and coordinates."""
    found = [
        Found(kind, match.start(), match.end(), match[0])
        for kind, pattern in _contacts()
        for match in pattern.finditer(text)
    ]
    return _apart(found)


def find_facilities(text: str) -> list[Found]:
    """Hospitals, shelters and camps that are named, with their names."""
    found: list[Found] = []
    for kind, pattern in _facility_patterns():
        found += [
            Found(kind, match.start(), match.end(), match[0])
            for match in pattern.finditer(text)
            if match["before"] or match["after"]
        ]
    return _apart(found)


def facility_of(feature: str | None, words: str) -> str | None:
    """Which kind of place to protect a feature of the gazetteer, or a phrase, is."""
    for kind, features in _data("contacts")["features"].items():
        if feature and feature in _split(features):
            return str(kind)
    return next((kind for kind, pattern in _facility_patterns() if pattern.search(words)), None)


def plain_name(name: str) -> str:
    """A name to compare by: lower case, no particles in between."""
    return " ".join(re.findall(r"[^\W\d_]+", name.casefold()))


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for match in _titled().finditer(text):
        yield _trimmed(text, match.start("name"), match.end("name"))
    for match in _given().finditer(text):
        yield _trimmed(text, match.start(), match.end())
    for pattern in _spoken():
        for match in pattern.finditer(text):
            if len(match["name"].split()) > 1:
                yield _trimmed(text, match.start("name"), match.end("name"))
    for pattern in _arabic():
        for match in pattern.finditer(text):
            yield _arabic_name(text, match.start("name"), match.end("name"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without what makes it no person's: cut before an organisation's word."""
    words = list(re.finditer(r"\S+", text[start:end]))
    titles = frozenset(_words("titles", arabic=False))
    while words and words[0][0].rstrip(".").casefold() in titles:
        words.pop(0)
    if not words:
        return start, start
    start += words[0].start()
    words = list(re.finditer(r"\S+", text[start:end]))
    stop = _organisations()
    for number, word in enumerate(words):
        if word[0].strip(".,'’") in stop:
            # A name that begins like a person's and ends as an organisation's is the latter's.
            return (start, start + words[number - 1].end()) if number > 1 else (start, start)
    return start, end


def _arabic_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Up to three words, ending before a word that begins a phrase."""
    stops = frozenset(_split(_data("persons")["stops"]["ar"]))
    last, taken = start, 0
    for word in re.finditer(_ARABIC, text[start:end]):
        if word[0] in stops or taken == 4:
            break
        last, taken = start + word.end(), taken + 1
    return start, last


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    titles = _words("titles", arabic=False)
    either = "|".join(re.escape(form) for title in titles for form in {title, title.capitalize()})
    return re.compile(rf"(?<![^\W_])(?:(?:{either})\.?\s+)+(?P<name>{_sequence()})(?![^\W_])")


@lru_cache(maxsize=1)
def _given() -> re.Pattern[str]:
    given = "|".join(re.escape(name) for name in _words("given_names", arabic=False))
    kunyas = "|".join(
        re.escape(name) for name in _split(_data("persons")["parts"]["kunyas"]) if name.isascii()
    )
    first = rf"(?:(?:{given})(?:-{_NAME})?|(?:{kunyas}))"
    return re.compile(rf"(?<![^\W_]){first}\s+{_sequence()}(?![^\W_])")


@lru_cache(maxsize=1)
def _spoken() -> tuple[re.Pattern[str], ...]:
    verbs = "|".join(map(re.escape, _split(_data("persons")["speech"]["words"])))
    name = rf"(?P<name>{_NAME}(?:\s+(?:{_particles()}\s+)?{_NAME}){{1,3}})"
    aux = r"(?:a|ont|ha|has|had)\s+"
    years = "|".join(map(re.escape, _split(_data("persons")["speech"]["years"])))
    return (
        re.compile(rf"(?<![^\W_]){name},?\s+(?:{aux})?(?:{verbs})(?![^\W_])"),
        re.compile(rf"(?<![^\W_])(?:{verbs})\s+{name}(?![^\W_])"),
        # "Name Surname, 34," and "Name Surname (34)", with the word for years or without.
        re.compile(rf"(?<![^\W_]){name}\s*[,(]\s*\d{{1,2}}(?:\s+(?:{years}))?\s*[,)]"),
    )


@lru_cache(maxsize=1)
def _arabic() -> tuple[re.Pattern[str], ...]:
    persons = _data("persons")
    titles = "|".join(map(re.escape, _split(persons["titles"]["ar"])))
    firsts = [*_split(persons["given_names"]["ar"]), *_split(persons["parts"]["kunyas"])]
    first = "|".join(re.escape(name) for name in firsts if not name.isascii())
    more = rf"{_ARABIC}(?:\s+{_ARABIC}){{0,3}}"
    return (
        re.compile(rf"(?<![^\W_])و?(?:{titles})\s+(?P<name>{more})"),
        re.compile(rf"(?<![^\W_])(?P<name>(?:{first})\s+{more})"),
    )


def _sequence() -> str:
    return (
        rf"(?:{_NAME}|[{_UPPER}]\.)(?:\s+(?:(?:{_particles()})\s+)?(?:{_NAME}|[{_UPPER}]\.)){{0,3}}"
    )


@lru_cache(maxsize=1)
def _particles() -> str:
    return "|".join(map(re.escape, _split(_data("persons")["parts"]["particles"])))


@lru_cache(maxsize=1)
def _organisations() -> frozenset[str]:
    return frozenset(_split(_data("persons")["organisations"]["words"]))


@lru_cache(maxsize=1)
def _contacts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (each["kind"], re.compile(each["pattern"])) for each in _data("contacts")["contacts"]
    )


@lru_cache(maxsize=1)
def _facility_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for kind, listed in _data("contacts")["facilities"].items():
        words = "|".join(
            re.escape(form)
            for word in sorted(set(_split(listed)), key=len, reverse=True)
            for form in dict.fromkeys((word, word[0].upper() + word[1:], word.title()))
        )
        link = r"(?:(?:de\s+la|du|des|de|del|of|in|at|à|en)\s+|(?:de\s+)?l['’]|d['’])?"
        pattern = (
            rf"(?<![^\W_])(?P<before>(?:{_NAME}\s+){{0,4}})(?P<kind>{words})(?![^\W_])"
            rf"(?P<after>(?:\s+{link}(?:[\"“«]\s?)?(?:{_NAME}(?:\s+{_NAME}){{0,3}}|{_ARABIC})(?:\s?[\"”»])?)?)"
        )
        patterns.append((kind, re.compile(pattern)))
    return tuple(patterns)


def _words(table: str, *, arabic: bool) -> list[str]:
    """The words of all languages, longest first."""
    lists = _data("persons")[table]
    found = {
        word
        for language, listed in lists.items()
        if (language == "ar") == arabic
        for word in _split(listed)
    }
    return sorted(found, key=lambda word: (-len(word), word))


def _split(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",") if word.strip()]


def _apart(found: Iterable[Found]) -> list[Found]:
    """Pieces that do not overlap: the first and longest of each place."""
    apart: list[Found] = []
    for each in sorted(found, key=lambda piece: (piece.start, -piece.end)):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart


@lru_cache(maxsize=2)
def _data(name: str) -> dict[str, Any]:
    text = (resources.files(__package__) / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
