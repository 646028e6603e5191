"""`link_entities`: antecedents, mentions and entities on a record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final, TypeVar

from temoin.grounding.entities._candidates import Candidate
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import FORMS, PRONOUNS, Phrase
from temoin.grounding.entities._ranking import Ranking, ranking
from temoin.grounding.entities._resolving import Decide, resolve
from temoin.record import Argument, Attribution, Entity, Event, Mention, Record, Role, Span

__all__ = ["link_entities"]

_Key = tuple[int, int]
_Given = TypeVar("_Given", Argument, Attribution)
_LEFT_OUT: Final = frozenset({Role.TIME, Role.QUANTITY})
#: Kinds of mentions that are no thing.
_OTHER_KINDS: Final = frozenset({"time", "quantity"})


def link_entities(record: Record, *, model: Ranking | None = None) -> Record:
    """A copy of the record in which mentions of one thing are one entity.

    An argument or attribution that takes up another mention ("il", "the town") gets
    the mention that names the thing as its `antecedent`, unless it has one already or
    the model is unsure. Every argument and attribution, and every other name of what
    they stand for, is a mention; mentions of one thing are an entity. Mentions and
    entities that the record has already are kept; a mention belongs to the entity
    that it coincides with. Times and quantities take no part.

    Args:
        record: A record with or without events.
        model: What weighs the candidates; the one that comes with the package if not
            given.
    """
    if not record.events:
        return record
    scene = Scene(record)
    clusters, choices = resolve(scene, _as_told(scene, model or ranking()))
    written = _Written(record)
    for cluster in sorted(clusters, key=lambda cluster: cluster.phrases[0].start):
        if any(phrase.given for phrase in cluster.phrases):
            written.add(cluster)
    antecedents = {
        (choice.phrase.start, choice.phrase.end): _span(record, choice.antecedent)
        for choice in choices
        if choice.antecedent.form not in PRONOUNS
    }
    events = [_linked(event, written.entity_of, antecedents) for event in record.events]
    return record.model_copy(
        update={
            "events": tuple(events),
            "mentions": written.mentions(),
            "entities": written.entities(),
        }
    )


class _Written:
    """The mentions and entities of a record as they come to be."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._mentions = list(record.mentions)
        self._entities = {entity.id: entity for entity in record.entities}
        self._members = {entity.id: list(entity.mentions) for entity in record.entities}
        self._at: dict[_Key, list[int]] = {}
        for number, mention in enumerate(record.mentions):
            if mention.kind not in _OTHER_KINDS:
                self._at.setdefault((mention.start, mention.end), []).append(number)
        self._new_mention = _free("m", {mention.id for mention in record.mentions})
        self._new_entity = _free("n", set(self._entities))
        #: The entity of each span that is a mention of one.
        self.entity_of: dict[_Key, str] = {}

    def add(self, cluster: Cluster) -> None:
        """Write a cluster down: its mentions and its entity."""
        numbers = [self._numbers(phrase, cluster) for phrase in cluster.phrases]
        known = (self._mentions[n].entity for each in numbers for n in each)
        entity = next((name for name in known if name in self._entities), None)
        if entity is None:
            entity = next(self._new_entity)
            telling = _span(self._record, cluster.telling())
            self._entities[entity] = Entity(
                id=entity, kind=cluster.kind_of_entity, name=telling.text, mentions=()
            )
            self._members[entity] = []
        for phrase, each in zip(cluster.phrases, numbers, strict=True):
            self.entity_of[phrase.start, phrase.end] = entity
            for number in each:
                mention = self._mentions[number]
                if mention.entity is None:
                    self._mentions[number] = mention.model_copy(update={"entity": entity})
                    self._members[entity].append(mention.id)

    def _numbers(self, phrase: Phrase, cluster: Cluster) -> list[int]:
        """Numbers of the mentions that a phrase coincides with; a new one where there is none."""
        found = list(self._at.get((phrase.start, phrase.end), ()))
        if not found:
            words = _span(self._record, phrase)
            mention = Mention(
                **words.model_dump(), id=next(self._new_mention), kind=cluster.kind_of_entity
            )
            self._mentions.append(mention)
            found = [len(self._mentions) - 1]
        if phrase.names and phrase.own and cluster.kind_of_entity == "place":
            # "près de Kidal" holds the place name "Kidal", a mention of the same place.
            found += [
                number
                for (start, end), numbers in self._at.items()
                if phrase.start <= start and end <= phrase.end
                for number in numbers
                if number not in found and self._mentions[number].kind == "place"
            ][:1]
        return found

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions: those that were there, then the new ones in the text's order."""
        old = len(self._record.mentions)
        new = sorted(self._mentions[old:], key=lambda mention: (mention.start, mention.end))
        return (*self._mentions[:old], *new)

    def entities(self) -> tuple[Entity, ...]:
        """All entities with their mentions in the text's order."""
        start = {mention.id: (mention.start, mention.end) for mention in self._mentions}
        return tuple(
            entity.model_copy(
                update={
                    "mentions": tuple(
                        sorted(self._members[name], key=lambda m: start.get(m, (0, 0)))
                    )
                }
            )
            for name, entity in self._entities.items()
        )


def _linked(event: Event, entity_of: dict[_Key, str], antecedents: dict[_Key, Span]) -> Event:
    def link(span: _Given) -> _Given:
        key = (span.start, span.end)
        update: dict[str, object] = {}
        if span.entity is None and key in entity_of:
            update["entity"] = entity_of[key]
        if span.antecedent is None and key in antecedents:
            update["antecedent"] = antecedents[key]
        return span.model_copy(update=update) if update else span

    arguments = tuple(
        argument if argument.role in _LEFT_OUT else link(argument) for argument in event.arguments
    )
    attribution = link(event.attribution) if event.attribution else None
    return event.model_copy(update={"arguments": arguments, "attribution": attribution})


def _free(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"{letter}{number}") not in taken)


def _span(record: Record, phrase: Phrase) -> Span:
    text = record.document.text[phrase.start : phrase.end]
    return Span(start=phrase.start, end=phrase.end, text=text)


def _as_told(scene: Scene, model: Ranking) -> Decide:
    """The model, but where the record names an antecedent already, that one."""

    def decide(
        phrase: Phrase, choices: list[Candidate], within: Scene, clusters: list[Cluster]
    ) -> Candidate | None:
        told = scene.told.get((phrase.start, phrase.end))
        if told:
            for choice in choices:
                if any(p.start < told[1] and told[0] < p.end for p in choice.cluster.phrases):
                    return choice
        return model(phrase, choices, within, clusters) if phrase.form in FORMS else None

    return decide
