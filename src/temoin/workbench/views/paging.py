"""Where a page of a list begins."""

from __future__ import annotations

from temoin.workbench.problems import Problem

__all__ = ["offset"]


def offset(after: str | None) -> int:
    """How many come before, by what the page before said of the next.

    Raises:
        Problem: It is of no page.
    """
    if after is None:
        return 0
    if after.isascii() and after.isdigit() and len(after) < 9:
        return int(after)
    raise Problem(422, "the place where the next page begins is none of this list")
