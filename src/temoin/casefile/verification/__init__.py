"""Finds what was tampered with: `verify` gives every fault, and says where it is.

Three things are compared. The audit log with itself: every entry carries the hash of
the one before. The tables with the log: it told the state of each document, place of
finding, producer, record and decision. The rows with the records and decisions from
which they follow: events, arguments, relations, claims and the search index.
"""

from __future__ import annotations

from temoin.casefile.verification.faults import Fault, Head
from temoin.casefile.verification.verifying import Report, verify

__all__ = ["Fault", "Head", "Report", "verify"]
