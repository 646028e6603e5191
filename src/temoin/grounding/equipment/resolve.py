"""`resolve_equipment`: the type or class that a phrase names, with origin and caliber.

Rules: a known type ("type"); the class of its words ("class"); a caliber alone ("caliber").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from temoin.grounding.actors.lexicon import countries, parts, spoken
from temoin.grounding.actors.words import Word, words_of
from temoin.grounding.equipment.store import (
    Class,
    Equipment,
    EquipmentWords,
    classes,
    equipment,
    index,
    vocabulary,
)
from temoin.record import EquipmentValue

__all__ = ["first_word", "resolve_equipment"]

_MILLIMETRES = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s*[-‑\u00a0 ]?\s*"
    r"(?:mm\b|мм\b|ملم|مم\b|millim|milím|міліметр|миллиметр|مليمتر)",
    re.IGNORECASE,
)
_INCHES = re.compile(r"(?:\.50\b|fifty-calib)", re.IGNORECASE)
_HALF_INCH = 12.7
#: Calibers that are said without a unit: "un mortier de 120", "12,7".
_BARE = re.compile(
    r"(?<![\d.,-])(12[.,]7|14[.,]5|7[.,]62|5[.,]56|5[.,]45|20|23|30|35|37|57|60|73|76|81|82|85|"
    r"100|105|106|107|115|120|122|125|130|152|155|203|220|227|240|300|302)(?![\d.,]?\d)"
)


def resolve_equipment(text: str, language: str) -> EquipmentValue | None:
    """What equipment or supply the words name.

    Args:
        text: The words, e.g. "deux obus de 152 mm".
        language: Their language (fr, en, es, ar, ru, uk; others are read as English).

    Returns:
        The type, or its class alone; None where the words name neither.
    """
    found = words_of(text)
    if not found:
        return None
    table = vocabulary(spoken(language))
    cls, at = _class(found, table)
    kind = _type(found, language, cls, at)
    if kind:
        return EquipmentValue(
            name=kind.name,
            id=kind.id,
            kind=kind.kind,
            origin=kind.origin,
            caliber_mm=_millimetres(text) or kind.caliber,
            rule="type",
        )
    if cls is None:
        caliber = _millimetres(text)
        if caliber is None:
            return None
        return EquipmentValue(
            name=classes()["gun"].label, kind="gun", caliber_mm=caliber, rule="caliber"
        )
    origin, note = _origin(found, language, table)
    caliber = _millimetres(text) or (_bare(text, found[at].end) if cls.gun else None)
    return EquipmentValue(
        name=cls.label, kind=cls.id, origin=origin, caliber_mm=caliber, rule="class", note=note
    )


def first_word(text: str, language: str) -> int | None:
    """Where the equipment that a phrase names begins, in code points of the phrase."""
    found = words_of(text)
    table = vocabulary(spoken(language))
    names = index(language).all_in(found)
    starts = [found[name.first].start for name in names]
    cls, at = _class(found, table)
    if cls is not None:
        starts.append(found[at].start)
    return min(starts, default=None)


def _class(text: Sequence[Word], table: EquipmentWords) -> tuple[Class | None, int]:
    """The heaviest class that the words name, of equals the first, and where."""
    best: Class | None = None
    where = 0
    longest = 0
    known = classes()
    at = 0
    while at < len(text):
        named = table.classes.at(text, at, gap=1)
        if named is None:
            at += 1
            continue
        cls = known[named[0]]
        if best is None or cls.weight > best.weight:
            best, where, longest = cls, at, named[1] - at
        at += max(1, longest if at == where and longest == 1 else 1)
    return best, where


def _type(text: Sequence[Word], language: str, cls: Class | None, at: int) -> Equipment | None:
    """The known type, unless it is but what fires: "un missile d'hélicoptère Apache"."""
    known = equipment()
    for name in index(language).all_in(text):
        ids = [alias.id for alias in name.aliases]
        candidates = [known[one] for one in ids]
        if cls is not None:
            # "Arrow" or "Grad" may be several things: the class beside it decides.
            candidates.sort(key=lambda one: one.kind != cls.id)
        chosen = candidates[0]
        if cls and cls.munition and classes()[chosen.kind].platform and at < name.first:
            continue
        return chosen
    return None


def _millimetres(text: str) -> float | None:
    if _INCHES.search(text):
        return _HALF_INCH
    match = _MILLIMETRES.search(text)
    return float(match[1].replace(",", ".")) if match else None


def _bare(text: str, after: int) -> float | None:
    """A caliber without its unit, behind the word for the gun or the shell."""
    match = _BARE.search(text, after)
    return float(match[1].replace(",", ".")) if match else None


def _origin(
    text: Sequence[Word], language: str, table: EquipmentWords
) -> tuple[str | None, str | None]:
    """Where it is made, if the words say so; "Turkish drones" may be Turkey's or Turkish-made."""
    nations = parts(spoken(language)).countries
    made = any(table.made.at(text, at) for at in range(len(text)))
    for at in range(len(text)):
        country = nations.at(text, at)
        if country is None or country[0].how == "capital":
            continue
        if country[0].how == "name" and not text[at].capital:
            continue
        iso = country[0].iso
        if made:
            return iso, None
        return None, f"of {countries()[iso]}, by its make or its user"
    return None, None
