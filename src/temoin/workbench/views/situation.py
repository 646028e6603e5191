"""The situation of a case: derived once for all days, told for one, two or many.

What is derived rests on whole reports. Where a filter leaves more of them than can be read
while somebody waits, the newest up to the day are, and the notes say so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from temoin.casefile import Case
from temoin.record import EventType
from temoin.situation import Area, Listed, State, Where, parse_area
from temoin.situation.changing import changes_between
from temoin.situation.claims import Claim, cite
from temoin.situation.deriving import NOTE, Derived, derive, on_day
from temoin.situation.rules import rules_for
from temoin.workbench.api.models.situation import (
    Cited,
    DayCount,
    ListedClaim,
    Side,
    SituationAnswer,
    SituationChange,
    SituationChanges,
    SituationDays,
    SituationPlace,
    SituationState,
)
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import FAR, Array
from temoin.workbench.views.held import number_of, situation_claims
from temoin.workbench.views.selecting import Reading, reading

__all__ = ["changes", "days", "situation"]

#: Reports that are read for one answer.
_REPORTS = 250

#: States, and claims that make none, that are told.
_STATES = 1_000
_LISTED = 300

#: Claims that one state cites on each side.
_CITED = 20

#: Days of one series.
_DAYS = 1_000

#: Of a claim whose days are wider than this nobody says that it was on one of them.
_WIDE = 31

_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class _Derived:
    """What was derived, and of what.

    Attributes:
        derived: The states on all days.
        reports: Reports that were read.
        notes: What was left out.
        at: Positions of the claims of the filter and the area.
    """

    derived: Derived
    reports: int
    notes: tuple[str, ...]
    at: Array


def situation(
    case: Case, *, at: dt.date, area: str | None, q: str, known_by: dt.date | None
) -> SituationAnswer:
    """What is claimed to be so on a day.

    Args:
        case: The case.
        at: The day.
        area: Only there, as `temoin.situation.parse_area` reads it.
        q: Only of claims that this query finds.
        known_by: Leave out what was published later.

    Raises:
        AreaError: There is no such area.
        QueryError: The query cannot be read.
    """
    region = parse_area(area) if area else None
    with reading(case) as now:
        found = _derived(now, q, region, known_by, until=at)
        told = on_day(found.derived, at=at, area=region, known_by=known_by)
        notes = list(found.notes)
        if len(told.states) > _STATES:
            notes.append(f"The first {_STATES:,} of {len(told.states):,} states.")
        if len(told.listed) > _LISTED:
            count = f"{len(told.listed):,}"
            notes.append(f"The first {_LISTED} of {count} claims that make no state.")
        first, last = _ends(found.derived.states)
        return SituationAnswer(
            note=NOTE,
            at=at,
            area=str(region) if region else None,
            known_by=known_by,
            states=[_state(now, state, at) for state in told.states[:_STATES]],
            listed=[_listed(now, each) for each in told.listed[:_LISTED]],
            without_coordinates=told.elsewhere,
            sides=_sides(told.states),
            first=first,
            last=last,
            reports=found.reports,
            notes=notes,
        )


def changes(
    case: Case,
    first: dt.date,
    second: dt.date,
    *,
    area: str | None,
    q: str,
    known_by: dt.date | None,
) -> SituationChanges:
    """What is claimed otherwise on the second day; arguments and errors as of `situation`."""
    region = parse_area(area) if area else None
    with reading(case) as now:
        found = _derived(now, q, region, known_by, until=max(first, second))
        items = changes_between(found.derived, first, second, area=region)
        notes = list(found.notes)
        if len(items) > _STATES:
            notes.append(f"The first {_STATES:,} of {len(items):,} changes.")
        return SituationChanges(
            first=first,
            second=second,
            items=[
                SituationChange(
                    what=each.what,
                    kind=each.first.kind.name,
                    place=_place(each.first.place),
                    before=[_state(now, state, first) for state in each.before],
                    after=[_state(now, state, second) for state in each.after],
                )
                for each in items[:_STATES]
            ],
            notes=notes,
        )


def days(
    case: Case,
    first: dt.date | None,
    last: dt.date | None,
    *,
    area: str | None,
    q: str,
    known_by: dt.date | None,
) -> SituationDays:
    """Day by day how much is claimed to be so.

    Args:
        case: The case.
        first: First day; None for the first on which anything begins.
        last: Last day; None for the last on which anything changes.
        area: Only there.
        q: Only of claims that this query finds.
        known_by: Leave out what was published later.

    Raises:
        Problem: The days run backwards.
        AreaError: There is no such area.
        QueryError: The query cannot be read.
    """
    if first and last and first > last:
        raise Problem(422, "from is after to")
    region = parse_area(area) if area else None
    with reading(case) as now:
        found = _derived(now, q, region, known_by, until=last)
        states = [
            state
            for state in found.derived.states
            if region is None or (state.place is not None and region.has(state.place))
        ]
        begins, ends = _ends(states)
        first, last = first or begins, last or ends
        if first is None or last is None or first > last:
            return SituationDays(first=first, last=last, items=[], notes=list(found.notes))
        notes = list(found.notes)
        length = (last - first).days + 1
        if length > _DAYS:
            first = last - dt.timedelta(days=_DAYS - 1)
            notes.append(f"The last {_DAYS:,} of {length:,} days: ask for days of your own.")
        return SituationDays(
            first=first, last=last, items=_series(now, states, found.at, first, last), notes=notes
        )


def _derived(
    now: Reading, q: str, area: Area | None, known_by: dt.date | None, *, until: dt.date | None
) -> _Derived:
    """All that the claims of a filter and an area make."""
    found = now.found(q)
    at, documents, notes = _reports(now, found.at, area, until)
    key = ("derived", q, str(area), known_by, tuple(documents) if notes else None)

    def made() -> _Derived:
        wanted = {int(each) for each in now.columns.claims["id"][found.at]} if q.strip() else None
        claims: Iterable[Claim] = situation_claims(now, documents)
        if wanted is not None:
            claims = (claim for claim in claims if number_of(claim.id) in wanted)
        derived = derive(claims, known_by=known_by)
        return _Derived(derived, len(documents), (*found.notes, *notes), at)

    return now.memory.value_of(key, now.head, made)


def _reports(
    now: Reading, at: Array, area: Area | None, until: dt.date | None
) -> tuple[Array, list[int], list[str]]:
    """Positions of the claims of an area, the documents to read, and what was left out."""
    columns = now.columns
    status = columns.of_document("status")[at]
    at = at[status == columns.words["status"].number("active")]
    near = at if area is None else at[_near(now, at, area)]
    texts = columns.words["type"].texts
    bearing = np.array([bool(text and rules_for(EventType(text))) for text in texts])
    chosen = near[bearing[columns.claims["type"][near]]]
    documents = np.unique(columns.claims["document"][chosen])
    if len(documents) <= _REPORTS:
        return near, [int(each) for each in documents], []
    earliest = columns.claims["earliest"][chosen]
    day = np.where(earliest > -FAR, earliest, columns.of_document("published")[chosen])
    if until is not None:
        chosen, day = chosen[day <= until.toordinal()], day[day <= until.toordinal()]
    # Of each document the newest claim up to the day; in an area those that lie there first.
    elsewhere = np.isnan(columns.claims["latitude"][chosen]) & (area is not None)
    order = np.lexsort((-day, elsewhere))
    numbers = columns.claims["document"][chosen][order]
    _, firsts = np.unique(numbers, return_index=True)
    newest = numbers[np.sort(firsts)][:_REPORTS]
    left = len(documents) - len(newest)
    note = (
        f"Made of the {len(newest):,} reports with the newest claims"
        f"{f' up to {until}' if until else ''}; {left:,} others were not read: "
        "ask for a smaller area, or narrow the filter."
    )
    return near, sorted(int(each) for each in newest), [note]


def _near(now: Reading, at: Array, area: Area) -> Array:
    """Which claims may lie in an area: those that nobody can locate may, too."""
    south, west, north, east = area.bounds()
    claims = now.columns.claims
    latitude, longitude = claims["latitude"][at], claims["longitude"][at]
    radius = np.nan_to_num(claims["radius_km"][at], nan=1.0) / _KM_A_DEGREE
    wide = radius / np.maximum(np.cos(np.radians(np.nan_to_num(latitude))), 0.01)
    tall = (latitude >= south - radius) & (latitude <= north + radius)
    across = np.zeros(len(at), dtype=bool)
    for turn in (-360.0, 0.0, 360.0):
        turned = longitude + turn
        across |= (turned >= west - wide) & (turned <= east + wide)
    inside: Array = (tall & across) | np.isnan(latitude)
    return inside


def _ends(states: Sequence[State]) -> tuple[dt.date | None, dt.date | None]:
    """The first day on which any begins, and the last on which any begins or ends."""
    starts = [state.start for state in states]
    changed = [*starts, *(state.end for state in states if state.end)]
    return (min(starts), max(changed)) if starts else (None, None)


def _series(
    now: Reading, states: Sequence[State], at: Array, first: dt.date, last: dt.date
) -> list[DayCount]:
    length, zero = (last - first).days + 1, first.toordinal()
    runs = {name: np.zeros(length + 1, dtype=np.int64) for name in ("all", "control", "contested")}
    changed = np.zeros(length, dtype=np.int64)

    def add(name: str, start: int, end: int) -> None:
        if end > 0 and start < length:
            runs[name][max(start, 0)] += 1
            runs[name][min(end, length)] -= 1

    for state in states:
        start = state.start.toordinal() - zero
        end = length if state.end is None else state.end.toordinal() - zero
        add("all", start, end)
        if state.kind.name == "control":
            add("control", start, end)
        if state.contested:
            add("contested", start, end)
        for day in (start, end if state.end else None):
            if day is not None and 0 <= day < length:
                changed[day] += 1
    counts = {name: np.cumsum(run)[:length] for name, run in runs.items()}
    claims = _claims_a_day(now, at, zero, length)
    return [
        DayCount(
            day=first + dt.timedelta(days=number),
            states=int(counts["all"][number]),
            control=int(counts["control"][number]),
            contested=int(counts["contested"][number]),
            changes=int(changed[number]),
            claims=int(claims[number]),
        )
        for number in range(length)
    ]


def _claims_a_day(now: Reading, at: Array, zero: int, length: int) -> Array:
    """How many claims may have been on each day; those of more than a month are left out."""
    earliest = now.columns.claims["earliest"][at].astype(np.int64)
    latest = now.columns.claims["latest"][at].astype(np.int64)
    kept = (earliest > -FAR) & (latest < FAR) & (latest - earliest < _WIDE)
    start = np.clip(earliest[kept] - zero, 0, length)
    end = np.clip(latest[kept] - zero + 1, 0, length)
    steps = np.bincount(start, minlength=length + 1) - np.bincount(end, minlength=length + 1)
    counts: Array = np.cumsum(steps)[:length]
    return counts


def _state(now: Reading, state: State, at: dt.date) -> SituationState:
    key = "|".join((*state.key, state.start.isoformat()))
    return SituationState(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        kind=state.kind.name,
        subject=Side(key=state.subject.key, name=state.subject.name, known=state.subject.known),
        place=_place(state.place),
        start=state.start,
        end=state.end,
        begins=str(state.begins),
        begins_told=state.begins.own,
        open=state.open_on(at),
        contested=state.contested,
        contested_since=state.contested_since,
        rules=list(state.rules),
        supports=[_cited(now, claim) for claim in state.supports[:_CITED]],
        disputes=[_cited(now, claim) for claim in state.disputes[:_CITED]],
        ended_by=[_cited(now, claim) for claim in state.ended_by[:_CITED]],
        supporting=len(state.supports),
        disputing=len(state.disputes),
    )


def _listed(now: Reading, listed: Listed) -> ListedClaim:
    return ListedClaim(
        kind=listed.kind.name,
        reason=listed.reason,
        subject=listed.subject.name,
        place=_place(listed.place),
        claim=_cited(now, listed.claim),
    )


def _place(place: Where | None) -> SituationPlace | None:
    return None if place is None else SituationPlace(key=place.key, **place.to_dict())


def _cited(now: Reading, claim: Claim) -> Cited:
    told = cite(claim)
    number = number_of(claim.id)
    at = now.columns.position(number)
    said = told["attribution"]
    return Cited(
        claim=number if at is not None else None,
        document=None if at is None else int(now.columns.claims["document"][at]),
        document_name=claim.document,
        sensitivity="internal" if at is None else now.columns.sensitivity(at),
        attribution=said["text"] if said else None,
        **{
            name: told[name]
            for name in (
                "type", "trigger", "sentence", "polarity", "certainty", "source", "published",
                "earliest", "latest", "days_told",
            )
        },
    )  # fmt: skip


def _sides(states: Sequence[State]) -> list[Side]:
    """Sides that hold or are present, those with the most places first."""
    counts: dict[str, int] = {}
    sides: dict[str, Side] = {}
    for state in states:
        if state.kind.subject == "side":
            key = state.subject.key
            counts[key] = counts.get(key, 0) + 1
            sides.setdefault(key, Side(key=key, name=state.subject.name, known=state.subject.known))
    return sorted(sides.values(), key=lambda side: (-counts[side.key], side.key))
