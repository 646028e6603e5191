"""What an event has from its sentence: a place or days that stand with another event there.

"Le M23 a repris Kibumba dans la nuit de mardi et tué trois gardes": the guards died
there and then, though place and time hang on the capture. An event without words of
its own for where or when takes those of its sentence. Arguments stay as they are: what
is inherited stands on the event alone, with the rule `sentence` and a note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence

from temoin.record import Certainty, Event, Mention, PlaceValue, Polarity, Record, Role, TimeValue

__all__ = ["inherit"]

_RULE = "sentence"


def inherit(record: Record) -> Record:
    """A copy of the record whose events have the place and the days of their sentence.

    A place comes from the event's own destination or origin, else from the nearest event
    of the sentence that has one, else from the only place that the sentence names. Days
    come from the nearest event of the sentence, among events that the text affirms and
    holds certain: of what is planned or denied, the time is another.

    Args:
        record: A record whose times and places are resolved.
    """
    starts = [start for start, _ in record.document.sentences]

    def home(offset: int) -> int:
        return bisect_right(starts, offset) - 1

    by_sentence: defaultdict[int, list[Event]] = defaultdict(list)
    for event in record.events:
        by_sentence[home(event.trigger.start)].append(event)
    named: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in record.mentions:
        if mention.kind == "place" and mention.place is not None:
            named[home(mention.start)].append(mention)
    events = []
    for event in record.events:
        sentence = home(event.trigger.start)
        others = [other for other in by_sentence[sentence] if other.id != event.id]
        update: dict[str, object] = {}
        if event.place is None and not event.of_role(Role.PLACE):
            update["place"] = _place(event, others, named[sentence])
        if event.time is None and not event.of_role(Role.TIME):
            update["time"] = _time(event, others)
        events.append(event.model_copy(update=update))
    return record.model_copy(update={"events": tuple(events)})


def _place(event: Event, others: Sequence[Event], named: Sequence[Mention]) -> PlaceValue | None:
    for role in (Role.DESTINATION, Role.ORIGIN):
        for argument in event.of_role(role):
            if argument.place is not None and argument.place.latitude is not None:
                return _inherited(argument.place, f"the {role} “{argument.text}”")
    nearest = _nearest(event, others, lambda other: _located(other.place))
    if nearest is not None and nearest.place is not None:
        return _inherited(nearest.place, f"{nearest.id} in the same sentence")
    places = {mention.place.gazetteer_id or mention.text: mention for mention in named
              if mention.place is not None}  # fmt: skip
    if len(places) == 1:
        (mention,) = places.values()
        if mention.place is not None and _located(mention.place):
            return _inherited(mention.place, f"“{mention.text}” in the same sentence")
    return None


def _time(event: Event, others: Sequence[Event]) -> TimeValue | None:
    if not _happened(event):
        return None
    nearest = _nearest(
        event,
        [other for other in others if _happened(other)],
        lambda other: bool(other.of_role(Role.TIME)) and _dated(other.time),
    )
    if nearest is None or nearest.time is None:
        return None
    note = f"no words of its own: from {nearest.id} in the same sentence"
    return nearest.time.model_copy(update={"rule": _RULE, "note": note})


def _inherited(place: PlaceValue, origin: str) -> PlaceValue:
    note = f"no words of its own: from {origin}"
    return place.model_copy(update={"rule": _RULE, "note": note, "candidates": ()})


def _nearest(event: Event, others: Sequence[Event], fits: Callable[[Event], bool]) -> Event | None:
    fitting = [other for other in others if fits(other)]
    at = event.trigger.start
    return min(fitting, key=lambda o: (abs(o.trigger.start - at), o.trigger.start), default=None)


def _happened(event: Event) -> bool:
    return event.polarity is Polarity.AFFIRMED and event.certainty is Certainty.CERTAIN


def _located(place: PlaceValue | None) -> bool:
    return place is not None and place.latitude is not None


def _dated(time: TimeValue | None) -> bool:
    return time is not None and (time.earliest is not None or time.latest is not None)
