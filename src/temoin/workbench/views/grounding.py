"""What people drag over: words cut from the untouched text by their offsets, then grounded.

A hand-made argument means as much as one of the machine's: a place gets its coordinates, a
number its bounds, a name its actor, by the same rules, in the light of the whole document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile import Case
from temoin.casefile.held import claims_held
from temoin.casefile.parts import parts_of
from temoin.casefile.schema import Document as Row
from temoin.casefile.schema import StoredRecord
from temoin.casefile.search import words_of
from temoin.grounding import ground
from temoin.record import Argument, Document, Event, Record, Role, Span
from temoin.workbench.problems import Problem

__all__ = ["completed", "cut", "document_of", "grounded"]

#: What an argument may stand for; one that has any of these was grounded, or is given whole.
_MEANING = ("actor", "place", "time", "quantity", "equipment", "value", "latitude")

#: Fields of a claim that are words of the text.
_SPANS = ("trigger", "attribution")


def document_of(session: Session, number: int) -> Document:
    """A document as its current record has it, with the text of the case.

    Raises:
        Problem: There is no such document.
    """
    row = session.get(Row, number)
    if row is None:
        raise Problem(404, f"there is no document {number}")
    stored = session.scalar(
        select(StoredRecord.id).where(StoredRecord.document_id == number, StoredRecord.current)
    )
    known = parts_of(session, stored).document if stored else Document(id=row.name, text=row.text)
    return known.model_copy(
        update={"text": row.text, "published": row.published, "language": row.language}
    )


def cut(text: str, start: int, end: int, *, what: str) -> dict[str, Any]:
    """Words of a text by their offsets, without the blanks around them.

    Args:
        text: The text.
        start: First code point.
        end: One past the last.
        what: What they are to be, for messages.

    Raises:
        Problem: There are none.
    """
    if not start < end <= len(text):
        detail = f"{what}: {start}-{end} are no offsets of a text of {len(text):,} characters"
        raise Problem(422, detail)
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if not words_of(words):
        raise Problem(422, f"{what}: there is no letter and no digit in these words")
    return {"start": start, "end": start + len(words), "text": words}


def grounded(document: Document, event: Event) -> Event:
    """An event with what its words stand for, as far as the document's text tells."""
    record = ground(Record(document=document, events=(event,)))
    (found,) = record.events
    # Entities are those of this small record, and mean nothing in the document's own.
    bare = {"entity": None}
    said = found.attribution
    return found.model_copy(
        update={
            "arguments": tuple(each.model_copy(update=bare) for each in found.arguments),
            "attribution": said.model_copy(update=bare) if said else None,
        }
    )


def completed(
    case: Case, document: int, *, claim: int, field: str | None, value: Mapping[str, Any]
) -> dict[str, Any]:
    """The value of an edit, with the words that its offsets name, and what they stand for.

    Args:
        case: The case.
        document: The claim's document.
        claim: The claim.
        field: What is edited; None for the whole event.
        value: The value as it was given.

    Raises:
        Problem: Offsets are none of the text.
    """
    told = dict(value)
    if "text" in told or not {"start", "end"} <= set(told):
        return told
    if field not in _SPANS and (field is None or ":" not in field):
        return told
    with case.reading() as session:
        known = document_of(session, document)
        start, end = (
            told[name] if isinstance(told[name], int) else -1 for name in ("start", "end")
        )
        told |= cut(known.text, start, end, what=field or "the words")
        if field in _SPANS or any(told.get(name) is not None for name in _MEANING):
            return told
        held = claims_held(session, document, only={claim})
    told.setdefault("role", str(field).partition(":")[0])
    if held is None or not held.claims:
        return told
    try:
        argument = Argument.model_validate(told)
    except ValidationError:
        return told  # the review says what is wrong with it
    return argument_of(known, held.claims[0].event, argument)


def argument_of(document: Document, event: Event, argument: Argument) -> dict[str, Any]:
    """An argument with what it stands for, beside the others of its event."""
    others = tuple(
        each
        for each in event.arguments
        if (each.role, each.start, each.end) != (argument.role, argument.start, argument.end)
    )
    whole = event.model_copy(update={"arguments": (*others, argument)})
    found = grounded(document, whole).arguments[-1]
    return found.model_dump(mode="json", exclude_none=True)


def new_argument(text: str, role: Role, start: int, end: int) -> Argument:
    """An argument of words by their offsets.

    Raises:
        Problem: There are none.
    """
    return Argument(role=role, **cut(text, start, end, what=str(role)))


def new_span(text: str, start: int, end: int, *, what: str) -> Span:
    """Words by their offsets.

    Raises:
        Problem: There are none.
    """
    return Span(**cut(text, start, end, what=what))
