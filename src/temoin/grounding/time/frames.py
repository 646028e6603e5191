"""What the words of a time expression say, before any calendar is asked.

"mardi soir" is a date with weekday 2 and the part of day "evening", "trois jours
plus tard" an offset of +3 days from what the text spoke of before. `resolving`
turns frames into days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, cast

__all__ = ["KINDS", "Frame", "FrameError", "build", "complete"]

#: Every kind of frame. Kinds in the second line hold other frames.
KINDS = frozenset(
    {
        "date",
        "day",
        "period",
        "offset",
        "recent",
        "duration",
        "age",
        "set",
        "ref",
        "time",
        "holiday",
    }
    | {"range", "list", "since", "until", "before", "after", "by"}
)

_LIMITS = {
    "month": (1, 12),
    "day": (1, 31),
    "weekday": (1, 7),
    "hour": (0, 24),
    "minute": (0, 59),
    "year": (1, 2200),
}


class FrameError(ValueError):
    """Slots that make no sense together: the words are no time expression after all."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Frame:
    """What the words of one expression say.

    Args:
        kind: One of `KINDS`.
        year: Year of the era; `two` the last two digits where only they are written.
        two: Last two digits of the year.
        month: 1 to 12.
        day: 1 to 31; in frames of kind `day` see `days`.
        weekday: 1 (Monday) to 7.
        nth: Which one of several ("the third week of June").
        season: SP, SU, FA or WI, as in TIMEX3.
        decade: First year of a decade.
        century: First year of a century.
        holiday: Name of a day in the table of holidays.
        part: Part of the day: MO, MI, AF, EV, NI, DT, or DA (dawn), DU (dusk).
        hour: 0 to 24.
        minute: 0 to 59.
        days: Days from the base ("hier" is -1).
        shift: -1 last, 0 this, 1 next.
        unit: second, minute, hour, day, night, week, weekend, month, quarter, ...
        count: How many units; None where the words do not say.
        upto: The higher number of two ("une à deux semaines").
        extra: Part of a unit added ("deux heures et demie": 0.5).
        direction: -1 back, 1 forward.
        base: "publication" or "text": what relative words count from.
        mod: START, MID, END, APPROX, LESS_THAN, MORE_THAN, as in TIMEX3.
        value: TIMEX3 value that the table gives outright (PRESENT_REF, ...).
        onto: Whether the night that leads to the day is meant ("в ночь на 5 сентября").
        article: Whether a definite article stands before it ("le lundi").
        start: Of a range: where it begins.
        end: Of a range: where it ends.
        of: The frame that this one is about ("since X", "three days before X").
    """

    kind: str = "date"
    year: int | None = None
    two: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    season: str | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    days: int | None = None
    shift: int | None = None
    unit: str | None = None
    count: float | None = None
    upto: float | None = None
    extra: float | None = None
    direction: int | None = None
    base: str | None = None
    mod: str | None = None
    value: str | None = None
    onto: bool | None = None
    article: bool | None = None
    start: Frame | None = None
    end: Frame | None = None
    of: Frame | None = None

    def __repr__(self) -> str:
        """Only what is set."""
        values = {name: getattr(self, name) for name in _NAMES_IN_ORDER}
        shown = ", ".join(f"{k}={v!r}" for k, v in values.items() if v is not None)
        return f"Frame({shown})"

    @property
    def timed(self) -> bool:
        """Whether a part of the day or an hour is named."""
        return self.part is not None or self.hour is not None


_NAMES_IN_ORDER = tuple(entry.name for entry in fields(Frame))
_NAMES = frozenset(_NAMES_IN_ORDER)
_CHILDREN = ("start", "end", "of")
_TIME_OF_DAY = ("part", "hour", "minute")
_AMOUNT = ("count", "upto", "extra", "unit", "part", "mod")
# What a frame may take from its neighbour in a range: "du 3 au 6 juin", "du 28 mai au 3".
_SHARED = ("day", "month", "year", "two")


