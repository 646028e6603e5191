"""The prompt: the guidelines, the shape of the answer, and the words to read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

from temoin.record import Certainty, EventType, Polarity, Role

__all__ = ["answer_schema", "guidelines", "messages", "prompt_digest"]

_DIGITS = 12


@cache
def guidelines() -> str:
    """The instructions, the same for every question."""
    file = resources.files("temoin.second_opinion") / "data" / "prompt.md"
    return file.read_text(encoding="utf-8")


def prompt_digest() -> str:
    """The beginning of the instructions' SHA-256: which prompt a record was asked with."""
    return hashlib.sha256(guidelines().encode()).hexdigest()[:_DIGITS]


def messages(text: str, *, language: str) -> list[dict[str, str]]:
    """The conversation that asks what a text claims.

    Args:
        text: A few sentences, as they stand.
        language: ISO 639-1 code, or `other`.
    """
    said = "" if language == "other" else f' lang="{language}"'
    return [
        {"role": "system", "content": guidelines()},
        {"role": "user", "content": f"<text{said}>\n{text}\n</text>"},
    ]


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, as plain as servers that compile it to a grammar need it."""
    argument = _object(role=_one_of(Role), quote={"type": "string"})
    event = _object(
        type=_one_of(EventType),
        trigger={"type": "string"},
        arguments={"type": "array", "items": argument},
        polarity=_one_of(Polarity),
        certainty=_one_of(Certainty),
        attribution={"type": "string"},
    )
    return _object(events={"type": "array", "items": event})


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(marks: type[EventType | Role | Polarity | Certainty]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(mark) for mark in marks]}
