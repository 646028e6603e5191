"""Claims made by hand, each field with a plain default."""

from __future__ import annotations

import datetime as dt
from typing import Any

from temoin.corroboration import Claim, Count, Days, Party, Spot
from temoin.record import EventType

DAY = dt.date(2024, 3, 17)


def claim(id_: str, **given: Any) -> Claim:
    """A claim of document and event `id_` ("a:e1"): an air strike on Ber, unless told."""
    document, event = id_.split(":")
    plain: dict[str, Any] = {
        "type": EventType.AIR_STRIKE,
        "trigger": "strike",
        "sentence": f"A strike hit the market of Ber on Sunday, says {document}.",
        "source": f"Paper {document}",
        "language": "en",
        "published": DAY + dt.timedelta(days=1),
        "days": on(17),
        "place": BER,
        "context": frozenset({"place:geonames:1", "name:market"}),
    }
    return Claim(id=id_, document=document, event=event, **(plain | given))


def on(day: int, *, own: bool = True) -> Days:
    """A day of March 2024."""
    return Days(dt.date(2024, 3, day), dt.date(2024, 3, day), own=own)


def killed(value: float, *, kind: str = "unknown") -> Count:
    """An exact count of dead."""
    return Count(f"{value:.0f}", value, value, value, "people", "killed", kind)


def between(text: str, low: float | None, high: float | None) -> Count:
    """A count of dead with bounds."""
    return Count(text, None, low, high, "people", "killed", "unknown", approximate=True)


BER = Spot("Ber", 16.84, -2.53, 1.0, "geonames:1")
GAO = Spot("Gao", 16.27, -0.04, 1.0, "geonames:2")
ARMY = Party("the Malian army", "Malian Armed Forces", "fama", "state_forces", country="ML")
REBELS = Party("the CSP", "Permanent Strategic Framework", "csp", "rebel_group", country="ML")
SOLDIERS = Party("soldiers", "Military Forces", None, "state_forces")
VILLAGERS = Party("villagers", "Civilians", None, "civilians")
