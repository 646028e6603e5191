"""States and provinces that stand shortened after a town: "Paris, Tex.", "Nanaimo, B.C."."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from temoin.grounding.place.gazetteer import Gazetteer
from temoin.grounding.place.toponyms import Toponym

__all__ = ["abbreviated"]


@lru_cache(maxsize=1)
def _units() -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Country and unit by abbreviation, and what finds one after a comma or preposition."""
    file = resources.files("temoin.grounding.place") / "data" / "words" / "abbreviations.tsv"
    found: dict[str, tuple[str, str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, unit, short = line.split("\t")
            found |= dict.fromkeys(short.split("|"), (country, unit))
    longest_first = sorted(found, key=lambda short: (-len(short), short))
    either = "|".join(re.escape(short) for short in longest_first)
    dotted = "|".join(re.escape(s) for s in longest_first if s.count(".") > 1)
    pattern = rf"(?<=\w,\s)(?:{either})(?!\w)|(?<=\b(?:in|of)\s)(?:{dotted})(?!\w)"
    return found, re.compile(pattern)


def abbreviated(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """Every abbreviated state or province after a comma, or after "in" and "of" if dotted."""
    units, pattern = _units()
    found = []
    for match in pattern.finditer(text):
        country, unit = units[match[0]]
        places = tuple(
            place
            for place in gazetteer.lookup(unit)
            if place.country == country and place.feature == "admin1"
        )
        if places:
            start, end = match.span()
            found.append(Toponym(start, end, match[0], places, "admin1"))
    return found
