"""What a reviewer may decide on, and which values are allowed there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import ValidationError

from temoin.casefile.canonical import canonical
from temoin.casefile.effective import EVENT_FIELDS, Holding
from temoin.casefile.projection import argument_field
from temoin.record import Argument, Event, Role, Span

__all__ = ["REASONS", "DecisionError", "Reason", "checked", "current_value"]

#: Why, in a word; the reviewer's own words come beside it.
Reason = Literal[
    "wrong_type",
    "wrong_span",
    "wrong_value",
    "not_an_event",
    "not_in_text",
    "duplicate",
    "ambiguous_text",
    "other",
]
REASONS: tuple[str, ...] = get_args(Reason)

_ARGUMENT = re.compile(rf"(?:{'|'.join(role.value for role in Role)}):\d+-\d+")
_SPANS = ("trigger", "attribution")


class DecisionError(ValueError):
    """A decision that cannot be taken: the message says what is wrong with it."""


def checked(
    holding: Holding | None, text: str, *, field: str | None, verdict: str, value: object
) -> str | None:
    """See that a decision can be taken.

    Args:
        holding: What holds of the claim; None for a claim that is added.
        text: The document's text: what a person enters has to stand there too.
        field: What is decided on; None for the whole claim.
        verdict: accept, edit, reject, unsure or add.
        value: The human's value, in the record's own form.

    Returns:
        The value as canonical JSON; None where the verdict needs none.

    Raises:
        DecisionError: No such field, a value where none may be, or one that is not in the text.
    """
    if verdict not in {"edit", "add"}:
        if value is not None:
            message = f"{verdict} takes no value"
            raise DecisionError(message)
        if holding is not None:
            _see_that_it_is_there(holding, field, verdict=verdict)
        return None
    if field is None:
        if not isinstance(value, Mapping):
            raise DecisionError("a whole claim is given as an event, with type and trigger")
        return _event(value, text)
    if holding is None:
        raise DecisionError("a claim that is added is given as a whole")
    if field in EVENT_FIELDS:
        if verdict == "add":
            message = f"{field} is edited, not added"
            raise DecisionError(message)
        return _event_field(holding, text, field=field, value=value)
    return _argument(holding, text, field=field, verdict=verdict, value=value)


def current_value(holding: Holding, field: str | None) -> Any:  # noqa: ANN401 - any JSON
    """What holds of a field, as JSON has it; None where there is nothing."""
    event = holding.event
    if field is None:
        return event.model_dump(mode="json", exclude_none=True)
    if field in EVENT_FIELDS:
        return event.model_dump(mode="json", exclude_none=True).get(field)
    found = next((each for each in holding.arguments if each.field == field), None)
    return found.argument.model_dump(mode="json", exclude_none=True) if found else None


def _see_that_it_is_there(holding: Holding, field: str | None, *, verdict: str) -> None:
    if field is None:
        return
    if field not in EVENT_FIELDS and not _ARGUMENT.fullmatch(field):
        message = (
            f"there is no field {field!r}: it is one of {', '.join(EVENT_FIELDS)}, "
            "or an argument as ROLE:START-END"
        )
        raise DecisionError(message)
    if current_value(holding, field) is None:
        message = f"the claim has no {field}"
        raise DecisionError(message)
    if verdict == "reject" and field in {"type", "polarity", "certainty", "trigger"}:
        message = f"a claim cannot be without {field}: edit it, or reject the claim"
        raise DecisionError(message)


def _event(value: Mapping[str, Any], text: str) -> str:
    try:
        event = Event.model_validate({"id": "human", **value})
    except ValidationError as error:
        raise DecisionError(_told(error)) from error
    spans: list[Span] = [event.trigger, *event.arguments]
    spans += [event.attribution] if event.attribution else []
    for span in spans:
        _see_that_it_stands(span, text)
    return canonical(event.model_dump(mode="json", exclude_none=True))


def _event_field(holding: Holding, text: str, *, field: str, value: object) -> str | None:
    told = holding.event.model_dump(mode="python")
    told[field] = value
    if value is None and field in {"type", "polarity", "certainty", "trigger"}:
        message = f"a claim cannot be without {field}"
        raise DecisionError(message)
    try:
        event = Event.model_validate(told)
    except ValidationError as error:
        raise DecisionError(_told(error)) from error
    new = getattr(event, field)
    if field in _SPANS and new is not None:
        _see_that_it_stands(new, text)
    return canonical(event.model_dump(mode="json", exclude_none=True).get(field))


def _argument(holding: Holding, text: str, *, field: str, verdict: str, value: object) -> str:
    if not _ARGUMENT.fullmatch(field):
        message = f"there is no field {field!r}: an argument is named as ROLE:START-END"
        raise DecisionError(message)
    try:
        argument = Argument.model_validate(value)
    except ValidationError as error:
        raise DecisionError(_told(error)) from error
    _see_that_it_stands(argument, text)
    there = any(each.field == field for each in holding.arguments)
    if verdict == "edit" and not there:
        message = f"the claim has no argument {field}"
        raise DecisionError(message)
    if verdict == "add" and there:
        message = f"the claim has the argument {field} already: edit it"
        raise DecisionError(message)
    if verdict == "add" and argument_field(argument) != field:
        message = f"an argument that is added is named by its words: {argument_field(argument)}"
        raise DecisionError(message)
    return canonical(argument.model_dump(mode="json", exclude_none=True))


def _see_that_it_stands(span: Span, text: str) -> None:
    """Nothing is put on record that the text does not say."""
    if text[span.start : span.end] != span.text:
        stands = json.dumps(text[span.start : span.end][:60], ensure_ascii=False)
        told = json.dumps(span.text[:60], ensure_ascii=False)
        message = f"{told} does not stand at {span.start}-{span.end}; there stands {stands}"
        raise DecisionError(message)


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
