"""How well an incident is supported, by independent origins and not by articles.

The Admiralty credibility (1 to 6) is a suggestion for the information alone: agreement of
sources never says how reliable a source is, and nothing here touches that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from temoin.corroboration.claims import Claim
from temoin.corroboration.linking import Link, LinkKind
from temoin.record import Certainty

__all__ = ["Grade", "Support", "grade"]


class Support(StrEnum):
    """How an incident stands, in the manner of Airwars' grades."""

    SINGLE = "single source"
    CORROBORATED = "corroborated"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Grade:
    """How an incident is supported.

    Attributes:
        support: Single source, corroborated or contested.
        origins: How many independent origins affirm it.
        denials: How many independent origins deny it.
        contested: Fields in which independent origins contradict each other.
        credibility: Suggested credibility of the information, 1 (confirmed) to 6 (cannot
            be judged), after the Admiralty code.
        why: The suggestion's reason.
    """

    support: Support
    origins: int
    denials: int
    contested: tuple[str, ...]
    credibility: int
    why: str


def grade(claims: Sequence[Claim], links: Iterable[Link], origin_of: Mapping[str, str]) -> Grade:
    """Grade one incident.

    Args:
        claims: Its claims.
        links: The links between them.
        origin_of: The origin of each claim (`origins`).
    """
    affirming = {origin_of[claim.id] for claim in claims if not claim.denied}
    denying = {origin_of[claim.id] for claim in claims if claim.denied} - affirming
    contested = sorted(
        {
            difference.field
            for link in links
            if link.kind is LinkKind.CONTRADICTS and origin_of[link.a] != origin_of[link.b]
            for difference in link.differences
        }
    )
    if contested:
        support = Support.CONTESTED
    elif len(affirming) > 1:
        support = Support.CORROBORATED
    else:
        support = Support.SINGLE
    credibility, why = _credibility(claims, len(affirming), len(denying), contested)
    return Grade(support, len(affirming), len(denying), tuple(contested), credibility, why)


def _credibility(
    claims: Sequence[Claim], origins: int, denials: int, contested: Sequence[str]
) -> tuple[int, str]:
    told = [claim for claim in claims if not claim.denied]
    if not told:
        return 5, "only denied"
    if all(claim.certainty is not Certainty.CERTAIN for claim in told):
        return (4 if denials else 6), "told as possible, planned or heard of only"
    if denials:
        if origins > denials:
            return 3, "affirmed by more independent origins than deny it"
        return 4, "denied by as many independent origins as affirm it"
    agree = f"{origins} independent origins agree"
    if contested and origins > 1:
        return 2, f"{agree} that it happened, not on {', '.join(contested)}"
    return {1: (3, "one origin, nobody contradicts it"), 2: (2, agree)}.get(origins, (1, agree))
