"""From a place phrase to a point and a radius.

Every value names the rule that gave it. Where the words name no place of the
gazetteer, what stands for it is said in a note (the antecedent, the settlement
named before); where nothing does, there is no point: a reason instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from temoin.grounding.place.coordinates import coordinates
from temoin.grounding.place.features import POINTS, REGIONS, SETTLEMENTS, radius_km, ucdp
from temoin.grounding.place.gazetteer import Gazetteer, Place
from temoin.grounding.place.lexicon import Lexicon
from temoin.grounding.place.measuring import Anchor, measure
from temoin.grounding.place.names import key
from temoin.grounding.place.phrase import Phrase, read_phrase
from temoin.grounding.place.relative import centre, rough_km
from temoin.grounding.place.scene import Choice, Scene
from temoin.grounding.place.sounding import join, nearer, sounding
from temoin.grounding.place.toponyms import Toponym
from temoin.record import PlaceValue

__all__ = ["Located", "locate"]

_INSIDE = frozenset(
    {"suburb", "facility", "airport", "base", "camp", "road", "river", "island", "mountain",
     "region", "valley", "lake", "sky", "sea", "border", "desert", "strait", "soil"}
)  # fmt: skip
#: Generic nouns and the places that may stand behind them when they point back.
_BACK: dict[str, frozenset[str]] = {
    "city": frozenset({"city", "camp", "suburb"}),
    "suburb": SETTLEMENTS,
    "camp": frozenset({"camp", "base", "city"}),
    "base": frozenset({"base", "airport", "camp", "city"}),
    "airport": frozenset({"airport", "base", "city"}),
    "admin1": frozenset({"admin1", "region", "admin2"}),
    "admin2": frozenset({"admin2", "admin1", "region", "city"}),
    "country": frozenset({"country"}),
    "region": REGIONS | {"admin1", "line", "city"},
    "valley": frozenset({"valley", "region", "admin1", "city"}),
    "mountain": frozenset({"mountain", "city"}),
    "river": frozenset({"river", "lake", "city"}),
    "lake": frozenset({"lake"}),
    "sea": frozenset({"sea", "strait"}),
    "strait": frozenset({"strait"}),
    "island": frozenset({"island", "city"}),
    "desert": frozenset({"desert", "region"}),
}
_OTHERS = frozenset({"river", "road", "lake", "strait"})
#: An unknown name that a known one follows is looked for so near to it, in kilometres.
_BESIDE = 150.0
_CITY, _METROPOLIS = 100_000, 500_000
_SHORT_RIVER, _LONG_RIVER, _NEAR_RIVER, _BY_RIVER = 30.0, 200.0, 60.0, 20.0
_SMALL = frozenset({"facility", "road", "sky", "soil"})


@dataclass(frozen=True, slots=True)
class Located:
    """A place value, or the reason why there is none.

    Attributes:
        value: Where it is, or None.
        reason: Why it is nowhere, or "".
        anchor: The place of the gazetteer that the value rests on, or None.
    """

    value: PlaceValue | None
    reason: str = ""
    anchor: Place | None = None


def locate(
    text: str,
    start: int,
    end: int,
    *,
    scene: Scene,
    words: Lexicon,
    gazetteer: Gazetteer,
    antecedent: tuple[int, int] | None = None,
) -> Located:
    """Where the phrase `text[start:end]` is.

    Args:
        text: The document's text.
        start: First code point of the phrase.
        end: One past its last.
        scene: The places of the document.
        words: The lexicon of its language.
        gazetteer: Where names are looked up.
        antecedent: The range of the words that the phrase stands for, if known.
    """
    written = coordinates(text[start:end])
    if written is not None:
        return Located(_written(text[start:end], *written))
    locator = _Locator(text, scene, words, gazetteer)
    phrase = locator.read(start, end)
    several = locator.between(phrase)
    if several is not None:
        return several
    anchor = locator.anchor(phrase, antecedent)
    if anchor is None:
        return Located(None, locator.reason(phrase))
    return Located(measure(phrase, anchor), anchor=anchor.place)


def _written(words: str, north: float, east: float, radius: float) -> PlaceValue:
    return PlaceValue(
        name=words, latitude=round(north, 4), longitude=round(east, 4), radius_km=radius,
        acled_precision=1, ucdp_precision=ucdp(radius), rule="coordinates",
    )  # fmt: skip


class _Locator:
    """Finds the anchor of one phrase."""

    def __init__(self, text: str, scene: Scene, words: Lexicon, gazetteer: Gazetteer) -> None:
        self.text = text
        self.scene = scene
        self.words = words
        self.gazetteer = gazetteer

    def read(self, start: int, end: int) -> Phrase:
        """Read a phrase; a name that cannot be meant in this document counts as unknown."""
        phrase = read_phrase(self.text, start, end, words=self.words, gazetteer=self.gazetteer)
        join(self.text, phrase, self.scene, self.gazetteer)
        phrase.names = [self.scene.as_found(name) for name in phrase.names]
        for name in list(phrase.names):
            choice = nearer(name, phrase, self.scene, self.gazetteer)
            longer = self._part_of(name, phrase, choice.place if choice else None)
            if longer:
                phrase.names = [n for n in phrase.names if n.start != name.start]
                phrase.unknown.append(longer)
        phrase.unknown.sort(key=lambda unknown: self.text.find(unknown.split()[0], start))
        return phrase

    def _part_of(self, name: Toponym, phrase: Phrase, place: Place | None) -> str:
        """The longer unknown name that a name is a part of ("Kamba Kota" is not Kota), or ""."""
        if place is not None:
            large = _CITY if place.country in self.scene.focus else _METROPOLIS
            if place.aliases or place.population >= large or place.feature not in POINTS:
                return ""
        written = key(self.text[phrase.start : phrase.end])
        for unknown in phrase.unknown:
            for joined in (f"{unknown} {name.text}", f"{name.text} {unknown}"):
                if key(joined) in written:
                    phrase.unknown.remove(unknown)
                    return joined
        return "" if place else name.text

    # -- two names ------------------------------------------------------------------

    def between(self, phrase: Phrase) -> Located | None:
        """A point halfway: "entre A et B", "la route A–B", the border of two countries."""
        chosen = [
            (name, choice)
            for name in phrase.names
            if (choice := self.scene.choose(name)) is not None
        ]
        route = "road" in phrase.kinds and len(chosen) > 1
        if "border" in phrase.kinds:
            border = self._border(phrase, [choice.place for _, choice in chosen])
            if border is not None:
                return border
        if len(chosen) < 2 or not (phrase.relation == "between" or route):
            return None
        first, second = chosen[0][1].place, chosen[1][1].place
        ends = [(first.latitude, first.longitude), (second.latitude, second.longitude)]
        middle, half = centre(ends)
        value = PlaceValue(
            name=f"{first.name} – {second.name}",
            latitude=round(middle[0], 4),
            longitude=round(middle[1], 4),
            radius_km=round(max(half, 2.0), 1),
            feature="road" if route else "region",
            country=first.country if first.country == second.country else None,
            acled_precision=2 if half <= 25 else 3,
            ucdp_precision=2 if half <= 25 else 5,
            rule="route" if route else "between",
            note=f"halfway between {first.name} and {second.name}",
        )
        return Located(value, anchor=first)

    def _border(self, phrase: Phrase, places: list[Place]) -> Located | None:
        codes = list(dict.fromkeys(phrase.nations))
        codes += [p.country for p in places if p.feature == "country" and p.country not in codes]
        towns = [place for place in places if place.feature in POINTS]
        if towns or not codes:
            return None
        others = codes[1:] or [
            code
            for code in sorted(self.scene.weights, key=lambda c: -self.scene.weights[c])
            if code != codes[0]
        ]
        for other in others:
            border = self.gazetteer.border(codes[0], other)
            if border is None:
                continue
            value = PlaceValue(
                name=f"border {'–'.join(sorted((codes[0], other)))}",
                latitude=border.latitude,
                longitude=border.longitude,
                radius_km=border.radius,
                gazetteer_id=border.id,
                feature="border",
                acled_precision=3,
                ucdp_precision=5,
                rule="border",
                note="the middle of the border",
            )
            return Located(value, anchor=border)
        return None

    # -- one anchor -----------------------------------------------------------------

    def anchor(self, phrase: Phrase, antecedent: tuple[int, int] | None) -> Anchor | None:
        """The place that a phrase is measured from."""
        if "capital" in phrase.anaphors and antecedent and self.read(*antecedent).names:
            # "the capital of the province", which is Marib, is not that of the country
            return self._named(phrase) or self._stood_for(antecedent, phrase)
        return (
            self._named(phrase)
            or self._national(phrase)
            or self._stood_for(antecedent, phrase)
            or sounding(phrase, self.scene, self.gazetteer)
            or self._told_elsewhere(phrase)
            or self._pointed_back(phrase)
        )

    def _named(self, phrase: Phrase) -> Anchor | None:
        usable = [name for name in phrase.names if self.scene.choose(name) is not None]
        if not usable:
            return None
        # "le marché de Tawila à Darfour": the first name is the narrower one, unless it is
        # a country or region and a later one is not.
        chosen = [(name, self.scene.choose(name)) for name in usable]
        picks = [(name, choice) for name, choice in chosen if choice is not None]
        head, choice = picks[0]
        for name, other in picks[1:]:
            if choice.place.feature in {"country", "continent", "admin1", "river", "lake"} and (
                other.place.feature in POINTS
            ):
                head, choice = name, other
                break
        place = choice.place
        first = phrase.unknown[0].split()[0] if phrase.unknown else ""
        if first and self.text.find(first, phrase.start) < head.start:
            return self._within(phrase, choice)
        inner = [kind for kind, at in zip(phrase.kinds, phrase.heads, strict=True)
                 if at < phrase.names[0].start]  # fmt: skip
        kind = inner[-1] if inner else ""
        if place.feature == "river" and place.radius > _SHORT_RIVER:
            town = self.scene.last(head.start, POINTS, salient=True)
            spot = (place.latitude, place.longitude)
            reach = place.radius if place.radius > _LONG_RIVER else _NEAR_RIVER
            if town and rough_km(spot, (town.latitude, town.longitude)) < reach:
                note = f"{place.name} by {town.name}, named nearest"
                return Anchor(town, "river", note, choice, _BY_RIVER)
        if kind in _INSIDE - {"region"} and place.feature in SETTLEMENTS and kind != place.feature:
            return Anchor(place, "facility", "", choice, max(place.radius, radius_km(kind)))
        return Anchor(place, "name", "", choice)

    def _within(self, phrase: Phrase, choice: Choice) -> Anchor:
        """An unknown name before a known one: spelt otherwise and near, or just in it."""
        place = choice.place
        narrow = sounding(phrase, self.scene, self.gazetteer)
        spot = (place.latitude, place.longitude)
        if narrow and rough_km(spot, (narrow.place.latitude, narrow.place.longitude)) < _BESIDE:
            return narrow
        note = f"{phrase.unknown[0]} is not in the gazetteer; at {place.name}"
        return Anchor(place, "container", note, choice, max(place.radius, 10.0))

    def _national(self, phrase: Phrase) -> Anchor | None:
        if "capital" in phrase.anaphors:
            codes = [*phrase.nations, self.scene.heart]
            for code in codes:
                capital = self.scene.capital(code) if code else None
                if capital is not None:
                    note = f"the capital: {capital.name}"
                    return Anchor(capital, "capital", note)
        if not phrase.nations:
            return None
        if phrase.kinds and not set(phrase.kinds) & {
            "soil", "sky", "region", "country", "sea", "admin1", "border",
        }:  # fmt: skip
            return None
        if not phrase.kinds and phrase.bearing is None:
            return None
        country = self.gazetteer.country(phrase.nations[0])
        return Anchor(country, "demonym") if country else None

    def _stood_for(self, antecedent: tuple[int, int] | None, phrase: Phrase) -> Anchor | None:
        if antecedent is None or antecedent == (phrase.start, phrase.end):
            return None
        other = self.read(*antecedent)
        found = (
            self._named(other)
            or self._national(other)
            or sounding(other, self.scene, self.gazetteer)
            or self._told_elsewhere(other)
            or self._pointed_back(other)
        )
        if found is None:
            return None
        words = self.text[antecedent[0] : antecedent[1]]
        return Anchor(
            found.place, "antecedent", f"stands for {words!r}", found.choice, found.radius
        )

    def _told_elsewhere(self, phrase: Phrase) -> Anchor | None:
        """An unknown name that the text itself places: "X, 10 km from Y", "X (Y)"."""
        for unknown in phrase.unknown:
            at = self.text.find(unknown)
            while at >= 0:
                after = at + len(unknown)
                found = self._apposition(after)
                if found is not None:
                    note = f"{unknown} is not in the gazetteer; the text puts it by {found.name}"
                    return Anchor(found, "apposition", note, None, 15.0)
                at = self.text.find(unknown, after)
        return None

    def _apposition(self, after: int) -> Place | None:
        opening = self.text[after : after + 3].lstrip()
        if opening[:1] not in {",", "(", "،"}:
            return None
        for seen in self.scene.seen:
            near = after < seen.start <= after + 60 and seen.place.feature in POINTS
            if near and seen.place.country in self.scene.focus:
                gap = self.text[after : seen.start]
                if not any(mark in gap for mark in ".;!?"):
                    return seen.place
        return None

    def _pointed_back(self, phrase: Phrase) -> Anchor | None:
        """A pronoun or a generic noun: the place of that kind named last before it."""
        if phrase.unknown and not set(phrase.kinds) & (_INSIDE | {"suburb"}):
            return None
        kinds = phrase.kinds
        if (
            not kinds
            and not phrase.anaphors
            and not (phrase.relation or phrase.bearing is not None)
        ):
            return None
        kind = kinds[-1] if kinds else ""
        size = phrase.sizes[-1] if phrase.sizes else "large" if kind == "airport" else ""
        if kind in _SMALL or kind in {"border", "suburb"} or phrase.unknown:
            wanted = frozenset({"city", "camp", "suburb", "base"})
            found = self.scene.last(phrase.start, wanted, salient=True, size=size)
            if found is None:
                return None
            what = f"{phrase.unknown[0]} is not in the gazetteer; " if phrase.unknown else ""
            note = f"{what}taken to be in {found.name}, named nearest"
            return Anchor(found, "context", note, None, max(found.radius, 10.0))
        wanted = _BACK.get(kind, POINTS) if kind else POINTS | REGIONS | _OTHERS
        built = kind in {"base", "camp", "airport"}
        found = self.scene.last(phrase.start, wanted, salient=built, size=size)
        if found is None:
            return None
        narrow = built and found.feature in SETTLEMENTS
        return Anchor(
            found, "context", f"taken for {found.name}, named before", None,
            max(found.radius, 10.0) if narrow else None,
        )  # fmt: skip

    def reason(self, phrase: Phrase) -> str:
        """Why there is no point."""
        if phrase.unknown:
            return f"{phrase.unknown[0]} is not in the gazetteer"
        if phrase.anaphors or phrase.kinds:
            return "no place before it in the text that it could stand for"
        return "no place name in these words"
