"""Answers: from the bytes that an endpoint sent to the events that it names.

Lenient where meaning is not at stake (a fence of Markdown around the JSON, the
thoughts that some models put before it), strict otherwise: what is not the JSON
that was asked for is an error, not a guess.
"""

from __future__ import annotations

import json
import re

from temoin.second_opinion.errors import AnswerError

__all__ = ["MAX_EVENTS", "read_answer"]

#: Most events of an answer; a model that names more for a few sentences goes round in circles.
MAX_EVENTS = 200

_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\A\s*```\w*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_QUOTED = 60


def read_answer(body: bytes, *, endpoint: str) -> list[object]:
    """The events that an answer names, each still as it came.

    Args:
        body: The body of a chat completion.
        endpoint: The endpoint's address, for messages.

    Raises:
        AnswerError: It is not JSON, JSON of another shape, cut off, or without measure.
    """
    try:
        completion = json.loads(body)
    except (ValueError, RecursionError) as error:
        cause = f"the answer is not JSON: {_beginning(body.decode('utf-8', 'replace'))}"
        raise AnswerError(endpoint, cause) from error
    content, finished = _content(completion, endpoint)
    if not finished:
        cause = "the answer is cut off: the model reached its limit of tokens"
        raise AnswerError(endpoint, cause)
    try:
        data = json.loads(_bare(content))
    except (ValueError, RecursionError) as error:
        cause = f"the model's answer is not JSON: {_beginning(content)}"
        raise AnswerError(endpoint, cause) from error
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list):
        cause = f"the model's answer has no list of events: {_beginning(content)}"
        raise AnswerError(endpoint, cause)
    if len(events) > MAX_EVENTS:
        cause = f"the model's answer has {len(events)} events for a few sentences"
        raise AnswerError(endpoint, cause)
    return events


def _content(completion: object, endpoint: str) -> tuple[str, bool]:
    """What the model wrote, and whether it had finished."""
    try:
        choice = completion["choices"][0]  # type: ignore[index]
        content = choice["message"]["content"]
        finished = choice.get("finish_reason") != "length"
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        shown = _beginning(json.dumps(completion, ensure_ascii=False))
        cause = f"the answer is no chat completion: {shown}"
        raise AnswerError(endpoint, cause) from error
    if not isinstance(content, str):
        raise AnswerError(endpoint, "the answer holds no text of the model")
    return content, finished


def _bare(content: str) -> str:
    """The JSON itself: without thoughts before it and a fence around it."""
    content = _THOUGHTS.sub("", content)
    fenced = _FENCE.match(content)
    return fenced[1] if fenced else content


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= _QUOTED else f"{words[:_QUOTED]}...")
