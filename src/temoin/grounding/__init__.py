"""From words to the world: days, numbers, coordinates, known actors, equipment, entities."""

from __future__ import annotations

from temoin.record import Record

__all__ = ["ground"]


def ground(record: Record) -> Record:
    """Resolve what the words of a record stand for.

    Antecedents come first: "the town" is where the town it stands for is. Places come
    before actors: the theatre they give tells which "army" is meant. Names that no event
    points to join the entities last, when it is known what they name. Nothing that the
    record says already is changed; what cannot be resolved is told in its `note` or in
    `ungrounded`. Without a publication date, relative times stay unresolved.
    """
    from temoin.grounding.actors import ground_actors
    from temoin.grounding.entities import complete_entities, link_entities
    from temoin.grounding.inheriting import inherit
    from temoin.grounding.place import ground_places
    from temoin.grounding.quantity import ground_quantities
    from temoin.grounding.time import ground_times

    for step in (
        ground_quantities,
        ground_times,
        link_entities,
        ground_places,
        ground_actors,
        complete_entities,
        inherit,
    ):
        record = step(record)
    return record
