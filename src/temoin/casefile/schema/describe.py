"""The tables as Markdown: `python -m temoin.casefile.schema.describe` writes docs/schema.md.

The page's text stands between its headings; what this module writes is between marks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Mapper

from temoin.casefile.schema import Base

__all__ = ["described", "rewritten"]

_BEGIN = "<!-- tables -->"
_END = "<!-- /tables -->"


def described() -> str:
    """All tables in the order in which they depend on each other."""
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    mappers = sorted(Base.registry.mappers, key=lambda mapper: order[_name(mapper)])
    return "\n\n".join(_table(mapper) for mapper in mappers)


def rewritten(page: str) -> str:
    """A page with its tables as they are now.

    Raises:
        ValueError: The page has no place for them.
    """
    if _BEGIN not in page or _END not in page:
        message = f"the page has no {_BEGIN} ... {_END}"
        raise ValueError(message)
    before, rest = page.split(_BEGIN, 1)
    return f"{before}{_BEGIN}\n\n{described()}\n\n{_END}{rest.split(_END, 1)[1]}"


def _name(mapper: Mapper[Base]) -> str:
    return str(mapper.class_.__tablename__)


def _table(mapper: Mapper[Base]) -> str:
    about = " ".join((mapper.class_.__doc__ or "").split())
    lines = [f"### `{_name(mapper)}`", "", about, "", "| column | type | what it holds |"]
    lines.append("| --- | --- | --- |")
    lines += [
        f"| `{column.name}` | {_kind(column)} | {re.sub('[|]', '/', column.doc or '')} |"
        for column in Base.metadata.tables[_name(mapper)].columns
    ]
    return "\n".join(lines)


def _kind(column: Column[Any]) -> str:
    kinds = {"VARCHAR": "text", "BLOB": "bytes", "FLOAT": "number"}
    name = str(column.type).partition("(")[0]
    kind = kinds.get(name, name.lower())
    reference = next(iter(column.foreign_keys), None)
    if reference is not None:
        kind += f" → `{reference.column.table.name}`"
    return f"{kind}, may be null" if column.nullable else kind


if __name__ == "__main__":
    path = Path("docs/schema.md")
    path.write_text(rewritten(path.read_text("utf-8")), "utf-8")
