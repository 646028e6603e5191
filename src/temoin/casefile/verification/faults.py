"""What verification finds, and what it can be held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

__all__ = ["Fault", "Head", "differences"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was.

    Attributes:
        kind: Of what: audit entry, document, record, claim, ...
        target: Its number; None for the case as a whole.
        what: What is wrong with it.
    """

    kind: str
    target: int | None
    what: str

    def __str__(self) -> str:
        """`document 12: its text was altered`."""
        return f"{self.kind}{'' if self.target is None else f' {self.target}'}: {self.what}"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of an audit log at some time, noted somewhere else.

    Attributes:
        seq: Its number.
        hash: Its hash.
    """

    seq: int
    hash: str

    @classmethod
    def of(cls, written: str) -> Self:
        """Read `NUMBER:HASH`.

        Raises:
            ValueError: It is written otherwise.
        """
        found = re.fullmatch(r"\s*(\d+):([0-9a-f]{64})\s*", written)
        if not found:
            message = f"{written!r} is no head: write NUMBER:HASH as temoin verify prints it"
            raise ValueError(message)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        """As it is printed and given back."""
        return f"{self.seq}:{self.hash}"


def differences(kind: str, row: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Fault]:
    """One fault that names the columns which are not as expected; none if all are."""
    altered = sorted(name for name, value in expected.items() if row[name] != value)
    if altered:
        yield Fault(kind, row["id"], f"altered: {', '.join(altered)}")