def build(slots: Mapping[str, Any]) -> Frame:
    """A frame from the slots that a rule kept.

    Args:
        slots: Slot to value. "start.day" is the slot `day` of the child `start`; a slot
            may hold a whole frame. Beside those of `Frame` there are `with...` (a frame
            whose time of day is taken), `amount` (one whose count and unit are taken),
            `hhmm` (1430), `ddhhmm` (111430), `less` (minutes before the hour) and `into`
            (the frame that all the rest is added to).

    Raises:
        FrameError: The slots make no sense (32 June, an unknown slot).
    """
    own: dict[str, Any] = {}
    children: dict[str, dict[str, Any]] = {}
    added: list[Frame] = []
    for name, value in slots.items():
        head, dot, rest = name.partition(".")
        if dot:
            children.setdefault(head, {})[rest] = value
        elif head.startswith("with"):
            added.append(value)
        else:
            own[head] = value
    for name, inner in children.items():
        own[name] = build({**inner, "into": own[name]} if name in own else inner)
    for frame in added:
        _take(own, frame, _TIME_OF_DAY)
    if amount := own.pop("amount", None):
        _take(own, amount, _AMOUNT)
    _read_clock(own)
    base = own.pop("into", None)
    if unknown := own.keys() - _NAMES:
        message = f"no slot {sorted(unknown)}"
        raise FrameError(message)
    if base is not None:
        own.pop("kind", None)
    elif "kind" not in own and not own.keys() - {*_TIME_OF_DAY}:
        own["kind"] = "time"
    frame = replace(base, **own) if base is not None else Frame(**own)
    _check(frame)
    return complete(frame) if frame.start and frame.end else frame


def _take(own: dict[str, Any], frame: Frame, names: Sequence[str]) -> None:
    for name in names:
        value = getattr(frame, name)
        if value is not None:
            own.setdefault(name, value)


def _read_clock(own: dict[str, Any]) -> None:
    """Hours and minutes out of the several ways of writing them."""
    six = own.pop("ddhhmm", None)
    if six is not None:
        own["day"], own["hhmm"] = divmod(six, 10_000)
    four = own.pop("hhmm", None)
    if four is not None:
        own["hour"], own["minute"] = divmod(four, 100)
    less = own.pop("less", None)
    if less is not None:
        own["hour"], own["minute"] = (own.get("hour", 24) - 1) % 24, 60 - less
    hour = own.get("hour")
    # "Eight at night" is in the evening, "two at night" after midnight.
    first = {"AF": 0, "EV": 0, "NI": 6}.get(own.get("part", ""), 12)
    if hour is not None and first <= hour < 12:
        own["hour"] = hour + 12
    elif hour == 12 and own.get("part") in ("NI", "MO"):
        own["hour"] = 24 if own["part"] == "NI" else 0


def _check(frame: Frame) -> None:
    for name, (low, high) in _LIMITS.items():
        value = getattr(frame, name)
        if value is not None and not low <= value <= high:
            message = f"no {name} {value}"
            raise FrameError(message)
    if frame.kind in ("range", "list") and not (frame.start and frame.end):
        raise FrameError("a range needs two ends")
    if frame.kind == "list" and frame.start and frame.end:
        one, other = frame.start, frame.end
        if one.kind != other.kind or bool(one.weekday) != bool(other.weekday):
            raise FrameError("two times of different make are no list")
    if frame.kind in ("since", "until", "before", "after", "by") and not frame.of:
        message = f"{frame.kind} what?"
        raise FrameError(message)


def complete(frame: Frame) -> Frame:
    """Give each end of a range the month and year that only the other end names."""
    start, end = cast("Frame", frame.start), cast("Frame", frame.end)
    if start.kind != "date" or end.kind != "date":
        return frame
    return replace(frame, start=_filled(start, end), end=_filled(end, start))


def _filled(frame: Frame, other: Frame) -> Frame:
    if frame.weekday and not frame.day:
        return frame
    changes: dict[str, Any] = {}
    if frame.day and not frame.month and other.day:
        changes["month"] = other.month
    if (frame.month or changes.get("month") or frame.season) and not (frame.year or frame.two):
        changes["year"], changes["two"] = other.year, other.two
    for name in ("shift", "base"):
        if getattr(frame, name) is None:
            changes[name] = getattr(other, name)
    return replace(frame, **changes) if changes else frame
