"""States with their evidence, and the claims that make none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from temoin.situation.claims import Claim, Days, cite
from temoin.situation.places import Where
from temoin.situation.rules import Kind
from temoin.situation.subjects import Subject

__all__ = ["Listed", "State"]


@dataclass(frozen=True, slots=True)
class State:
    """One stretch of days in which something is claimed to be so, on the same evidence.

    What is held from the 12th and disputed from the 14th is two states: `begins` is the
    12th in both, `start` is where each stretch starts.

    Attributes:
        kind: Control, presence, ...
        subject: Whose, or what.
        place: Where; None for a truce or a means that is told of no place.
        start: First day of the stretch.
        end: First day after it; None where nothing ended it.
        begins: Days within which the whole began.
        ends: Days within which it ended, where it did.
        supports: The claims for it; never empty.
        disputes: The claims against it.
        ended_by: The claims that end it.
        rules: The rules that made it of the claims.
        contested_since: Since when it has been disputed without a break; None where it is not.
    """

    kind: Kind
    subject: Subject
    place: Where | None
    start: dt.date
    end: dt.date | None
    begins: Days
    ends: Days | None
    supports: tuple[Claim, ...]
    disputes: tuple[Claim, ...] = ()
    ended_by: tuple[Claim, ...] = ()
    rules: tuple[str, ...] = ()
    contested_since: dt.date | None = None

    @property
    def contested(self) -> bool:
        """Whether there are claims on both sides."""
        return bool(self.supports and self.disputes)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a state of: kind, place and subject."""
        return self.kind.name, self.place.key if self.place else "", self.subject.key

    def holds(self, day: dt.date) -> bool:
        """Whether it is claimed to be so on a day."""
        return self.start <= day and (self.end is None or day < self.end)

    def open_on(self, day: dt.date) -> bool:
        """Whether a day lies among those within which it began: it may not yet be so."""
        return day < self.begins.latest

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types, with all its claims."""
        return {
            "kind": self.kind.name,
            "subject": self.subject.name,
            "subject_id": self.subject.key,
            "place": self.place.to_dict() if self.place else None,
            "start": self.start.isoformat(),
            "end": self.end.isoformat() if self.end else None,
            "begins": str(self.begins),
            "begins_told": self.begins.own,
            "ends": str(self.ends) if self.ends else None,
            "contested": self.contested,
            "contested_since": self.contested_since.isoformat() if self.contested_since else None,
            "rules": list(self.rules),
            "supports": [cite(claim) for claim in self.supports],
            "disputes": [cite(claim) for claim in self.disputes],
            "ended_by": [cite(claim) for claim in self.ended_by],
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim that would bear on the situation but makes no state.

    Attributes:
        claim: The claim.
        kind: What it is about.
        reason: Why it makes none: denied, planned, possible, no place, ...
        subject: Whom it is about.
        place: Where.
        ends: Whether it would end or shake a state rather than begin one.
    """

    claim: Claim
    kind: Kind
    reason: str
    subject: Subject
    place: Where | None = None
    ends: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types."""
        return {
            "kind": self.kind.name,
            "reason": self.reason,
            "subject": self.subject.name,
            "place": self.place.to_dict() if self.place else None,
            "claim": cite(self.claim),
        }
