"""Records made of a text and of what its events point to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from temoin.record import Argument, Attribution, Document, Event, EventType, Mention, Record, Role
from temoin.record import Span as RecordSpan

Make = Callable[..., Record]


def where(text: str, words: str) -> dict[str, int | str]:
    """The span of words; `town@2` is the second occurrence."""
    wanted, _, nth = words.partition("@")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(wanted, start + 1)
    return {"start": start, "end": start + len(wanted), "text": wanted}


@pytest.fixture
def make() -> Make:
    """Makes a record: each event is (type, trigger, {role: words})."""

    def build(
        text: str,
        language: str,
        events: Sequence[tuple[str, str, dict[str, str]]],
        *,
        mentions: Sequence[tuple[str, str, str]] = (),
    ) -> Record:
        made = []
        for number, (kind, trigger, roles) in enumerate(events, 1):
            arguments = [
                Argument.model_validate({"role": Role(role), **where(text, words)})
                for role, words in roles.items()
                if role != "attribution"
            ]
            said = roles.get("attribution")
            made.append(
                Event(
                    id=f"e{number}",
                    type=EventType(kind),
                    trigger=RecordSpan.model_validate(where(text, trigger)),
                    arguments=tuple(arguments),
                    attribution=Attribution.model_validate(where(text, said)) if said else None,
                )
            )
        ends = [match.end() for match in re.finditer(r"[.!?]+(?=\s|$)", text)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        return Record(
            document=Document(
                id="d",
                text=text,
                language=language,
                sentences=tuple(zip(starts, ends, strict=True)) if ends else (),
            ),
            events=tuple(made),
            mentions=tuple(
                Mention.model_validate({"id": name, "kind": kind, **where(text, words)})
                for name, kind, words in mentions
            ),
        )

    return build
