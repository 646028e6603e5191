"""Whom a quantity counts: killed, wounded, missing, captured, displaced; civilian or combatant.

The words decide before the event does: "47 blessés" are wounded in whatever event
they stand. Only captives and refugees give way to the event, for prisoners are
killed and refugees are wounded too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from temoin.grounding.quantity._phrases import PhraseBook
from temoin.grounding.quantity._tables import Table, common
from temoin.grounding.quantity._tokens import Token
from temoin.record import EventType

__all__ = ["kind_of", "status_of"]

#: Said of the people counted, these hold whatever the event is.
_DECISIVE = frozenset({"killed", "wounded", "missing"})


def status_of(event: EventType, noun: Sequence[Token], table: Table) -> str | None:
    """The status of the people counted.

    Args:
        event: Type of the event that the quantity belongs to.
        noun: Tokens of the quantity and of the noun that it counts.
        table: The language's table.

    Returns:
        killed, wounded, missing, captured, displaced or None.
    """
    said = next(_matches(table.statuses, noun), None)
    by_event = common().statuses.get(event.value)
    if said in _DECISIVE:
        return said
    if by_event or event is EventType.RELEASE:
        return by_event
    return said


def kind_of(phrases: Iterable[Sequence[Token]], table: Table) -> str:
    """civilian, combatant or unknown, from the first of the phrases that tells.

    A phrase that names both ("soldats et civils") tells neither.
    """
    for phrase in phrases:
        kinds = {
            kind
            for book in (table.people, table.groups)
            for kind in _matches(book, phrase)
            if kind != "unknown"
        }
        if len(kinds) == 1:
            return kinds.pop()
        if kinds:
            return "unknown"
    return "unknown"


def _matches(book: PhraseBook[str], tokens: Sequence[Token]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        found = book.match(tokens, at)
        if found:
            yield found[0]
        at = found[1] if found else at + 1
