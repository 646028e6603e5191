"""Place grounding of a whole record."""

from __future__ import annotations

from temoin.grounding.place import detect
from temoin.grounding.place.gazetteer import Gazetteer, default_gazetteer
from temoin.grounding.place.lexicon import lexicon
from temoin.grounding.place.locate import Located, locate
from temoin.grounding.place.measuring import Anchor, measure
from temoin.grounding.place.phrase import Phrase
from temoin.grounding.place.scene import Scene
from temoin.grounding.place.tokens import tokenise
from temoin.grounding.place.toponyms import Toponym, names_in
from temoin.record import (
    Argument,
    Document,
    Event,
    Mention,
    PlaceValue,
    Record,
    Role,
    Ungrounded,
)

__all__ = ["find_places", "ground_places", "resolve"]

#: How likely "there" and "the hospital" point to a place, by the part it has in its event.
_GRADES = {Role.PLACE: 1.0, Role.DESTINATION: 0.7, Role.ORIGIN: 0.4, Role.TARGET: 0.7}
_ROLES = frozenset({Role.PLACE, Role.ORIGIN, Role.DESTINATION})


def find_places(text: str, language: str, *, gazetteer: Gazetteer | None = None) -> list[Toponym]:
    """Every place name of a text, with all places that may be meant.

    Args:
        text: Any text.
        language: Its language (fr, en, es, ar, uk, ru; others are read as English).
        gazetteer: Where names are looked up; the default one if not given.
    """
    return detect.find_places(text, language, gazetteer=gazetteer or default_gazetteer())


def _scene(
    document: Document, names: list[Toponym], gazetteer: Gazetteer, events: tuple[Event, ...] = ()
) -> Scene:
    grades: dict[tuple[int, int], float] = {}
    for event in events:
        for argument in event.arguments:
            span = (argument.start, argument.end)
            grade = _GRADES.get(argument.role, 0.0)
            if grade > grades.get(span, 0.0):
                grades[span] = grade
    return Scene(
        tokenise(document.text), document.language, names, gazetteer=gazetteer,
        sentences=document.sentences, grades=grades,
    )  # fmt: skip


def resolve(
    text: str, language: str, *, gazetteer: Gazetteer | None = None
) -> list[tuple[Toponym, PlaceValue]]:
    """Every place name of a text with the place that it stands for in this text.

    Args:
        text: Any text.
        language: Its language.
        gazetteer: Where names are looked up; the default one if not given.
    """
    gazetteer = gazetteer or default_gazetteer()
    document = Document(id="", text=text, language=language)
    names = find_places(text, language, gazetteer=gazetteer)
    scene = _scene(document, names, gazetteer)
    placed = ((name, _placed(name, scene)) for name in names)
    return [(name, place) for name, place in placed if place is not None]


def _placed(name: Toponym, scene: Scene) -> PlaceValue | None:
    """Where a name by itself is in this text."""
    choice = scene.choose(name)
    if choice is None:
        return None
    return measure(Phrase(name.start, name.end), Anchor(choice.place, "name", choice=choice))


def ground_places(record: Record, *, gazetteer: Gazetteer | None = None) -> Record:
    """A copy of the record whose place arguments say where they are.

    Every argument of role place, origin or destination gets `place` and its flat
    coordinates, every event the place of its first located place argument, every
    place name of the text is a mention of kind `place` with its place. What cannot be located is
    told in `ungrounded`.

    Args:
        record: A record with or without events.
        gazetteer: Where names are looked up; the default one if not given.
    """
    gazetteer = gazetteer or default_gazetteer()
    document = record.document
    words = lexicon(document.language)
    names = find_places(document.text, document.language, gazetteer=gazetteer)
    scene = _scene(document, _with_arguments(record, names, gazetteer), gazetteer, record.events)
    located: dict[tuple[int, int, int, int], Located] = {}
    arguments = sorted(
        (argument for event in record.events for argument in event.arguments
         if argument.role in _ROLES),
        key=lambda argument: (argument.start, argument.end),
    )  # fmt: skip
    for argument in arguments:
        span = _key(argument)
        if span not in located:
            before = argument.antecedent
            found = locate(
                document.text, argument.start, argument.end, scene=scene, words=words,
                gazetteer=gazetteer, antecedent=(before.start, before.end) if before else None,
            )  # fmt: skip
            located[span] = found
            if found.anchor is not None:
                scene.note(argument.start, argument.end, found.anchor)
    ungrounded = list(record.ungrounded)
    events = []
    for event in record.events:
        grounded, failures = _ground(event, located)
        events.append(grounded)
        ungrounded += [failure for failure in failures if failure not in ungrounded]
    return record.model_copy(
        update={
            "events": tuple(events),
            "mentions": (*record.mentions, *_mentions(record, names, scene)),
            "ungrounded": tuple(ungrounded),
        }
    )


def _key(argument: Argument) -> tuple[int, int, int, int]:
    before = argument.antecedent
    return (
        argument.start, argument.end,
        before.start if before else -1, before.end if before else -1,
    )  # fmt: skip


def _with_arguments(record: Record, names: list[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """The names found in the text, and those that only the arguments make sure of."""
    text, words = record.document.text, lexicon(record.document.language)
    found = {(name.start, name.end): name for name in names}
    for event in record.events:
        for argument in event.arguments:
            if argument.role not in _ROLES:
                continue
            tokens = tokenise(text, start=argument.start, end=argument.end)
            for name in names_in(text, tokens, words, gazetteer):
                if not any(a < name.end and name.start < b for a, b in found):
                    found[name.start, name.end] = name
    return [found[span] for span in sorted(found)]


def _ground(
    event: Event, located: dict[tuple[int, int, int, int], Located]
) -> tuple[Event, list[Ungrounded]]:
    arguments: list[Argument] = []
    failures: list[Ungrounded] = []
    place: PlaceValue | None = None
    for argument in event.arguments:
        if argument.role not in _ROLES:
            arguments.append(argument)
            continue
        found = located[_key(argument)]
        if found.value is None:
            failures.append(
                Ungrounded(
                    field=f"{event.id}.{argument.role}", value=argument.text, reason=found.reason
                )
            )
            arguments.append(argument)
            continue
        if argument.role == Role.PLACE and place is None:
            place = found.value
        arguments.append(
            argument.model_copy(
                update={
                    "place": found.value,
                    "latitude": found.value.latitude,
                    "longitude": found.value.longitude,
                }
            )
        )
    update = {"arguments": tuple(arguments), "place": place or event.place}
    return event.model_copy(update=update), failures


def _mentions(record: Record, names: list[Toponym], scene: Scene) -> list[Mention]:
    taken = {mention.id for mention in record.mentions}
    known = {(mention.start, mention.end) for mention in record.mentions if mention.kind == "place"}
    found: list[Mention] = []
    number = 0
    for name in names:
        if (name.start, name.end) in known:
            continue
        number += 1
        while f"p{number}" in taken:
            number += 1
        found.append(
            Mention(
                start=name.start,
                end=name.end,
                text=name.text,
                id=f"p{number}",
                kind="place",
                place=_placed(name, scene),
            )
        )
    return found
