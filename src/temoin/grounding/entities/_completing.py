"""`complete_entities`: the names that no event points to, and one entity for each thing.

Runs when places and actors are known: names of one place in the gazetteer or of one actor
of the knowledge base are one entity, however they are spelt.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from itertools import count
from typing import Final, NamedTuple, TypeVar

from temoin.grounding.actors import ActorContext, context_of, resolve_actor
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import NAMED, Phrase
from temoin.record import Argument, Attribution, Entity, Event, Mention, Record

__all__ = ["complete_entities"]

_Given = TypeVar("_Given", Argument, Attribution)
#: The rule of places and actors that the words name outright.
_BY_NAME: Final = "name"
_PLACE: Final = "place"
_ACTOR: Final = "actor"


class _Key(NamedTuple):
    """What tells that two mentions name one thing: an id, or the words of the name."""

    kind: str
    id: str | tuple[str, ...]


def complete_entities(record: Record) -> Record:
    """A copy of the record in which all names of one place or actor are one entity.

    Place mentions without an entity join that of their name or of their place in the
    gazetteer, or become one. A known actor that is named where no event points to it is
    a mention too. Entities that turn out to name the same place or actor are merged into
    the first of them.

    Args:
        record: A record that `link_entities` and the steps for places and actors have read.
    """
    return _Completing(record).done()


class _Completing:
    """The mentions and entities of a record while names are added and entities merged."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._scene = Scene(record)
        self._language = record.document.language
        self._mentions = list(record.mentions)
        self._entities = {entity.id: entity for entity in record.entities}
        self._home: dict[_Key, str] = {}
        self._same: dict[str, str] = {}
        self._new_mention = _free("m", {mention.id for mention in record.mentions})
        self._new_entity = _free("n", set(self._entities))

    def done(self) -> Record:
        """The record with everything added."""
        self._learn()
        for number, mention in enumerate(self._mentions):
            if mention.kind == _PLACE and mention.entity is None:
                entity = self._entity_of(self._place_keys(mention), mention, _PLACE)
                self._mentions[number] = mention.model_copy(update={"entity": entity})
        old = len(self._mentions)
        self._add_actors()
        new = sorted(self._mentions[old:], key=lambda mention: (mention.start, mention.end))
        self._mentions[old:] = new
        return self._written()

    def _learn(self) -> None:
        """Note which names, places and actors the entities have; merge those that share one."""
        for mention in self._mentions:
            if mention.entity in self._entities and mention.kind == _PLACE:
                self._note(self._place_keys(mention), str(mention.entity))
        for event in self._record.events:
            for argument in event.arguments:
                self._note_argument(argument)
            if event.attribution:
                self._note_actor(event.attribution)

    def _note_argument(self, argument: Argument) -> None:
        self._note_actor(argument)
        place = argument.place
        if argument.entity in self._entities and place and place.rule == _BY_NAME:
            phrase = self._scene.phrase(argument.start, argument.end)
            if place.gazetteer_id and phrase and phrase.form == NAMED and phrase.own:
                self._note([_Key(_PLACE, place.gazetteer_id)], str(argument.entity))

    def _note_actor(self, span: Argument | Attribution) -> None:
        actor = span.actor
        if span.entity not in self._entities or not actor or actor.rule != _BY_NAME:
            return
        phrase = self._scene.phrase(span.start, span.end)
        if actor.id and phrase and phrase.form == NAMED and phrase.own and not phrase.titled:
            self._note([_Key(_ACTOR, actor.id)], str(span.entity))

    def _note(self, keys: list[_Key], entity: str) -> None:
        for key in keys:
            home = self._home.setdefault(key, self._root(entity))
            one, other = self._root(home), self._root(entity)
            if one != other and self._entities[one].kind == self._entities[other].kind:
                self._same[other] = one

    def _root(self, entity: str) -> str:
        while entity in self._same:
            entity = self._same[entity]
        return entity

    def _place_keys(self, mention: Mention) -> list[_Key]:
        keys = []
        if mention.place and mention.place.gazetteer_id and mention.place.rule == _BY_NAME:
            keys.append(_Key(_PLACE, mention.place.gazetteer_id))
        phrase = self._scene.phrase(mention.start, mention.end)
        if phrase and phrase.names and phrase.own:
            keys.append(_Key(_PLACE, phrase.names))
        return keys

    def _entity_of(self, keys: list[_Key], mention: Mention, kind: str) -> str:
        """The entity that has one of the keys; a new one where there is none."""
        entity = next((self._root(self._home[key]) for key in keys if key in self._home), None)
        if entity is None:
            entity = next(self._new_entity)
            self._entities[entity] = Entity(id=entity, kind=kind, name=mention.text, mentions=())
        for key in keys:
            self._home.setdefault(key, entity)
        return entity

    def _add_actors(self) -> None:
        """Known actors that the text names where no event points to them."""
        taken = sorted((mention.start, mention.end) for mention in self._mentions)
        context = context_of(self._record)
        known: dict[str, str | None] = {}
        for phrase in self._scene.phrases:
            if phrase.given or phrase.form != NAMED or not phrase.own or phrase.kind == _PLACE:
                continue
            if not _apart(phrase, taken):
                continue
            words = self._record.document.text[phrase.start : phrase.end]
            if words not in known:
                known[words] = self._actor(words, context)
            actor = known[words]
            if actor is None:
                continue
            mention = Mention(
                start=phrase.start, end=phrase.end, text=words,
                id=next(self._new_mention), kind=_ACTOR,
            )  # fmt: skip
            entity = self._entity_of([_Key(_ACTOR, actor)], mention, _ACTOR)
            self._mentions.append(mention.model_copy(update={"entity": entity}))

    def _actor(self, words: str, context: ActorContext) -> str | None:
        value = resolve_actor(words, self._language, context=context)
        return value.id if value is not None and value.rule == _BY_NAME else None

    def _written(self) -> Record:
        members: dict[str, list[Mention]] = {}
        for number, mention in enumerate(self._mentions):
            if mention.entity is None:
                continue
            root = self._root(mention.entity)
            if root != mention.entity:
                mention = mention.model_copy(update={"entity": root})  # noqa: PLW2901
                self._mentions[number] = mention
            members.setdefault(root, []).append(mention)
        entities = [
            entity.model_copy(
                update={
                    "mentions": tuple(
                        mention.id
                        for mention in sorted(
                            members.get(name, ()), key=lambda each: (each.start, each.end)
                        )
                    )
                }
            )
            for name, entity in self._entities.items()
            if name not in self._same
        ]
        events = self._record.events
        if self._same:
            events = tuple(self._moved(event) for event in events)
        return self._record.model_copy(
            update={
                "events": events,
                "mentions": tuple(self._mentions),
                "entities": tuple(entities),
            }
        )

    def _moved(self, event: Event) -> Event:
        """An event whose spans point to merged entities."""

        def move(span: _Given) -> _Given:
            if span.entity not in self._same:
                return span
            return span.model_copy(update={"entity": self._root(str(span.entity))})

        return event.model_copy(
            update={
                "arguments": tuple(move(argument) for argument in event.arguments),
                "attribution": move(event.attribution) if event.attribution else None,
            }
        )


def _apart(phrase: Phrase, taken: list[tuple[int, int]]) -> bool:
    """Whether a phrase shares no words with a mention."""
    at = bisect.bisect_left(taken, (phrase.start, phrase.end))
    return not any(
        start < phrase.end and phrase.start < end for start, end in taken[max(0, at - 8) : at + 2]
    )


def _free(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"{letter}{number}") not in taken)
