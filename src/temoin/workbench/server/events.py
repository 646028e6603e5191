"""The live feed: server-sent events on what changes, for as long as a page is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from temoin._version import __version__
from temoin.workbench.context import Workbench
from temoin.workbench.dependencies import SessionDep, WorkbenchDep
from temoin.workbench.live import Message, Subscriber, changes
from temoin.workbench.live.changes import entries_after, head
from temoin.workbench.live.poller import MOST
from temoin.workbench.problems import Problem
from temoin.workbench.security.sessions import Session

__all__ = ["router"]

router = APIRouter(tags=["events"])

#: Seconds between two signs of life, so that neither side waits for one that is gone.
_HEARTBEAT = 15.0
_ALIVE = Message("", {})


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def events(
    request: Request,
    workbench: WorkbenchDep,
    session: SessionDep,
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> StreamingResponse:
    """Changes as they happen; after a pause, those that were missed (Last-Event-ID)."""
    subscriber = workbench.live.open(session.user)
    if subscriber is None:
        raise Problem(429, "too many pages are open", headers={"Retry-After": "30"})
    try:
        missed = await asyncio.to_thread(_missed, workbench, last_event_id)
    except BaseException:
        workbench.live.close(subscriber)
        raise
    return StreamingResponse(
        _feed(request, workbench, session, subscriber, missed),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _feed(
    request: Request,
    workbench: Workbench,
    session: Session,
    subscriber: Subscriber,
    missed: list[Message],
) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 2000\n\n"
        for earlier in missed:
            yield earlier.encoded()
        while not workbench.closing.is_set():
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    message = await subscriber.queue.get()
            except TimeoutError:
                if await request.is_disconnected():
                    return
                message = _ALIVE
            if message is None:  # the server ends
                return
            if workbench.sessions.still(session.key) is None:
                yield Message("session_ended", {}).encoded()
                return
            if subscriber.lost:
                subscriber.lost = False
                yield Message("resync", {"seq": message.seq}).encoded()
            yield b": still here\n\n" if message is _ALIVE else message.encoded()
    finally:
        workbench.live.close(subscriber)


def _missed(workbench: Workbench, last: str) -> list[Message]:
    """The greeting, and what happened since the entry that a browser saw last."""
    with workbench.case.reading() as session:
        newest = head(session)
        told = {"seq": newest, "version": __version__}
        # Up to what the poller has told: what is newer comes to this feed anyway.
        until = min(newest, workbench.poller.seen)
        messages = [Message("hello", told, until)]
        if not last.isascii() or not last.isdigit() or int(last) >= until:
            return messages
        if until - int(last) > MOST:
            return [*messages, Message("resync", {"seq": until}, until)]
        entries = [
            entry for entry in entries_after(session, int(last), limit=MOST) if entry.seq <= until
        ]
        found = [Message(each.event, each.told(), each.seq) for each in changes(entries)]
    return [*found, *messages]
