"""Times of a record."""

from __future__ import annotations

from temoin.grounding.time.context import Resolved
from temoin.grounding.time.parsing import TimeExpression, parse_words
from temoin.grounding.time.story import Story


def span_time(story: Story, start: int, end: int, *, planned: bool = False) -> Resolved:
    """The time of words that are known to be one."""
    words = story.text[start:end]
    read = parse_words(words, story.language)
    if not read:
        return Resolved(note="the words are not understood")
    ahead = True if planned else None
    found = [
        (expression, story.resolve(expression.frame, start, end, future=ahead))
        for expression in read
    ]
    dated = [pair for pair in found if pair[1].days]
    return (dated or found)[0][1]
