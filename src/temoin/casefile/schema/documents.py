"""Tables of what was collected: documents, their original bytes, how they came here."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from temoin.casefile.schema.base import (
    SENSITIVITIES,
    Base,
    Digest,
    DocumentId,
    Key,
    Moment,
    Name,
    Words,
    one_of,
)

__all__ = ["STATUSES", "Acquisition", "Document", "Original"]

#: What happened to a document: nothing is ever deleted.
STATUSES = ("active", "hidden", "frozen", "removed")


class Document(Base):
    """A report: its untouched text, what is known of it, where it came from."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("sensitivity", SENSITIVITIES), name="sensitivity"),
    )

    id: Mapped[Key] = mapped_column(doc="Number of the document in this case.")
    content_key: Mapped[Digest] = mapped_column(
        unique=True,
        doc="What makes it one document: SHA-256 of its bytes, for a row of CSV with the header.",
    )
    name: Mapped[Words] = mapped_column(
        index=True, doc="Its id in the record: the row's id or the file's name."
    )
    sha256: Mapped[Digest | None] = mapped_column(
        index=True, doc="SHA-256 of the original bytes; null where a text was imported without."
    )
    size: Mapped[int | None] = mapped_column(doc="Original bytes, how many.")
    text: Mapped[Words] = mapped_column(
        doc="The text that all offsets count in, in code points; never changed."
    )
    text_sha256: Mapped[Digest] = mapped_column(
        index=True, doc="SHA-256 of the text in UTF-8; the same for copies in other files."
    )
    media_type: Mapped[Name | None] = mapped_column(doc="What the bytes were.")
    encoding: Mapped[Name | None] = mapped_column(doc="How they were decoded.")
    language: Mapped[Name] = mapped_column(index=True, doc="fr, en, es, ar, uk, ru or other.")
    published: Mapped[dt.date | None] = mapped_column(index=True, doc="Day of publication.")
    published_from: Mapped[Name | None] = mapped_column(
        doc="Where that day comes from: argument, metadata or row."
    )
    title: Mapped[Words | None] = mapped_column(doc="Headline.")
    publisher: Mapped[Words | None] = mapped_column(
        index=True, doc="Publisher or site (`source` in the record)."
    )
    author: Mapped[Words | None] = mapped_column(doc="Who wrote it, if somebody entered that.")
    url: Mapped[Words | None] = mapped_column(doc="Where it stands or stood.")
    archive_url: Mapped[Words | None] = mapped_column(doc="Where a copy is archived.")
    licence: Mapped[Words | None] = mapped_column(doc="Licence or terms of use, as noted.")
    translation_of: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id"), doc="The document that it translates."
    )
    near_duplicate_group: Mapped[int | None] = mapped_column(
        index=True,
        doc="Copies: the smallest number among documents that share text, by the last run of "
        "`temoin corroborate`; null for a document alone.",
    )
    origin_group: Mapped[int | None] = mapped_column(
        index=True,
        doc="The same with translations: documents that go back to one origin.",
    )
    status: Mapped[Name] = mapped_column(
        default="active", index=True, doc="active, hidden, frozen or removed; nothing is deleted."
    )
    sensitivity: Mapped[Name] = mapped_column(
        default="internal", doc="public, internal, confidential or secret."
    )
    added_at: Mapped[Moment] = mapped_column(doc="When it was added, UTC.")
    added_by: Mapped[Name] = mapped_column(doc="Who added it.")
    version: Mapped[int] = mapped_column(
        default=1, doc="Goes up with each change of its metadata: a change names the one it saw."
    )


class Original(Base):
    """The original bytes of a document, unless the case keeps none."""

    __tablename__ = "originals"

    document_id: Mapped[DocumentId] = mapped_column(primary_key=True, doc="The document.")
    codec: Mapped[Name] = mapped_column(doc="plain, or zlib where that is shorter.")
    data: Mapped[bytes] = mapped_column(LargeBinary, doc="The bytes, stored with the codec.")


class Acquisition(Base):
    """Chain of custody: one place where a document's bytes were found, and by whom."""

    __tablename__ = "acquisitions"
    __table_args__ = (UniqueConstraint("document_id", "location"),)

    id: Mapped[Key] = mapped_column(doc="Number of the acquisition.")
    document_id: Mapped[DocumentId] = mapped_column(doc="What was found.")
    location: Mapped[Words] = mapped_column(
        doc="Where: a path (and row), an address, standard input."
    )
    host: Mapped[Words | None] = mapped_column(doc="The computer on which it was read.")
    modified_at: Mapped[Moment | None] = mapped_column(
        doc="The file's own time of last change, UTC; says little, is kept all the same."
    )
    retrieved_at: Mapped[Moment | None] = mapped_column(
        doc="When it was fetched from its source, UTC, if known."
    )
    collected_by: Mapped[Name] = mapped_column(doc="Who collected it; who added it, if not told.")
    tool: Mapped[Name] = mapped_column(doc="Program and version that read the bytes.")
    note: Mapped[Words | None] = mapped_column(doc="Anything that the collector had to say.")
    at: Mapped[Moment] = mapped_column(doc="When this was entered, UTC.")
