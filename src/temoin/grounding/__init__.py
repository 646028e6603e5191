"""From words to the world: days, numbers, coordinates and known actors."""

from __future__ import annotations

from temoin.record import Record

__all__ = ["ground"]


def ground(record: Record) -> Record:
    """Resolve what the words of a record stand for.

    Nothing that the record says already is changed; what cannot be resolved is
    told in its `note` or in `ungrounded`. Without a publication date, relative
    times stay unresolved.
    """
    from temoin.grounding.quantity import ground_quantities

    return ground_quantities(record)
