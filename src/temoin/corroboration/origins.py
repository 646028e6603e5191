"""Where claims come from: copies and relays of one voice are one origin, not several.

A claim's origin is the copy group of its document, joined with others by the voice that
both relay: two agencies that quote the same army are one origin for what the army says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from temoin.corroboration.claims import Claim, Party
from temoin.corroboration.unions import Unions
from temoin.corroboration.words import words

__all__ = ["origins", "same_voice", "voice"]

#: Kinds of speakers that are one voice wherever they are quoted, known or not.
_MEDIA = frozenset({"media", "monitor"})


def voice(claim: Claim) -> str | None:
    """The one voice that a claim relays; None where the words could be anybody's.

    A known actor ("the Malian army", AFP) is one voice; "a resident" or "officials" are
    others in every report.
    """
    party = claim.attribution
    if party is None:
        return None
    return _voice(party)


def _voice(party: Party) -> str | None:
    if party.id:
        return f"actor:{party.id}"
    if party.kind in _MEDIA and party.name:
        return f"media:{' '.join(words(party.name))}"
    return None


def publisher(claim: Claim) -> str | None:
    """The publisher's name, folded."""
    return " ".join(words(claim.source)) if claim.source else None


def same_voice(a: Claim, b: Claim) -> bool:
    """Whether one and the same source speaks in both: its publisher, or whom both quote."""
    mine, other = voice(a), voice(b)
    if mine or other:
        return mine == other
    return a.document == b.document or (publisher(a) is not None and publisher(a) == publisher(b))


def origins(claims: Iterable[Claim], groups: Mapping[str, str] | None = None) -> dict[str, str]:
    """The origin of each claim of an incident: the id of the first claim that shares it.

    Args:
        claims: The claims of one incident.
        groups: Copy group of each document (`copy_groups`).
    """
    listed = list(claims)
    unions = Unions([claim.id for claim in listed])
    seen: dict[str, str] = {}
    for claim in listed:
        keys = [f"document:{(groups or {}).get(claim.document, claim.document)}"]
        said, by = voice(claim), publisher(claim)
        if said:
            # What a voice says is its own, whoever prints it; the document does not matter.
            keys = [said]
        elif by:
            keys.append(f"publisher:{by}")
        for key in keys:
            unions.join(seen.setdefault(key, claim.id), claim.id)
    return {claim.id: unions.root(claim.id) for claim in listed}
