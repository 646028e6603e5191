"""Times of a record."""

from __future__ import annotations

from temoin.grounding.time.context import Resolved
from temoin.grounding.time.parsing import TimeExpression, parse_words
from temoin.grounding.time.story import Story


def span_time(story: Story, start: int, end: int, *, certainty: str = "certain") -> Resolved:
    """The time of words that are known to be one."""
    words = story.text[start:end]
    read = parse_words(words, story.language)
    if not read:
        return Resolved(note="the words are not understood")
    ahead = story.looks_ahead(start, end, certainty=certainty)
    found = [
        (expression, story.resolve(expression.frame, start, end, future=ahead))
        for expression in read
    ]
    return min(found, key=_rank)[1]


_ORDER = ("date", "range", "list", "day", "since", "until", "holiday", "offset", "period", "by")


def _rank(pair: tuple[TimeExpression, Resolved]) -> tuple[bool, int]:
    """Words with days first, dates before hours before durations."""
    kind = pair[0].frame.kind
    return pair[1].days is None, _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
