"""What a text has told up to a point, and how an expression changes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from temoin.grounding.time.calendars import Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.frames import Frame

__all__ = ["Place", "State", "remember", "tells"]

# Kinds of frames that tell when something was, and so give later words their base.
_OF_DAYS = frozenset({"date", "day", "holiday", "offset"})
_TELLING = _OF_DAYS | {"range", "list", "period", "since", "recent", "by"}
_EVENING = frozenset({"EV", "NI", "DU"})


@dataclass(frozen=True, slots=True)
class State:
    """What the text has told up to a point.

    Args:
        context: What relative words count from.
        paragraph: The paragraph in which the last day was told.
        month_at: Where the last month was told.
        told_at: Where the last day of another time was told.
        opened_at: Where a time that opened its sentence was told.
        present: Whether the text has told a day of the present.
        now: Whether it has spoken of now.
    """

    context: Context
    paragraph: int = -1
    month_at: int = -1
    told_at: int = -1
    opened_at: int = -1
    present: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an expression stands in the text.

    Args:
        start: Its first code point.
        paragraph: The number of its paragraph.
        heads: Whether it heads an entry of a timeline.
        leads: Whether it opens its sentence and so frames it.
        moves_on: Whether it is the part of a day after the evening told before.
        far: Whether its days are long before publication.
        first: Whether it stands in the first sentence.
    """

    start: int
    paragraph: int
    heads: bool = False
    leads: bool = False
    moves_on: bool = False
    far: bool = False
    first: bool = False


def tells(frame: Frame, place: Place) -> bool:
    """Whether later words may count from an expression."""
    if frame.kind == "holiday":
        return place.leads  # "les fêtes de l'Aïd", named in passing, tell no day
    hour = frame.kind == "time" and (place.heads or place.moves_on)
    return hour or frame.kind in _TELLING


def remember(state: State, frame: Frame, resolved: Resolved, place: Place) -> State:
    """The state after an expression that tells days.

    Args:
        state: The state before it.
        frame: What it says.
        resolved: Its days.
        place: Where it stands.
    """
    if resolved.days is None:
        return state
    change = _Change(state, frame, resolved, resolved.days, place)
    change.of_run()
    change.of_day()
    change.of_story()
    change.of_month()
    context = state.context._replace(**change.context)
    return replace(state, context=context, **change.marks)


@dataclass(slots=True)
class _Change:
    """What an expression changes, gathered bit by bit."""

    state: State
    frame: Frame
    resolved: Resolved
    days: Days
    place: Place
    context: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)

    def of_run(self) -> None:
        """The last run of days and the last time of any length."""
        frame, days = self.frame, self.days
        first_since = frame.kind == "since" and self.state.context.run is None
        if first_since or frame.kind in ("range", "list", "recent"):
            self.context["run"] = days
        if frame.kind not in ("since", "recent"):
            self.context |= {"span": days, "unit": self.resolved.precision}
        elif frame.of and frame.of.year:
            self.context |= {"span": Days.one(days.earliest), "unit": "day"}

    def of_day(self) -> None:
        """The last day told."""
        frame, place = self.frame, self.place
        if place.heads or place.moves_on or _names_days(frame, self.resolved):
            self.context |= {
                "day": self.days,
                "night": self.resolved.night,
                "evening": frame.part in _EVENING or (frame.hour or 0) >= 18,
                "origin": None,
            }
            self.marks["paragraph"] = place.paragraph
        elif frame.kind == "since" and frame.of and frame.of.day:
            self.context["origin"] = Days.one(self.days.earliest)

    def of_story(self) -> None:
        """Whether the text tells of the present or of a time long before it."""
        frame, resolved, far = self.frame, self.resolved, self.place.far
        if _names_days(frame, resolved):
            self._day_of_story()
        elif far and (resolved.absolute or frame.kind == "offset"):
            if resolved.precision in ("month", "season"):
                self.context["told_month"] = self.days
            if self.place.leads:
                self.context["told_here"] = self.days
                self.marks["opened_at"] = self.place.start
            if self._opens_story():
                self._story_at(self.days.earliest)
        elif frame.base == "publication" or (frame.kind == "offset" and not far):
            self.context["told"] = None
        elif self.state.context.told and far and resolved.precision == "month":
            self._story_at(self.days.earliest)

    def _opens_story(self) -> bool:
        """Whether a month, season or year long ago is what the text goes on to tell of."""
        state, exact = self.state, self.resolved.precision in ("month", "season")
        if state.context.told:
            return exact and self.place.leads
        return not (state.present or state.now) and self.place.leads and (exact or self.place.first)

    def _day_of_story(self) -> None:
        frame, resolved, far = self.frame, self.resolved, self.place.far
        self.context["told_month"] = self.context["month_here"] = None
        from_now = frame.kind == "offset" and frame.base != "text"
        if far and (resolved.absolute or resolved.story or from_now):
            self._story_at(self.days.latest)
        elif not far or (frame.kind == "day" and frame.base == "publication"):
            self.context["told"] = None
            self.marks["present"] = True
        elif self.state.context.told:
            self._story_at(self.days.latest)

    def _story_at(self, day: object) -> None:
        self.context["told"] = day
        self.marks["told_at"] = self.place.start

    def of_month(self) -> None:
        """The last month told."""
        frame = self.frame
        if frame.year and not frame.month:
            self.context["told_month"] = None
        if self.resolved.precision == "month":
            bare = frame.kind == "date" and frame.month and not frame.mod
            self.context["month_here"] = self.days if bare else None
            self.marks["month_at"] = self.place.start


def _names_days(frame: Frame, resolved: Resolved) -> bool:
    """Whether an expression tells of single days, so that later words may count from them."""
    if frame.kind in ("range", "list"):
        end = frame.end or Frame()
        return end.kind == "day" or end.day is not None or end.weekday is not None
    if frame.kind == "by" and frame.of:
        return frame.of.day is not None
    if frame.kind == "offset" and frame.of is not None:
        return resolved.precision == "day"
    if frame.kind == "offset":
        # "Une semaine plus tôt" is an aside, "six mois plus tard" no day.
        aside = frame.base == "text" and frame.direction == -1
        return not aside and frame.unit in ("day", "night", "week", "hour", "part")
    return frame.kind in _OF_DAYS and resolved.precision in ("day", "hour", "week", "range")
