"""`ground_actors`: the actors and the equipment of a record's arguments and attributions."""

from __future__ import annotations

from dataclasses import replace

from temoin.grounding.actors.own_side import of_own_side, publisher_of
from temoin.grounding.actors.resolve import resolve_actor
from temoin.grounding.actors.theatre import ActorContext, context_of, for_event
from temoin.grounding.actors.words import words
from temoin.grounding.equipment.resolve import first_word, resolve_equipment
from temoin.grounding.equipment.store import classes
from temoin.record import (
    ActorValue,
    Argument,
    Attribution,
    EquipmentValue,
    Event,
    Record,
    Role,
)

__all__ = ["ground_actors"]

#: How many words may stand before what an actor or a target is: "the last of their tanks".
_BEFORE = 2
_ACTORS = frozenset({Role.ACTOR, Role.TARGET})


def ground_actors(record: Record) -> Record:
    """A copy of `record` in which actors, targets, sources and instruments have their values.

    A pronoun has the value of its antecedent. "Our forces", in a text that a known party
    published, are guessed to be that party's (rule `publisher`). Values that stood there before are
    replaced. Places should be grounded first: they tell the document's theatre.
    """
    context = context_of(record)
    language = record.document.language
    events = [_event(event, for_event(context, event), language) for event in record.events]
    publisher = publisher_of(record.document, context)
    if publisher is not None:
        events = [
            _with_own_side(event, publisher, for_event(context, event), language)
            for event in events
        ]
    return record.model_copy(update={"events": tuple(events)})


def _event(event: Event, context: ActorContext, language: str) -> Event:
    arguments = tuple(_argument(argument, context, language) for argument in event.arguments)
    attribution = event.attribution
    if attribution is not None:
        attribution = attribution.model_copy(
            update={"actor": _actor(attribution, replace(context, event=None), language)}
        )
    return event.model_copy(update={"arguments": arguments, "attribution": attribution})


def _with_own_side(
    event: Event, publisher: ActorValue, context: ActorContext, language: str
) -> Event:
    """An event whose "our forces" are the publisher's; those of a quoted other are not."""
    said_by = event.attribution
    if said_by is not None and (said_by.actor is None or said_by.actor.id != publisher.id):
        return event
    arguments = []
    for argument in event.arguments:
        guessed = None
        if argument.actor is not None:
            spans = [argument, *([argument.antecedent] if argument.antecedent else [])]
            guesses = (
                of_own_side(argument.actor, span.text, language, publisher, context)
                for span in spans
            )
            guessed = next((each for each in guesses if each is not None), None)
        arguments.append(argument.model_copy(update={"actor": guessed}) if guessed else argument)
    return event.model_copy(update={"arguments": tuple(arguments)})


def _argument(argument: Argument, context: ActorContext, language: str) -> Argument:
    if argument.role is Role.INSTRUMENT:
        return argument.model_copy(update={"equipment": _instrument(argument, language)})
    if argument.role not in _ACTORS:
        return argument
    actor = _actor(argument, replace(context, role=argument.role), language)
    return argument.model_copy(
        update={"actor": actor, "equipment": _hardware(argument, actor, language)}
    )


def _actor(span: Argument | Attribution, context: ActorContext, language: str) -> ActorValue | None:
    value = resolve_actor(span.text, language, context=context)
    if value is None and span.antecedent is not None:
        value = resolve_actor(span.antecedent.text, language, context=context)
        if value is not None:
            value = value.model_copy(
                update={
                    "as_written": span.text,
                    "note": _with(value.note, f"stands for {span.antecedent.text!r}"),
                }
            )
    return value


def _instrument(argument: Argument, language: str) -> EquipmentValue | None:
    value = resolve_equipment(argument.text, language)
    if value is None and argument.antecedent is not None:
        value = resolve_equipment(argument.antecedent.text, language)
        if value is not None:
            note = _with(value.note, f"stands for {argument.antecedent.text!r}")
            value = value.model_copy(update={"note": note})
    return value


def _hardware(argument: Argument, actor: ActorValue | None, language: str) -> EquipmentValue | None:
    """The military equipment that an actor or a target is: "un Su-25", "deux chars"."""
    value = resolve_equipment(argument.text, language)
    if value is None or not classes()[value.kind].arms:
        return None
    at = first_word(argument.text, language)
    if at is None or len(words(argument.text[:at])) > _BEFORE:
        return None
    # "Les servants du canon" are men: what is named first is what the phrase is about.
    if actor is not None and actor.rule != "country+equipment":
        before = resolve_actor(argument.text[:at], language)
        if before is not None:
            return None
    return value


def _with(note: str | None, more: str) -> str:
    return f"{note}; {more}" if note else more
