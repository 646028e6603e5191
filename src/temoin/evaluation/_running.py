"""Let a system read the gold's texts and score what it makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from temoin.corpus import GoldReport
from temoin.evaluation._figures import Scores
from temoin.evaluation._scoring import score
from temoin.record import Record

__all__ = ["Evaluation", "Read", "read_records", "run"]


class Read(Protocol):
    """What reads a text: `temoin.pipeline.Reader().read_text` is one."""

    def __call__(
        self,
        text: str,
        /,
        *,
        id: str,  # noqa: A002 - the record's own word for it
        published: dt.date | None,
        language: str | None,
    ) -> Record:
        """The record of a text."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was read and how good it is."""

    records: tuple[Record, ...]
    scores: Scores


def run(
    golds: Sequence[GoldReport], read: Read, *, progress: Callable[[str], None] | None = None
) -> Evaluation:
    """Read every gold report's text and score the records.

    Args:
        golds: The gold reports.
        read: Called with the text, and with id, publication day and language of
            the gold document.
        progress: Called with each document's id once it has been read.

    Raises:
        EvaluationError: As `score` does.
    """
    records = read_records(golds, read, progress=progress)
    return Evaluation(records, score(golds, records))


def read_records(
    golds: Sequence[GoldReport], read: Read, *, progress: Callable[[str], None] | None = None
) -> tuple[Record, ...]:
    """The records that `read` makes of the gold's texts; see `run`."""
    records = []
    for gold in golds:
        document = gold.document
        records.append(
            read(
                document.text,
                id=document.id,
                published=document.published,
                language=document.language,
            )
        )
        if progress:
            progress(document.id)
    return tuple(records)
