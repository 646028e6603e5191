"""The second opinion: a document in, a record out whose author is a language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from temoin._version import __version__
from temoin.errors import ReadingError
from temoin.record import (
    Argument,
    Attribution,
    Document,
    Event,
    EventType,
    Provenance,
    Record,
    Span,
    Ungrounded,
)
from temoin.second_opinion.align import Place
from temoin.second_opinion.answer import read_answer
from temoin.second_opinion.endpoint import Endpoint
from temoin.second_opinion.errors import AnswerError, EndpointError
from temoin.second_opinion.placing import Claim, Fault, place
from temoin.second_opinion.prompt import answer_schema, messages, prompt_digest
from temoin.second_opinion.windows import Window, windows

__all__ = ["AUTHOR", "SecondOpinion"]

#: What `provenance.model` begins with where a language model is the author.
AUTHOR: Final = "llm:"

_ORDER = {kind: number for number, kind in enumerate(EventType)}
_SHOWN = 200


class SecondOpinion:
    """Asks an endpoint what a document claims; `temoin.pipeline.Reader` takes it as extractor.

    Args:
        endpoint: Whom to ask.
        on_lost: Told of sentences whose answer was of no use; the rest of their
            document is recorded, and its `ungrounded` names them.
    """

    def __init__(
        self, endpoint: Endpoint, *, on_lost: Callable[[ReadingError], None] | None = None
    ) -> None:
        self._endpoint = endpoint
        self._on_lost = on_lost
        self._answered = False

    @property
    def author(self) -> str:
        """The author of its records, as their provenance names it."""
        return AUTHOR + self._endpoint.model

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        """Put on record what the endpoint finds in a document.

        Args:
            document: With its sentences.
            min_confidence: Without effect: language models give no confidence.

        Raises:
            ReadingError: The endpoint failed on this document, or all its answers
                were of no use.
            EndpointError: Nobody answers there, or it knows neither key nor model,
                and it has not answered before: no document can be read.
        """
        del min_confidence
        claims: list[tuple[Window, Claim]] = []
        loose: list[Ungrounded] = []
        lost: list[tuple[Window, AnswerError]] = []
        asked = list(windows(document))
        for window in asked:
            try:
                placed = place(self._events(window, document), window.text)
            except AnswerError as error:
                lost.append((window, error))
                continue
            except EndpointError as error:
                if error.lasting and not self._answered:
                    raise
                raise ReadingError(_name(document), str(error)) from error
            claims += ((window, claim) for claim in placed.claims)
            loose += map(_ungrounded, placed.faults)
        if asked and len(lost) == len(asked):
            raise ReadingError(_name(document), str(lost[0][1])) from lost[0][1]
        for window, useless in lost:
            loose.append(_lost_window(window, useless))
            if self._on_lost:
                where = f"{_name(document)}, {window.name}"
                self._on_lost(ReadingError(where, str(useless)))
        claims.sort(key=lambda found: _position(*found))
        return Record(
            document=self._signed(document),
            events=tuple(
                _event(document, window.start, claim, f"e{number}")
                for number, (window, claim) in enumerate(claims, 1)
            ),
            ungrounded=(*_faults(claims), *loose),
            provenance=Provenance(temoin=__version__, model=self.author),
        )

    def _events(self, window: Window, document: Document) -> list[object]:
        body = self._endpoint.ask(
            messages(window.text, language=document.language), schema=answer_schema()
        )
        self._answered = True
        return read_answer(body, endpoint=self._endpoint.address.base)

    def _signed(self, document: Document) -> Document:
        note = (
            f"second opinion of {self._endpoint.model} at {self._endpoint.address.host}, "
            f"asked with prompt {prompt_digest()}"
        )
        return document.model_copy(update={"notes": (*document.notes, note)})


def _position(window: Window, claim: Claim) -> tuple[int, int, int]:
    start, end = claim.trigger
    return window.start + start, window.start + end, _ORDER[claim.type]


def _event(document: Document, shift: int, claim: Claim, name: str) -> Event:
    return Event(
        id=name,
        type=claim.type,
        trigger=Span(**_fields(document, shift, claim.trigger)),
        arguments=tuple(
            Argument(role=role, **_fields(document, shift, at)) for role, at in claim.arguments
        ),
        polarity=claim.polarity,
        certainty=claim.certainty,
        attribution=(
            Attribution(**_fields(document, shift, claim.attribution))
            if claim.attribution
            else None
        ),
    )


def _fields(document: Document, shift: int, at: Place) -> dict[str, object]:
    start, end = at[0] + shift, at[1] + shift
    return {"start": start, "end": end, "text": document.text[start:end]}


def _faults(claims: list[tuple[Window, Claim]]) -> Iterator[Ungrounded]:
    """The faults of events that are recorded, under their ids."""
    for number, (_, claim) in enumerate(claims, 1):
        for fault in claim.faults:
            yield _ungrounded(fault, under=f"e{number}.")


def _ungrounded(fault: Fault, under: str = "") -> Ungrounded:
    return Ungrounded(field=under + fault.part, value=fault.value, reason=fault.reason)


def _lost_window(window: Window, error: AnswerError) -> Ungrounded:
    words = window.text if len(window.text) <= _SHOWN else f"{window.text[:_SHOWN]}..."
    return Ungrounded(field=window.name, value=words, reason=f"not read: {error.cause}")


def _name(document: Document) -> str:
    return document.path or document.url or document.id
