"""Documents: rows of a list, one with its text, and its claims."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from temoin.workbench.api.models.claims import ClaimRelation, FieldMark, FullClaim
from temoin.workbench.api.models.common import Answer, Level, Page, Snippet, Status

__all__ = [
    "Acquired",
    "DocumentClaims",
    "DocumentDetail",
    "DocumentPage",
    "DocumentRef",
    "DocumentRow",
    "RecordRef",
    "StateCounts",
]


class StateCounts(Answer):
    """Claims by their review."""

    pending: int = 0
    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    unsure: int = 0


class DocumentRow(Answer):
    """A document in a list."""

    id: int
    name: str
    title: str | None
    publisher: str | None
    language: str
    published: dt.date | None
    sensitivity: Level
    status: Status
    claims: int
    states: StateCounts
    copies: int | None = Field(description="Number of its group of copies; null alone.")
    snippet: Snippet


class DocumentPage(Page[DocumentRow]):
    """Documents that a query finds."""


class DocumentRef(Answer):
    """A document by number and name."""

    id: int
    name: str
    publisher: str | None
    published: dt.date | None


class Acquired(Answer):
    """Where a document was found, and by whom."""

    location: str
    collected_by: str
    at: str
    retrieved_at: str | None
    note: str | None


class RecordRef(Answer):
    """A record of a document and what made it."""

    id: int
    producer: str
    at: str
    current: bool


class DocumentDetail(Answer):
    """A document with its text."""

    id: int
    name: str
    version: int
    title: str | None
    publisher: str | None
    author: str | None
    language: str
    published: dt.date | None
    published_from: str | None
    url: str | None
    archive_url: str | None
    licence: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    text_sha256: str
    added_at: str
    added_by: str
    sensitivity: Level
    status: Status
    claims: int
    states: StateCounts
    text: str = Field(description="Untouched; all offsets count its code points.")
    sentences: list[tuple[int, int]]
    notes: list[str]
    copies: list[DocumentRef] = Field(description="Documents that share text with it.")
    translation_of: DocumentRef | None
    translations: list[DocumentRef]
    acquisitions: list[Acquired]
    records: list[RecordRef]


class DocumentClaims(Answer):
    """All claims of a document, in the order of its text."""

    document: int
    items: list[FullClaim]
    relations: list[ClaimRelation]
    ungrounded: list[FieldMark] = Field(
        description="What could not be tied to the text or to the world, of no claim that is here."
    )
    notes: list[str]
