"""How the columns of a table become a claim: a mapping, built in or written by the user.

ACLED, UCDP GED and GDELT are mapping files too (`data/*.toml`); `docs/imports.md` says what
may stand in one.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from temoin.errors import ReadingError
from temoin.record import EventType

__all__ = ["BUILT_IN", "Actors", "Codes", "Mapping", "Places", "Times", "TypeRule", "load_mapping"]

#: Mappings that come with Témoin.
BUILT_IN = ("acled", "ucdp", "gdelt")

Sides = Literal["both", "told", "untold"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Times(_Part):
    """When: columns with the first and the last day, and how exact they are."""

    start: str
    end: str | None = None
    precision: str | None = None
    scheme: Literal["acled", "ucdp"] | None = None


class Places(_Part):
    """Where: columns with the name and the point."""

    name: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    precision: str | None = None
    scheme: Literal["acled", "ucdp"] | None = None
    country: str | None = Field(default=None, description="A column with ISO 3166-1 alpha-2.")
    country_alpha3: str | None = None
    country_numeric: str | None = None
    country_gw: str | None = Field(default=None, description="Gleditsch-Ward number.")
    radius_km: dict[str, float] = Field(default_factory=dict, description="By precision.")


class Deaths(_Part):
    """How many were killed."""

    value: str
    low: str | None = None
    high: str | None = None
    words: tuple[str, ...] = Field(
        default=(), description="What says, right beside a number, that so many were killed."
    )


class Actors(_Part):
    """Who: a column with a name, and one with a code of its kind."""

    column: str
    code: str | None = None
    split: str | None = Field(default=None, description="What parts several names.")


class TypeRule(_Part):
    """The first rule that fits a row gives its type, or says why there is none."""

    when: dict[str, str] = Field(default_factory=dict)
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    deadly: bool = False
    type: EventType | None = None
    reason: str | None = None
    sides: Sides = "untold"

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.type is None) == (self.reason is None):
            raise ValueError("a rule has a type, or a reason why there is none")
        return self


class Codes(_Part):
    """Types by the beginning of a code; the longest that fits decides."""

    column: str
    types: dict[str, EventType]
    otherwise: str
    sides: dict[EventType, Sides] = Field(default_factory=dict)


class Mapping(_Part):
    """What the columns of a table are."""

    name: str = Field(description="Name of the data set; becomes the producer's.")
    terms: str = Field(description="Terms of use; noted with every record.")
    id: tuple[str, ...] = Field(description="Columns with a row's id: the first that is there.")
    needs: tuple[str, ...] = Field(default=(), description="Columns that must be there.")
    columns: tuple[str, ...] = Field(default=(), description="Where the file has no header.")
    header: bool = True
    delimiter: str = ","
    language: str | None = Field(default=None, description="Detected where it is not told.")
    revision: str | None = Field(default=None, description="A number that grows by revision.")
    text: tuple[str, ...] = Field(default=(), description="Columns with words: note, headline.")
    trigger: str | None = Field(
        default=None, description="Where the row itself is the text: the column with the type."
    )
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    time: Times | None = None
    place: Places | None = None
    deaths: Deaths | None = None
    actors: tuple[Actors, ...] = ()
    kinds: dict[str, str] = Field(default_factory=dict, description="Kind by code.")
    inter: dict[str, int] = Field(default_factory=dict, description="ACLED's number by kind.")
    names: dict[str, str] = Field(default_factory=dict, description="Kind by name.")
    types: tuple[TypeRule, ...] = ()
    codes: Codes | None = None

    @model_validator(mode="after")
    def _can_tell_types(self) -> Self:
        if bool(self.types) == bool(self.codes):
            raise ValueError("a mapping has [[types]], or [codes]")
        if len(self.delimiter) != 1:
            raise ValueError("a delimiter is one character")
        if not self.header and not self.columns:
            raise ValueError("a file without a header needs columns")
        return self


def load_mapping(name: str) -> Mapping:
    """A mapping by name, or from a TOML file.

    Args:
        name: One of `BUILT_IN`, or a path.

    Raises:
        ReadingError: There is none, or it is none.
    """
    if name in BUILT_IN:
        text = (resources.files(__package__) / "data" / f"{name}.toml").read_text("utf-8")
    else:
        try:
            text = Path(name).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            known = ", ".join((*BUILT_IN, "records"))
            cause = f"is no mapping file that can be read ({error}); built in are {known}"
            raise ReadingError(name, cause) from error
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReadingError(name, f"{where or 'mapping'}: {first['msg']}") from error
    except tomllib.TOMLDecodeError as error:
        raise ReadingError(name, f"is no TOML: {error}") from error
