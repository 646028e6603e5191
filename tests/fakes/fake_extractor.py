"""An extractor for tests: finds a few words, and misbehaves when a text tells it to."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass

from temoin.errors import ModelError
from temoin.record import (
    Argument,
    Attribution,
    Certainty,
    Document,
    Event,
    EventType,
    Polarity,
    Provenance,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
)

WORDS = {
    "bombardé": EventType.SHELLING,
    "shelled": EventType.SHELLING,
    "pris": EventType.CAPTURE,
    "captured": EventType.CAPTURE,
    "قصف": EventType.SHELLING,
}
PLACE = re.compile(r"\b(?:Mizda|Kidal)\b")
TIME = re.compile(r"\b(?:hier|mardi|yesterday|Tuesday)\b")
SOURCE = re.compile(r"(?:selon|according to) ([^.,]+)")
TRIGGER = re.compile("|".join(WORDS))


@dataclass(frozen=True)
class FakeExtractor:
    """Finds `WORDS` and what stands in their sentence.

    `CRASH` in a text ends the process, `BOOM` raises, `SLOW` takes half a second.
    """

    confidence: float = 0.9

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        text = document.text
        if "CRASH" in text:
            os._exit(7)
        if "BOOM" in text:
            message = "boom"
            raise RuntimeError(message)
        if "SLOW" in text:
            time.sleep(0.5)
        events: list[Event] = []
        sentences = document.sentences or ((0, len(text)),)
        for start, end in sentences:
            for match in TRIGGER.finditer(text, start, end):
                if min_confidence is None or self.confidence >= min_confidence:
                    events.append(self._event(text, start, end, match, len(events) + 1))
        relations = (
            (Relation(type=RelationType.BEFORE, source="e1", target="e2"),)
            if len(events) > 1
            else ()
        )
        return Record(
            document=document,
            events=tuple(events),
            relations=relations,
            provenance=Provenance(temoin="test", model="fake"),
        )

    def _event(self, text: str, start: int, end: int, found: re.Match[str], number: int) -> Event:
        sentence = text[start:end]
        subject = re.match(r"\s*(\S+(?: \S+)?)", sentence)
        arguments = []
        if subject and subject.end(1) < found.start() - start:
            arguments.append(argument(Role.ACTOR, text, *shift(subject.span(1), start)))
        arguments += [
            argument(role, text, *match.span())
            for role, pattern in ((Role.PLACE, PLACE), (Role.TIME, TIME))
            for match in pattern.finditer(text, start, end)
        ]
        source = SOURCE.search(text, start, end)
        negated = "n'ont pas" in sentence or "did not" in sentence
        return Event(
            id=f"e{number}",
            type=WORDS[found[0]],
            trigger=span(text, *found.span()),
            arguments=tuple(arguments),
            polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
            certainty=Certainty.POSSIBLE if "peut-être" in sentence else Certainty.CERTAIN,
            attribution=Attribution(**span(text, *source.span(1)).model_dump()) if source else None,
            confidence=self.confidence,
        )


def shift(offsets: tuple[int, int], by: int) -> tuple[int, int]:
    return offsets[0] + by, offsets[1] + by


def span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])


def argument(role: Role, text: str, start: int, end: int) -> Argument:
    return Argument(role=role, start=start, end=end, text=text[start:end])


class Broken:
    """An extractor that cannot do its work, for want of its model."""

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        message = f"no model for {document.id} at {min_confidence}"
        raise ModelError(message)


class Unstartable:
    """An extractor that ends any process it is handed to."""

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        raise NotImplementedError(document.id, min_confidence)

    def __setstate__(self, state: object) -> None:
        os._exit(9)

    def __getstate__(self) -> dict[str, int]:
        return {"not": 0}
