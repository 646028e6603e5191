"""What exports say to people, in English or in French."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["LANGUAGES", "STATEMENT", "Labels", "labels"]

#: Languages of labels; the reports' words stay in their own.
LANGUAGES = ("en", "fr")


class Labels:
    """The labels of one language.

    Args:
        language: One of `LANGUAGES`.
        words: Label by name.
    """

    def __init__(self, language: str, words: dict[str, Any]) -> None:
        self.language = language
        self._words = words

    def __getitem__(self, name: str) -> str:
        """A label."""
        return str(self._words[name])

    def type(self, name: str) -> str:
        """A type of event in words."""
        return str(self._words["type"].get(name) or name.replace("_", " "))

    def state(self, name: str) -> str:
        """A state of review in words."""
        return str(self._words["state"].get(name, name))

    def field(self, name: str) -> str:
        """A field of an incident in words."""
        return str(self._words["field"].get(name, name))


@cache
def labels(language: str = "en") -> Labels:
    """The labels of a language."""
    text = (resources.files(__package__) / "data" / "labels.toml").read_text("utf-8")
    return Labels(language, tomllib.loads(text)[language])


#: What every export says of itself.
STATEMENT = labels("en")["statement"]
