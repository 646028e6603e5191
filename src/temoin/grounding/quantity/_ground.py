"""`ground_quantities`: the numbers of a record's arguments, with unit, status and kind."""

from __future__ import annotations

from collections.abc import Sequence

from temoin.grounding.quantity._casualties import kind_of, status_of
from temoin.grounding.quantity._expressions import read_unit
from temoin.grounding.quantity._parse import parse_quantity
from temoin.grounding.quantity._tables import Table, common, table_for
from temoin.grounding.quantity._tokens import Token
from temoin.record import Argument, Event, QuantityValue, Record, Role, Ungrounded

__all__ = ["ground_quantities"]

#: How far beyond a number its noun is looked for, in code points.
_AHEAD = 80
#: Adjectives between a number and its noun in running text.
_ADJECTIVES = 2
_PEOPLE = frozenset({"people", "family"})


def ground_quantities(record: Record) -> Record:
    """A copy of `record` in which every quantity has its value.

    The value comes from the argument's own words alone; a value that stood there
    before is replaced. The unit, where the words have none, comes from the noun that
    follows them, from the event's target or from its type. What has no number is
    listed in `ungrounded`.
    """
    table = table_for(record.document.language)
    ungrounded: list[Ungrounded] = []
    events: list[Event] = []
    for event in record.events:
        arguments: list[Argument] = []
        for argument in event.arguments:
            if argument.role is not Role.QUANTITY:
                arguments.append(argument)
                continue
            quantity = _ground(argument, event, record, table)
            arguments.append(
                argument.model_copy(update={"quantity": quantity, "value": quantity.value})
            )
            if quantity.value is None and quantity.low is None and quantity.high is None:
                ungrounded.append(
                    Ungrounded(
                        field=f"{event.id}.quantity",
                        value=argument.text,
                        reason=quantity.note or "no number in the words",
                    )
                )
        events.append(event.model_copy(update={"arguments": tuple(arguments)}))
    kept = [entry for entry in record.ungrounded if entry not in ungrounded]
    return record.model_copy(update={"events": tuple(events), "ungrounded": (*kept, *ungrounded)})


def _ground(argument: Argument, event: Event, record: Record, table: Table) -> QuantityValue:
    text = record.document.text
    quantity = parse_quantity(argument.text, language=record.document.language)
    own = table.tokens(argument.text)
    ahead = table.tokens(text[argument.end : _sentence_end(record, argument)])
    following = read_unit(ahead, 0, table, adjectives=_ADJECTIVES)
    # The noun and one word after it: "dos militares muertos", "deux soldats tués".
    noun = ahead[: following[1] + 1] if following else ahead[:2]
    targets = [table.tokens(target.text) for target in _by_distance(event, argument, Role.TARGET)]
    unit = quantity.unit
    if unit is None and following:
        unit = following[0]
    if unit is None:
        unit = _unit_of(_counted(event, argument, table), table)
    if unit is None and event.type.value in common().people_events:
        unit = "people"
    counts_people = unit in _PEOPLE or (
        unit in ("share", "percent") and event.type.value in common().statuses
    )
    if not counts_people:
        return quantity.model_copy(update={"unit": unit})
    nearby = noun if following and following[0] in _PEOPLE else []
    return quantity.model_copy(
        update={
            "unit": unit,
            "status": status_of(event.type, [*own, *nearby], table),
            "kind": kind_of([own, nearby, *targets], table),
        }
    )


def _sentence_end(record: Record, argument: Argument) -> int:
    """Where to stop looking for the noun: the end of the sentence, or not far off."""
    limit = argument.end + _AHEAD
    for start, end in record.document.sentences:
        if start <= argument.start < end:
            return min(end, limit)
    return limit


def _counted(event: Event, argument: Argument, table: Table) -> list[Sequence[Token]]:
    """The phrases that may name what is counted: those around the number, then by event."""
    role = common().fallback.get(event.type.value)
    phrases = [
        other
        for other in event.arguments
        if other.start <= argument.start and argument.end <= other.end and other is not argument
    ]
    if role:
        phrases += _by_distance(event, argument, Role(role))
    return [table.tokens(phrase.text) for phrase in phrases]


def _by_distance(event: Event, argument: Argument, role: Role) -> list[Argument]:
    """The event's arguments of a role, those that hold the quantity first, then the nearest."""

    def distance(target: Argument) -> tuple[int, int]:
        if target.start < argument.end and argument.start < target.end:
            return (0, 0)
        if target.start >= argument.end:
            return (1, target.start - argument.end)
        return (1, argument.start - target.end)

    return sorted(event.of_role(role), key=distance)


def _unit_of(phrases: Sequence[Sequence[Token]], table: Table) -> str | None:
    """The unit that the first telling phrase names anywhere."""
    for phrase in phrases:
        for at in range(len(phrase)):
            unit = read_unit(phrase, at, table, adjectives=0)
            if unit and unit[0] not in common().measured:
                return unit[0]
    return None
