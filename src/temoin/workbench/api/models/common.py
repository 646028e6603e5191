"""What many answers share: pages, pieces of text, names of the things that are few."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Answer",
    "Days",
    "Family",
    "Given",
    "Label",
    "Level",
    "Offset",
    "Page",
    "Piece",
    "Point",
    "Problem",
    "Snippet",
    "State",
    "Status",
]

#: Numbers of rows: PostgreSQL's integers end there.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]

State = Literal["pending", "accepted", "edited", "rejected", "unsure"]
Level = Literal["public", "internal", "confidential", "secret"]
Status = Literal["active", "hidden", "frozen", "removed"]
Family = Literal["combat", "control", "means", "harm", "politics"]


class Answer(BaseModel):
    """What the API gives: what has a default is there all the same."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Given(BaseModel):
    """What the API takes: fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid")


Item = TypeVar("Item")


class Page(Answer, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    total: int = Field(description="How many there are on all pages.")
    next: str | None = Field(
        default=None, description="Give it back as `after` for the next page; null on the last."
    )
    notes: list[str] = Field(default=[], description="What the reader should know.")


class Label(Answer):
    """A name in the languages of the interface."""

    en: str
    fr: str


class Piece(Answer):
    """Words of a document's text."""

    start: int
    end: int
    text: str


class Snippet(Piece):
    """A piece of a text, with the words that were sought."""

    marks: list[tuple[int, int]] = Field(description="Offsets in the document, not in the piece.")


class Point(Answer):
    """A place on the map: it lies within the radius."""

    latitude: float
    longitude: float
    radius_km: float | None = None


class Days(Answer):
    """The days within which something was; a side that is null is open."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: Literal["day", "days", "month", "year", "range", "open", "none"] = Field(
        default="none", description="How far the two are apart."
    )


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str = Field(description="What is wrong and what mends it.")
    column: int | None = Field(
        default=None,
        description="Of a query that cannot be read: where, 1 for its first character.",
    )
    mark: str | None = Field(
        default=None, description="The query and, on a second line, a mark under the place."
    )
