"""Places whose name the text spells otherwise than the gazetteer.

First the spellings that the rules of `spellings` give, then names that sound alike. Both
are believed only where the document's countries and other places bear them out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from temoin.grounding.place.features import SETTLEMENTS
from temoin.grounding.place.gazetteer import Gazetteer, Place
from temoin.grounding.place.measuring import Anchor
from temoin.grounding.place.names import key
from temoin.grounding.place.phrase import Phrase
from temoin.grounding.place.scene import Choice, Scene
from temoin.grounding.place.spellings import is_article, spellings
from temoin.grounding.place.toponyms import Toponym, alike
from temoin.grounding.place.weighing import is_capital

__all__ = ["join", "nearer", "sounding", "spelt"]

#: How near a derived name must lie to what else the text names, in kilometres: in a country
#: that the document is about, in one that it mentions, for a name beside "hospital" or
#: "road" (which may be a person's), and for one that is only alike.
_WITHIN, _ABROAD, _BUILT, _ALIKE = 600.0, 150.0, 60.0, 200.0
_MENTIONED = 0.04
_HARDLY, _FAMOUS = 0.1, 500_000
_SMALL = frozenset({"facility", "road", "sky", "soil", "suburb"})
_HYPHENS = "-‑"
_COMPOUND = re.compile(r"[^\W_]+(?:['’ʼ]?[-‑–]?['’ʼ]?[^\W_]+)*")
_TOWN, _CITY, _ANYWHERE = 20_000, 200_000, 20_000.0


def _chosen(name: Toponym, scene: Scene, within: float) -> Choice | None:
    choice = scene.choose(name)
    if choice is None:
        return None
    near = scene.nearest(choice.place, name.text)
    return choice if near is None or near < within else None


def spelt(unknown: str, scene: Scene, gazetteer: Gazetteer, *, kind: str = "") -> Choice | None:
    """The place that a name stands for under one of its other spellings, or None."""
    focus, weights = scene.focus, scene.weights
    for written in spellings(unknown, scene.language):
        found = gazetteer.lookup(written)
        inside = tuple(place for place in found if place.country in focus)
        reach = _BUILT if kind in _SMALL else _WITHIN
        choice = _chosen(Toponym(0, 0, unknown, inside, kind), scene, reach) if inside else None
        if choice is None and not kind:
            beside = tuple(p for p in found if weights.get(p.country, 0.0) >= _MENTIONED)
            large = any(place.population >= _CITY for place in beside)
            named = Toponym(0, 0, unknown, beside, kind)
            choice = _chosen(named, scene, _ANYWHERE if large else _ABROAD) if beside else None
        if choice is not None:
            return choice
    return None


def sounding(phrase: Phrase, scene: Scene, gazetteer: Gazetteer) -> Anchor | None:
    """What a phrase without a known name is measured from, if one of its names is spelt otherwise.

    Args:
        phrase: The phrase.
        scene: The places of the document.
        gazetteer: Where names are looked up.
    """
    kind = phrase.kinds[-1] if phrase.kinds else ""
    for unknown in phrase.unknown:
        choice = spelt(unknown, scene, gazetteer, kind=kind if kind in _SMALL else "")
        if choice is None and kind not in _SMALL:
            found = alike(unknown, gazetteer, near=scene.focus)
            choice = _chosen(Toponym(phrase.start, phrase.end, unknown, found, kind), scene, _ALIKE)
        if choice is not None:
            note = f"spelt {choice.place.name} in the gazetteer"
            return Anchor(choice.place, "spelling", note, choice)
    return None


def _compound(text: str, name: Toponym, phrase: Phrase) -> tuple[int, int, bool] | None:
    """The hyphenated word that a name is only a part of ("Кампо-Дос"), or None.

    Returns:
        Where the word begins and ends, and whether each of its parts is a name, as in
        "Gao-Kidal", which are two places.
    """
    for match in _COMPOUND.finditer(text, phrase.start, phrase.end):
        start, end = match.span()
        if not (start <= name.start and name.end <= end and (start, end) != (name.start, name.end)):
            continue
        if not any(mark in match[0] for mark in _HYPHENS):
            return None
        at, complete = start, True
        for part in re.split(f"[{_HYPHENS}]", match[0]):
            known = any(n.start <= at and at + len(part) <= n.end for n in phrase.names)
            complete = complete and known and not is_article(part)
            at += len(part) + 1
        return start, end, complete
    return None


def _is_sure(place: Place, scene: Scene) -> bool:
    """Whether a part of a longer name is likely enough by itself."""
    return place.country in scene.focus and (bool(place.aliases) or place.population >= _TOWN)


def _is_far(place: Place, scene: Scene) -> bool:
    """Whether a town or region lies in a country that the document hardly speaks of."""
    if (
        place.feature not in SETTLEMENTS | {"admin1"}
        or place.population >= _FAMOUS
        or is_capital(place)
    ):
        return False
    return scene.weights.get(place.country, 0.0) < _HARDLY


def nearer(name: Toponym, phrase: Phrase, scene: Scene, gazetteer: Gazetteer) -> Choice | None:
    """The choice for a name, or what another spelling of it names where the text is about.

    The name of `phrase` then has the other's candidates.
    """
    choice = scene.choose(name)
    if choice is None or not _is_far(choice.place, scene):
        return choice
    other = spelt(name.text, scene, gazetteer)
    if other is None or other.place.country not in scene.focus:
        return choice
    phrase.names[phrase.names.index(name)] = replace(name, candidates=_candidates(other))
    return other


def _candidates(choice: Choice) -> tuple[Place, ...]:
    return (choice.place, *(place for place, _ in choice.others))


def join(text: str, phrase: Phrase, scene: Scene, gazetteer: Gazetteer) -> None:
    """Take a hyphenated name whole where the gazetteer has only parts of it ("Аль-Кайм")."""
    for name in list(phrase.names):
        whole = _compound(text, name, phrase) if name in phrase.names else None
        if whole is None:
            continue
        start, end, complete = whole
        inside = [n for n in phrase.names if start <= n.start and n.end <= end]
        parts = [c.place for n in inside if (c := scene.choose(n)) is not None]
        if complete and not any(_is_far(place, scene) for place in parts):
            continue
        written = text[start:end]
        choice = spelt(written, scene, gazetteer)
        if choice is None and any(_is_sure(place, scene) for place in parts):
            continue
        phrase.names = [n for n in phrase.names if n not in inside]
        phrase.unknown = [u for u in phrase.unknown if key(u) not in key(written)]
        if choice is None:
            phrase.unknown.append(written)
        else:
            phrase.names.append(Toponym(start, end, written, _candidates(choice)))
            phrase.names.sort(key=lambda n: n.start)
