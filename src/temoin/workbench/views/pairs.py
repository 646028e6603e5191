"""Pairs of claims to judge: what the last run holds for perhaps one, and what people say."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile import incidents as kept_incidents
from temoin.casefile.incidents import active_pairs
from temoin.casefile.schema import Claim, Corroboration, IncidentSuggestion
from temoin.corroboration import Verdict
from temoin.workbench.api.models.incidents import (
    Difference,
    Pair,
    PairDone,
    PairIn,
    PairPage,
    PairUndoIn,
)
from temoin.workbench.problems import Problem
from temoin.workbench.views.cards import cards_of
from temoin.workbench.views.paging import offset
from temoin.workbench.views.selecting import Reading, reading

__all__ = ["judge", "pairs", "undo"]


def pairs(case: Case, q: str, *, limit: int, after: str | None) -> PairPage:
    """Pairs of claims that may speak of one incident, the likeliest first.

    Args:
        case: The case.
        q: Only pairs of which this query finds a claim.
        limit: Most on a page.
        after: Where the page before ended.

    Raises:
        Problem: `after` is of no page.
        QueryError: The query cannot be read.
    """
    first = offset(after)
    with reading(case) as now:
        found = now.found(q)
        notes = list(found.notes)
        wanted = set(now.columns.claims["id"][found.at].tolist())
        held = {(row.claim_id, row.other_id): row.verdict for row in active_pairs(now.session)}
        suggested = now.memory.value_of("suggestions", now.head, lambda: _read(now))
        if not suggested and now.session.scalar(select(Corroboration.id).limit(1)) is None:
            notes.append("Nobody has looked for incidents yet: corroborate first.")
        open_ = []
        for each in suggested:
            verdict = held.get(_pair(each))
            if {each.claim_id, each.other_claim_id} & wanted and verdict in {None, "unsure"}:
                open_.append((verdict is not None, each.id, each))
        # What somebody was unsure about comes last.
        ordered = [each for *_, each in sorted(open_, key=lambda told: told[:2])]
        page = ordered[first : first + limit]
        return PairPage(
            items=_shown(now, page, q, held),
            total=len(ordered),
            next=str(first + limit) if first + limit < len(ordered) else None,
            notes=notes,
        )


def judge(case: Case, body: PairIn, *, reviewer: str) -> PairDone:
    """Say whether two claims speak of one incident.

    Raises:
        Problem: There is no such claim.
        CaseError: Both are one.
    """
    _see_that_they_are_there(case, body.a, body.b)
    done = kept_incidents.decide(
        case, body.a, body.b, Verdict(body.verdict), reviewer=reviewer, reason=body.reason
    )
    return _done(done)


def undo(case: Case, body: PairUndoIn, *, reviewer: str) -> PairDone:
    """Take back the last verdict on two claims.

    Raises:
        Problem: There is no such claim.
        CaseError: There is no verdict.
    """
    _see_that_they_are_there(case, body.a, body.b)
    return _done(kept_incidents.undo(case, body.a, body.b, reviewer=reviewer, reason=body.reason))


def _done(done: kept_incidents.PairDone) -> PairDone:
    return PairDone(
        decision=done.decision,
        claims=done.claims,
        verdict=done.verdict,
        holds=done.holds,
    )


def _see_that_they_are_there(case: Case, *numbers: int) -> None:
    with case.reading() as session:
        there = set(session.scalars(select(Claim.id).where(Claim.id.in_(numbers))))
    for number in numbers:
        if number not in there:
            raise Problem(404, f"there is no claim {number}")


def _read(now: Reading) -> list[IncidentSuggestion]:
    """What the last run suggests, the likeliest first."""
    rows = list(now.session.scalars(select(IncidentSuggestion).order_by(IncidentSuggestion.id)))
    now.session.expunge_all()
    return rows


def _pair(row: IncidentSuggestion) -> tuple[int, int]:
    return min(row.claim_id, row.other_claim_id), max(row.claim_id, row.other_claim_id)


def _shown(
    now: Reading,
    page: Sequence[IncidentSuggestion],
    q: str,
    held: dict[tuple[int, int], str],
) -> list[Pair]:
    numbers = list(
        dict.fromkeys(number for row in page for number in (row.claim_id, row.other_claim_id))
    )
    cards = {card.id: card for card in cards_of(now, numbers, q)}
    return [
        Pair(
            a=cards[row.claim_id],
            b=cards[row.other_claim_id],
            weight=round(row.weight, 2),
            fields=json.loads(row.fields),
            incidents=(row.incident_id, row.other_id),
            differences=_differences(row),
            verdict=held.get(_pair(row)),
        )
        for row in page
        if row.claim_id in cards and row.other_claim_id in cards
    ]


def _differences(row: IncidentSuggestion) -> list[Difference]:
    """What the claims of the two incidents disagree in, each once."""
    told = {
        (link["field"], link["value"], link["other_value"]): None
        for link in json.loads(row.links)
        if {"field", "value", "other_value"} <= set(link)
    }
    return [Difference(field=field, value=value, other=other) for field, value, other in told]
