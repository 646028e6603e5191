"""A row as a record: its words are the text, its one claim is what the source codes it as.

What stands in the words is tied to them; what does not is listed as `ungrounded` with the
column that says it. Nothing gets offsets that it does not have. The claim's trigger is
the note as a whole, for it is the whole note that the source has coded. A row without any
words of its own (GDELT) is its own text, a line a column, and its cells are its words.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pydantic import ValidationError

from temoin._version import __version__
from temoin.casefile.canonical import sha256
from temoin.casefile.importing.mapping import Actors, Mapping, Sides
from temoin.casefile.importing.rows import Row
from temoin.casefile.importing.values import (
    BadValueError,
    day_of,
    number_of,
    place_value,
    time_value,
)
from temoin.casefile.importing.words import find_killed, find_words
from temoin.reading.language import detect_language
from temoin.reading.sentences import split_sentences
from temoin.record import (
    ActorValue,
    Argument,
    Document,
    Event,
    EventType,
    Mention,
    PlaceValue,
    Provenance,
    QuantityValue,
    Record,
    Role,
    Span,
    TimeValue,
    Ungrounded,
)

__all__ = ["Built", "build", "revision_note"]

_EVENT = "e1"
#: A name's years or country in brackets: "Military Forces of Syria (2000-2024)".
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Built:
    """A row, built.

    Attributes:
        id: The row's id in its data set.
        revision: Its revision, where the data set numbers them.
        record: Its record.
    """

    id: str
    revision: float | None
    record: Record


def revision_note(revision: float | None) -> str | None:
    """How a record says which revision of its row it is."""
    return None if revision is None else f"revision {revision:.0f}"


def build(row: Row, mapping: Mapping) -> Built:
    """The record of a row.

    Raises:
        BadValueError: A cell cannot be what its column says, or the id is missing.
    """
    key = next((row.cells[name] for name in mapping.id if name in row.cells), None)
    if key is None:
        message = f"has no {' or '.join(mapping.id)}"
        raise BadValueError(message)
    try:
        return _Builder(row, mapping, key).built()
    except ValidationError as error:
        raise BadValueError(str(error.errors()[0]["msg"])) from error


class _Builder:
    def __init__(self, row: Row, mapping: Mapping, key: str) -> None:
        self.row = row
        self.mapping = mapping
        self.key = key
        self.rule = f"import:{mapping.name}"
        self.cells: dict[str, Span] = {}
        notes = [row.cells[name] for name in mapping.text if name in row.cells]
        self.is_row = not notes
        self.text = "\n\n".join(notes) if notes else self._row_as_text()
        self.arguments: list[Argument] = []
        self.mentions: list[Mention] = []
        self.ungrounded: list[Ungrounded] = []
        self.time = self._time()
        self.place = self._place()
        self.deaths = self._deaths()
        self.language = mapping.language or detect_language(self.text).code
        self.sentences = () if self.is_row else split_sentences(self.text, self.language)

    def built(self) -> Built:
        row, mapping = self.row, self.mapping
        revision = number_of(row.get(mapping.revision))
        kind, why, sides = self._type()
        if kind is None:
            self._miss("type", self._coded(), why or "no rule of the mapping fits")
        self._add_deaths()
        self._add_actors(kind, sides)
        self._add_where_and_when()
        if kind is None:
            self._keep_as_mentions()
        notes = [f"a row of {mapping.name}: {mapping.terms}"]
        notes += [note] if (note := revision_note(revision)) else []
        notes += ["the row has no words of its own: it is the text"] if self.is_row else []
        record = Record(
            document=Document(
                id=self.key,
                text=self.text,
                sha256=sha256(row.raw),
                text_sha256=sha256(self.text),
                language=self.language,
                published=self._published(),
                published_from="row" if self._published() else None,
                source=row.get(mapping.source),
                title=row.get(mapping.title),
                url=row.get(mapping.url),
                media_type="text/tab-separated-values" if mapping.delimiter == "\t" else "text/csv",
                encoding="utf-8",
                sentences=self.sentences,
                notes=tuple(notes),
            ),
            events=(self._event(kind),) if kind else (),
            mentions=tuple(self.mentions),
            ungrounded=tuple(self.ungrounded),
            provenance=Provenance(temoin=__version__, model=mapping.name),
        )
        return Built(self.key, revision, record)

    def _row_as_text(self) -> str:
        lines, at = [], 0
        for name, value in self.row.cells.items():
            start = at + len(name) + 2
            self.cells[name] = Span(start=start, end=start + len(value), text=value)
            lines.append(f"{name}: {value}")
            at = start + len(value) + 1
        return "\n".join(lines)

    def _event(self, kind: EventType) -> Event:
        trigger = self.cells.get(self.mapping.trigger or "")
        if trigger is None:
            start = len(self.text) - len(self.text.lstrip())
            words = self.text.strip()
            trigger = Span(start=start, end=start + len(words), text=words)
        return Event(
            id=_EVENT,
            type=kind,
            trigger=trigger,
            arguments=tuple(sorted(self.arguments, key=lambda each: (each.start, each.end))),
            time=self.time,
            place=self.place,
        )

    # What the row says

    def _time(self) -> TimeValue | None:
        times = self.mapping.time
        if times is None or (start := self.row.get(times.start)) is None:
            return None
        get = self.row.get
        precision = get(times.precision)
        return time_value(
            times, start=start, end=get(times.end), precision=precision, rule=self.rule
        )

    def _place(self) -> PlaceValue | None:
        where = self.mapping.place
        return None if where is None else place_value(where, self.row.get, rule=self.rule)

    def _deaths(self) -> QuantityValue | None:
        deaths = self.mapping.deaths
        if deaths is None:
            return None
        value, low, high = (
            number_of(self.row.get(name), least=0)
            for name in (deaths.value, deaths.low, deaths.high)
        )
        if value is None and high is None:
            return None
        return QuantityValue(
            value=value,
            low=value if low is None else low,
            high=value if high is None else high,
            unit="people",
            status="killed",
            rule=self.rule,
        )

    def _published(self) -> dt.date | None:
        """The day of publication; several sources in one cell have none in common."""
        try:
            value = self.row.get(self.mapping.published)
            return day_of(value) if value else None
        except BadValueError:
            return None

    def _type(self) -> tuple[EventType | None, str | None, Sides]:
        if codes := self.mapping.codes:
            code = self.row.get(codes.column) or ""
            fitting = [known for known in codes.types if code.startswith(known)]
            if not fitting:
                return None, codes.otherwise, "untold"
            kind = codes.types[max(fitting, key=len)]
            return kind, None, codes.sides.get(kind, "told")
        for rule in self.mapping.types:
            if any(self.row.get(name) != value for name, value in rule.when.items()):
                continue
            if rule.deadly and not (self.deaths and (self.deaths.high or self.deaths.value)):
                continue
            if rule.words and not any(self._find(word) for word in rule.words):
                continue
            if any(self._find(word) for word in rule.without):
                continue
            return rule.type, rule.reason, rule.sides
        return None, None, "untold"

    def _coded(self) -> str:
        """What the source codes the row as."""
        if self.mapping.codes:
            return self.row.get(self.mapping.codes.column) or ""
        names = dict.fromkeys(name for rule in self.mapping.types for name in rule.when)
        return ", ".join(value for name in names if (value := self.row.get(name)))

    # Where it stands in the words

    def _add_actors(self, kind: EventType | None, sides: Sides) -> None:
        roles = self._roles(kind, sides)
        for place, column in enumerate(self.mapping.actors):
            cell = self.row.get(column.column)
            if cell is None:
                continue
            parts = cell.split(column.split) if column.split else [cell]
            for name in filter(None, (part.strip() for part in parts)):
                span = self.cells.get(column.column) or self._find_name(name)
                self._add_actor(name, column, roles[place], span)

    def _add_actor(self, name: str, column: Actors, role: Role | None, span: Span | None) -> None:
        field = f"{_EVENT}.{role}" if role else column.column
        if span is None:
            self._miss(field, name, f"the row's {column.column}; its words are not in the note")
        elif role is None:
            number = f"m{len(self.mentions) + 1}"
            self.mentions.append(Mention(**span.model_dump(), id=number, kind="actor"))
            why = f"the row's {column.column}; the source does not say who acted on whom"
            self._miss(field, name, why)
        else:
            kind = self._kind(column)
            value = ActorValue(
                name=name,
                kind=kind,
                inter=self.mapping.inter.get(kind),
                as_written=span.text,
                rule=self.rule,
            )
            self.arguments.append(Argument(**span.model_dump(), role=role, actor=value))

    def _roles(self, kind: EventType | None, sides: Sides) -> list[Role | None]:
        """The role of each column of actors, where the source tells it."""
        main = [each for each in self.mapping.actors if not each.split]
        roles: dict[str, Role] = {}
        if kind and sides == "both":
            roles = {each.column: Role.ACTOR for each in main}
        elif kind and sides == "told":
            pairs = zip(main, (Role.ACTOR, Role.TARGET), strict=False)
            roles = {each.column: role for each, role in pairs}
        elif kind is EventType.PROTEST:
            crowd = ("protesters", "rioters")
            roles = {each.column: Role.ACTOR for each in main if self._kind(each) in crowd}
        elif kind:
            # Civilians do not fight: who meets them acts on them.
            victims = [each for each in main if self._kind(each) == "civilians"]
            there = [each for each in main if self.row.get(each.column)]
            if victims and len(there) > len(victims):
                roles = {
                    each.column: Role.TARGET if each in victims else Role.ACTOR for each in there
                }
            elif victims:
                roles = {each.column: Role.TARGET for each in victims}
        return [roles.get(each.column) for each in self.mapping.actors]

    def _kind(self, column: Actors) -> str:
        name = _BRACKETS.sub("", self.row.get(column.column) or "")
        code = self.row.get(column.code) or ""
        return self.mapping.kinds.get(code) or self.mapping.names.get(name) or "unknown"

    def _add_deaths(self) -> None:
        """The number of the dead, where the note gives that very number of killed people."""
        deaths, given = self.deaths, self.mapping.deaths
        if deaths is None or given is None:
            return
        told = f"{deaths.value:g}" if deaths.value is not None else "unknown"
        if deaths.low != deaths.high:
            told += f" ({deaths.low:g} to {deaths.high:g})"
        span = self.cells.get(given.value)
        if span is None and deaths.value:
            span = find_killed(
                self.text,
                deaths.value,
                words=given.words,
                sentences=self.sentences,
                language=self.language,
            )
        if span is None:
            self._miss("quantity", f"{told} killed", f"the row's {given.value}; not in the note")
        else:
            self.arguments.append(
                Argument(
                    **span.model_dump(),
                    role=Role.QUANTITY,
                    value=deaths.value,
                    quantity=deaths,
                )
            )

    def _keep_as_mentions(self) -> None:
        """Words that hang on no event, for its type cannot be told: they stay as mentions."""
        for each in self.arguments:
            if each.role is Role.QUANTITY:
                why = "the row's number of dead stands in the note, but hangs on no event"
                self._miss("quantity", each.text, why)
                continue
            kind = "actor" if each.role in {Role.ACTOR, Role.TARGET} else str(each.role)
            number = f"m{len(self.mentions) + 1}"
            self.mentions.append(
                Mention(
                    start=each.start,
                    end=each.end,
                    text=each.text,
                    id=number,
                    kind=kind,
                    time=each.time,
                    place=each.place,
                )
            )

    def _add_where_and_when(self) -> None:
        place, time = self.place, self.time
        if place and self.mapping.place:
            column = self.mapping.place.name or ""
            span = self.cells.get(column) or self._find_name(place.name)
            if span:
                self.arguments.append(
                    Argument(
                        **span.model_dump(),
                        role=Role.PLACE,
                        place=place,
                        latitude=place.latitude,
                        longitude=place.longitude,
                    )
                )
            else:
                self._miss(
                    "place", place.name, f"the row's {column}; its words are not in the note"
                )
        if time and self.mapping.time:
            column = self.mapping.time.start
            span = self.cells.get(column)
            if span:
                self.arguments.append(Argument(**span.model_dump(), role=Role.TIME, time=time))
            else:
                self._miss("time", f"{time.earliest} to {time.latest}", f"the row's {column}")

    def _miss(self, field: str, value: str, reason: str) -> None:
        name = field if "." in field else f"{_EVENT}.{field}"
        self.ungrounded.append(Ungrounded(field=name, value=value, reason=reason))

    def _find_name(self, name: str) -> Span | None:
        return self._find(name) or self._find(_BRACKETS.sub("", name))

    def _find(self, words: str) -> Span | None:
        return find_words(self.text, words)
