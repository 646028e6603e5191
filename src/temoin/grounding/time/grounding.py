"""`ground_times`: the times of a record's events, and every time expression of its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from temoin.grounding.time.calendars import Days
from temoin.grounding.time.context import Resolved
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.parsing import TimeExpression, parse_words
from temoin.grounding.time.story import Story
from temoin.grounding.time.values import acled_precision, time_suffix, ucdp_precision
from temoin.record import Argument, Certainty, Event, Mention, Record, Role, TimeValue, Ungrounded

__all__ = ["ReadTime", "ground_times", "read_times", "read_timexes", "time_value"]

_KIND = "time"
# Which of several expressions in one argument tells its days.
_ORDER = ("date", "range", "list", "day", "since", "until", "holiday", "offset", "period", "by")
# Kinds of expressions that tell the day of an hour within them.
_DATED = frozenset({"date", "day", "holiday", "offset"})
_NOT_UNDERSTOOD = "the words are not understood as a time"


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time expression of a text.

    Args:
        start: First code point.
        end: One past the last code point.
        text: Its words.
        time: What they come to.
    """

    start: int
    end: int
    text: str
    time: TimeValue


def read_times(
    text: str, *, language: str, published: dt.date | None = None
) -> tuple[ReadTime, ...]:
    """Every time expression of a text with its value and days, in the text's order.

    Args:
        text: The text; offsets count its code points.
        language: Code of its language; of unknown ones only digits are read.
        published: Day of publication: without it, relative times have no days.
    """
    story = Story(text, language, published=published)
    return tuple(
        ReadTime(
            told.expression.start,
            told.expression.end,
            told.expression.text,
            time_value(told.resolved, told.expression.rule),
        )
        for told in story.times
    )


def read_timexes(
    text: str, *, language: str, published: dt.date | None = None
) -> tuple[ReadTime, ...]:
    """The single TIMEX3 expressions of a text: of "du 3 au 6 juin" the two days.

    Words that TimeML tags as signals (since, until, between) are left out, and ages.

    Args:
        text: The text; offsets count its code points.
        language: Code of its language; of unknown ones only digits are read.
        published: Day of publication: without it, relative times have no days.
    """
    story = Story(text, language, published=published)
    found: list[ReadTime] = []
    for told in story.times:
        if told.expression.frame.kind == "age":
            continue
        days = told.resolved.days
        day = Days.one(days.latest) if days else None
        for part in told.expression.timexes:
            resolved = told.resolved
            if part is not told.expression:
                resolved = story.resolve(part.frame, part.start, part.end, day=day)
            found.append(ReadTime(part.start, part.end, part.text, time_value(resolved, part.rule)))
    return tuple(found)


def ground_times(record: Record) -> Record:
    """A copy of `record` in which every time has its days, as far as the words allow.

    Arguments of role `time` and their events get a `TimeValue`; of several on one
    event a date and an hour make one day. Every time expression of the text becomes a
    mention of kind `time`. Times whose day cannot be found, for want of a day of
    publication above all, are listed in `ungrounded`; durations and vague times have
    no day to find.

    Args:
        record: A record; the times that stand in it already are replaced.
    """
    document = record.document
    story = Story(
        document.text,
        document.language,
        published=document.published,
        sentences=document.sentences,
    )
    ungrounded: list[Ungrounded] = []
    memo: _Memo = {}
    events = tuple(_event(event, story, memo, ungrounded) for event in record.events)
    ours = {f"{event.id}.time" for event in events}
    kept = [entry for entry in record.ungrounded if entry.field not in ours]
    others = [m for m in record.mentions if m.kind != _KIND or m.entity]
    return record.model_copy(
        update={
            "events": events,
            "mentions": (*others, *_mentions(story, others)),
            "ungrounded": (*kept, *ungrounded),
        }
    )


