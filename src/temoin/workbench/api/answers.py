"""Answers that are kept until the case changes: made once, sent as the bytes they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from fastapi import Response
from pydantic import BaseModel

from temoin.casefile import Case
from temoin.workbench.views.remembering import head_of, memory_of

__all__ = ["answered"]


def answered(case: Case, key: Hashable, make: Callable[[], BaseModel]) -> Response:
    """The answer to a request that reads.

    Args:
        case: The case.
        key: What tells the request from all others.
        make: Makes the answer, where it is not kept from before.
    """
    with case.reading() as session:
        head = head_of(session)
    body = memory_of(case).bytes_of(
        key, head, lambda: make().model_dump_json(by_alias=True).encode()
    )
    return Response(body, media_type="application/json")
