"""What there is in a record, with labels."""

from __future__ import annotations

from fastapi import APIRouter

from temoin.workbench.api.models.schema import SchemaAnswer
from temoin.workbench.api.parameters import NOT_FOUND
from temoin.workbench.dependencies import AnyUser
from temoin.workbench.views.vocabulary import schema_answer

__all__ = ["router"]

router = APIRouter(tags=["session"], responses=NOT_FOUND)


@router.get("/schema")
def schema(_user: AnyUser) -> SchemaAnswer:
    """Types, roles, states, reasons and keys, with labels in English and French."""
    return schema_answer()