def time_value(resolved: Resolved, rule: str | None) -> TimeValue:
    """What an expression comes to, as the record has it.

    Args:
        resolved: Its days and value.
        rule: Name of the rule that found it.
    """
    days = resolved.days
    return TimeValue(
        earliest=days.earliest if days else None,
        latest=days.latest if days else None,
        value=resolved.value,
        precision=resolved.precision,
        acled_precision=acled_precision(days, night=resolved.night) if days else None,
        ucdp_precision=ucdp_precision(days) if days else None,
        rule=rule,
        note=resolved.note,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What an argument's words say and come to."""

    frame: Frame | None
    resolved: Resolved
    rule: str | None = None

    @property
    def is_clock(self) -> bool:
        """Whether the words tell an hour or a part of the day, and no day."""
        return self.frame is not None and self.frame.kind == "time"

    @property
    def days(self) -> Days | None:
        return self.resolved.days

    @property
    def is_unresolved(self) -> bool:
        """Whether a day is meant but not found."""
        return self.frame is None or (self.days is None and self.resolved.missing)

    def value(self) -> TimeValue:
        return time_value(self.resolved, self.rule)


#: What was read already, by the words' place and the event's certainty: several
#: events share their times.
_Memo = dict[tuple[int, int, Certainty], _Read]


def _event(event: Event, story: Story, memo: _Memo, ungrounded: list[Ungrounded]) -> Event:
    """An event with the times of its arguments and its own."""
    arguments = event.of_role(Role.TIME)
    if not arguments:
        return event.model_copy(update={"time": None}) if event.time else event
    read = [_remembered(argument, event, story, memo) for argument in arguments]
    dates = [one for one in read if one.days and not one.is_clock]
    if dates and len(read) > len(dates):
        # "Mardi" beside "vers midi": the hour is of that day.
        day = min(dates, key=_length).days
        read = [
            _read(argument, event, story, day=day) if one.is_clock else one
            for argument, one in zip(arguments, read, strict=True)
        ]
    for argument, one in zip(arguments, read, strict=True):
        if one.is_unresolved:
            reason = one.resolved.note or _NOT_UNDERSTOOD
            ungrounded.append(
                Ungrounded(field=f"{event.id}.time", value=argument.text, reason=reason)
            )
    values = iter(read)
    return event.model_copy(
        update={
            "arguments": tuple(
                argument.model_copy(update={"time": next(values).value()})
                if argument.role is Role.TIME
                else argument
                for argument in event.arguments
            ),
            "time": _combined(read),
        }
    )


def _combined(read: Sequence[_Read]) -> TimeValue:
    """The time of an event that has these arguments: the most exact of their days."""
    dated = [one for one in read if one.days]
    if not dated:
        # A day that is meant but not known says more than a duration.
        return max(read, key=lambda one: one.is_unresolved).value()
    chosen = min(dated, key=lambda one: (one.is_clock, _length(one)))
    value = chosen.value()
    clock = next((one.frame for one in dated if one.is_clock), None)
    is_bare = value.precision == "day" and value.earliest == value.latest
    if clock and clock.hour is not None and is_bare and value.value and "T" not in value.value:
        return value.model_copy(
            update={"value": value.value + time_suffix(clock), "precision": "hour"}
        )
    return value


def _length(one: _Read) -> int:
    return one.days.length if one.days else 0


def _remembered(argument: Argument, event: Event, story: Story, memo: _Memo) -> _Read:
    key = (argument.start, argument.end, event.certainty)
    if key not in memo:
        memo[key] = _read(argument, event, story)
    return memo[key]


def _read(argument: Argument, event: Event, story: Story, *, day: Days | None = None) -> _Read:
    """Read the words of an argument where they stand in the text.

    Args:
        argument: Words that are known to be a time.
        event: The event that they date.
        story: The times of the text.
        day: The day that an hour is of, where another argument tells it.
    """
    start, end = argument.start, argument.end
    expressions = _expressions(argument, story)
    if not expressions:
        return _Read(None, Resolved(note=_NOT_UNDERSTOOD))
    ahead = story.looks_ahead(start, end, certainty=event.certainty.value)
    found = [
        (expression, story.resolve(expression.frame, start, end, future=ahead, day=day))
        for expression in expressions
    ]
    expression, resolved = min(found, key=_rank)
    return _Read(expression.frame, resolved, expression.rule)


def _expressions(argument: Argument, story: Story) -> tuple[TimeExpression, ...]:
    """What an argument's words say: by themselves, else as a part of what is around them."""
    start, end = argument.start, argument.end
    strict = parse_words(argument.text, story.language)
    kinds = {one.frame.kind for one in strict}
    whole = story.around(start, end) if kinds <= {"time", "duration"} else None
    if whole is None:
        return strict or parse_words(argument.text, story.language, loose=True)
    if kinds == {"time"}:
        # Of "dans la nuit de lundi à mardi" it has "nuit": the days are those of the whole.
        is_dated = whole.frame.kind in _DATED or whole.frame.part is not None
        return (whole,) if is_dated else strict
    # Of "à seize heures" it may have "seize heures", of "les 13 et 14 juin" "13".
    part = next((one for one in whole.timexes if one.start <= start and end <= one.end), whole)
    return strict if strict and part.frame.kind != "time" else (part,)


def _rank(pair: tuple[TimeExpression, Resolved]) -> tuple[bool, int]:
    """Words with days first, dates before hours before durations."""
    kind = pair[0].frame.kind
    return pair[1].days is None, _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _mentions(story: Story, others: Sequence[Mention]) -> Iterator[Mention]:
    """Every time expression of the text as a mention, with ids of its own."""
    taken = {mention.id for mention in others}
    ids = (name for number in count(1) if (name := f"t{number}") not in taken)
    for told in story.times:
        expression = told.expression
        yield Mention(
            id=next(ids),
            kind=_KIND,
            start=expression.start,
            end=expression.end,
            text=expression.text,
            time=time_value(told.resolved, expression.rule),
        )
