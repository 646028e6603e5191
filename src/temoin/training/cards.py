"""The model card: one JSON file beside the weights, always written the same way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["read_card", "write_card"]

_NAME = "card.json"


def read_card(folder: Path) -> dict[str, Any]:
    """The card in a model's or a run's folder."""
    card: dict[str, Any] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    return card


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write the card, keys sorted."""
    text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / _NAME).write_text(f"{text}\n", encoding="utf-8")
