"""Incidents as rows: what is kept of each, of its claims and of their links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from temoin.casefile.canonical import canonical
from temoin.corroboration import Claim, Days, Incident, Link, Suggestion, view

__all__ = ["incident_row", "link_rows", "member_rows", "suggestion_rows"]

#: Days up to which a claim is precise: "in November" does not widen an incident of one day.
_PRECISE = 3


def incident_row(incident: Incident) -> dict[str, Any]:
    """The row of an incident."""
    grade, claims = incident.grade, incident.claims
    types = Counter(str(claim.type) for claim in claims)
    listed = [name for name, _ in types.most_common()]
    earliest, latest = _days(claims)
    return {
        "id": incident.id,
        "revision": incident.revision,
        "support": str(grade.support),
        "credibility": grade.credibility,
        "why": grade.why,
        "contested": ", ".join(grade.contested) or None,
        "claims": len(claims),
        "documents": len({claim.document for claim in claims}),
        "origins": grade.origins,
        "denials": grade.denials,
        "type": listed[0],
        "types": ", ".join(listed),
        "earliest": earliest,
        "latest": latest,
        **_place(claims),
        "retired": None,
        "successor": None,
        "former": None,
    }


def member_rows(incident: Incident) -> Iterator[dict[str, Any]]:
    """A row for each claim: who says so, and what it says."""
    laid_out = view(incident)
    for number, claim in enumerate(incident.claims, 1):
        told = {row.field: row.values[claim.id] for row in laid_out.rows if row.values[claim.id]}
        yield {
            "claim_id": int(claim.id),
            "incident_id": incident.id,
            "number": number,
            "origin": laid_out.origins[claim.id],
            "voice": laid_out.voices[claim.id],
            "told": canonical(told),
        }


def link_rows(incidents: Iterable[Incident]) -> Iterator[dict[str, Any]]:
    """A row for each field in which two claims differ; one for two that can both be right."""
    number = 0
    for incident in incidents:
        for link in incident.links:
            for row in _cells(link):
                number += 1
                yield {"id": number, "incident_id": incident.id, **row}


def suggestion_rows(
    suggestions: Iterable[Suggestion], incidents: Iterable[Incident]
) -> Iterator[dict[str, Any]]:
    """A row for each two incidents that may be one, in the order given."""
    holder = {claim.id: incident.id for incident in incidents for claim in incident.claims}
    for number, each in enumerate(suggestions, 1):
        pair = (each.best.a, each.best.b)
        mine, other = pair if holder[each.best.a] == each.a else pair[::-1]
        told = {(link.kind, link.differences): link for link in reversed(each.links)}
        links = [
            {name: cell for name, cell in row.items() if cell is not None}
            for link in each.links
            if told[link.kind, link.differences] is link
            for row in _cells(link)
        ]
        yield {
            "id": number,
            "incident_id": each.a,
            "other_id": each.b,
            "claim_id": int(mine),
            "other_claim_id": int(other),
            "weight": each.best.weight,
            "fields": canonical(
                {each.field: round(each.weight, 3) for each in each.best.fields if each.weight}
            ),
            "links": canonical(links),
        }


def _cells(link: Link) -> Iterator[dict[str, Any]]:
    """A link as rows: one for each field in which its claims differ."""
    row = {
        "claim_id": int(link.a),
        "other_id": int(link.b),
        "kind": str(link.kind),
        "field": None,
        "value": None,
        "other_value": None,
        "agreed": ", ".join(link.agreed) or None,
        "rule": link.why,
    }
    cells: list[dict[str, str]] = [
        {"field": each.field, "value": each.a, "other_value": each.b} for each in link.differences
    ]
    yield from ({**row, **cell} for cell in cells or [{}])


def _days(claims: Sequence[Claim]) -> tuple[Any, Any]:
    """The first and the last day that claims give in their own words."""
    own = [claim.days for claim in claims if claim.days and claim.days.own]
    days = [each for each in own if _length(each) <= _PRECISE] or own
    if not days:
        return None, None
    return min(each.earliest for each in days), max(each.latest for each in days)


def _length(days: Days) -> int:
    return (days.latest - days.earliest).days + 1


def _place(claims: Sequence[Claim]) -> dict[str, Any]:
    """The place that most claims name; the smaller one where as many name two."""
    spots = [claim.place for claim in claims if claim.place and claim.place.own]
    names = ("place", "place_ref", "latitude", "longitude", "radius_km")
    if not spots:
        return dict.fromkeys(names)
    times = Counter(spot.id or spot.name for spot in spots)
    best = max(spots, key=lambda spot: (times[spot.id or spot.name], -spot.radius_km))
    cells = (best.name, best.id, best.latitude, best.longitude, best.radius_km)
    return dict(zip(names, cells, strict=True))
