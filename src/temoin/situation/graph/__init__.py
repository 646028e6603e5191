"""The event graph: which event came before which, caused, prevented or answered which.

    from temoin.situation.graph import build

    graph = build(records, same=[incident.claim_ids for incident in found.incidents])
    for contradiction in graph.contradictions:
        print(contradiction.why)

Strong edges are relations that the text tells; weak ones follow from the days. Where the
order that is told runs in a circle, or against the days, it is reported, not mended.
"""

from __future__ import annotations

from temoin.situation.graph.contradictions import Contradiction
from temoin.situation.graph.model import Edge, Graph, build

__all__ = ["Contradiction", "Edge", "Graph", "build"]
