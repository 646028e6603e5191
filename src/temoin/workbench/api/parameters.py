"""What queries of many endpoints have in common."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import Query

from temoin.workbench.api.models.common import Problem as ProblemModel
from temoin.workbench.problems import Problem
from temoin.workbench.views.boxes import Box

__all__ = [
    "CHANGED",
    "NOT_FOUND",
    "After",
    "BoxQuery",
    "Day",
    "Limit",
    "OptionalNumber",
    "Q",
    "Zoom",
    "box_of",
]

_DEGREES = r"-?\d{1,3}(\.\d{1,12})?"

#: What endpoints of the API answer besides, for its description.
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": ProblemModel, "description": "There is no such thing."}
}
CHANGED: dict[int | str, dict[str, Any]] = {
    409: {"model": ProblemModel, "description": "Somebody changed it since: look again."}
}

Q = Annotated[
    str,
    Query(max_length=2_000, description="The filter, in the query language (docs/searching.md)."),
]
Limit = Annotated[int, Query(ge=1, le=500, description="Most items on a page.")]
After = Annotated[
    str | None, Query(max_length=500, description="`next` of the page before; null for the first.")
]
Day = Annotated[dt.date | None, Query()]
OptionalNumber = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Zoom = Annotated[float, Query(ge=0, le=22, allow_inf_nan=False, description="Of Web Mercator.")]
BoxQuery = Annotated[
    str | None,
    Query(
        max_length=80,
        pattern=f"^{_DEGREES}(,{_DEGREES}){{3}}$",
        description="WEST,SOUTH,EAST,NORTH in degrees; west may be greater than east.",
    ),
]


def box_of(given: str | None) -> Box | None:
    """The box that a query names.

    Raises:
        Problem: It is none.
    """
    if given is None:
        return None
    try:
        return Box.of(given)
    except ValueError as error:
        raise Problem(422, f"bbox: {error}") from error
