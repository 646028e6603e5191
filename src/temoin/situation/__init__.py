"""The situation: who holds which place, which means are denied, on which claims.

    from temoin.situation import changes, claims_of_all, situation

    claims = list(claims_of_all(records))
    now = situation(claims, at=date(2024, 3, 14), area=Circle(16.27, -0.04, 50))
    for state in now.states:
        print(state.kind, state.subject, state.place, state.contested, state.supports)

Derived, never stored: pure functions over claims. Each state cites the claims for it and
against it; claims that are denied, planned or only possible make no state and are listed
apart. `docs/situation.md` of the repository tells the rules; they are in `data/rules.toml`.
"""

from __future__ import annotations

from temoin.situation.areas import Area, AreaError, Box, Circle, parse_area
from temoin.situation.changing import Change, changes
from temoin.situation.claims import Claim, Days, claims_of, claims_of_all
from temoin.situation.deriving import Situation, derive, situation
from temoin.situation.places import Where
from temoin.situation.states import Listed, State

__all__ = [
    "Area",
    "AreaError",
    "Box",
    "Change",
    "Circle",
    "Claim",
    "Days",
    "Listed",
    "Situation",
    "State",
    "Where",
    "changes",
    "claims_of",
    "claims_of_all",
    "derive",
    "parse_area",
    "situation",
]
