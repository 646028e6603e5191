"""Disjoint sets: which things belong together, the first of each set speaking for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["Unions"]

T = TypeVar("T", bound=Hashable)


class Unions(Generic[T]):
    """Sets that grow by joining; the root is the member that was named first."""

    def __init__(self, members: Iterable[T]) -> None:
        self._parent: dict[T, T] = {}
        self._rank: dict[T, int] = {}
        for at, member in enumerate(members):
            self._parent.setdefault(member, member)
            self._rank.setdefault(member, at)

    def root(self, member: T) -> T:
        """The first member of its set."""
        above = self._parent
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    def join(self, a: T, b: T) -> None:
        """Make one set of two."""
        first, second = self.root(a), self.root(b)
        if self._rank[second] < self._rank[first]:
            first, second = second, first
        self._parent[second] = first

    def sets(self) -> list[list[T]]:
        """All sets with their members, in the order in which members were named."""
        groups: dict[T, list[T]] = {}
        for member in self._parent:
            groups.setdefault(self.root(member), []).append(member)
        return list(groups.values())
