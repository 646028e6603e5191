"""A query as a tree, and how it is written.

The tree that `written` writes is read again as the same tree: columns, which only say
where a part stood, do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from temoin.casefile.errors import CaseError

__all__ = [
    "All",
    "Either",
    "Filter",
    "Node",
    "Not",
    "QueryError",
    "Said",
    "parts",
    "positive_words",
    "written",
]


class QueryError(CaseError):
    """A query that cannot be read: the message shows it, with a mark under the place.

    Args:
        query: The query.
        column: Where it goes wrong, 1 for the first character.
        cause: What is wrong there.
    """

    def __init__(self, query: str, column: int, cause: str) -> None:
        message = f"column {column}: {cause}\n  {_shown(query)}\n  {' ' * (column - 1)}^"
        super().__init__("query", message)
        self.query = query
        self.column = column
        self.reason = cause

    def __reduce__(self) -> tuple[type[QueryError], tuple[str, int, str]]:  # type: ignore[override]
        """Pickle by what it was made of."""
        return (type(self), (self.query, self.column, self.reason))


@dataclass(frozen=True, slots=True)
class Said:
    """Words that must stand in the text, one after the other.

    Attributes:
        text: The words as they were given.
        prefix: Whether the last one may go on.
        column: Where they stand in the query.
    """

    text: str
    prefix: bool = False
    column: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a field.

    Attributes:
        name: The field.
        operator: `:`, `>`, `>=`, `<` or `<=`.
        value: What it is compared with, as it was given.
        prefix: Whether its last word may go on.
        column: Where it stands in the query.
    """

    name: str
    operator: str
    value: str
    prefix: bool = False
    column: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """All of several; none at all is met by everything."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several."""

    nodes: tuple[Node, ...]


Node = Said | Filter | Not | All | Either

_BARE_WORD = re.compile(r"[^\W_]+")
_BARE_VALUE = re.compile(r"[^\W_][\w.,~#:/+-]*")
_OPERATORS = {"OR", "AND", "NOT"}


def written(node: Node) -> str:
    """The query that gives this tree."""
    if isinstance(node, All):
        return " ".join(_within(each) for each in node.nodes)
    if isinstance(node, Either):
        return " OR ".join(_within(each) for each in node.nodes)
    if isinstance(node, Not):
        return f"-{_within(node.node)}"
    star = "*" if node.prefix else ""
    if isinstance(node, Filter):
        bare = bool(_BARE_VALUE.fullmatch(node.value))
        return f"{node.name}{node.operator}{_quoted(node.value, bare=bare)}{star}"
    bare = bool(_BARE_WORD.fullmatch(node.text)) and node.text not in _OPERATORS
    return f"{_quoted(node.text, bare=bare)}{star}"


def parts(node: Node) -> list[Said | Filter]:
    """All words and conditions of a query, in their order."""
    if isinstance(node, Said | Filter):
        return [node]
    if isinstance(node, Not):
        return parts(node.node)
    return [part for each in node.nodes for part in parts(each)]


def positive_words(node: Node) -> list[Said]:
    """The words that a query looks for: those that make something relevant."""
    if isinstance(node, Said):
        return [node]
    if isinstance(node, All | Either):
        return [word for each in node.nodes for word in positive_words(each)]
    return []


def _within(node: Node) -> str:
    inner = written(node)
    return f"({inner})" if isinstance(node, All | Either) else inner


def _quoted(text: str, *, bare: bool) -> str:
    return text if bare else f'"{text}"'


def _shown(query: str) -> str:
    return "".join(char if char.isprintable() else " " for char in query)
