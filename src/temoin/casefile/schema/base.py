"""What all tables share: naming, and the types of columns that recur."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

__all__ = [
    "SENSITIVITIES",
    "Base",
    "Digest",
    "DocumentId",
    "Json",
    "Key",
    "Moment",
    "Name",
    "Words",
    "one_of",
]

#: From what may be published to what only its owner should see; `internal` by default.
SENSITIVITIES = ("public", "internal", "confidential", "secret")

#: Named constraints: a migration can drop what has a name.
_NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Key = Annotated[int, mapped_column(primary_key=True)]
DocumentId = Annotated[int, mapped_column(ForeignKey("documents.id"))]
Digest = Annotated[str, mapped_column(String(64))]
Json = Annotated[str, mapped_column(Text)]
Moment = Annotated[str, mapped_column(String(27))]
Name = Annotated[str, mapped_column(Text)]
Words = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """Root of the typed models; its metadata is the schema of this version."""

    metadata = MetaData(naming_convention=_NAMING)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The condition of a CHECK: the column holds one of a few words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
