"""The dead of an incident: every stated figure, and the numbers that codebooks make of them.

Each figure keeps its words, whom it counts and who says so. Figures of the same
victims are alternatives, of which a cautious coder takes the lowest; figures of other
victims add up. What no number is named for stays open: it is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from temoin.codebooks.bundling import sentence_number
from temoin.codebooks.model import Incident, fold_spans
from temoin.codebooks.sides import Participant, group_of
from temoin.codebooks.words import occurrences, shared_words
from temoin.grounding.quantity import parse_quantity
from temoin.record import Argument, Event, EventType, QuantityValue, Record, Role, Span

__all__ = ["Deaths", "Figure", "deaths", "of_side"]

#: What a plural of scale counts at the least: ACLED's numbers for tens, dozens, hundreds.
_PLURALS = {20: 10, 24: 12, 200: 100, 2000: 1000}


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated number of dead.

    Attributes:
        victims: Whom it counts: an actor's id, or civilian, combatant, unknown.
        civilian: Whether those are civilians.
        cautious: The number a cautious coder takes, None where none is named.
        best: The number that the words name, or the middle of a range.
        low: At the least.
        high: At the most.
        voice: Who says so, or None.
        sentence: Which sentence says so.
        words: Its words.
    """

    victims: str
    civilian: bool
    cautious: int | None
    best: int | None
    low: int | None
    high: int | None
    voice: str | None
    sentence: int
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Deaths:
    """The dead of an incident.

    Attributes:
        reported: Whether the report says that anybody died.
        figures: By whom they count, the figure that a cautious coder takes of each.
        low: The lowest sum.
        high: The highest sum.
        open: Why the number is not known; empty where it is.
        disputed: Whether figures of the same victims differ.
        words: The words of all figures.
    """

    reported: bool
    figures: tuple[Figure, ...]
    low: int
    high: int
    open: str
    disputed: bool
    words: tuple[Span, ...]

    @property
    def cautious(self) -> int | None:
        """The sum that a cautious coder enters, None where the number is open."""
        if self.open:
            return None
        return sum(figure.cautious or 0 for figure in self.figures)


def deaths(record: Record, incident: Incident) -> Deaths:
    """The dead of an incident, from its killings and any other count of killed people."""
    figures: list[Figure] = []
    silent: list[Event] = []
    for event in incident.events:
        found = _figures(record, event)
        figures += found
        if event.type is EventType.KILLING and not found and not _of_things(event):
            silent.append(event)
    # The same words, hung on two events ("shot and killed a man"), are one figure.
    figures = list({figure.words: figure for figure in figures}.values())
    by_victims: dict[str, list[Figure]] = {}
    for figure in figures:
        by_victims.setdefault(figure.victims, []).append(figure)
    if len(by_victims) > 1 and "unknown" in by_victims:
        # A toll of everybody beside tolls of each side: the sides add up to it.
        total = by_victims.pop("unknown")
        figures = [figure for known in by_victims.values() for figure in known]
        figures += [] if figures else total
    chosen, low, high, disputed = [], 0, 0, False
    for alternatives in by_victims.values():
        one, least, most, differ = _choose(alternatives)
        chosen.append(one)
        low, high, disputed = low + least, high + most, disputed or differ
    reported = bool(silent) or any(f.cautious is None or f.cautious > 0 for f in chosen)
    words = fold_spans(
        tuple(w for f in figures for w in f.words) + tuple(event.trigger for event in silent)
    )
    reason = ""
    if any(figure.cautious is None for figure in chosen):
        reason = "the words name no number of dead"
    elif silent and not chosen:
        reason = "people died, and the report does not say how many"
    return Deaths(reported, tuple(chosen), low, high, reason, disputed, words)


def _of_things(event: Event) -> bool:
    """Whether only equipment is said to be hit: a tank has no dead."""
    targets = event.of_role(Role.TARGET)
    return bool(targets) and all(target.equipment and not target.actor for target in targets)


def _choose(figures: Sequence[Figure]) -> tuple[Figure, int, int, bool]:
    """The cautious one of figures for the same victims, their bounds, whether they differ."""
    known = [figure for figure in figures if figure.cautious is not None]
    if not known:
        return figures[0], figures[0].low or 0, figures[0].high or 0, False
    voices = {figure.voice for figure in known}
    if len(voices) == 1 and len({figure.sentence for figure in known}) == 1 and len(known) > 1:
        return _added(known)
    least = min(known, key=lambda figure: (figure.cautious or 0, figure.sentence))
    low = min(f.cautious if f.low is None else f.low for f in known if f.cautious is not None)
    high = max(f.high or f.best or f.cautious or 0 for f in known)
    return least, low, high, len({figure.cautious for figure in known}) > 1


