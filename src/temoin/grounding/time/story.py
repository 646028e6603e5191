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

from temoin.grounding.time.context import Context, Resolved
from temoin.grounding.time.frames import Frame
from temoin.grounding.time.lexicon import lexicon
from temoin.grounding.time.parsing import TimeExpression, find_times
from temoin.grounding.time.resolving import resolve_frame

__all__ = ["Story", "Told"]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SENTENCE = re.compile(r"[.!?…؟]+[»”\")\]]*\s+(?=[^\W\d_a-zа-яіїєґ]|[«“\"(\[•–—-]|\d)")
# Beyond these days from publication a date with its year tells of another time.
_FAR = 300
# Kinds of frames that tell when something was, and so give later words their base.
_OF_DAYS = frozenset({"date", "day", "holiday", "offset"})
_TELLING = _OF_DAYS | {"range", "list", "period", "since", "recent"}


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
        ahead = self.looks_ahead(start, end) if future is None else future
        return resolve_frame(frame, replace(context, future=ahead))

    def context(self, offset: int) -> Context:
        """What relative words at an offset count from."""
        index = bisect.bisect_right(self._states, offset, key=lambda state: state[0]) - 1
        state = self._states[max(index, 0)][1]
        near = self.paragraph(offset) == state.paragraph
        month = state.context.told_month
        if month and self.sentence(offset) - self.sentence(state.month_at) > 2:
            month = None
        return replace(state.context, near=near, told_month=month)

    def looks_ahead(self, start: int, end: int) -> bool:
        """Whether the words around an expression speak of the future."""
        return False

    def _tell(self, expression: TimeExpression, resolved: Resolved) -> None:
        """Remember what later words count from."""
        days, frame = resolved.days, expression.frame
        if days is None or frame.kind not in _TELLING:
            return
        state = self._states[-1][1]
        context = state.context
        paragraph, month_at = state.paragraph, state.month_at
        changes: dict[str, object] = {}
        if frame.kind in ("range", "list", "since", "recent"):
            if frame.kind != "since" or context.run is None:
                changes["run"] = days
        if frame.kind not in ("since", "recent"):
            changes |= {"span": days, "unit": resolved.precision}
        if _names_days(frame, resolved):
            changes |= {"day": days, "night": resolved.night}
            paragraph = self.paragraph(expression.start)
        far = bool(self.published and (self.published - days.latest).days > _FAR)
        if _names_days(frame, resolved):
            if resolved.absolute:
                changes["told"] = days.latest if far else None
            elif context.told:
                present = not far or (frame.kind == "day" and frame.base == "publication")
                changes["told"] = None if present else days.latest
            changes["told_month"] = None
        elif resolved.absolute and far and resolved.precision == "month":
            changes["told_month"] = days.latest
            month_at = expression.start
        context = replace(context, **changes)  # type: ignore[arg-type]
        self._states.append((expression.end, _State(context, paragraph, month_at)))


def _names_days(frame: Frame, resolved: Resolved) -> bool:
    """Whether an expression tells of single days, so that later words may count from them."""
    if frame.kind in ("range", "list"):
        end = frame.end or Frame()
        return end.kind == "day" or end.day is not None or end.weekday is not None
    return frame.kind in _OF_DAYS and resolved.precision in ("day", "hour", "week", "range")
