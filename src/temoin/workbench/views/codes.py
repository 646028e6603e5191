"""What a codebook makes of a claim: the rows that it is part of, with rules and words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile.held import document_held, record_held
from temoin.casefile.schema import Claim
from temoin.codebooks import Codebook, Row, Undecided, code, load
from temoin.workbench.api.models.claims import CodedRow, Codes, CodesCell
from temoin.workbench.problems import Problem
from temoin.workbench.views.telling import piece

__all__ = ["codes"]


def codes(case: Case, number: int, *, book: str) -> Codes:
    """The rows of a codebook that a claim is part of.

    Args:
        case: The case.
        number: The claim.
        book: acled, ucdp, cameo or plover.

    Raises:
        Problem: There is no such claim.
    """
    scheme = load(book)
    with case.reading() as session:
        document = session.scalar(select(Claim.document_id).where(Claim.id == number))
        held = None if document is None else document_held(session, document)
        if held is None:
            raise Problem(404, f"there is no claim {number}")
        record = record_held(held, numbered=True)
    mine = str(number)
    if mine not in {event.id for event in record.events}:
        return _codes(scheme, [], ["It was rejected, or a newer record does not have it."])
    coding = code(record, scheme)
    rows = [_row(row) for row in coding.rows if mine in row.events]
    left = [f"{each.reason} ({each.rule})" for each in coding.not_coded if mine in each.events]
    return _codes(scheme, rows, left)


def _codes(scheme: Codebook, rows: list[CodedRow], left: list[str]) -> Codes:
    return Codes(
        book=scheme.name, title=scheme.title, version=scheme.version, rows=rows, not_coded=left
    )


def _row(row: Row) -> CodedRow:
    codes = {each.field: each for each in row.codes}
    why: Mapping[str, Undecided] = {each.field: each for each in row.undecided}
    return CodedRow(
        claims=[int(event) for event in row.events],
        cells=[
            CodesCell(
                column=column,
                value=value,
                rule=codes[column].rule if column in codes
                else why[column].rule if column in why else None,
                reason=why[column].reason if column in why else None,
                words=[piece(each) for each in codes[column].words] if column in codes else [],
            )
            for column, value in row.cells.items()
        ],
        notes=list(row.notes),
    )  # fmt: skip
