"""The form of `review` in a line: checked before anything of it is stored."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from temoin.casefile.privacy.profiles import Level

__all__ = ["Review"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Decision(_Part):
    field: str | None = None
    verdict: Literal["accept", "edit", "reject", "unsure", "add", "undo"]
    value: Any = None
    machine: Any = None
    reviewer: str = Field(min_length=1)
    reason_code: str | None = None
    reason: str | None = None
    at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
    claim_version: int
    batch: str | None = None
    undoes: int | None = Field(default=None, ge=0)


class _Other(_Part):
    document: str = Field(pattern=r"^[0-9a-f]{64}$")
    event: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class _Pair(_Part):
    event: str
    other: _Other
    verdict: Literal["same", "different", "unsure", "undo"]
    reviewer: str = Field(min_length=1)
    reason: str | None = None
    at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
    undoes: int | None = Field(default=None, ge=0)


class _Sensitivity(_Part):
    field: str
    sensitivity: Level
    at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
    by: str


class _Claim(_Part):
    event: str
    origin: Literal["machine", "human"]
    present: bool
    state: Literal["pending", "accepted", "edited", "rejected", "unsure"]
    version: int = Field(ge=1)
    machine: dict[str, Any] | None = None
    decisions: list[_Decision] = []
    sensitivity: list[_Sensitivity] = []


class _Document(_Part):
    content_key: str = Field(pattern=r"^[0-9a-f]{64}$")
    sensitivity: Level
    status: Literal["active", "hidden", "frozen", "removed"]
    author: str | None = None
    archive_url: str | None = None
    licence: str | None = None


class _Producer(_Part):
    kind: Literal["model", "import", "opinion"]
    name: str
    temoin: str
    model_sha256: str | None = None
    terms: str | None = None


class Review(_Part):
    """What people did with a document, beside its effective record."""

    format: int
    document: _Document
    producer: _Producer
    record_sha256: str
    relations: list[dict[str, Any]] = []
    claims: list[_Claim]
    pairs: list[_Pair] = []
