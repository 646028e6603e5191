"""Redaction profiles: what an export leaves out, as data. Three come with Témoin."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from temoin.casefile.schema import SENSITIVITIES
from temoin.errors import TemoinError

__all__ = ["PROFILES", "Level", "Profile", "ProfileError", "is_above", "load_profile"]

#: Profiles that come with Témoin.
PROFILES = ("public", "partner", "internal")

Level = Literal["public", "internal", "confidential", "secret"]


class ProfileError(TemoinError):
    """There is no such profile, or it is none."""


class Profile(BaseModel):
    """What an export leaves out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    level: Level = Field(description="Documents and fields above it are dropped.")
    persons: bool = Field(default=True, description="Names of persons become [person 1].")
    contacts: bool = Field(default=True, description="Telephone, e-mail, handle, link go.")
    facilities: bool = Field(
        default=True, description="Hospitals, shelters, camps lose their name."
    )
    coordinates: Literal["exact", "decimals", "admin1", "none"] = "decimals"
    decimals: int = Field(default=1, ge=0, le=5)
    facility_decimals: int = Field(default=0, ge=0, le=5)
    quotes: bool = Field(default=False, description="Whether the report's words are given at all.")
    links: bool = Field(default=False, description="Whether the report's address is given.")
    files: bool = Field(
        default=False, description="Whether paths, file names and hashes are given."
    )


def load_profile(name: str) -> Profile:
    """A profile by name, or from a TOML file.

    Args:
        name: One of `PROFILES`, or a path.

    Raises:
        ProfileError: There is none, or it is none.
    """
    try:
        if name in PROFILES:
            text = (resources.files(__package__) / "data" / f"{name}.toml").read_text("utf-8")
        else:
            text = Path(name).read_text("utf-8")
        return Profile.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}: is no profile that can be read; there are {', '.join(PROFILES)}"
        raise ProfileError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"{name}: is no TOML: {error}"
        raise ProfileError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise ProfileError(message) from error


def is_above(level: str, limit: str) -> bool:
    """Whether a level is more sensitive than another."""
    return SENSITIVITIES.index(level) > SENSITIVITIES.index(limit)
