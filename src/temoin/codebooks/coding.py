"""From a record to the rows of a codebook.

code(record, load("acled")).rows
"""

from __future__ import annotations

from temoin.codebooks.book import Codebook
from temoin.codebooks.bundling import incidents
from temoin.codebooks.deaths import deaths
from temoin.codebooks.engine import Outcome, apply
from temoin.codebooks.facts import facts_of
from temoin.codebooks.model import (
    Code,
    Coding,
    Incident,
    NotCoded,
    Row,
    Undecided,
    fold_spans,
)
from temoin.codebooks.sides import sides
from temoin.codebooks.values import VALUES, Context, Missing, context_of
from temoin.record import Certainty, Record
from temoin.rows import Cell

__all__ = ["code"]


def code(record: Record, book: Codebook) -> Coding:
    """Every incident of a record as a row of the codebook, or the reason why it is none.

    Args:
        record: A grounded record, as `temoin read` makes it.
        book: The codebook.

    Returns:
        Rows and what gave none, each in the order of the report. No event is dropped
        silently: each stands in one of them.
    """
    words, sentence_words = book.in_use("words"), book.in_use("sentence_words")
    rows: list[Row] = []
    not_coded: list[NotCoded] = []
    for incident in incidents(record, unit=book.unit):
        who = sides(incident)
        dead = deaths(record, incident)
        facts = facts_of(record, incident, who, dead, words=words, sentence_words=sentence_words)
        outcome = apply(book, facts)
        if outcome.none is not None:
            not_coded.append(
                NotCoded(
                    document=record.document.id,
                    events=incident.ids,
                    type=incident.lead.type.value,
                    reason=outcome.none.reason,
                    rule=outcome.none.rule,
                    words=(incident.lead.trigger,),
                )
            )
            continue
        context = context_of(
            record, incident, who, dead, facts,
            codes=outcome.codes, undecided=outcome.undecided, tables=book.tables,
        )  # fmt: skip
        rows.append(_row(book, context, outcome))
    return Coding(tuple(rows), tuple(not_coded))


def _row(book: Codebook, context: Context, outcome: Outcome) -> Row:
    cells: dict[str, Cell] = {}
    codes: list[Code] = []
    undecided: list[Undecided] = []
    for column, source in book.columns.items():
        found = _cell(book, column, source, context, outcome)
        cells[column] = None
        if isinstance(found, Code):
            cells[column] = found.value
            codes.append(found)
        elif found is not None:
            undecided.append(found)
    return Row(
        document=context.record.document.id,
        events=context.incident.ids,
        cells=cells,
        codes=tuple(codes),
        undecided=tuple(undecided),
        notes=tuple(dict.fromkeys((*outcome.notes, *_notes(context.incident)))),
    )


def _cell(
    book: Codebook, column: str, source: str, context: Context, outcome: Outcome
) -> Code | Undecided | None:
    """A code, the reason why there is none, or None where there is nothing to decide."""
    if source.startswith("="):
        return Code(column, source[1:], f"{book.name}.constant")
    if source.startswith("!"):
        return Undecided(column, source[1:], f"{book.name}.absent")
    if source.startswith("@"):
        given = VALUES[source[1:]](context)
        if isinstance(given, Missing):
            return None if given.plain else Undecided(column, given.reason, f"value.{source[1:]}")
        return Code(column, given.value, given.rule, given.words)
    known = outcome.codes.get(source)
    if known is not None:
        # Conditions without words (a certainty, say) still rest on the trigger.
        words = known.words or (context.incident.lead.trigger,)
        return Code(column, known.value, known.rule, fold_spans(words))
    open_ = outcome.undecided.get(source)
    return Undecided(column, open_.reason, open_.rule) if open_ else None


def _notes(incident: Incident) -> list[str]:
    """What a reader of the row must know: doubts, who says so, how events became one."""
    notes = []
    if any(event.certainty is Certainty.PROBABLE for event in incident.events):
        notes.append("probable: the report assesses, and does not state, that it happened")
    voices = [event.attribution.text for event in incident.events if event.attribution]
    if voices:
        notes.append("as claimed by " + ", ".join(dict.fromkeys(voices)))
    notes += [f"{one} and {other} are one incident ({rule})" for rule, one, other in incident.links]
    return notes
