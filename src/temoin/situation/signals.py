"""From claims to signals: what each claim does to which state, where and whose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from temoin.record import Certainty
from temoin.situation.claims import Claim, Days
from temoin.situation.places import Where, places_of
from temoin.situation.rules import Rule, applies, rules_for
from temoin.situation.states import Listed
from temoin.situation.subjects import NOBODY, Subject, subjects_of

__all__ = ["Signal", "precedes", "signals_of"]

#: What a claim that denies an event does, by what the event would have done.
_DENIED = {"begin": "not_begin", "enter": "not_begin", "end": "not_end"}


@dataclass(frozen=True, slots=True)
class Signal:
    """What one claim does to one state.

    Attributes:
        effect: begin, enter, end, shake, not_begin or not_end.
        days: When.
    """

    effect: str
    rule: Rule
    claim: Claim
    subject: Subject
    place: Where | None
    days: Days

    @property
    def starts(self) -> bool:
        """Whether a state begins with it."""
        return self.effect in ("begin", "enter")


def precedes(one: Signal, other: Signal) -> bool:
    """Whether one is surely earlier: by its days, or because its text says so."""
    if one.days.latest < other.days.earliest:
        return True
    return other.claim.id in one.claim.before and one.days.earliest <= other.days.latest


def signals_of(claims: Iterable[Claim]) -> tuple[list[Signal], list[Listed]]:
    """The signals of claims, and what makes none or only disputes.

    A denied claim is both: it disputes a state that others claim, and is listed as denied.
    """
    signals: list[Signal] = []
    listed: dict[tuple[str, str], Listed] = {}
    for claim in claims:
        for rule in rules_for(claim.event.type):
            if not applies(rule, claim):
                continue
            made, left = _signals(claim, rule)
            signals += made
            for each in left:
                listed.setdefault((claim.id, each.kind.name), each)
    return signals, list(listed.values())


def _signals(claim: Claim, rule: Rule) -> tuple[list[Signal], list[Listed]]:
    subjects = subjects_of(claim, rule)
    if not subjects:
        return [], []
    found = places_of(claim, rule)
    if not found and not rule.kind.anywhere and "event" not in rule.place:
        return [], []  # no movement from or to a place is told
    places: list[Where | None] = [*found] or [None]
    reason = _reason(claim, rule, placed=bool(found))
    listed = [
        Listed(claim, rule.kind, reason, subject, place, ends=rule.effect in ("end", "shake"))
        for subject in subjects
        for place in places
        if reason
    ]
    effect = _effect(claim, rule)
    if effect is None or claim.days is None or not (found or rule.kind.anywhere):
        return [], listed
    if effect == "not_begin" and rule.effect != "begin" and subjects == [NOBODY]:
        return [], listed
    return [
        Signal(effect, rule, claim, subject, place, claim.days)
        for subject in subjects
        for place in places
    ], listed


def _effect(claim: Claim, rule: Rule) -> str | None:
    """What a claim does; None where it neither makes nor disputes anything."""
    if claim.told:
        return rule.effect
    if claim.denied and claim.event.certainty in (Certainty.CERTAIN, Certainty.PROBABLE):
        return _DENIED.get(rule.effect)
    return None


def _reason(claim: Claim, rule: Rule, *, placed: bool) -> str | None:
    """Why a claim makes no state; None where it does."""
    certainty = claim.event.certainty
    if claim.denied:
        return "denied" if certainty is not Certainty.PLANNED else "refused or called off"
    if certainty in (Certainty.PLANNED, Certainty.POSSIBLE):
        return "planned" if certainty is Certainty.PLANNED else "only possible"
    if claim.days is None:
        return "no day"
    if not placed and not rule.kind.anywhere:
        return "no place"
    return None
