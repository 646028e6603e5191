"""From signals to states: the days of each, and who disputes them.

All signals of one kind at one place are a track. What begins lasts until something that
is surely later ends it: the same side leaves, or (of control) another side takes the
place. What is not surely later ends nothing: then both stand, and dispute each other. A
claim that denies a beginning or an end disputes it, and what is disputed ends nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from temoin.situation.claims import Claim, Days
from temoin.situation.places import Where
from temoin.situation.signals import Signal, precedes
from temoin.situation.states import Listed, State
from temoin.situation.subjects import ALL, NOBODY, Subject
from temoin.situation.wholes import gathered, known_subjects

__all__ = ["states_of"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Period:
    """What one signal begins, until what ends it."""

    signal: Signal
    start: dt.date
    end: dt.date | None
    ends: Days | None = None
    ended_by: tuple[Claim, ...] = ()

    def overlap(self, start: dt.date, end: dt.date | None) -> tuple[dt.date, dt.date | None] | None:
        """The days that it shares with others; None where there are none."""
        first, last = max(self.start, start), _sooner(self.end, end)
        return (first, last) if last is None or first < last else None


@dataclass(frozen=True, slots=True)
class _Against:
    """A claim against a state, from a day on."""

    claim: Claim
    start: dt.date
    end: dt.date | None


def states_of(signals: Sequence[Signal]) -> tuple[list[State], list[Listed]]:
    """The states that signals make, and the claims that end what no claim begins."""
    states: list[State] = []
    listed: list[Listed] = []
    for track in gathered(signals):
        made, left = _track(known_subjects(track))
        states += made
        listed += left
    return states, listed


def _track(track: list[Signal]) -> tuple[list[State], list[Listed]]:
    begins = [signal for signal in track if signal.starts]
    if not begins:
        return [], [
            Listed(s.claim, s.rule.kind, "ends what no claim begins", s.subject, s.place, ends=True)
            for s in track
            if s.effect in ("end", "shake")
        ]
    raw = [_period(signal, track, ()) for signal in begins]
    disputed = {id(period.signal) for period in raw if any(_denies(n, period) for n in track)}
    raised = [_period(signal, track, disputed) for signal in begins]
    periods = [p for p in raised if p.end is None or p.start < p.end]
    over = [
        Listed(p.signal.claim, p.signal.rule.kind, "over within the day",
               p.signal.subject, p.signal.place)
        for p in raised if p not in periods
    ]  # fmt: skip
    by_subject: dict[str, list[_Period]] = defaultdict(list)
    for period in periods:
        by_subject[period.signal.subject.key].append(period)
    states = [
        state
        for mine in by_subject.values()
        for group in _merged(mine)
        for state in _states(group, track, periods)
    ]
    return states, over


def _period(signal: Signal, track: Iterable[Signal], disputed: Iterable[int]) -> _Period:
    """From a beginning to the first thing that surely ends it."""
    start = signal.days.earliest
    taken = set(disputed)
    enders = [
        other
        for other in track
        if precedes(signal, other)
        and (
            (other.effect == "end" and _concerns(other, signal) and not _refuted(other, track))
            or (_takes(other, signal) and id(other) not in taken)
        )
    ]
    end: dt.date | None = None
    ends: Days | None = None
    by: tuple[Claim, ...] = ()
    if enders:
        end = min(other.days.earliest for other in enders)
        first = [other for other in enders if other.days.earliest == end]
        ends = min(other.days for other in first)
        by = _unique(other.claim for other in first)
    own = None if signal.rule.lasts else signal.days.latest + _DAY
    if own is not None and (end is None or own < end):
        end, ends, by = own, Days(own, own, own=signal.days.own), ()
    return _Period(signal, start, end, ends, by)


def _takes(other: Signal, signal: Signal) -> bool:
    """Whether another side's taking ends it."""
    return (
        signal.rule.kind.exclusive
        and other.effect == "begin"
        and other.subject.key != signal.subject.key
    )


def _concerns(other: Signal, signal: Signal) -> bool:
    return other.subject.key in (signal.subject.key, ALL.key)


def _denies(other: Signal, period: _Period) -> bool:
    """Whether a claim denies a beginning: "has not taken", while it is said to hold."""
    return (
        other.effect == "not_begin"
        and other.subject.key in (period.signal.subject.key, NOBODY.key, ALL.key)
        and period.start <= other.days.latest
        and (period.end is None or other.days.earliest < period.end)
    )


def _refuted(end: Signal, track: Iterable[Signal]) -> bool:
    """Whether a claim denies an end: "has not withdrawn"."""
    return any(_refutes(other, end) for other in track)


def _refutes(other: Signal, end: Signal) -> bool:
    return (
        other.effect == "not_end"
        and other.subject.key in (end.subject.key, NOBODY.key, ALL.key)
        and end.days.earliest <= other.days.latest
    )


