"""Codebooks: from a record to rows of ACLED, UCDP GED, CAMEO, PLOVER, or of the user's own.

    book = load("acled")
    for row in code(record, book).rows:
        row.cells["sub_event_type"], row.why("sub_event_type").rule

Tables and rules are data (`data/<name>/codebook.toml`). Every code names the rule and the
words that gave it; what cannot be decided is said, with the reason, and never guessed.
"""

from __future__ import annotations

from temoin.codebooks.book import BUILT_IN, Codebook, Rule, load
from temoin.codebooks.bundling import incidents
from temoin.codebooks.coding import code
from temoin.codebooks.errors import CodebookError
from temoin.codebooks.model import Code, Coding, Incident, NotCoded, Row, Undecided

__all__ = [
    "BUILT_IN",
    "Code",
    "Codebook",
    "CodebookError",
    "Coding",
    "Incident",
    "NotCoded",
    "Row",
    "Rule",
    "Undecided",
    "code",
    "incidents",
    "load",
]
