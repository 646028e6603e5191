"""What changed between two days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from temoin.situation.areas import Area
from temoin.situation.claims import Claim
from temoin.situation.deriving import Derived, derive, on_day
from temoin.situation.states import State

__all__ = ["Change", "changes", "changes_between"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is claimed otherwise on the second day than on the first.

    Attributes:
        what: began, ended, changed hands, became contested, or no longer contested.
        before: The states on the first day.
        after: The states on the second.
    """

    what: str
    before: tuple[State, ...]
    after: tuple[State, ...]

    @property
    def first(self) -> State:
        """A state that tells kind and place."""
        return (self.after or self.before)[0]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types."""
        place = self.first.place
        return {
            "what": self.what,
            "kind": self.first.kind.name,
            "place": place.to_dict() if place else None,
            "before": [state.to_dict() for state in self.before],
            "after": [state.to_dict() for state in self.after],
        }


def changes(
    claims: Iterable[Claim],
    first: dt.date,
    second: dt.date,
    *,
    area: Area | None = None,
    known_by: dt.date | None = None,
) -> list[Change]:
    """What is claimed otherwise on the second day than on the first.

    Args:
        claims: The claims.
        first: One day.
        second: The other, later or earlier.
        area: Only what lies there.
        known_by: Leave out what was published later.
    """
    return changes_between(derive(claims, known_by=known_by), first, second, area=area)


def changes_between(
    derived: Derived, first: dt.date, second: dt.date, *, area: Area | None = None
) -> list[Change]:
    """What is claimed otherwise on the second day, of what was derived once for all days.

    Args:
        derived: All that the claims make.
        first: One day.
        second: The other, later or earlier.
        area: Only what lies there.
    """
    before = on_day(derived, at=first, area=area).states
    after = on_day(derived, at=second, area=area).states
    return list(_compared(_tracks(before), _tracks(after)))


def _tracks(states: Sequence[State]) -> dict[tuple[str, ...], list[State]]:
    tracks: dict[tuple[str, ...], list[State]] = defaultdict(list)
    for state in states:
        kind, place, subject = state.key
        tracks[(kind, place) if state.kind.exclusive else (kind, place, subject)].append(state)
    return tracks


def _compared(
    before: dict[tuple[str, ...], list[State]], after: dict[tuple[str, ...], list[State]]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        was, now = tuple(before.get(key, ())), tuple(after.get(key, ()))
        what = _what(was, now)
        if what:
            yield Change(what, was, now)


def _what(was: Sequence[State], now: Sequence[State]) -> str | None:
    if not was or not now:
        return "began" if now else "ended"
    disputed, disputes = (any(s.contested for s in states) for states in (was, now))
    if disputed != disputes:
        return "became contested" if disputes else "no longer contested"
    if {s.subject.key for s in was} != {s.subject.key for s in now}:
        return "changed hands"
    return None
