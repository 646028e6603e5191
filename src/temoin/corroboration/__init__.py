"""From claims to incidents: who reports the same thing, who copies, who contradicts whom.

    from temoin.corroboration import claims_of_all, corroborate, render, view

    claims = list(claims_of_all(records))
    found = corroborate(claims, texts=[(r.document.id, r.document.text) for r in records])
    for incident in found.incidents:
        print(render(view(incident)))

Pure functions over claims: nothing is stored, nothing is fetched. `docs/corroboration.md`
of the repository tells how it works and how well.
"""

from __future__ import annotations

from temoin.corroboration.claims import (
    Around,
    Claim,
    Count,
    Days,
    Party,
    Spot,
    Thing,
    claims_of,
    claims_of_all,
)
from temoin.corroboration.copies import Copy, copy_groups, find_copies
from temoin.corroboration.decisions import Constraints, Decision, Verdict, constraints
from temoin.corroboration.fields import Difference
from temoin.corroboration.grading import Grade, Support
from temoin.corroboration.incidents import (
    Corroboration,
    Incident,
    PairScore,
    carry_over,
    corroborate,
)
from temoin.corroboration.linking import Link, LinkKind, link, links_of
from temoin.corroboration.model import FieldWeight, Model, shipped_model
from temoin.corroboration.origins import origins
from temoin.corroboration.suggesting import Suggestion, suggestions
from temoin.corroboration.view import View, render, view

__all__ = [
    "Around",
    "Claim",
    "Constraints",
    "Copy",
    "Corroboration",
    "Count",
    "Days",
    "Decision",
    "Difference",
    "FieldWeight",
    "Grade",
    "Incident",
    "Link",
    "LinkKind",
    "Model",
    "PairScore",
    "Party",
    "Spot",
    "Suggestion",
    "Support",
    "Thing",
    "Verdict",
    "View",
    "carry_over",
    "claims_of",
    "claims_of_all",
    "constraints",
    "copy_groups",
    "corroborate",
    "find_copies",
    "link",
    "links_of",
    "origins",
    "render",
    "shipped_model",
    "suggestions",
    "view",
]
