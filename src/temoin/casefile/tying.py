"""Ties the events of a newer record to the claims that are there, and says what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from temoin.casefile.projection import argument_field
from temoin.record import Event

__all__ = ["ClaimChange", "FieldChange", "Known", "changed_fields", "tie"]


@dataclass(frozen=True, slots=True)
class Known:
    """A claim that the case has of a document.

    Attributes:
        claim: Its number.
        present: Whether the current record has it.
        state: Its review state.
        machine: The machine's event; None where only people saw it.
        held: The event as it holds now, under the decisions of people.
        decided: Fields on which a decision holds; None among them for the whole claim.
    """

    claim: int
    present: bool
    state: str
    machine: Event | None
    held: Event
    decided: frozenset[str | None] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What the newer model says otherwise.

    Attributes:
        field: The field, as decisions name it.
        before, after: The machine's value in the record's own form; None for none.
        decided: Whether a decision holds on it, so that the claim stays as people have it.
    """

    field: str
    before: Any
    after: Any
    decided: bool


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What a newer record did to a claim.

    Attributes:
        claim: Its number; None for a new one that is not stored.
        kind: added, lost, found (again) or changed.
        type, trigger: What it claims.
        state: Its review state: what is not pending was decided on by people.
        fields: For changed ones: what the machine says otherwise.
    """

    claim: int | None
    kind: str
    type: str
    trigger: str
    state: str = "pending"
    fields: tuple[FieldChange, ...] = field(default=())


def tie(events: Sequence[Event], claims: Sequence[Known]) -> list[int | None]:
    """The claim of each event; None for an event that is a new claim.

    Same words of the trigger come first (of the same type before others), then triggers
    that overlap and have the same type, then any that overlap. What the machine saw and
    what people made of it are both compared.
    """
    pairs = [
        (*rank, known.claim, number)
        for known in claims
        for number, event in enumerate(events)
        if (rank := _rank(event, known)) is not None
    ]
    tied: list[int | None] = [None] * len(events)
    taken: set[int] = set()
    for *_, claim, number in sorted(pairs):
        if tied[number] is None and claim not in taken:
            tied[number] = claim
            taken.add(claim)
    return tied


def changed_fields(known: Known, event: Event) -> tuple[FieldChange, ...]:
    """What the newer event says otherwise than the machine did before."""
    before = _values(known.machine) if known.machine else {}
    after = _values(event)
    return tuple(
        FieldChange(name, before.get(name), after.get(name), name in known.decided)
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _rank(event: Event, known: Known) -> tuple[int, int, bool] | None:
    """How well an event fits a claim, the less the better; None if it does not at all."""
    ranks = [
        _rank_one(event, other)
        for other in (known.machine, known.held)
        if other is not None and _overlap(event, other) > 0
    ]
    if not ranks:
        return None
    # Of two that fit as well, the one that the last record had too.
    return (*min(ranks), not known.present)


def _rank_one(event: Event, other: Event) -> tuple[int, int]:
    same_words = (event.trigger.start, event.trigger.end) == (
        other.trigger.start,
        other.trigger.end,
    )
    if same_words:
        return (0 if event.type == other.type else 1), 0
    return (2 if event.type == other.type else 3), -_overlap(event, other)


def _overlap(event: Event, other: Event) -> int:
    start = max(event.trigger.start, other.trigger.start)
    return min(event.trigger.end, other.trigger.end) - start


def _values(event: Event) -> Mapping[str, Any]:
    """The fields of an event as decisions name them; how sure the machine is does not count."""
    told = event.model_dump(mode="json", exclude_none=True, exclude={"id", "arguments"})
    values = {name: value for name, value in told.items() if not name.endswith("confidence")}
    for argument in event.arguments:
        values[argument_field(argument)] = argument.model_dump(mode="json", exclude_none=True)
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {
            name: _plain(each)
            for name, each in value.items()
            # What differs from record to record without saying anything else.
            if name not in {"confidence", "entity", "score", "candidates", "rule", "note"}
        }
    return value
