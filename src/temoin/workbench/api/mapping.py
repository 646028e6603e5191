"""The map: clusters, and names of places."""

from __future__ import annotations

from fastapi import APIRouter, Response

from temoin.workbench.api.answers import answered
from temoin.workbench.api.models.map import Clusters, PlaceLabels
from temoin.workbench.api.parameters import NOT_FOUND, BoxQuery, Q, Zoom, box_of
from temoin.workbench.dependencies import CaseDep
from temoin.workbench.views import clusters, labels

__all__ = ["router"]

router = APIRouter(tags=["map"], prefix="/map", responses=NOT_FOUND)


@router.get("/clusters", response_model=Clusters)
def map_clusters(case: CaseDep, q: Q = "", bbox: BoxQuery = None, zoom: Zoom = 3) -> Response:
    """Claims on the map, put together where they would lie on each other at this zoom."""
    box = box_of(bbox)
    return answered(
        case, ("clusters", q, bbox, zoom), lambda: clusters.clusters(case, q, box=box, zoom=zoom)
    )


@router.get("/places", response_model=PlaceLabels)
def map_places(case: CaseDep, bbox: BoxQuery = None, zoom: Zoom = 3) -> Response:
    """Names of the largest places in a box, from the gazetteer."""
    box = box_of(bbox)
    return answered(case, ("places", bbox, zoom), lambda: labels.labels(box=box, zoom=zoom))
