"""What two claims of one incident are to each other: by rules, each told with its values.

- *same*: they agree in what both say.
- *complements*: they agree, and one says more.
- *contradicts*: they cannot both be right in some field.
- *updates*: the later one changes a figure or a place that the earlier gave, and both come
  from one source, or the later says that the figure has grown.
- *retracts*: the later one takes back what the same side said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from temoin.corroboration.alike import pairs_to_link
from temoin.corroboration.claims import Claim
from temoin.corroboration.cues import retracts, updates
from temoin.corroboration.fields import Difference, agreed, differences, most, tells_more
from temoin.corroboration.origins import same_voice

__all__ = ["Link", "LinkKind", "link", "links_of"]


class LinkKind(StrEnum):
    """What a claim is to another of its incident."""

    SAME = "same"
    COMPLEMENTS = "complements"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    RETRACTS = "retracts"


@dataclass(frozen=True, slots=True)
class Link:
    """What claim `a` is to claim `b`.

    Of an update or a retraction, `a` is the later one, which changes or takes back.

    Attributes:
        a: Id of the claim.
        b: Id of the other.
        kind: What the one is to the other.
        differences: Fields in which they cannot both be right, with both values.
        agreed: Fields in which they agree.
        why: The rule, in words.
    """

    a: str
    b: str
    kind: LinkKind
    differences: tuple[Difference, ...] = ()
    agreed: tuple[str, ...] = ()
    why: str = ""


def links_of(claims: Iterable[Claim], origin_of: Mapping[str, str] | None = None) -> list[Link]:
    """The links between all claims of one incident, but for those of one sentence.

    Args:
        claims: The claims, the earliest first.
        origin_of: The origin of each; with it, copies in a large incident are linked to the
            first of them only.
    """
    listed = list(claims)
    pairs = combinations(listed, 2) if origin_of is None else pairs_to_link(listed, origin_of)
    return [
        link(a, b) for a, b in pairs if not (a.document == b.document and a.sentence == b.sentence)
    ]


def link(a: Claim, b: Claim) -> Link:
    """What two claims of one incident are to each other."""
    first, later = sorted((a, b), key=_told)
    found = differences(later, first)
    same = agreed(later, first)
    if found:
        kind, why = _disagreement(first, later, found)
        return Link(later.id, first.id, kind, found, same, why)
    if tells_more(later, first) or tells_more(first, later):
        return Link(later.id, first.id, LinkKind.COMPLEMENTS, agreed=same, why="one says more")
    return Link(later.id, first.id, LinkKind.SAME, agreed=same, why="they agree")


def _told(claim: Claim) -> tuple[str, str, int, str]:
    day = claim.published.isoformat() if claim.published else ""
    return (day, claim.document, claim.start, claim.id)


def _disagreement(first: Claim, later: Claim, found: Sequence[Difference]) -> tuple[LinkKind, str]:
    fields = {difference.field for difference in found}
    voice = same_voice(first, later)
    newer = _is_later(first, later)
    if "occurred" in fields:
        if newer and voice and (retracts(later.sentence) or later.document != first.document):
            return LinkKind.RETRACTS, "the same source now says the contrary"
        return LinkKind.CONTRADICTS, "one says that it happened, the other denies it"
    if fields <= {"casualties", "quantity", "place", "time"} and newer:
        if voice and later.document != first.document:
            return LinkKind.UPDATES, "the same source gives another value later"
        if fields <= {"casualties", "quantity"} and _grown(first, later):
            return LinkKind.UPDATES, "the later report says that the figure has grown"
    return LinkKind.CONTRADICTS, f"they differ in {', '.join(sorted(fields))}"


def _grown(first: Claim, later: Claim) -> bool:
    """Whether a later report says by its own words that the figure has grown.

    Two figures without a word on the earlier one are told as they are: a contradiction
    hidden is the worse error.
    """
    if first.published == later.published or not updates(later.sentence):
        return False
    return most(later) > most(first)


def _is_later(first: Claim, later: Claim) -> bool:
    if first.published and later.published:
        return later.published >= first.published
    return first.document == later.document
