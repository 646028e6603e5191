"""For the tests of `benchmarks/peers`: its modules, and a reader that finds what it is told."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from temoin.record import (
    ActorValue,
    Argument,
    Certainty,
    Document,
    Event,
    EventType,
    Polarity,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
)

FOLDER = Path(__file__).parents[2] / "benchmarks" / "peers"


def load(name: str) -> ModuleType:
    """A module of `benchmarks/peers`, which are scripts and no package."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return import_module(name)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def argument(
    text: str,
    role: str,
    words: str,
    *,
    kind: str | None = None,
    country: str | None = None,
    id: str | None = None,  # noqa: A002 - the record calls it so
    rule: str | None = None,
) -> Argument:
    actor = ActorValue(name=words, kind=kind, country=country, id=id, rule=rule) if kind else None
    return Argument(**span(text, words).model_dump(), role=Role(role), actor=actor)


def event(
    text: str,
    kind: str,
    trigger: str,
    *arguments: Argument,
    polarity: str = "affirmed",
    certainty: str = "certain",
) -> Event:
    return Event(
        id=f"{kind}-{text.index(trigger)}",
        type=EventType(kind),
        trigger=span(text, trigger),
        arguments=arguments,
        polarity=Polarity(polarity),
        certainty=Certainty(certainty),
    )


def record(
    text: str, events: Sequence[Event] = (), relations: Sequence[tuple[str, str, str]] = ()
) -> Record:
    ends = [at + 1 for at, sign in enumerate(text) if sign == "."] or [len(text)]
    return Record(
        document=Document(
            id="text", text=text, sentences=tuple(zip([0, *ends], ends, strict=False))
        ),
        events=tuple(events),
        relations=tuple(
            Relation(type=RelationType(kind), source=source, target=target)
            for kind, source, target in relations
        ),
    )


@dataclass
class FakeReader:
    """Reads every text as `answer` says, and remembers what it was asked."""

    answer: Callable[[str], Record] = record
    asked: list[tuple[str, str | None, dt.date | str | None]] = field(default_factory=list)

    def read_text(
        self,
        text: str,
        *,
        id: str = "text",  # noqa: A002 - the record calls it so
        published: dt.date | str | None = None,
        language: str | None = None,
    ) -> Record:
        self.asked.append((id, language, published))
        return self.answer(text)
