"""Quantities: from "une vingtaine" to a number with its bounds, its unit and its status."""

from __future__ import annotations

from temoin.grounding.quantity._ground import ground_quantities
from temoin.grounding.quantity._parse import (
    FoundQuantity,
    find_quantities,
    is_in_words,
    parse_quantity,
)

__all__ = ["FoundQuantity", "find_quantities", "ground_quantities", "is_in_words", "parse_quantity"]
