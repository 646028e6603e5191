"""The situation on a day, of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from temoin.situation.areas import Area
from temoin.situation.claims import Claim
from temoin.situation.places import Where
from temoin.situation.rules import kinds, table
from temoin.situation.signals import signals_of
from temoin.situation.states import Listed, State
from temoin.situation.tracks import states_of

__all__ = ["Derived", "Situation", "derive", "on_day", "situation"]

NOTE = "Claims, not facts: what reports say, with who says so and who disputes it."


@dataclass(frozen=True, slots=True)
class Derived:
    """All that claims make.

    Attributes:
        states: All states, by kind, place, subject and start.
        listed: The claims that make none.
    """

    states: tuple[State, ...]
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is claimed to be so on a day.

    Attributes:
        at: The day.
        area: Where it was looked; None for everywhere.
        known_by: The last day of publication that counted; None for all.
        states: What is claimed to be so.
        listed: Claims that bear on it but make no state.
        elsewhere: How many states of the day have no coordinates, so that nobody knows
            whether they lie in the area.
    """

    at: dt.date
    area: Area | None
    known_by: dt.date | None
    states: tuple[State, ...]
    listed: tuple[Listed, ...] = ()
    elsewhere: int = 0

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types."""
        return {
            "note": NOTE,
            "at": self.at.isoformat(),
            "area": str(self.area) if self.area else None,
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "states": [state.to_dict() for state in self.states],
            "listed": [each.to_dict() for each in self.listed],
            "without_coordinates": self.elsewhere,
        }


def derive(claims: Iterable[Claim], *, known_by: dt.date | None = None) -> Derived:
    """All states that claims make, on whatever days.

    Args:
        claims: The claims.
        known_by: Leave out what was published later.
    """
    kept = [c for c in claims if known_by is None or c.published is None or c.published <= known_by]
    signals, listed = signals_of(kept)
    states, over = states_of(signals)
    order = list(kinds())
    states.sort(
        key=lambda state: (
            order.index(state.kind.name),
            state.place.name if state.place else "",
            state.key[1],
            state.start,
            state.subject.key,
        )
    )
    there = {state.key[:2] for state in states}
    worth = [each for each in (*listed, *over) if _worth(each, there)]
    return Derived(tuple(states), tuple(worth))


def situation(
    claims: Iterable[Claim],
    *,
    at: dt.date,
    area: Area | None = None,
    known_by: dt.date | None = None,
) -> Situation:
    """What is claimed to be so on a day.

    Args:
        claims: The claims, of `claims_of_all`.
        at: The day.
        area: Only what lies there.
        known_by: Leave out what was published later: what could be known then.
    """
    return on_day(derive(claims, known_by=known_by), at=at, area=area, known_by=known_by)


def on_day(
    derived: Derived,
    *,
    at: dt.date,
    area: Area | None = None,
    known_by: dt.date | None = None,
) -> Situation:
    """What is claimed to be so on a day, of what was derived once for all days.

    Args:
        derived: All that the claims make.
        at: The day.
        area: Only what lies there.
        known_by: With which it was derived; only told.
    """
    states = [state for state in derived.states if state.holds(at)]
    near = [each for each in derived.listed if _timely(each, at)]
    if area is None:
        return Situation(at, None, known_by, tuple(states), tuple(near))
    return Situation(
        at,
        area,
        known_by,
        tuple(state for state in states if _within(area, state.place)),
        tuple(each for each in near if _within(area, each.place)),
        sum(state.place is None or not state.place.located for state in states),
    )


def _worth(listed: Listed, there: set[tuple[str, str]]) -> bool:
    """Whether a claim that makes no state bears on anything: an end needs something to end."""
    if not listed.ends or listed.kind.lone_ends:
        return True
    return (listed.kind.name, listed.place.key if listed.place else "") in there


def _within(area: Area, place: Where | None) -> bool:
    return place is not None and area.has(place)


def _timely(listed: Listed, at: dt.date) -> bool:
    """Whether a claim that makes no state still, or already, bears on a day."""
    claim = listed.claim
    kept = dt.timedelta(days=table("rules")["listed_days"])
    if claim.days is not None and claim.days.latest + kept < at:
        return False
    if claim.published is not None and claim.published <= at:
        return claim.days is not None or claim.published + kept >= at
    return claim.days is None or claim.days.earliest <= at
