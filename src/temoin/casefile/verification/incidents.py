"""What corroboration made, against the hashes that its last run noted."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from temoin.casefile.digests import EMPTY, digests
from temoin.casefile.schema import Corroboration
from temoin.casefile.verification.faults import Fault

__all__ = ["check_incidents"]


def check_incidents(session: Session) -> Iterator[Fault]:
    """See that incidents, links and groups of copies are as the last run left them."""
    last = session.scalar(select(func.max(Corroboration.id)))
    if last is None:
        for table, found in digests(session).items():
            if found != EMPTY:
                what = f"{_WHAT[table]} are there, but no run made them"
                yield Fault("corroboration", None, what)
        return
    noted = session.scalars(select(Corroboration.digests).where(Corroboration.id == last)).one()
    try:
        expected = dict(json.loads(noted))
    except (TypeError, ValueError):
        expected = {}
    for table, found in digests(session).items():
        # Runs of an older version noted fewer tables, which were empty then.
        if expected.get(table, EMPTY) != found:
            yield Fault("corroboration", last, f"{_WHAT[table]} were altered since this run")


_WHAT = {
    "incidents": "incidents",
    "incident_claims": "claims of incidents",
    "claim_links": "links between claims",
    "incident_suggestions": "suggestions of incidents that may be one",
    "documents": "groups of copied documents",
}
