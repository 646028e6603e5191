"""The times of a whole text, read in its order.

What "le lendemain", "le 14" or "vers midi" mean depends on the days told before them;
`Story` keeps them, by paragraph and by heading ("Lundi 3 juin :", "14h30 :").
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from temoin.grounding.time.calendars import Days
from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.lexicon import lexicon
from temoin.grounding.time.parsing import TimeExpression, find_times
from temoin.grounding.time.resolving import resolve_frame

__all__ = ["Story", "Told"]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SENTENCE = re.compile(r"[.!?…؟]+[»”\")\]]*\s+(?=[^\W\d_a-zа-яіїєґ]|[«“\"(\[•–—-]|\d)")
# Beyond these days from publication a date with its year tells of another time.
_FAR = 120
# Sentences over which a month with its year lends that year to other months.
_MONTH_HOLDS = 2
# Sentences over which a date of another time holds in a text about the present.
_ASIDE_HOLDS = 2
# Where a clause ends, and how far around an expression its verb is looked for.
_CLAUSE = re.compile(r"[;:—–]|\s-\s")
_NEAR = 80
# An expression within so many code points of a sentence's start opens it.
_OPENING = 30
_BEFORE_HEADING = re.compile(r"(?:^|[\n.!?;:»”])[\s•·*–—-]*\Z")
_AFTER_HEADING = re.compile(r"\s*(?::|[–—]|-\s|\n)")
# Kinds of frames that tell when something was, and so give later words their base.
_OF_DAYS = frozenset({"date", "day", "holiday", "offset"})
_TELLING = _OF_DAYS | {"range", "list", "period", "since", "recent", "by"}


@dataclass(frozen=True, slots=True)
class Told:
    """An expression with its days and with what it was read from."""

    expression: TimeExpression
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class _State:
    """What the text has told up to a point."""

    context: Context
    paragraph: int = -1
    month_at: int = -1
    told_at: int = -1
    present: bool = False
    now: bool = False
    opened_at: int = -1


class Story:
    """The times of one text.

    Args:
        text: The text.
        language: Code of its language.
        published: Day of publication.
        sentences: Its sentences as half-open ranges, where they are known.
    """

    def __init__(
        self,
        text: str,
        language: str,
        *,
        published: dt.date | None = None,
        sentences: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.text = text
        self.language = language
        self.published = published
        self._paragraphs = [found.end() for found in _PARAGRAPH.finditer(text)]
        self._sentences = [start for start, _ in sentences] or [
            0,
            *(found.end() for found in _SENTENCE.finditer(text)),
        ]
        self._lexicon = lexicon(language)
        self._states: list[tuple[int, _State]] = [(0, _State(Context(published=published)))]
        self._headings: list[tuple[int, Days]] = []
        self.times: list[Told] = []
        for expression in find_times(text, language):
            resolved = self.resolve(expression.frame, expression.start, expression.end)
            self.times.append(Told(expression, resolved))
            self._tell(expression, resolved)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return bisect.bisect_right(self._paragraphs, offset)

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect.bisect_right(self._sentences, offset)

    def sentence_text(self, offset: int) -> tuple[str, int]:
        """The sentence at an offset and where it starts."""
        number = self.sentence(offset)
        start = self._sentences[number - 1] if number else 0
        end = self._sentences[number] if number < len(self._sentences) else len(self.text)
        return self.text[start:end], start

    def resolve(
        self, frame: Frame, start: int, end: int, *, future: bool | None = None
    ) -> Resolved:
        """The days of a frame that stands at these offsets.

        Args:
            frame: What the words say.
            start: Where they start.
            end: Where they end.
            future: Whether they look ahead; by default the words around tell.
        """
        context = self.context(start)
        if frame.kind == "time" and frame.hour is not None and self._is_heading(start, end):
            context = self._under_heading(context, start)
        ahead = self.looks_ahead(start, end) if future is None else future
        return resolve_frame(frame, replace(context, future=ahead))

    def context(self, offset: int) -> Context:
        """What relative words at an offset count from."""
        index = bisect.bisect_right(self._states, offset, key=lambda state: state[0]) - 1
        state = self._states[max(index, 0)][1]
        near = self.paragraph(offset) - state.paragraph <= 1
        here = self.sentence(offset)
        month = state.context.told_month
        told = state.context.told
        if state.present and here - self.sentence(state.told_at) > _ASIDE_HOLDS:
            told = None
        return replace(
            state.context,
            near=near,
            told_month=month if here - self.sentence(state.month_at) <= _MONTH_HOLDS else None,
            told_here=state.context.told_here if here == self.sentence(state.opened_at) else None,
            told=told,
            historic=told is not None and not (state.present or state.now),
            month_here=state.context.month_here if here == self.sentence(state.month_at) else None,
        )

    def looks_ahead(self, start: int, end: int, *, certainty: str | None = None) -> bool:
        """Whether the words around an expression speak of the future.

        Args:
            start: Where it starts.
            end: Where it ends.
            certainty: That of what is dated, where it is known. Of what has happened
                only words right before the expression count ("postponed to Friday").
        """
        sentence, offset = self.sentence_text(start)
        before = _CLAUSE.split(sentence[: start - offset])[-1]
        if self._lexicon.lead.search(before):
            return True
        if certainty == "certain":
            return False
        after = _CLAUSE.split(sentence[max(0, end - offset) :])[0]
        near = f"{before[-_NEAR:]} {after[:_NEAR]}"
        if self._lexicon.past.search(near):
            return False
        return certainty == "planned" or bool(self._lexicon.future.search(near))

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether an expression heads an entry of a timeline ("14h30 :")."""
        before = _BEFORE_HEADING.search(self.text, max(0, start - 8), start)
        return bool(before) and bool(_AFTER_HEADING.match(self.text, end))

    def _under_heading(self, context: Context, offset: int) -> Context:
        """What the hours of a timeline count from: its day, told before the first hour."""
        index = bisect.bisect_right(self._headings, offset, key=lambda heading: heading[0])
        if index:
            day: Days | None = self._headings[index - 1][1]
        else:
            day = context.day if not context.origin else None
            day = day or (Days.one(self.published) if self.published else None)
            if day:
                self._headings.append((offset, day))
        return replace(context, day=day, near=True, night=False, evening=False, origin=None)

    def _tell(self, expression: TimeExpression, resolved: Resolved) -> None:
        """Remember what later words count from."""
        days, frame = resolved.days, expression.frame
        heads = self._is_heading(expression.start, expression.end)
        if frame.value == "PRESENT_REF":
            state = replace(self._states[-1][1], now=True)
            self._states.append((expression.end, state))
        later = frame.kind == "time" and self._moves_on(days, expression.start)
        if days is None or not (frame.kind in _TELLING or (heads and frame.kind == "time") or later):
            return
        state = self._states[-1][1]
        evening = frame.part in ("EV", "NI", "DU") or (frame.hour or 0) >= 18
        changes: dict[str, object] = {}
        marks: dict[str, object] = {}
        if frame.kind in ("range", "list", "recent") or (
            frame.kind == "since" and state.context.run is None
        ):
            changes["run"] = days
        if frame.kind not in ("since", "recent"):
            changes |= {"span": days, "unit": resolved.precision}
        elif frame.of and frame.of.year:
            changes |= {"span": Days.one(days.earliest), "unit": "day"}
        if heads or later or _names_days(frame, resolved):
            if heads and frame.kind == "date":
                self._headings.append((expression.start, days))
            changes |= {"day": days, "night": resolved.night, "evening": evening, "origin": None}
            marks["paragraph"] = self.paragraph(expression.start)
        elif frame.kind == "since" and frame.of and frame.of.day:
            changes["origin"] = Days.one(days.earliest)
        far = bool(self.published and (self.published - days.latest).days > _FAR)
        if _names_days(frame, resolved):
            self._tell_of_another_time(expression, resolved, far, changes, marks)
        elif far and (resolved.absolute or frame.kind == "offset"):
            if resolved.precision in ("month", "season"):
                changes["told_month"] = days
            if self._leads(expression.start):
                changes["told_here"] = days
                marks["opened_at"] = expression.start
        elif frame.base == "publication":
            changes["told"] = None
        if frame.year and not frame.month:
            changes["told_month"] = None
        if resolved.precision == "month":
            bare = frame.kind == "date" and frame.month and not frame.mod
            changes["month_here"] = days if bare else None
            marks["month_at"] = expression.start
        context = replace(state.context, **changes)  # type: ignore[arg-type]
        self._states.append((expression.end, replace(state, context=context, **marks)))  # type: ignore[arg-type]

    def _moves_on(self, days: Days | None, start: int) -> bool:
        """Whether a part of the day is of the morning after the evening told before."""
        context = self.context(start)
        return bool(days and context.near and context.evening and days != context.day)

    def _tell_of_another_time(
        self,
        expression: TimeExpression,
        resolved: Resolved,
        far: bool,  # noqa: FBT001
        changes: dict[str, object],
        marks: dict[str, object],
    ) -> None:
        """Remember whether the text tells of the present or of a time long before it."""
        days, frame = resolved.days, expression.frame
        state = self._states[-1][1]
        changes["told_month"] = changes["month_here"] = None
        present = not far or (frame.kind == "day" and frame.base == "publication")
        from_now = frame.kind == "offset" and frame.base != "text"
        if far and days and (resolved.absolute or resolved.story or from_now):
            changes["told"] = days.latest
            marks["told_at"] = expression.start
        elif present:
            changes["told"] = None
            marks["present"] = True
        elif state.context.told and days:
            changes["told"] = days.latest
            marks["told_at"] = expression.start

    def _leads(self, start: int) -> bool:
        """Whether an expression opens its sentence and so frames it."""
        _, begin = self.sentence_text(start)
        return start - begin < _OPENING


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
