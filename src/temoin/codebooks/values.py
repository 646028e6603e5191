"""What a column may take from the report itself, by name: `@event_date`, `@latitude`, ...

Each value is computed by one function below. It gives the value with its words and the
rule, or says why there is none: a cell is never filled with a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from temoin.codebooks.bundling import sentence_number
from temoin.codebooks.deaths import Deaths
from temoin.codebooks.model import Code, Facts, Incident, Undecided, fold_spans
from temoin.codebooks.sides import Sides
from temoin.record import Event, PlaceValue, Record, Role, Span, TimeValue
from temoin.rows import Cell, place_of, time_of

__all__ = ["VALUES", "Context", "Given", "Missing", "context_of", "value"]


@dataclass(frozen=True, slots=True)
class Given:
    """A value, with the rule and the words that give it."""

    value: Cell
    rule: str = "record"
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """No value, and why. Where `plain`, there is nothing to decide: the cell is just empty."""

    reason: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """All that a value may be computed from.

    Attributes:
        record: The record.
        incident: The incident.
        sides: Its two sides.
        deaths: Its dead.
        facts: What rules asked for.
        codes: What rules gave.
        undecided: What rules left open.
        tables: The codebook's tables.
        place: Where it was, if the report says.
        time: When it was, if the report says.
    """

    record: Record
    incident: Incident
    sides: Sides
    deaths: Deaths
    facts: Facts
    codes: Mapping[str, Code]
    undecided: Mapping[str, Undecided]
    tables: Mapping[str, Mapping[str, str | int | float]]
    place: PlaceValue | None
    time: TimeValue | None


Value = Callable[[Context], Given | Missing]

_REGISTRY: dict[str, Value] = {}

#: All values by name; `temoin.codebooks.values_*` fill it.
VALUES: Mapping[str, Value] = MappingProxyType(_REGISTRY)


def value(name: str) -> Callable[[Value], Value]:
    """Enter a function as the value of that name."""

    def enter(function: Value) -> Value:
        _REGISTRY[name] = function
        return function

    return enter


def context_of(
    record: Record,
    incident: Incident,
    sides: Sides,
    deaths: Deaths,
    facts: Facts,
    *,
    codes: Mapping[str, Code],
    undecided: Mapping[str, Undecided],
    tables: Mapping[str, Mapping[str, str | int | float]],
) -> Context:
    """The context of an incident: its place and days are the lead's, else another event's."""
    events = (incident.lead, *(e for e in incident.events if e.id != incident.lead.id))
    places = [place for place in map(place_of, events) if place is not None]
    times = [time for time in map(time_of, events) if time is not None and time.earliest]
    return Context(
        record=record,
        incident=incident,
        sides=sides,
        deaths=deaths,
        facts=facts,
        codes=codes,
        undecided=undecided,
        tables=tables,
        place=next((p for p in places if p.latitude is not None), places[0] if places else None),
        time=times[0] if times else None,
    )


def words_of(context: Context, *roles: Role) -> tuple[Span, ...]:
    """The words of arguments of some roles in all events of the incident."""
    return fold_spans(
        tuple(
            Span(start=argument.start, end=argument.end, text=argument.text)
            for event in context.incident.events
            for role in roles
            for argument in event.of_role(role)
        )
    )


@value("id")
def _id(context: Context) -> Given | Missing:
    return Given(f"{context.record.document.id}:{context.incident.lead.id}", "id")


@value("document")
def _document(context: Context) -> Given | Missing:
    return Given(context.record.document.id)


@value("events")
def _events(context: Context) -> Given | Missing:
    return Given("; ".join(context.incident.ids))


@value("language")
def _language(context: Context) -> Given | Missing:
    return Given(context.record.document.language)


@value("published")
def _published(context: Context) -> Given | Missing:
    day = context.record.document.published
    return Given(day.isoformat()) if day else Missing("the day of publication is not known")


@value("source")
def _source(context: Context) -> Given | Missing:
    source = context.record.document.source
    return Given(source) if source else Missing("the publisher is not known")


@value("title")
def _title(context: Context) -> Given | Missing:
    title = context.record.document.title
    return Given(title) if title else Missing("the report has no title")


@value("source_article")
def _source_article(context: Context) -> Given | Missing:
    document = context.record.document
    day = document.published.isoformat() if document.published else None
    parts = [part for part in (document.source, day, document.title) if part]
    return Given(", ".join(parts) or document.id, "source_article")


@value("address")
def _address(context: Context) -> Given | Missing:
    document = context.record.document
    return Given(document.url) if document.url else Missing("the report has no address", plain=True)


@value("number_of_sources")
def _number_of_sources(_context: Context) -> Given | Missing:
    return Given(1, "one_report")


@value("attributed_to")
def _attributed_to(context: Context) -> Given | Missing:
    voices = [event.attribution for event in context.incident.events if event.attribution]
    if not voices:
        return Missing("the report names nobody who says so", plain=True)
    spans = fold_spans(tuple(Span(start=v.start, end=v.end, text=v.text) for v in voices))
    return Given("; ".join(dict.fromkeys(span.text for span in spans)), "attribution", spans)


@value("sentences")
def _sentences(context: Context) -> Given | Missing:
    """The sentences that tell it, as they stand, with what a reader must know."""
    text, sentences = context.record.document.text, context.record.document.sentences
    if not sentences:
        return Given(text, "whole_text")
    numbers = sorted({_home(context, event) for event in context.incident.events})
    told = " ".join(" ".join(text[slice(*sentences[n])].split()) for n in numbers if n >= 0)
    return Given(told, "sentences")


def _home(context: Context, event: Event) -> int:
    return sentence_number(context.record, event.trigger.start)


@value("event_date")
def _event_date(context: Context) -> Given | Missing:
    """The day; of a stretch of days the first, of a month its middle."""
    time = context.time
    if time is None or time.earliest is None:
        return Missing("the report tells no day")
    words = words_of(context, Role.TIME)
    if time.acled_precision == 3 and time.latest is not None:
        middle = time.earliest + (time.latest - time.earliest) / 2
        return Given(middle.isoformat(), "middle_of_month", words)
    return Given(time.earliest.isoformat(), "first_day", words)


@value("date_compact")
def _date_compact(context: Context) -> Given | Missing:
    given = _event_date(context)
    if isinstance(given, Missing):
        return given
    return Given(str(given.value).replace("-", ""), given.rule, given.words)


@value("year")
def _year(context: Context) -> Given | Missing:
    if context.time is None or context.time.earliest is None:
        return Missing("the report tells no day")
    return Given(context.time.earliest.year, "first_day", words_of(context, Role.TIME))


@value("time_precision")
def _time_precision(context: Context) -> Given | Missing:
    if context.time is None or context.time.acled_precision is None:
        return Missing("the report tells no day")
    return Given(context.time.acled_precision, "acled_precision", words_of(context, Role.TIME))


@value("date_prec")
def _date_prec(context: Context) -> Given | Missing:
    if context.time is None or context.time.ucdp_precision is None:
        return Missing("the report tells no day")
    return Given(context.time.ucdp_precision, "ucdp_precision", words_of(context, Role.TIME))


@value("date_start")
def _date_start(context: Context) -> Given | Missing:
    if context.time is None or context.time.earliest is None:
        return Missing("the report tells no day")
    words = words_of(context, Role.TIME)
    return Given(f"{context.time.earliest.isoformat()} 00:00:00.000", "first_day", words)


@value("date_end")
def _date_end(context: Context) -> Given | Missing:
    time = context.time
    if time is None or time.latest is None:
        return Missing("the report tells no last day")
    return Given(
        f"{time.latest.isoformat()} 00:00:00.000", "last_day", words_of(context, Role.TIME)
    )


@value("event_clarity")
def _event_clarity(context: Context) -> Given | Missing:
    time = context.time
    if time is not None and time.earliest and time.earliest == time.latest:
        return Given(1, "one_day", words_of(context, Role.TIME))
    return Missing("the report does not tell one event from the sum of several days")


@value("story_actors")
def _story_actors(context: Context) -> Given | Missing:
    """Everybody whom the report names as a known actor."""
    found = [
        argument.actor.name
        for event in context.record.events
        for argument in event.arguments
        if argument.actor and argument.actor.id
    ]
    if not found:
        return Missing("the report names no known actor", plain=True)
    return Given("; ".join(dict.fromkeys(found)), "story")


@value("story_places")
def _story_places(context: Context) -> Given | Missing:
    """Every place that the report names."""
    found = [mention.place.name for mention in context.record.mentions if mention.place]
    if not found:
        return Missing("the report names no known place", plain=True)
    return Given("; ".join(dict.fromkeys(found)), "story")
