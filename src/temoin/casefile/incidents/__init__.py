"""Corroboration within a case: incidents kept with their ids, verdicts on pairs of claims.

`run` reads the claims of a case, links them and keeps what it finds; `decide` and `undo`
keep what people say of two claims, which the next run applies. `incident_shown` and
`incidents_listed` tell what the last run found. Nothing here changes a claim.
"""

from __future__ import annotations

from temoin.casefile.incidents.freshness import last_run
from temoin.casefile.incidents.pairs import PairDone, active_pairs, decide, decided_pairs, undo
from temoin.casefile.incidents.running import Result, run
from temoin.casefile.incidents.showing import incident_shown, incidents_listed, side_by_side
from temoin.casefile.incidents.storing import Changes
from temoin.casefile.incidents.suggested import suggested, suggested_lines

__all__ = [
    "Changes",
    "PairDone",
    "Result",
    "active_pairs",
    "decide",
    "decided_pairs",
    "incident_shown",
    "incidents_listed",
    "last_run",
    "run",
    "side_by_side",
    "suggested",
    "suggested_lines",
    "undo",
]