def _merged(periods: Iterable[_Period]) -> Iterator[list[_Period]]:
    """Groups of periods that share days: each is one holding."""
    group: list[_Period] = []
    end: dt.date | None = None
    for period in sorted(periods, key=lambda p: (p.start, p.end or dt.date.max, p.signal.claim.id)):
        if group and (end is None or period.start < end):
            group.append(period)
            end = _later(end, period.end)
        else:
            if group:
                yield group
            group, end = [period], period.end
    if group:
        yield group


def _states(
    group: list[_Period], track: Sequence[Signal], periods: Sequence[_Period]
) -> Iterator[State]:
    """A holding, cut where the claims against it change."""
    first = group[0]
    start = first.start
    end: dt.date | None = first.end
    for period in group:
        end = _later(end, period.end)
    against = list(_all_against(group, start, end, track, periods))
    last = next(p for p in group if p.end == end)
    cuts = {day for each in against for day in (each.start, each.end) if day is not None}
    days = [start, *sorted(day for day in cuts if start < day and (end is None or day < end))]
    pieces: list[State] = []
    disputed_since: dt.date | None = None
    for at, piece_start in enumerate(days):
        piece_end = days[at + 1] if at + 1 < len(days) else end
        final = at + 1 == len(days)
        inside = [p for p in group if p.overlap(piece_start, piece_end)]
        disputes = _unique(
            a.claim
            for a in against
            if a.start <= piece_start and (a.end is None or a.end > piece_start)
        )
        disputed_since = (disputed_since or piece_start) if disputes else None
        refuted = [s for s in track if s.effect == "end" and s.claim in disputes]
        backing = [s.claim for s in track if any(_refutes(s, end_) for end_ in refuted)]
        state = State(
            kind=first.signal.rule.kind,
            subject=_named(group),
            place=_widest(p.signal.place for p in group),
            start=piece_start,
            end=piece_end,
            begins=min(p.signal.days for p in group if p.start == start),
            ends=last.ends if final else None,
            supports=_unique([*(p.signal.claim for p in inside), *backing]),
            disputes=disputes,
            ended_by=last.ended_by if final else (),
            rules=tuple(dict.fromkeys(p.signal.rule.name for p in inside)),
            contested_since=disputed_since,
        )
        if pieces and pieces[-1].disputes == state.disputes:
            supports = _unique([*pieces[-1].supports, *state.supports])
            rules = tuple(dict.fromkeys([*pieces[-1].rules, *state.rules]))
            state = replace(state, start=pieces.pop().start, supports=supports, rules=rules)
        pieces.append(state)
    yield from pieces


def _all_against(
    group: Sequence[_Period],
    start: dt.date,
    end: dt.date | None,
    track: Sequence[Signal],
    periods: Sequence[_Period],
) -> Iterator[_Against]:
    """The claims against a holding: denials, what shakes or ends it, other holders."""
    mine = group[0].signal
    own = {period.signal.claim.id for period in group}
    others = [signal for signal in track if signal.claim.id not in own]
    for signal in others:
        if signal.effect == "not_begin":
            yield from (_Against(signal.claim, p.start, p.end) for p in group if _denies(signal, p))
        elif signal.effect == "shake" or (signal.effect == "end" and _concerns(signal, mine)):
            yield from _shaken(signal, group, start, end)
    if mine.rule.kind.exclusive and mine.subject.key != NOBODY.key:
        yield from _rivals(group, own, periods)


def _shaken(
    signal: Signal, group: Sequence[_Period], start: dt.date, end: dt.date | None
) -> Iterator[_Against]:
    """A claim that speaks against a holding from its day on, until it is claimed again."""
    if any(signal.claim in period.ended_by for period in group):
        return
    if all(precedes(signal, period.signal) for period in group):
        return
    again = [period.start for period in group if precedes(signal, period.signal)]
    until = _sooner(min(again, default=None), end)
    since = max(start, signal.days.earliest)
    if until is None or since < until:
        yield _Against(signal.claim, since, until)


def _rivals(
    group: Sequence[_Period], own: set[str], periods: Sequence[_Period]
) -> Iterator[_Against]:
    """Claims that somebody else held the place on the same days."""
    key = group[0].signal.subject.key
    for other in periods:
        if other.signal.subject.key in (key, NOBODY.key) or other.signal.claim.id in own:
            continue
        for period in group:
            shared = other.overlap(period.start, period.end)
            if shared:
                yield _Against(other.signal.claim, *shared)


def _named(group: Sequence[_Period]) -> Subject:
    """The subject as known actors call it, rather than by a pronoun's noun."""
    subjects = [period.signal.subject for period in group]
    return next((subject for subject in subjects if subject.known), subjects[0])


def _widest(places: Iterable[Where | None]) -> Where | None:
    """The place with the widest radius that any claim leaves open."""
    return max((p for p in places if p), key=lambda p: (p.located, p.radius_km), default=None)


def _unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())


def _sooner(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)
