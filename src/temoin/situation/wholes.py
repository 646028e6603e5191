"""Which signals belong together: one kind, one place, and sides told in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from temoin.situation.areas import kilometres
from temoin.situation.places import Where
from temoin.situation.signals import Signal
from temoin.situation.subjects import ALL, NOBODY, Subject

__all__ = ["gathered", "known_subjects"]


def gathered(signals: Iterable[Signal]) -> Iterator[list[Signal]]:
    """Signals by kind and place, in the order in which their claims came.

    What ends or shakes a truce, or a means that is denied, counts for all that cover its
    place: a truce told of no place covers every one.
    """
    tracks: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    wide: list[Signal] = []
    for signal in signals:
        if signal.rule.kind.anywhere and not signal.starts:
            wide.append(signal)
        else:
            key = signal.place.key if signal.place else ""
            tracks[signal.rule.kind.name, key].append(signal)
    for signal in wide:
        covering = [
            track
            for (kind, _), track in tracks.items()
            if kind == signal.rule.kind.name and _covers(track[0].place, signal.place)
        ]
        for track in covering:
            track.append(signal)
        if not covering:
            key = signal.place.key if signal.place else ""
            tracks[signal.rule.kind.name, f"{key}?"].append(signal)
    yield from tracks.values()


def known_subjects(track: Sequence[Signal]) -> list[Signal]:
    """The same signals, with "soldiers" joined to the one known army of the track.

    A side told by its kind alone is the known side of that kind, if there is one and only
    one. A beginning whose side is not named is that of the only side that is told to begin
    within the same days; an end whose side is not named concerns the only side there is.
    """
    known = {s.subject.key: s.subject for s in track if s.subject.known}
    told = [replace(s, subject=_joined(s.subject, list(known.values()))) for s in track]
    return [
        replace(s, subject=_unnamed(s, told)) if s.subject.key == NOBODY.key else s for s in told
    ]


def _joined(subject: Subject, known: Sequence[Subject]) -> Subject:
    if subject.known or subject.group is None:
        return subject
    same = [each for each in known if each.group == subject.group]
    return same[0] if len(same) == 1 else subject


def _unnamed(signal: Signal, track: Sequence[Signal]) -> Subject:
    others = {
        other.subject.key: other.subject
        for other in track
        if other.starts
        and other.subject.key not in (NOBODY.key, ALL.key)
        and (
            not signal.starts
            or (
                other.days.earliest <= signal.days.latest
                and signal.days.earliest <= other.days.latest
            )
        )
    }
    if signal.effect in ("not_begin", "not_end") or len(others) != 1:
        return signal.subject
    return next(iter(others.values()))


def _covers(place: Where | None, other: Where | None) -> bool:
    """Whether what holds at a place holds at another."""
    if place is None:
        return True
    if other is None or place.key == other.key:
        return other is not None
    return kilometres(place, other) <= place.radius_km
