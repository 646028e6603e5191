"""What a record got wrong, one entry for everything that a figure counts against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from temoin.corpus import GoldArgument
from temoin.evaluation._matching import Alignment, Pair, accepts, is_placed, same_place
from temoin.record import Argument, Event, PlaceValue, TimeValue

__all__ = ["Fault", "FaultKind", "faults", "same_attribution", "same_quantity", "same_time"]

#: Code points of text that an entry shows either side of its span.
_CONTEXT: Final = 50


class FaultKind(StrEnum):
    """What is wrong."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    ARGUMENT = "argument"
    EXTRA_ARGUMENT = "extra_argument"
    POLARITY = "polarity"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"
    PLACE = "place"
    TIME = "time"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a record got wrong.

    Args:
        kind: What is wrong.
        document: Id of the document.
        language: Its language.
        type: Type of the event.
        event: Id of the gold event; of the record's where it is spurious.
        trigger: The event's trigger.
        start: First code point of the words at fault.
        end: One past the last.
        text: The words at fault.
        context: The words in their surroundings, in square brackets.
        expected: What the gold has there.
        found: What the record has there.
    """

    kind: FaultKind
    document: str
    language: str
    type: str
    event: str
    trigger: str
    start: int
    end: int
    text: str
    context: str
    expected: str = ""
    found: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain JSON types."""
        return asdict(self) | {"kind": str(self.kind)}

    def __str__(self) -> str:
        """One line for the terminal."""
        detail = ""
        if self.expected or self.found:
            detail = f"  expected {self.expected or 'nothing'}, found {self.found or 'nothing'}"
        return f"{self.document}  {self.kind}  {self.type} {self.trigger!r}{detail}  {self.context}"


class _Words(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes the faults of one report."""

    alignment: Alignment

    def fault(
        self,
        kind: FaultKind,
        event: tuple[str, str, str],
        words: _Words,
        *,
        expected: str = "",
        found: str = "",
    ) -> Fault:
        document = self.alignment.gold.document
        name, type_, trigger = event
        return Fault(
            kind=kind,
            document=document.id,
            language=document.language,
            type=type_,
            event=name,
            trigger=trigger,
            start=words.start,
            end=words.end,
            text=words.text,
            context=_context(document.text, words),
            expected=expected,
            found=found,
        )

    def of_pair(self, pair: Pair) -> Iterator[Fault]:
        gold = pair.gold
        event = (gold.id, str(gold.type), gold.trigger.text)
        yield from self._of_arguments(pair, event)
        yield from self._of_flags(pair, event)
        for argument, match in pair.arguments:
            yield from self._of_values(argument, match, pair.found, event)

    def _of_arguments(self, pair: Pair, event: tuple[str, str, str]) -> Iterator[Fault]:
        for argument, match in pair.arguments:
            if match is None:
                expected = f"{argument.role}={argument.primary.text!r}"
                yield self.fault(FaultKind.ARGUMENT, event, argument.primary, expected=expected)
        for extra in pair.extra:
            found = f"{extra.role}={extra.text!r}"
            yield self.fault(FaultKind.EXTRA_ARGUMENT, event, extra, found=found)

    def _of_flags(self, pair: Pair, event: tuple[str, str, str]) -> Iterator[Fault]:
        gold, found = pair.gold, pair.found
        for kind, expected, given in (
            (FaultKind.POLARITY, gold.polarity, found.polarity),
            (FaultKind.CERTAINTY, gold.certainty, found.certainty),
        ):
            if expected != given:
                yield self.fault(
                    kind, event, gold.trigger, expected=str(expected), found=str(given)
                )
        if not same_attribution(pair):
            words = gold.attribution.primary if gold.attribution else found.attribution
            yield self.fault(
                FaultKind.ATTRIBUTION,
                event,
                words or gold.trigger,
                expected=repr(gold.attribution.primary.text) if gold.attribution else "",
                found=repr(found.attribution.text) if found.attribution else "",
            )

    def _of_values(
        self,
        argument: GoldArgument,
        match: Argument | None,
        found: Event,
        event: tuple[str, str, str],
    ) -> Iterator[Fault]:
        words = argument.primary
        if is_placed(argument) and not same_place(argument, found):
            point = f"{argument.latitude},{argument.longitude}"
            yield self.fault(FaultKind.PLACE, event, words, expected=point, found=_places(found))
        if argument.earliest is not None and not same_time(argument, found):
            days = f"{argument.earliest}/{argument.latest}"
            yield self.fault(FaultKind.TIME, event, words, expected=days, found=_days(found.time))
        if argument.value is not None and match and match.value != argument.value:
            value = "" if match.value is None else f"{match.value:g}"
            yield self.fault(
                FaultKind.QUANTITY, event, words, expected=f"{argument.value:g}", found=value
            )


def faults(alignment: Alignment) -> list[Fault]:
    """Everything wrong with a record, in the order of its text.

    Wrong places, times and quantities are listed for matched events (quantities:
    for matched arguments); what is missed altogether has its own entry.
    """
    desk = _Desk(alignment)
    found = [
        desk.fault(FaultKind.MISSED, (gold.id, str(gold.type), gold.trigger.text), gold.trigger)
        for gold in alignment.missed
    ]
    found += [
        desk.fault(
            FaultKind.SPURIOUS, (event.id, str(event.type), event.trigger.text), event.trigger
        )
        for event in alignment.spurious
    ]
    for pair in alignment.pairs:
        found += desk.of_pair(pair)
    return sorted(found, key=lambda fault: (fault.start, fault.end, fault.kind))


def same_attribution(pair: Pair) -> bool:
    """Whether both name no source, or the record names the gold's."""
    gold, found = pair.gold.attribution, pair.found.attribution
    if gold and found:
        return accepts(gold, found)
    return not gold and not found


def same_time(gold: GoldArgument, found: Event) -> bool:
    """Whether the event's time has exactly the gold's first and last day."""
    time = found.time or TimeValue()
    return (time.earliest, time.latest) == (gold.earliest, gold.latest)


def same_quantity(gold: GoldArgument, found: float | None) -> bool:
    """Whether a value is exactly the gold's."""
    return gold.value is not None and found == gold.value


def _places(event: Event) -> str:
    """The places of an event as `latitude,longitude name`."""
    spots = [_spot(event.place)] if event.place else []
    spots += [
        f"{a.latitude},{a.longitude}" for a in event.of_role("place") if a.latitude is not None
    ]
    return "; ".join(dict.fromkeys(spots))


def _spot(place: PlaceValue) -> str:
    if place.latitude is None or place.longitude is None:
        return f"no point ({place.name})"
    return f"{place.latitude},{place.longitude} ({place.name})"


def _days(time: TimeValue | None) -> str:
    if time is None or (time.earliest is None and time.latest is None):
        return ""
    return f"{time.earliest or '..'}/{time.latest or '..'}"


def _context(text: str, words: _Words) -> str:
    start, end = max(0, words.start - _CONTEXT), min(len(text), words.end + _CONTEXT)
    before, after = text[start : words.start], text[words.end : end]
    shown = f"{'…' if start else ''}{before}[{words.text}]{after}{'…' if end < len(text) else ''}"
    return " ".join(shown.split())
