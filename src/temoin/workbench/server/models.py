"""What the endpoints of the server take and give."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "CaseTold",
    "ChangedUser",
    "Corroborate",
    "ExportFormat",
    "ExportFormats",
    "ExportWanted",
    "Health",
    "JobList",
    "JobTold",
    "LogIn",
    "NewUser",
    "Pasted",
    "ProblemTold",
    "SessionTold",
    "StartAddress",
    "UserList",
    "UserTold",
]

Role = Literal["read", "review", "admin"]
Sensitivity = Literal["public", "internal", "confidential", "secret"]
Language = Literal["fr", "en", "es", "ar", "uk", "ru", "other"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Query = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]


def _web(url: str | None) -> str | None:
    if url and not url.lower().startswith(("http://", "https://")):
        message = "write an address that begins with http:// or https://"
        raise ValueError(message)
    return url


class _In(BaseModel):
    """What is sent: nothing that is not asked for, nothing converted by guessing."""

    model_config = ConfigDict(extra="forbid")


class ProblemTold(BaseModel):
    """What went wrong."""

    model_config = ConfigDict(extra="allow")

    detail: str = Field(description="What is wrong and what mends it.")


class CaseTold(BaseModel):
    """The case."""

    name: str = Field(description="Its title, or the name of its file.")
    uuid: str
    documents: int
    claims: int
    backend: Literal["sqlite", "postgresql"]


class LimitsTold(BaseModel):
    """How much is taken."""

    upload: int = Field(description="Bytes of one upload.")
    document: int = Field(description="Bytes of one file.")
    files: int = Field(description="Files in one upload.")
    text: int = Field(description="Bytes of a pasted text.")


class SessionTold(BaseModel):
    """Who is logged in, to what."""

    user: str
    role: Role
    csrf: str = Field(description="For the header X-Temoin-Token of everything that changes.")
    case: CaseTold
    version: str
    languages: list[str] = Field(description="Languages whose reports are read.")
    login: Literal["token", "password"]
    local: bool = Field(description="Whether only this machine can reach the server.")
    endings: list[str] = Field(description="Endings of files that are read.")
    limits: LimitsTold


class LogIn(_In):
    """Name and password."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1_000)


class StartAddress(BaseModel):
    """An address that opens one session, once."""

    url: str
    minutes: int


class UserTold(BaseModel):
    """A user."""

    name: str
    role: Role
    added_at: str


class UserList(BaseModel):
    """All users."""

    items: list[UserTold]


class NewUser(_In):
    """A user to add."""

    name: str = Field(min_length=1, max_length=64)
    role: Role
    password: str = Field(max_length=1_000)


class ChangedUser(_In):
    """What to change of a user."""

    role: Role | None = None
    password: str | None = Field(None, max_length=1_000)


class Pasted(_In):
    """A text to read."""

    text: str = Field(min_length=1)
    title: Line | None = None
    published: dt.date | None = None
    language: Language | None = None
    source: Line | None = None
    url: Annotated[Line, AfterValidator(_web)] | None = None
    sensitivity: Sensitivity | None = None


class UploadForm(_In):
    """What is told of files that are sent."""

    published: dt.date | None = None
    language: Language | None = None
    source: Line | None = None
    sensitivity: Sensitivity | None = None


class JobTold(BaseModel):
    """A job. Jobs do not outlive the server."""

    id: str
    kind: str
    by: str
    label: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int | None
    message: str
    result: dict[str, Any] | None
    error: str | None
    ahead: int | None = Field(description="Jobs that come before it.")
    created_at: str
    started_at: str | None
    finished_at: str | None


class JobList(BaseModel):
    """Jobs, the newest first."""

    items: list[JobTold]


class ExportWanted(_In):
    """What to export."""

    q: Query | None = Field(None, description="Which claims, as for search; all by default.")
    format: Literal[
        "csv", "csv-acled", "csv-ucdp", "csv-polecat", "geojson", "html", "jsonl", "kml", "ftm",
        "parquet", "gpkg", "pdf",
    ]  # fmt: skip
    profile: Literal["public", "partner", "internal"] = "internal"
    lang: Literal["en", "fr"] = "en"
    columns: list[Annotated[str, StringConstraints(max_length=40)]] | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="Of a table: which columns, in this order; the usual ones by default.",
    )


class ExportFormat(BaseModel):
    """A format of exports."""

    id: str
    extension: str
    media_type: str
    available: bool = Field(description="Whether the library that it needs is there.")
    columns: list[str] = Field(description="Columns that may be chosen; none where all are fixed.")
    default_columns: list[str] = Field(description="Those that are written by default.")


class ExportFormats(BaseModel):
    """What can be exported, and what can be left out."""

    formats: list[ExportFormat]
    profiles: list[str]
    default_profile: str
    languages: list[str]


class Corroborate(_In):
    """Which claims to corroborate."""

    q: Query | None = Field(None, description="Only these claims; the rest is in no incident.")


class Health(BaseModel):
    """Whether the server answers and its case can be read."""

    status: Literal["ok", "unavailable"]
    version: str
