"""What people decided on pairs of claims: same, different or unsure; the latest holds.

Decisions are kept beside the claims and applied anew at every linking: nothing is merged
for good, and taking one back is adding `unsure`, or leaving it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from temoin.corroboration.unions import Unions

__all__ = ["Constraints", "Decision", "Verdict", "constraints"]


class Verdict(StrEnum):
    """Whether two claims speak of the same incident, as a reviewer sees it."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's verdict on two claims."""

    a: str
    b: str
    verdict: Verdict
    by: str | None = None
    at: dt.datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What follows from decisions.

    Attributes:
        together: Pairs that must share an incident.
        apart: Pairs that must not.
        clashes: Decisions that cannot hold with the rest (`a` is `b`, `b` is `c`, `a` is not
            `c`): told, and the verdict `different` holds, since it loses nothing.
    """

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    clashes: tuple[Decision, ...]


def constraints(decisions: Iterable[Decision]) -> Constraints:
    """What must be together and what apart, of decisions in the order they were made."""
    latest: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        pair = (min(decision.a, decision.b), max(decision.a, decision.b))
        latest.pop(pair, None)
        latest[pair] = decision
    apart = [pair for pair, each in latest.items() if each.verdict is Verdict.DIFFERENT]
    same = {pair: each for pair, each in latest.items() if each.verdict is Verdict.SAME}
    together: list[tuple[str, str]] = []
    clashes: list[Decision] = []
    # The newest first: where they clash, the older one gives way.
    for pair, decision in reversed(same.items()):
        trial = Unions([claim for each in (*same, *apart) for claim in each])
        for each in (*together, pair):
            trial.join(*each)
        if any(trial.root(a) == trial.root(b) for a, b in apart):
            clashes.append(decision)
            continue
        together.append(pair)
    return Constraints(tuple(sorted(together)), tuple(sorted(apart)), tuple(clashes))
