"""The schema of a case as typed models, one module a theme."""

from __future__ import annotations

from temoin.casefile.schema.base import SENSITIVITIES, Base
from temoin.casefile.schema.documents import STATUSES, Acquisition, Document, Original
from temoin.casefile.schema.incidents import (
    LINKS,
    PAIR_VERDICTS,
    SUPPORTS,
    ClaimLink,
    Corroboration,
    Incident,
    IncidentClaim,
    IncidentSuggestion,
    PairDecision,
)
from temoin.casefile.schema.log import AuditEntry, CaseInfo
from temoin.casefile.schema.records import Argument, Event, Producer, Relation, StoredRecord
from temoin.casefile.schema.review import STATES, VERDICTS, Claim, Decision, FieldSensitivity

__all__ = [
    "LINKS",
    "PAIR_VERDICTS",
    "SENSITIVITIES",
    "STATES",
    "STATUSES",
    "SUPPORTS",
    "VERDICTS",
    "Acquisition",
    "Argument",
    "AuditEntry",
    "Base",
    "CaseInfo",
    "Claim",
    "ClaimLink",
    "Corroboration",
    "Decision",
    "Document",
    "Event",
    "FieldSensitivity",
    "Incident",
    "IncidentClaim",
    "IncidentSuggestion",
    "Original",
    "PairDecision",
    "Producer",
    "Relation",
    "StoredRecord",
]
