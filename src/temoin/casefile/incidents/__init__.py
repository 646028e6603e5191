"""Corroboration within a case: incidents kept with their ids, verdicts on pairs of claims.

`run` reads the claims of a case, links them and keeps what it finds; `decide` and `undo`
keep what people say of two claims, which the next run applies. `incident_shown` and
`incidents_listed` tell what the last run found. Nothing here changes a claim.
"""

from __future__ import annotations

from temoin.casefile.incidents.pairs import PairDone, decide, decided_pairs, undo
from temoin.casefile.incidents.running import Result, run
from temoin.casefile.incidents.showing import incident_shown, incidents_listed, side_by_side
from temoin.casefile.incidents.storing import Changes

__all__ = [
    "Changes",
    "PairDone",
    "Result",
    "decide",
    "decided_pairs",
    "incident_shown",
    "incidents_listed",
    "run",
    "side_by_side",
    "undo",
]
