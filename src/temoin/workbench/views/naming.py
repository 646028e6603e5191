"""Who, where and what claims name, as arrays: one value an argument.

Something that Témoin's tables know goes by its id there; anything else by its folded words,
after a `~`: "the army" of two reports is one entity here, whoever it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.schema import Argument
from temoin.casefile.search import words_of
from temoin.grounding.actors.lexicon import kinds
from temoin.grounding.equipment.store import classes
from temoin.grounding.place.features import FEATURES
from temoin.workbench.views.columns import Array, Columns

__all__ = ["KINDS", "ROLES", "Entities", "Named"]

#: Roles whose arguments are somebody or something; times and numbers are neither.
ROLES = ("actor", "target", "place", "origin", "destination", "instrument")

KINDS = ("actor", "place", "equipment", "other")

_PLACES = frozenset({"place", "origin", "destination"})


@dataclass(slots=True)
class Named:
    """An entity.

    Attributes:
        ref: Its id in the tables, or `~` and its words.
        name: How it is called there; else its words.
        kind: actor, place, equipment or other.
        subkind: rebel_group, city, mortar, ...
        country: ISO 3166-1 alpha-2.
        point: Latitude, longitude and radius of a place.
        folded: Words that it is found by, each after a blank.
    """

    ref: str
    name: str
    kind: str
    subkind: str | None
    country: str | None
    point: tuple[float, float, float | None] | None
    folded: str

    @property
    def known(self) -> bool:
        """Whether the tables know it."""
        return not self.ref.startswith("~")


class Entities:
    """Arguments as arrays, and the entities that they name.

    Attributes:
        claim: Number of the claim of each argument.
        entity: Number of its entity in `all`.
        role: Number of its role in `ROLES`.
        first: Whether it is the first in its claim that names its entity.
        all: The entities.
        by_ref: Their numbers.
    """

    def __init__(self, rows: Sequence[Any], before: Entities | None = None) -> None:
        self.all: list[Named] = before.all if before else []
        self.by_ref: dict[str, int] = before.by_ref if before else {}
        self.claim = np.array([row.claim_id for row in rows], dtype=np.int32)
        self.role = np.array([ROLES.index(row.role) for row in rows], dtype=np.int8)
        # Rows of one name share everything: each is looked at once.
        seen: dict[tuple[Any, ...], int] = {}
        numbers = []
        for row in rows:
            key = (row.ref, row.name, row.words if row.ref is None else None, row.role, row.kind)
            found = seen.get(key)
            if found is None:
                found = seen[key] = self._number(row)
            numbers.append(found)
        self.entity = np.array(numbers, dtype=np.int32)
        self._mark_first()

    @classmethod
    def read(cls, session: Session, columns: Columns) -> Entities:
        """All arguments that hold, of claims that are in the columns."""
        del columns  # arguments of one state of the case: that of the session
        return cls(session.execute(_statement()).all())

    def later(self, session: Session, columns: Columns, changed: Sequence[int]) -> Entities:
        """The same after some claims changed.

        Args:
            session: A transaction.
            columns: The claims as they are now.
            changed: Numbers of the claims that changed.
        """
        del columns
        rows: list[Any] = []
        for first in range(0, len(changed), 500):
            part = _statement().where(Argument.claim_id.in_(changed[first : first + 500]))
            rows += session.execute(part).all()
        fresh = Entities(rows, self)
        kept = ~np.isin(self.claim, np.array(changed, dtype=np.int32))
        fresh.claim = np.concatenate([self.claim[kept], fresh.claim])
        fresh.role = np.concatenate([self.role[kept], fresh.role])
        fresh.entity = np.concatenate([self.entity[kept], fresh.entity])
        fresh.first = np.concatenate([self.first[kept], fresh.first])
        return fresh

    def within(self, numbers: Array) -> Array:
        """Which arguments are of these claims, as a mask.

        Args:
            numbers: Numbers of claims.
        """
        most = max(int(self.claim.max(initial=0)), int(numbers.max(initial=0)))
        wanted = np.zeros(most + 1, dtype=bool)
        wanted[numbers] = True
        mask: Array = wanted[self.claim]
        return mask

    def _mark_first(self) -> None:
        pairs = self.claim.astype(np.int64) * (len(self.all) + 1) + self.entity
        self.first = np.zeros(len(pairs), dtype=bool)
        self.first[np.unique(pairs, return_index=True)[1]] = True

    def _number(self, row: Any) -> int:  # noqa: ANN401 - a row
        ref = row.ref or "~" + " ".join(words_of(row.antecedent or row.words))
        found = self.by_ref.get(ref)
        if found is None:
            found = len(self.all)
            name = (row.name if row.ref else row.antecedent or row.words) or ref
            self.all.append(
                Named(
                    ref=ref,
                    name=name,
                    kind=_kind(row),
                    subkind=row.kind,
                    country=row.country,
                    point=None
                    if row.latitude is None or row.longitude is None
                    else (row.latitude, row.longitude, row.radius_km),
                    folded="".join(f" {word}" for word in words_of(f"{name} {ref}")),
                )
            )
            self.by_ref[ref] = found
        return found


def _statement() -> Any:  # noqa: ANN401 - a select of eleven columns
    return (
        select(
            Argument.claim_id, Argument.role, Argument.ref, Argument.name, Argument.words,
            Argument.antecedent, Argument.kind, Argument.country, Argument.latitude,
            Argument.longitude, Argument.radius_km,
        )
        .where(Argument.active, Argument.role.in_(ROLES))
        .order_by(Argument.id)
    )  # fmt: skip


def _kind(row: Any) -> str:  # noqa: ANN401 - a row
    if row.kind in _actor_kinds():
        return "actor"
    if row.kind in classes():
        return "equipment"
    if row.kind in FEATURES or row.latitude is not None or row.role in _PLACES:
        return "place"
    return "actor" if row.role == "actor" else "other"


@cache
def _actor_kinds() -> frozenset[str]:
    return frozenset(kinds())
