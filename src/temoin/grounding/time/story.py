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
from temoin.grounding.time.memory import Place, State, remember, tells
from temoin.grounding.time.parsing import TimeExpression, find_times
from temoin.grounding.time.resolving import resolve_frame
from temoin.grounding.time.results import NIGHT

__all__ = ["Story", "Told"]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SENTENCE = re.compile(r"[.!?…؟]+[»”\")\]]*\s+(?=[^\W\d_a-zа-яіїєґ]|[«“\"(\[•–—-]|\d)")
# Beyond these days from publication a date with its year tells of another time.
_FAR = 120
# Sentences over which a month with its year lends that year to other months.
_MONTH_HOLDS = 2
# Sentences over which a date of another time holds in a text about the present.
_ASIDE_HOLDS = 2
# What may stand before an expression that opens its clause: signs, "On", "Dès".
_BLANK = " \t\n,«“\"'("
_PREPOSITION = 4
# Where a clause ends, and how far around an expression its verb is looked for.
_CLAUSE = re.compile(r"[;:—–]|\s-\s")
_NEAR = 80
_FAR_BEFORE = 4 * _NEAR
# An expression within so many code points of a sentence's start opens it.
_OPENING = 30
_BEFORE_HEADING = re.compile(r"(?:^|[\n.!?;:»”])[\s•·*–—-]*\Z")
# A sentence of its own is a heading too: "12:00. Les tirs cessent."
_AFTER_HEADING = re.compile(r"\s*(?:[:–—|]|-\s|\n|\.\s)")
# So is an hour in digits before a new sentence: "12.00 The firing stops".
_CLOCK = re.compile(r"\d{1,2}\s?[:.hH]\s?\d\d(?!\d)|\d{4}(?!\d)")
_CAPITAL = re.compile(r"\s+[«“\"]?(?=[^\W\d_])(?![^\W\d_A-ZÀ-ÝА-ЯІЇЄҐ])")

# Kinds of frames that have no days, wherever they stand.
_TIMELESS = frozenset({"duration", "age", "set", "ref"})


@dataclass(frozen=True, slots=True)
class Told:
    """An expression with its days and with what it was read from."""

    expression: TimeExpression
    resolved: Resolved


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
        self._starts = frozenset(self._sentences)
        self._lexicon = lexicon(language)
        self._states: list[tuple[int, State]] = [(0, State(Context(published=published)))]
        # Days under headings, and those of them that stand in the headings themselves.
        self._headings: list[tuple[int, Days]] = []
        self._entries: list[tuple[int, Days]] = []
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

    def around(self, start: int, end: int) -> TimeExpression | None:
        """The expression of the text that holds these words, if there is one."""
        index = bisect.bisect_right(self.times, start, key=lambda told: told.expression.start) - 1
        if index < 0:
            return None
        found = self.times[index].expression
        return found if end <= found.end else None

    def resolve(
        self,
        frame: Frame,
        start: int,
        end: int,
        *,
        future: bool | None = None,
        day: Days | None = None,
    ) -> Resolved:
        """The days of a frame that stands at these offsets.

        Args:
            frame: What the words say.
            start: Where they start.
            end: Where they end.
            future: Whether they look ahead; by default the words around tell.
            day: The day that hours count from, where it is known from elsewhere.
        """
        if frame.kind in _TIMELESS:
            return resolve_frame(frame, self._states[0][1].context)
        context = self.context(start)
        if day is not None:
            context = context._replace(day=day, near=True, night=False, evening=False)
        if frame.kind == "time" and frame.hour is not None and self._is_heading(start, end):
            context = self._under_heading(context, start)
        if frame.kind == "day" and frame.base == "publication":
            context = self._in_entry(context, start)
        if frame.kind == "time" and frame.part == NIGHT:
            context = context._replace(prior=self._looks_back(context.day, start, end))
        if future is None:
            future = self.looks_ahead(start, end)
        return resolve_frame(frame, context._replace(future=True) if future else context)

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
        return state.context._replace(
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
        # Only what is near: a "sentence" of a thousand dates would take the square of its length.
        before = _CLAUSE.split(sentence[max(0, start - offset - _FAR_BEFORE) : start - offset])[-1]
        if self._lexicon.lead.search(before):
            return True
        if certainty == "certain" or self._lexicon.lag.search(before):
            return False
        after = _CLAUSE.split(sentence[max(0, end - offset) : end - offset + _NEAR])[0]
        near = f"{before[-_NEAR:]} {after[:_NEAR]}"
        if self._lexicon.past.search(near):
            return False
        if self._lexicon.future.search(near):
            return True
        # "On Monday they sent a column to retake it": the day is that of the sending.
        leads = len(before.strip(_BLANK)) <= _PREPOSITION
        return certainty == "planned" and not (leads and self._lexicon.did.search(after[:_NEAR]))

    def _looks_back(self, day: Days | None, start: int, end: int) -> bool:
        """Whether a night is the one before the day that its sentence has told.

        "On Friday they entered the fort, the garrison having fled in the night."
        """
        sentence, offset = self.sentence_text(start)
        near = sentence[max(0, start - offset - _NEAR) : end - offset]
        if day is None or not self._lexicon.pluperfect.search(near):
            return False
        index = bisect.bisect_left(self.times, start, key=lambda told: told.expression.start)
        return any(
            told.expression.start >= offset and told.resolved.days == day
            for told in self.times[:index]
        )

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether an expression heads an entry of a timeline ("14h30 :")."""
        opens = start in self._starts or _BEFORE_HEADING.search(self.text, max(0, start - 8), start)
        if not opens:
            return False
        bare = _CLOCK.match(self.text, start, end) and _CAPITAL.match(self.text, end)
        return bool(bare or _AFTER_HEADING.match(self.text, end))

    def _in_entry(self, context: Context, offset: int) -> Context:
        """What "today" counts from in a diary: the day that heads its entry."""
        index = bisect.bisect_right(self._entries, offset, key=lambda entry: entry[0])
        if not index:
            return context
        at, day = self._entries[index - 1]
        if self.paragraph(at) != self.paragraph(offset) or day.length > 1:
            return context
        return context._replace(published=day.earliest)

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
        return context._replace(day=day, near=True, night=False, evening=False, origin=None)

    def _tell(self, expression: TimeExpression, resolved: Resolved) -> None:
        """Remember what later words count from."""
        days, frame, start = resolved.days, expression.frame, expression.start
        state = self._states[-1][1]
        if frame.value == "PRESENT_REF":
            self._states.append((expression.end, replace(state, now=True)))
        if days is None:
            return
        place = Place(
            start=start,
            paragraph=self.paragraph(start),
            heads=self._is_heading(start, expression.end),
            leads=start - self.sentence_text(start)[1] < _OPENING,
            moves_on=frame.kind == "time" and self._moves_on(days, start),
            far=bool(self.published and (self.published - days.latest).days > _FAR),
            first=self.sentence(start) <= 1,
        )
        if tells(frame, place):
            if place.heads and frame.kind == "date":
                self._headings.append((start, days))
                self._entries.append((start, days))
            self._states.append((expression.end, remember(state, frame, resolved, place)))

    def _moves_on(self, days: Days, start: int) -> bool:
        """Whether a part of the day is of the morning after the evening told before."""
        context = self.context(start)
        return context.near and context.evening and days != context.day
