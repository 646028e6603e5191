"""Decisions on claims: appended in one transaction, refused where somebody else was faster."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.canonical import canonical, now
from temoin.casefile.case import Case, Work
from temoin.casefile.claims import machine_event, refresh_claim
from temoin.casefile.effective import Holding, active_ones, effective_event
from temoin.casefile.errors import CaseError, ConflictError
from temoin.casefile.projection import claim_row
from temoin.casefile.reviewing.values import REASONS, DecisionError, checked, current_value
from temoin.casefile.schema import Claim, Decision, Document
from temoin.casefile.states import state
from temoin.record import Event

__all__ = ["Done", "Verdict", "decide", "holding_of", "put_down", "seen_claim"]

_VERDICTS = ("accept", "edit", "reject", "unsure", "add")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says of a claim, or of one field of it.

    Attributes:
        verdict: accept, edit, reject, unsure or add.
        claim: The claim's number; None where one is added that the machine missed.
        seen: The claim's version that the reviewer saw; None decides whatever it is now.
        field: What is decided on, as in the table `decisions`; None for the whole claim.
        value: For edit and add: the new value in the record's own form.
        document: For a claim that is added: its document.
        reason_code: One of `REASONS`.
        reason: Why, in the reviewer's words.
    """

    verdict: str
    claim: int | None = None
    seen: int | None = None
    field: str | None = None
    value: Any = None
    document: int | None = None
    reason_code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a claim.

    Attributes:
        claim: Its number.
        version: Its version now: what the reviewer's next verdict names as `seen`.
        state: Its review state now.
        decision: Number of the decision that was stored.
        batch: What ties the decisions of one step.
    """

    claim: int
    version: int
    state: str
    decision: int
    batch: str


def decide(case: Case, verdicts: Sequence[Verdict], *, reviewer: str) -> list[Done]:
    """Store verdicts, all of them or none.

    Args:
        case: The case.
        verdicts: What was decided in one step, and is undone in one.
        reviewer: Who decides.

    Returns:
        What became of each claim, in the order of the verdicts.

    Raises:
        ConflictError: Somebody decided on a claim since the reviewer saw it.
        CaseError: A claim is not there, or a decision cannot be taken.
    """
    batch = uuid.uuid4().hex
    with case.writing(actor=reviewer) as work:
        texts = _Texts(work.session)
        return [_decide(case, work, verdict, batch, texts) for verdict in verdicts]


class _Texts:
    """Texts of documents; the last one is remembered, as a step often stays in one document.

    Args:
        session: The transaction.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: tuple[int, str] | None = None

    def of(self, document_id: int) -> str:
        """The text of a document.

        Raises:
            LookupError: There is no such document.
        """
        if self._last is None or self._last[0] != document_id:
            self._last = (document_id, _text(self._session, document_id))
        return self._last[1]


def _decide(case: Case, work: Work, verdict: Verdict, batch: str, texts: _Texts) -> Done:
    if verdict.verdict not in _VERDICTS:
        cause = f"there is no verdict {verdict.verdict!r}: it is one of {', '.join(_VERDICTS)}"
        raise CaseError(case.target.shown, cause)
    if verdict.reason_code is not None and verdict.reason_code not in REASONS:
        cause = f"there is no reason {verdict.reason_code!r}: it is one of {', '.join(REASONS)}"
        raise CaseError(case.target.shown, cause)
    if verdict.claim is None:
        return _add_claim(case, work, verdict, batch, texts)
    claim = seen_claim(case, work, verdict.claim, seen=verdict.seen)
    machine = machine_event(work.session, claim.id)
    holding = holding_of(work.session, claim.id, machine)
    text = texts.of(claim.document_id)
    try:
        value = checked(
            holding, text, field=verdict.field, verdict=verdict.verdict, value=verdict.value
        )
    except DecisionError as error:
        raise CaseError(case.target.shown, f"claim {claim.id}: {error}") from error
    decision = Decision(
        claim_id=claim.id,
        field=verdict.field,
        verdict=verdict.verdict,
        value=value,
        machine=_machine_value(machine, verdict.field),
        batch=batch,
    )
    return put_down(work, claim, decision, verdict=verdict, machine=machine)


def _add_claim(case: Case, work: Work, verdict: Verdict, batch: str, texts: _Texts) -> Done:
    """A claim that the machine missed."""
    if verdict.verdict != "add" or verdict.field is not None or verdict.document is None:
        cause = "a verdict names a claim; without one it adds a claim to a document"
        raise CaseError(case.target.shown, cause)
    try:
        text = texts.of(verdict.document)
        value = checked(None, text, field=None, verdict="add", value=verdict.value)
    except (DecisionError, LookupError) as error:
        cause = f"document {verdict.document}: {error}"
        raise CaseError(case.target.shown, cause) from error
    event = Event.model_validate_json(value or "null")
    claim = Claim(
        document_id=verdict.document,
        origin="human",
        version=0,
        **claim_row(event),
    )
    work.session.add(claim)
    work.session.flush()
    decision = Decision(claim_id=claim.id, verdict="add", value=value, batch=batch)
    return put_down(work, claim, decision, verdict=verdict, machine=None)


def put_down(
    work: Work, claim: Claim, decision: Decision, *, verdict: Verdict, machine: Event | None
) -> Done:
    """Store a decision, bring its claim up to date and tell the log.

    Args:
        work: The transaction.
        claim: The claim.
        decision: The decision, without who, when and why.
        verdict: Why.
        machine: The claim's machine event.
    """
    present = claim.present
    claim.version += 1
    decision.claim_version = claim.version
    decision.reviewer = work.actor
    decision.reason_code, decision.reason = verdict.reason_code, verdict.reason
    decision.at = now()
    work.session.add(decision)
    work.session.flush()
    work.log.append(
        decision.verdict, "decision", decision.id, new=state(decision), reason=verdict.reason
    )
    holds = refresh_claim(work.session, claim.id, machine=machine, present=present)
    now_state = str(holds.columns["state"])
    return Done(claim.id, claim.version, now_state, decision.id, decision.batch or "")


def seen_claim(case: Case, work: Work, number: int, *, seen: int | None) -> Claim:
    """The claim that a verdict is about, if it is still as the reviewer saw it.

    Raises:
        ConflictError: It is not.
        CaseError: There is no such claim.
    """
    claim = work.session.get(Claim, number)
    if claim is None:
        raise CaseError(case.target.shown, f"there is no claim {number}")
    if seen is not None and seen != claim.version:
        who = f"{claim.decided_by} decided on it on {claim.decided_at}"
        if claim.decided_by is None:
            who = "a newer record changed it"
        cause = (
            f"claim {number} was changed since you saw it: {who} (it is {claim.state} now). "
            "Nothing was overwritten: look at it again"
        )
        raise ConflictError(case.target.shown, cause)
    return claim


def holding_of(session: Session, claim_id: int, machine: Event | None) -> Holding:
    """What holds of a claim now."""
    decisions = session.scalars(
        select(Decision).where(Decision.claim_id == claim_id).order_by(Decision.id)
    ).all()
    return effective_event(machine, active_ones(decisions))


def _machine_value(machine: Event | None, field: str | None) -> str | None:
    """The machine's own value of a field, as the decision keeps it."""
    if machine is None:
        return None
    value = current_value(effective_event(machine, []), field)
    return None if value is None else canonical(value)


def _text(session: Session, document_id: int) -> str:
    text = session.scalar(select(Document.text).where(Document.id == document_id))
    if text is None:
        raise LookupError("there is no such document")
    return text
