"""The REST API: routers by theme, and what they take and give (`models`).

Routers only translate: what they tell is made in `temoin.workbench.views`, what they change
in `temoin.casefile`. `docs/api.md` tells how to use the API from a program of yours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

__all__ = ["routers"]


def routers() -> Sequence[APIRouter]:
    """All routers, to be included under one prefix."""
    from temoin.workbench.api import (
        adding,
        audit,
        bulk,
        claims,
        documents,
        entities,
        graph,
        incidents,
        mapping,
        pairs,
        review,
        schema,
        situation,
        timeline,
    )

    themes = (
        schema, documents, claims, review, adding, bulk, mapping, timeline, graph, incidents, pairs,
        situation, entities, audit,
    )  # fmt: skip
    return [theme.router for theme in themes]
