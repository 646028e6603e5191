"""The places of one document, settled together.

A name alone may be many places. What settles it: the countries that the document
speaks of (their names, their demonyms, the names that are not ambiguous), the
distance to the document's other places, the generic noun beside the name, the
larger place written after it, and population where nothing else tells. One name
means one place throughout a document, unless the generic noun differs.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from temoin.grounding.place.gazetteer import Gazetteer, Place
from temoin.grounding.place.lexicon import countries, nation_of
from temoin.grounding.place.names import key
from temoin.grounding.place.relative import rough_km
from temoin.grounding.place.tokens import Token
from temoin.grounding.place.toponyms import Toponym
from temoin.grounding.place.weighing import (
    LARGE,
    WANTED,
    WORLD,
    inside,
    is_capital,
    merit,
    people,
    same,
    size,
)

__all__ = ["Choice", "Scene", "Seen"]

#: Code points over which a name fades from mind: for what the text is about, and for "there".
_FADES, _FADES_SOON = 400.0, 250.0
#: What counts more: a name of the same sentence, and every mention however far.
_HERE, _EVER = 1.0, 0.05
_MENTION = 0.35
#: What is no village, and how little a hamlet counts where a large town is meant.
_SMALL, _HAMLET = 150_000, 0.5
_KEPT = 6
#: What evidence is worth: the country's share of the document, the first-order unit's,
#: another place within 120 km and within 900 km.
_COUNTRY, _UNIT, _CLOSE, _FAR = 2.75, 0.8, 1.2, 0.8
_DEMONYM, _OBSCURE = 0.6, 0.5
_MENTIONED, _KNOWN = 0.28, 15_000
#: Countries that act everywhere: spoken of without any of their towns, they count less.
_POWERS = frozenset({"US", "RU", "GB", "FR", "CN", "DE"})
_ABROAD = 0.3
_BUILT_KINDS = frozenset({"facility", "road", "base", "suburb", "camp", "airport"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The place a name stands for, its score and the other candidates, best first."""

    place: Place
    score: float
    others: tuple[tuple[Place, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A place at a position of the text.

    Attributes:
        start: First code point of its words.
        end: One past the last.
        place: The place.
        grade: How likely later words point to it: an event's place more than where somebody
            came from, and both more than a name that is only mentioned.
    """

    start: int
    end: int
    place: Place
    grade: float = 1.0


class Scene:
    """What one document is about, as far as places tell.

    Args:
        tokens: The words of the text.
        language: Its language.
        toponyms: The names found in it.
        gazetteer: Where countries and capitals are looked up.
        sentences: Ranges of its sentences, for the nearest mention.
        grades: Ranges of the text with the grade of the places named in them; without any,
            all places are alike.
    """

    def __init__(
        self,
        tokens: list[Token],
        language: str,
        toponyms: Iterable[Toponym],
        *,
        gazetteer: Gazetteer,
        sentences: tuple[tuple[int, int], ...] = (),
        grades: Mapping[tuple[int, int], float] | None = None,
    ) -> None:
        self.grades = grades or {}
        self.language = language
        self.gazetteer = gazetteer
        self.sentences = sentences
        self.toponyms = list(toponyms)
        self._at = {(name.start, name.end): name for name in self.toponyms}
        self._gave: dict[str, dict[str, float]] = {}
        self._total = 0.0
        self.weights = self._weigh(tokens)
        self._anchors: dict[str, Place] = {}
        self._choices: dict[tuple[str, str, tuple[str, ...]], Choice | None] = {}
        self._settle()
        self.seen = self._see()

    # -- which countries -----------------------------------------------------------

    def _weigh(self, tokens: list[Token]) -> dict[str, float]:
        """How much of the document each country has, all together one."""
        weights: defaultdict[str, float] = defaultdict(float)
        told: Counter[str] = Counter()
        for token in tokens:
            code = nation_of(token.text, self.language)
            if code:
                told[code] += 1
        for code, count in told.items():
            weights[code] += _DEMONYM * math.sqrt(count)
        counted: Counter[str] = Counter(key(name.text) for name in self.toponyms)
        for name in self.toponyms:
            if key(name.text) in self._gave:
                continue
            shares: defaultdict[str, float] = defaultdict(float)
            for place in name.candidates:
                shares[place.country] += math.sqrt(people(place, name.candidates))
            total = sum(shares.values())
            times = math.sqrt(counted[key(name.text)])
            # A name that only one country has says most.
            gave = {code: times * (share / total) ** 2 for code, share in shares.items() if code}
            self._gave[key(name.text)] = gave
            for code, share in gave.items():
                weights[code] += share
        total = sum(weights.values()) or 1.0
        self._total = total
        return {code: weight / total for code, weight in weights.items()}

    def weight(self, code: str, *, without: str = "") -> float:
        """A country's share of the document, what the name `without` gave it left out."""
        gave = self._gave.get(key(without), {}) if without else {}
        rest = self._total - sum(gave.values())
        if rest <= 0:
            return 0.0
        return max(0.0, self.weights.get(code, 0.0) * self._total - gave.get(code, 0.0)) / rest

    @property
    def focus(self) -> frozenset[str]:
        """The countries that have at least an eighth of the document."""
        return frozenset(code for code, weight in self.weights.items() if weight >= 0.125)

    @property
    def heart(self) -> str:
        """The country that has most of the document, or ""."""
        return max(sorted(self.weights), key=lambda code: self.weights[code], default="")

    # -- which places --------------------------------------------------------------

    def _settle(self) -> None:
        names: dict[str, Toponym] = {}
        for name in self.toponyms:
            names.setdefault(key(name.text), name)
        for _ in range(3):
            anchors = {}
            for written, name in names.items():
                choice = self._rank(name)
                if choice is not None and choice.place.feature not in {"country", "continent"}:
                    anchors[written] = choice.place
            if anchors == self._anchors:
                break
            self._anchors = anchors
        self._choices.clear()

    def as_found(self, name: Toponym) -> Toponym:
        """The name with the larger place and the generic noun that stand beside it in the text."""
        found = self._at.get((name.start, name.end))
        if found is None:
            return name
        return replace(
            name, within=found.within, kind=name.kind or found.kind, articled=found.articled
        )

    def choose(self, name: Toponym) -> Choice | None:
        """The place that the name stands for in this document, or None without candidates."""
        larger = tuple(place.id for place in (*name.within, *name.candidates))
        kind = name.kind if name.kind in WANTED else ""
        wanted = (key(name.text), f"{kind} {name.articled}", larger)
        if wanted not in self._choices:
            choice = self._rank(name)
            if choice is not None and not self._plausible(choice.place, name):
                choice = None
            self._choices[wanted] = choice
        return self._choices[wanted]

    def _plausible(self, place: Place, name: Toponym) -> bool:
        """Whether a place belongs in this document at all.

        A hamlet on another continent that happens to bear the name of a street or
        a mosque is no candidate, however alone it stands.
        """
        if place.feature in {"country", "continent", "sea", "strait"} or place.aliases:
            return True
        weight = self.weight(place.country, without=name.text)
        near = self._nearest(place, name)
        if weight >= 0.3 or (weight >= 0.08 and (near is None or near < 1000)):
            return True
        named_here = [written for written in self._gave if written != key(name.text)]
        if not named_here and not self.weights.keys() - {place.country}:
            return True
        if near is not None and near < 300:
            return True
        if name.kind in _BUILT_KINDS and place.population < WORLD:
            return False
        return place.population >= LARGE or place.feature == "admin1"

    def _rank(self, name: Toponym) -> Choice | None:
        scored = sorted(
            ((self._score(place, name), place) for place in name.candidates),
            key=lambda pair: (-pair[0], -pair[1].population, pair[1].id),
        )
        kept: list[tuple[Place, float]] = []
        for score, place in scored:
            if not any(same(place, other) for other, _ in kept):
                kept.append((place, round(score, 3)))
            if len(kept) >= _KEPT:
                break
        if not kept:
            return None
        return Choice(kept[0][0], kept[0][1], tuple(kept[1:]))

    def _score(self, place: Place, name: Toponym) -> float:
        score = merit(place, name)
        scene = self._is_scene(place, name)
        weight = math.sqrt(self.weight(place.country, without=name.text))
        score += _COUNTRY * weight * (1.0 if scene else _ABROAD)
        if weight < _MENTIONED and size(place, name) < _KNOWN:
            score -= _OBSCURE  # a hamlet of a country that the text hardly names
        score += _UNIT * math.sqrt(self._of_unit(place, name))
        near = self._nearest(place, name, capitals=scene)
        if near is not None:
            score += _CLOSE * math.exp(-near / 120) + _FAR * math.exp(-near / 900)
        if name.within:
            score += self._containment(place, name.within)
        return score

    def _is_scene(self, place: Place, name: Toponym) -> bool:
        """Whether the document names places in that country, and not its government alone.

        "Washington" and "the Americans" in a text on Haiti do not make a small town of
        the United States likely.
        """
        if place.feature in {"country", "continent"} or place.country not in _POWERS:
            return True
        own = key(name.text)
        return any(
            other.country == place.country and not is_capital(other)
            for written, other in self._anchors.items()
            if written != own
        )

    def _of_unit(self, place: Place, name: Toponym) -> float:
        """The share of the document's other places that lie in the same first-order unit."""
        if not place.admin1:
            return 0.0
        own = key(name.text)
        others = [other for written, other in self._anchors.items() if written != own]
        same = sum(o.admin1 == place.admin1 and o.country == place.country for o in others)
        return same / len(others) if others else 0.0

    def nearest(self, place: Place, text: str) -> float | None:
        """Kilometres from a place to the nearest other place that the document names."""
        return self._nearest(place, Toponym(0, 0, text, ()))

    def _nearest(self, place: Place, name: Toponym, *, capitals: bool = True) -> float | None:
        """Kilometres to the nearest other place of the document."""
        own = key(name.text)
        spot = (place.latitude, place.longitude)
        return min(
            (
                rough_km(spot, (other.latitude, other.longitude))
                for written, other in self._anchors.items()
                if written != own and (capitals or not is_capital(other))
            ),
            default=None,
        )

    def _containment(self, place: Place, within: tuple[Place, ...]) -> float:
        best = 0.0
        for larger in within:
            if larger.country != place.country or larger.id == place.id:
                continue
            if larger.feature == "country":
                best = max(best, 2.0)
            elif larger.feature == "admin1" and (
                larger.admin1 == place.admin1
                if larger.admin1 and place.admin1
                else inside(place, larger)
            ):
                best = max(best, 3.0)
        return best

    # -- what stood before ------------------------------------------------------------

    def _see(self) -> list[Seen]:
        seen = []
        for name in self.toponyms:
            choice = self.choose(name)
            if choice is not None:
                grade = self._grade(name.start, name.end)
                seen.append(Seen(name.start, name.end, choice.place, grade))
        return seen

    def _grade(self, start: int, end: int) -> float:
        """The best grade of the ranges around a name."""
        if not self.grades:
            return 1.0
        around = (grade for (a, b), grade in self.grades.items() if a <= start and end <= b)
        return max(around, default=_MENTION)

    def note(self, start: int, end: int, place: Place) -> None:
        """Keep in mind that the words at `start` stand for `place`."""
        self.seen.append(Seen(start, end, place, self._grade(start, end)))
        self.seen.sort(key=lambda seen: seen.start)

    def _sentence(self, position: int) -> tuple[int, int]:
        for start, end in self.sentences:
            if start <= position < end:
                return start, end
        return position, position

    def last(
        self,
        position: int,
        features: frozenset[str],
        *,
        salient: bool = False,
        size: str = "",
    ) -> Place | None:
        """The place of one of `features` that words at `position` point to.

        Args:
            position: Where in the text to look from.
            features: Which kinds of places will do.
            salient: Whether what the text is about counts more than what stood last,
                and what the same sentence names later will do: so for "the airport",
                not for "there".
            size: `small` or `large` where the words are said of such a settlement only.
        """
        fitting = [seen for seen in self.seen if seen.place.feature in features]
        focus = self.focus
        fitting = [seen for seen in fitting if seen.place.country in focus] or fitting
        if size == "small":
            fitting = [seen for seen in fitting if seen.place.population < _SMALL] or fitting
        start, end = self._sentence(position)
        before = [seen for seen in fitting if seen.start < position]
        reach = _FADES if salient else _FADES_SOON
        if salient and not any(seen.start >= start for seen in before):
            ahead = [seen for seen in fitting if position <= seen.start < end]
            if ahead:
                return max(ahead, key=lambda seen: (seen.grade, -seen.start)).place
        told: dict[str, float] = defaultdict(float)
        places: dict[str, Place] = {}
        for seen in before or (fitting if salient else []):
            near = math.exp(-abs(position - seen.start) / reach)
            if seen.start >= start:
                near += _HERE
            weight = seen.grade * (near + (_EVER if salient else 0.0))
            if size == "large":
                weight *= max(_HAMLET, math.log10(max(seen.place.population, 1)) - 3)
            if salient:
                weight *= math.sqrt(self.weights.get(seen.place.country, 0.0))
            written = seen.place.id
            told[written] = told[written] + weight if salient else max(told[written], weight)
            places[written] = seen.place
        if not told:
            return None
        return places[max(sorted(told), key=lambda found: told[found])]

    def capital(self, code: str) -> Place | None:
        """The capital of a country."""
        nation = countries().get(code)
        if nation is None:
            return None
        found = [
            place
            for place in self.gazetteer.lookup(nation.capital)
            if place.country == code and place.feature == "city"
        ]
        return max(found, key=lambda place: place.population, default=None)
