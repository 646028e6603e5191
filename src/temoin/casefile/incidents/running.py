"""A run of corroboration on a case: read, link, keep, and tell what changed.

Linking may take minutes, so that it holds no lock: the case is read in one transaction and
written in another. What was added or decided in between is told by `seen`, and is taken
into account by the next run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from temoin.casefile.audit import TOOL
from temoin.casefile.canonical import canonical, now
from temoin.casefile.case import Case, Work
from temoin.casefile.digests import digests
from temoin.casefile.errors import CaseError
from temoin.casefile.incidents import reading
from temoin.casefile.incidents.pairs import active_pairs, as_decision
from temoin.casefile.incidents.storing import (
    Before,
    Changes,
    before,
    carried,
    changes,
    store,
)
from temoin.casefile.schema import CaseInfo, Corroboration
from temoin.casefile.searching import claims_where
from temoin.casefile.states import state
from temoin.corroboration import Corroboration as Found
from temoin.corroboration import (
    Decision,
    Incident,
    Suggestion,
    copy_groups,
    corroborate,
    shipped_model,
    suggestions,
)

__all__ = ["Result", "run"]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found.

    Attributes:
        run: Its number; None where nothing was kept.
        query: The claims that it was about; None for all.
        claims: Claims, how many.
        documents: Documents that make them.
        incidents: What was found, with the ids under which it is kept.
        copies: Documents that share text with another one, how many.
        decisions: Verdicts on pairs that held, how many.
        clashes: Those that could not hold with the rest.
        changes: What changed since the last run.
        suggestions: Incidents that may be one, the likeliest first.
    """

    run: int | None
    query: str | None
    claims: int
    documents: int
    incidents: tuple[Incident, ...]
    copies: int
    decisions: int
    clashes: tuple[Decision, ...]
    changes: Changes
    suggestions: tuple[Suggestion, ...]

    def count(self, support: str) -> int:
        """How many incidents have a grade."""
        return sum(each.grade.support == support for each in self.incidents)


@dataclass(frozen=True, slots=True)
class _Linked:
    """What was read and found, before it is kept."""

    found: Found
    seen: int
    decisions: int
    groups: Mapping[int, tuple[int | None, int | None]]


def run(case: Case, *, actor: str, query: str | None = None, keep: bool = True) -> Result:
    """Group the claims of a case into incidents, and keep them.

    Args:
        case: The case.
        actor: Who has it made.
        query: Only the claims that this query finds; all by default.
        keep: Whether to write anything.

    Raises:
        CaseError: The query, or the decisions on a claim, cannot be read.
    """
    with case.reading() as session:
        linked = _linked(case, session, query)
        if not keep:
            return _result(linked, before(session), query)
    with case.writing(actor=actor) as work:
        last = before(work.session)
        result = _result(linked, last, query)
        return _kept(work, linked, last, result)


def _linked(case: Case, session: Session, query: str | None) -> _Linked:
    only = None if query is None else set(claims_where(session, query))
    names = reading.document_names(session)
    known = reading.known_copies(session, names)
    pairs = active_pairs(session)
    seen = session.scalars(select(CaseInfo.head_seq)).one()
    try:
        claims = list(reading.told_claims(session, names, only=only))
    except ValueError as error:
        cause = f"the decisions on a claim make no event ({error}): temoin verify"
        raise CaseError(case.target.shown, cause) from error
    found = corroborate(
        claims,
        texts=reading.texts_in(session, names),
        copies=known,
        decisions=[as_decision(pair) for pair in pairs],
    )
    numbers = {name: id_ for id_, name in names.items()}
    near = _groups(numbers, copy_groups(numbers, found.copies))
    origin = _groups(numbers, copy_groups(numbers, [*found.copies, *known]))
    return _Linked(
        found, seen, len(pairs), {id_: (near.get(id_), group) for id_, group in origin.items()}
    )


def _groups(numbers: Mapping[str, int], group_of: Mapping[str, str]) -> dict[int, int]:
    """The group of each document that has any: the smallest number of its documents."""
    members: dict[str, list[int]] = {}
    for name, group in group_of.items():
        members.setdefault(group, []).append(numbers[name])
    return {id_: min(ids) for ids in members.values() if len(ids) > 1 for id_ in ids}


def _result(linked: _Linked, last: Before, query: str | None) -> Result:
    found = linked.found
    incidents = carried(found.incidents, last)
    renamed = {old.id: new.id for old, new in zip(found.incidents, incidents, strict=True)}
    claims = [claim for incident in incidents for claim in incident.claims]
    return Result(
        run=None,
        query=query,
        claims=len(claims),
        documents=len({claim.document for claim in claims}),
        incidents=tuple(incidents),
        copies=sum(near is not None for near, _ in linked.groups.values()),
        decisions=linked.decisions,
        clashes=found.constraints.clashes,
        changes=changes(incidents, last),
        suggestions=tuple(_renamed(suggestions(found), renamed)),
    )


def _renamed(found: Sequence[Suggestion], ids: Mapping[str, str]) -> list[Suggestion]:
    return [Suggestion(ids[each.a], ids[each.b], each.best, each.links) for each in found]


def _kept(work: Work, linked: _Linked, last: Before, result: Result) -> Result:
    session = work.session
    number = (session.scalar(select(func.max(Corroboration.id))) or 0) + 1
    store(
        session,
        result.incidents,
        last,
        result.changes,
        run=number,
        suggested=result.suggestions,
        groups=linked.groups,
    )
    row = Corroboration(
        id=number,
        at=now(),
        by=work.actor,
        tool=TOOL,
        model=_model(),
        query=result.query,
        seen=linked.seen,
        claims=result.claims,
        documents=result.documents,
        incidents=len(result.incidents),
        single=result.count("single source"),
        corroborated=result.count("corroborated"),
        contested=result.count("contested"),
        copies=result.copies,
        decisions=result.decisions,
        clashes=len(result.clashes),
        digests=canonical(digests(session)),
    )
    session.add(row)
    session.flush()
    work.log.append("corroborate", "corroboration", number, new=state(row))
    return replace(result, run=number)


@cache
def _model() -> str:
    data = resources.files("temoin.corroboration").joinpath("data/model.toml").read_bytes()
    return f"{shipped_model().version}, {hashlib.sha256(data).hexdigest()}"
