"""The theatre of a document: which countries it is about, and what says so.

"Le régime" is the government of Syria in a report whose places are Syrian. The places
that are grounded count most, then the countries, capitals and demonyms in the text,
then the countries of the groups that it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from temoin.grounding.actors.lexicon import countries, groups, parts, spoken
from temoin.grounding.actors.store import Actor, Found, actors, find_names
from temoin.grounding.actors.words import Word, words
from temoin.record import Event, EventType, PlaceValue, Record, Role

__all__ = ["ActorContext", "context_of", "for_event"]

_PLACE, _NAME, _CAPITAL, _DEMONYM, _GROUP = 2.0, 1.0, 0.5, 1.0, 1.0
#: The theatre must weigh this many times the next country.
_AHEAD = 2.0
#: However many places a country has in the document, they count no more than this many.
_PLACES = 3
_ENOUGH = 1.0
#: How many pieces of evidence a note quotes.
_QUOTED = 3
_GROUPS = frozenset({"rebel_group", "jihadist_group", "militia", "identity_militia"})


@dataclass(frozen=True, slots=True)
class ActorContext:
    """What a document tells beyond the words of one phrase.

    Attributes:
        published: Its day of publication; an actor that did not exist then is a
            weaker candidate.
        theatre: Weight of each country that it is about, ISO 3166-1 alpha-2.
        evidence: What named each of these countries.
        named: Ids of the known actors that it names beyond doubt.
        place: Country of the event's place.
        role: What the words are to their event.
        event: The type of the event.
    """

    published: dt.date | None = None
    theatre: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    place: str | None = None
    role: Role | None = None
    event: EventType | None = None

    @property
    def settled(self) -> str | None:
        """The one country that the document is about, None where two compete."""
        ranked = sorted(self.theatre.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < _ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][1] < _AHEAD * ranked[1][1]:
            return None
        if ranked[0][0] in groups()["contested"]:
            return None
        return ranked[0][0]

    def within(self, country: str | None) -> bool:
        """Whether a country is among those that the document is about."""
        return country is not None and country in self.theatre

    def reason(self, country: str) -> str:
        """What makes a country the theatre, for a note."""
        label = countries().get(country, country)
        named = ", ".join(self.evidence.get(country, ())[:_QUOTED])
        return f"the document is about {label} ({named})" if named else f"theatre {label}"


def context_of(record: Record) -> ActorContext:
    """The theatre of a record: by its grounded places and by the words of its text."""
    counted = _Counter()
    places: dict[str, int] = {}
    for name, place in _places(record):
        # Dependencies have no forces of their own: the Falklands settle nothing.
        if place.country and place.country in countries():
            places[place.country] = places.get(place.country, 0) + 1
            weight = _PLACE if places[place.country] <= _PLACES else 0.0
            counted.add(place.country, weight, name)
    language = record.document.language
    published = record.document.published
    year = published.year if published else None
    text = words(record.document.text)
    named, taken = _groups(text, language, year, counted)
    table = parts(spoken(language)).countries
    for at, word in enumerate(text):
        country = None if at in taken else table.at(text, at)
        if country and country[0].how == "demonym":
            counted.add(country[0].iso, _DEMONYM, word.text)
        elif country and word.capital:
            weight = _CAPITAL if country[0].how == "capital" else _NAME
            counted.add(country[0].iso, weight, word.text)
    return ActorContext(
        published=published,
        theatre=counted.weights,
        evidence={country: tuple(by) for country, by in counted.evidence.items()},
        named=frozenset(named),
    )


class _Counter:
    """Weights of countries, and what named each."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.evidence: dict[str, dict[str, None]] = {}

    def add(self, country: str, weight: float, by: str) -> None:
        self.weights[country] = self.weights.get(country, 0.0) + weight
        self.evidence.setdefault(country, {})[by] = None


def _groups(
    text: Sequence[Word], language: str, year: int | None, counted: _Counter
) -> tuple[set[str], set[int]]:
    """The actors that a text names beyond doubt, and which of its words names are."""
    named: set[str] = set()
    taken: set[int] = set()
    for found in find_names(text, language):
        taken.update(range(found.first, found.last))
        actor = _surely(found, year)
        if actor is None:
            continue
        named.add(actor.id)
        if actor.country and actor.kind in _GROUPS:
            counted.add(actor.country, _GROUP, actor.name)
    return named, taken


def _surely(found: Found, year: int | None) -> Actor | None:
    """Whom a name means beyond doubt: its one bearer of that time."""
    known = [actors()[alias.id] for alias in found.aliases if not alias.unsure]
    alive = [one for one in known if year is None or one.existed(year)] or known
    ids = {one.id for one in alive}
    roots = [one for one in alive if one.parent not in ids]
    return roots[0] if len(roots) == 1 else None


def for_event(context: ActorContext, event: Event) -> ActorContext:
    """The same context for the words of one event."""
    place = event.place.country if event.place else None
    if place is None:
        for argument in event.of_role(Role.PLACE):
            if argument.place and argument.place.country:
                place = argument.place.country
                break
    return replace(context, place=place if place in countries() else None, event=event.type)


def _places(record: Record) -> list[tuple[str, PlaceValue]]:
    """The record's grounded places, each once, by the first words that name it."""
    found: dict[str, tuple[str, PlaceValue]] = {}
    for event in record.events:
        for argument in event.arguments:
            place = argument.place
            if place is None:
                continue
            key = place.gazetteer_id or place.name
            named = argument.text if _is_name(argument.text) else place.name
            if key not in found or not _is_name(found[key][0]):
                found[key] = (named, place)
    return list(found.values())


def _is_name(text: str) -> bool:
    """Whether words may be a name, not "là" or "the town": a capital, or a script without."""
    return text.lower() == text.upper() or any(letter.isupper() for letter in text)
