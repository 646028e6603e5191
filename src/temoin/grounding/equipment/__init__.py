"""Equipment: from "deux Su-25" or "un obus de 152 mm" to a type or class with its caliber."""

from __future__ import annotations

from temoin.grounding.equipment.resolve import resolve_equipment

__all__ = ["resolve_equipment"]