def _added(figures: Sequence[Figure]) -> tuple[Figure, int, int, bool]:
    """Figures of one sentence and one voice count different dead."""
    total = sum(figure.cautious or 0 for figure in figures)
    low = sum(figure.low or 0 for figure in figures)
    high = sum(figure.high or figure.best or 0 for figure in figures)
    first = figures[0]
    words = fold_spans(tuple(word for figure in figures for word in figure.words))
    one = Figure(first.victims, first.civilian, total, total, low, high, first.voice,
                 first.sentence, words)  # fmt: skip
    return one, low, high, False


def _figures(record: Record, event: Event) -> list[Figure]:
    """The figures of one event; parts of a total ("nine, two of them children") left out."""
    counts = [
        argument
        for argument in event.of_role(Role.QUANTITY)
        if argument.quantity and _counts_dead(event, argument.quantity)
    ]
    if len(counts) > 1:
        counts = _without_parts(record, counts)
    if not counts and event.type is EventType.KILLING:
        return _single(record, event)
    return [_figure(record, event, argument, argument.quantity) for argument in counts]


def _counts_dead(event: Event, quantity: QuantityValue) -> bool:
    if quantity.status:
        return quantity.status == "killed" and _numbered(quantity)
    killing = event.type is EventType.KILLING
    return killing and quantity.unit in (None, "people") and _numbered(quantity)


def _numbered(quantity: QuantityValue) -> bool:
    """A hedge alone ("only") names nothing."""
    return any(number is not None for number in (quantity.value, quantity.low, quantity.high))


def _without_parts(record: Record, counts: list[Argument]) -> list[Argument]:
    words = shared_words()["part_of"]
    kept = list(counts)
    ordered = sorted(counts, key=lambda argument: argument.start)
    for one, other in pairwise(ordered):
        between = any(occurrences(words, record.document.text, one.end, other.start))
        contained = other.start < one.end
        if (between or contained) and other in kept:
            kept.remove(other)
    return kept


def _single(record: Record, event: Event) -> list[Figure]:
    """The count in the target's own words: “a shepherd was killed” is one."""
    found = []
    for argument in event.of_role(Role.TARGET):
        if argument.equipment is not None:
            continue
        quantity = parse_quantity(argument.text, language=record.document.language)
        # "a village chief" is one whoever that is; "a tank" is equipment.
        single = quantity.value == quantity.low == quantity.high == 1
        if single or (_numbered(quantity) and quantity.unit in (None, "people")):
            found.append(_figure(record, event, argument, quantity))
    return found


def _figure(
    record: Record, event: Event, argument: Argument, quantity: QuantityValue | None
) -> Figure:
    quantity = quantity or QuantityValue()
    victims, civilian = _victims(event, quantity)
    value = None if quantity.value is None else round(quantity.value)
    low = None if quantity.low is None else round(quantity.low)
    high = None if quantity.high is None else round(quantity.high)
    middle = (low + high) // 2 if low is not None and high is not None else low
    return Figure(
        victims=victims,
        civilian=civilian,
        cautious=_cautious(quantity, value, low),
        best=value if value is not None else middle,
        low=low,
        high=high,
        voice=event.attribution.text.casefold() if event.attribution else None,
        sentence=sentence_number(record, event.trigger.start),
        words=fold_spans((Span(start=argument.start, end=argument.end, text=argument.text),)),
    )


def _cautious(quantity: QuantityValue, value: int | None, low: int | None) -> int | None:
    """The number named; of a range its low end; of "dozens" what they are at the least."""
    if value is not None:
        # "up to 20" and "fewer than 10" name an end and no number.
        return value if quantity.low is not None else None
    if quantity.rule in ("plural", "several") and low in _PLURALS:
        return _PLURALS[low]
    return low if quantity.rule == "range" else None


def _victims(event: Event, quantity: QuantityValue) -> tuple[str, bool]:
    """Whom a figure counts, and whether they are civilians."""
    if quantity.kind == "civilian":
        return "civilian", True
    for argument in event.of_role(Role.TARGET):
        actor = argument.actor
        if actor is None:
            continue
        group = group_of(actor)
        if group == "civilian" or actor.kind == "protesters":
            return "civilian", True
        if group != "unknown":
            return actor.id or f"{group}:{actor.kind}", False
    return ("combatant" if quantity.kind == "combatant" else "unknown"), False


def of_side(figures: Sequence[Figure], side: Sequence[Participant]) -> int:
    """The dead of one side of a conflict."""
    ids = {one.id for one in side if one.id} | {f"{one.group}:{one.kind}" for one in side}
    return sum(f.cautious or 0 for f in figures if not f.civilian and f.victims in ids)
