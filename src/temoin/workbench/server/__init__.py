"""Endpoints of the server itself: entering, users, uploads, jobs, exports, feed, health."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from temoin.workbench.server import events, exports, health, jobs, session, uploads, users

__all__ = ["outer_routers", "routers"]


def routers() -> Sequence[APIRouter]:
    """Those within the API, without the prefix of its version."""
    return tuple(module.router for module in (session, users, uploads, jobs, exports, events))


def outer_routers() -> Sequence[APIRouter]:
    """Those outside it: the start address, health and counters."""
    return (session.outer, health.router)
