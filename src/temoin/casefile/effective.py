"""What holds now: the machine's event under the decisions of people.

Rules, in the order in which they are applied:

- Decisions on one field of one claim are a stack: the last one that was not undone
  holds (`active`). An `undo` takes one away; the one below it holds again.
- `edit` of `type`, `polarity`, `certainty`, `trigger`, `attribution`, `time` or `place`
  replaces that field by the decision's value, in the record's own form; null empties it.
- `edit` of an argument (`role:start-end`) replaces it, `reject` drops it, `add` adds one.
- Where the event's place or time is that of an argument that was edited or dropped, it
  goes along, unless it was decided on by itself.
- The claim's state: rejected or unsure if the whole claim was; else edited if any field
  was edited, added or rejected, or the claim itself added; else accepted if the whole
  claim was; else pending. Accepting a field alone leaves the claim pending.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from temoin.casefile.projection import argument_field
from temoin.record import Argument, Event

__all__ = [
    "EVENT_FIELDS",
    "Decided",
    "Held",
    "Holding",
    "active_ones",
    "effective_event",
    "state_of",
]

#: Fields of the event itself that can be decided on; all others are arguments.
EVENT_FIELDS = ("type", "polarity", "certainty", "trigger", "attribution", "time", "place")


class Decided(Protocol):
    """A row of `decisions`, or what stands for one."""

    @property
    def id(self) -> Any:  # noqa: ANN401, D102 - columns; `schema.Decision` says what they hold
        ...

    @property
    def field(self) -> Any: ...  # noqa: ANN401, D102

    @property
    def verdict(self) -> Any: ...  # noqa: ANN401, D102

    @property
    def value(self) -> Any: ...  # noqa: ANN401, D102

    @property
    def undoes(self) -> Any: ...  # noqa: ANN401, D102


D = TypeVar("D", bound=Decided)


def active_ones(decisions: Iterable[D]) -> list[D]:
    """The decisions on one claim that hold, in the order in which they were made.

    Args:
        decisions: All decisions on the claim, oldest first.
    """
    stacks: dict[str | None, list[D]] = {}
    fields: dict[int, str | None] = {}
    for decision in decisions:
        fields[decision.id] = decision.field
        if decision.verdict == "undo":
            stack = stacks.get(fields.get(decision.undoes, decision.field), [])
            stack[:] = [each for each in stack if each.id != decision.undoes]
        else:
            stacks.setdefault(decision.field, []).append(decision)
    return sorted((stack[-1] for stack in stacks.values() if stack), key=_number)


def state_of(active: Sequence[Decided]) -> str:
    """The review state of a claim, from the decisions on it that hold."""
    whole = next((decision.verdict for decision in active if decision.field is None), None)
    if whole in {"reject", "unsure"}:
        return "rejected" if whole == "reject" else "unsure"
    changed = any(
        decision.verdict in {"edit", "add"}
        or (decision.field is not None and decision.verdict == "reject")
        for decision in active
    )
    if changed:
        return "edited"
    return "accepted" if whole == "accept" else "pending"


@dataclass(frozen=True, slots=True)
class Held:
    """An argument that holds.

    Attributes:
        field: How decisions name it; an edited argument keeps its first name.
        argument: What it is now.
        decision_id: The decision that gave it; None where the machine did.
    """

    field: str
    argument: Argument
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """An event as it holds now.

    Attributes:
        event: The event.
        arguments: Its arguments, with where they come from.
    """

    event: Event
    arguments: tuple[Held, ...]


def effective_event(machine: Event | None, active: Sequence[Decided]) -> Holding:
    """The event as it holds now.

    Args:
        machine: The machine's event; None where a human added the claim, whose whole
            event is then the value of the decision on the claim itself.
        active: The decisions that hold.

    Raises:
        ValueError: A decision's value is none for its field, or there is no event at all.
    """
    event, by = machine, None
    for decision in active:
        if decision.field is None and decision.verdict in {"add", "edit"}:
            event, by = Event.model_validate_json(decision.value or "null"), decision.id
    if event is None:
        raise ValueError("a claim that no machine made needs a decision that adds it")
    held = [Held(argument_field(each), each, by) for each in event.arguments]
    if not any(decision.field for decision in active):
        return Holding(event, tuple(held))
    told = event.model_dump(mode="python")
    decided = {decision.field for decision in active if decision.field}
    for decision in active:
        field = decision.field
        if field is None or decision.verdict not in {"edit", "reject", "add"}:
            continue
        if field in EVENT_FIELDS:
            told[field] = None if decision.verdict == "reject" else _value(decision)
        else:
            _change(held, decision, told, decided)
    told["arguments"] = [each.argument.model_dump(mode="python") for each in held]
    return Holding(Event.model_validate(told), tuple(held))


def _change(held: list[Held], decision: Decided, told: dict[str, Any], decided: set[str]) -> None:
    """Replace, drop or add one argument; the event's place and time go along."""
    at = next((i for i, each in enumerate(held) if each.field == decision.field), None)
    new = None if decision.verdict == "reject" else Argument.model_validate(_value(decision))
    put = [] if new is None else [Held(decision.field, new, decision.id)]
    if at is None:
        held += put
        return
    old = held[at].argument
    held[at : at + 1] = put
    for name in ("place", "time"):
        before = getattr(old, name)
        if name not in decided and before is not None and told[name] == before.model_dump():
            after = getattr(new, name) if new else None
            told[name] = after.model_dump() if after else None


def _value(decision: Decided) -> Any:  # noqa: ANN401 - whatever JSON can hold
    return None if decision.value is None else json.loads(decision.value)


def _number(decision: Decided) -> int:
    number: int = decision.id
    return number
