"""Actors: from "l'armée malienne" or "le régime" to a known actor, or to its kind alone.

resolve_actor("l'armée malienne", "fr")     the Malian Armed Forces
ground_actors(record)                       the actors and equipment of a record
"""

from __future__ import annotations

from temoin.grounding.actors.ground import ground_actors
from temoin.grounding.actors.resolve import resolve_actor
from temoin.grounding.actors.theatre import ActorContext, context_of

__all__ = ["ActorContext", "context_of", "ground_actors", "resolve_actor"]
