"""Incidents that may be the same as one, as the last run of corroboration found them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from temoin.casefile.schema import Incident, IncidentSuggestion

__all__ = ["suggested", "suggested_lines"]

_TOLD = ("id", "support", "claims", "documents", "type", "types", "earliest", "latest", "place")


def suggested(session: Session, incident: str) -> list[dict[str, Any]]:
    """What may be the same incident, the likeliest first, with what both would disagree in.

    Args:
        session: A transaction.
        incident: Id of the incident.
    """
    rows = session.scalars(
        select(IncidentSuggestion)
        .where(
            or_(IncidentSuggestion.incident_id == incident, IncidentSuggestion.other_id == incident)
        )
        .order_by(IncidentSuggestion.id)
    ).all()
    others = {row.other_id if row.incident_id == incident else row.incident_id for row in rows}
    known = {
        each.id: {name: getattr(each, name) for name in _TOLD}
        for each in session.scalars(select(Incident).where(Incident.id.in_(others)))
    }
    return [
        {
            "incident": known[row.other_id if mine else row.incident_id],
            "claims": [row.claim_id, row.other_claim_id][:: 1 if mine else -1],
            "weight": row.weight,
            "fields": json.loads(row.fields),
            "links": [_link(link) for link in json.loads(row.links)],
        }
        for row in rows
        for mine in [row.incident_id == incident]
    ]


def suggested_lines(told: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """The suggestions of an incident in words, under a heading; nothing where there are none.

    Args:
        told: What `suggested` gives.
    """
    if not told:
        return
    yield ""
    yield "May be the same incident, and was not joined:"
    for each in told:
        other = each["incident"]
        types = other["types"].replace("_", " ").replace(", ", " / ")
        days = "..".join(
            dict.fromkeys(str(day) for day in (other["earliest"], other["latest"]) if day)
        )
        what = ", ".join(part for part in (types, other["place"], days) if part)
        a, b = each["claims"]
        yield f"  {other['id']}: {what} (claims {a} and {b} are most alike)"
        differing = [link for link in each["links"] if link["field"]]
        for link in differing:
            yield (
                f"    claim {link['claim']} {link['kind']} {link['other']}: {link['field']}: "
                f"{link['value']} against {link['other_value']} ({link['rule']})"
            )
        if not differing:
            yield "    nothing in which the two would contradict each other"


def _link(cells: Mapping[str, Any]) -> dict[str, Any]:
    """A link as `incident_shown` tells those within an incident."""
    return {
        "claim": cells["claim_id"],
        "other": cells["other_id"],
        "kind": cells["kind"],
        "field": cells.get("field"),
        "value": cells.get("value"),
        "other_value": cells.get("other_value"),
        "agreed": cells["agreed"].split(", ") if cells.get("agreed") else [],
        "rule": cells["rule"],
    }
