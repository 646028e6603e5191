"""Claims and arguments that people saw where the machine saw none."""

from __future__ import annotations

from sqlalchemy import select

from temoin.casefile import Case, CaseError
from temoin.casefile.held import claims_held
from temoin.casefile.projection import argument_field
from temoin.casefile.reviewing import Verdict
from temoin.casefile.reviewing import decide as put_down
from temoin.casefile.schema import Document as Row
from temoin.record import Attribution, Event, TimeValue
from temoin.workbench.api.models.review import ArgumentIn, ClaimIn, Yours
from temoin.workbench.problems import Problem
from temoin.workbench.views.grounding import (
    argument_of,
    cut,
    document_of,
    grounded,
    new_argument,
    new_span,
)
from temoin.workbench.views.reviewing import conflicts, see_that_it_is_there

__all__ = ["add_argument", "add_claim"]


def add_claim(case: Case, body: ClaimIn, *, reviewer: str) -> int:
    """Add a claim to a document: its number.

    Raises:
        Problem: There is no such document, or offsets are none of its text.
        CaseError: It cannot be added.
    """
    told = body.time
    if told and told.earliest and told.latest and told.earliest > told.latest:
        raise Problem(422, "time: the first day is after the last")
    with case.reading() as session:
        status = session.scalar(select(Row.status).where(Row.id == body.document))
        document = document_of(session, body.document)
    if status == "removed":
        raise Problem(422, f"document {body.document} was removed")
    said = body.attribution
    event = Event(
        id="human",
        type=body.type,
        trigger=new_span(document.text, body.trigger.start, body.trigger.end, what="trigger"),
        arguments=tuple(
            dict.fromkeys(
                new_argument(document.text, each.role, each.start, each.end)
                for each in body.arguments
            )
        ),
        polarity=body.polarity,
        certainty=body.certainty,
        attribution=Attribution(**cut(document.text, said.start, said.end, what="attribution"))
        if said
        else None,
    )
    event = grounded(document, event)
    if told is not None:
        days = TimeValue(earliest=told.earliest, latest=told.latest, rule="human")
        event = event.model_copy(update={"time": days})
    verdict = Verdict(
        "add",
        document=body.document,
        value=event.model_dump(mode="json", exclude_none=True),
        reason_code=body.reason,
        reason=body.comment,
    )
    (done,) = put_down(case, [verdict], reviewer=reviewer)
    return done.claim


def add_argument(case: Case, claim: int, body: ArgumentIn, *, reviewer: str) -> None:
    """Add an argument to a claim.

    Raises:
        Problem: There is no such claim, offsets are none of its text, or somebody changed it.
        CaseError: It has this argument already.
    """
    number = see_that_it_is_there(case, claim)
    with case.reading() as session:
        document = document_of(session, number)
        held = claims_held(session, number, only={claim})
    if held is None or not held.claims:
        raise CaseError(case.target.shown, f"claim {claim} has no record")
    argument = new_argument(document.text, body.role, body.start, body.end)
    verdict = Verdict(
        "add",
        claim,
        seen=body.version,
        field=argument_field(argument),
        value=argument_of(document, held.claims[0].event, argument),
        reason_code=body.reason,
        reason=body.comment,
    )
    yours = Yours(version=body.version, action="add", field=verdict.field, value=verdict.value)
    with conflicts(case, claim, yours):
        put_down(case, [verdict], reviewer=reviewer)
