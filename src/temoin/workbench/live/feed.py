"""Hands messages from any thread to the open feeds, each with a queue that cannot grow."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from temoin.workbench.users import User

__all__ = ["Live", "Message", "Subscriber"]

#: Messages that a feed may be behind; then it is told to load everything anew.
_BEHIND = 256


@dataclass(frozen=True, slots=True)
class Message:
    """One server-sent event.

    Attributes:
        event: Its name.
        data: Its data.
        seq: Number of the audit entry that it tells of; None for what is in no log.
        only: The user whom it is for; None for everybody. Admins get it, too.
    """

    event: str
    data: dict[str, Any]
    seq: int | None = None
    only: str | None = None

    def encoded(self) -> bytes:
        """The event on the wire: JSON on one line, so that nothing in it can end it."""
        data = json.dumps(self.data, ensure_ascii=True, separators=(",", ":"))
        number = "" if self.seq is None else f"id: {self.seq}\n"
        return f"{number}event: {self.event}\ndata: {data}\n\n".encode()


@dataclass(slots=True, eq=False)
class Subscriber:
    """One open feed.

    Attributes:
        user: Who reads it.
        loop: The event loop that it lives in.
        queue: What it has not read yet; None ends it.
        lost: Whether something could not be put into the queue.
    """

    user: User
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[Message | None] = field(
        default_factory=lambda: asyncio.Queue(maxsize=_BEHIND)
    )
    lost: bool = False

    def put(self, message: Message | None) -> None:
        """Put a message into the queue; called within the event loop."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            self.lost = True

    def wants(self, message: Message) -> bool:
        """Whether a message is for this feed."""
        return message.only in {None, self.user.name} or self.user.may("admin")


class Live:
    """The open feeds.

    Args:
        limit: Most feeds open at once.
    """

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._subscribers: set[Subscriber] = set()
        self._poke: Callable[[], None] | None = None
        #: Messages that were handed to feeds.
        self.sent = 0

    def publish(
        self,
        event: str,
        data: dict[str, Any],
        *,
        seq: int | None = None,
        only: User | None = None,
    ) -> None:
        """Tell all open browsers, from any thread.

        Args:
            event: Name of the event.
            data: What JSON can hold; no texts of reports.
            seq: Number of the audit entry that it tells of.
            only: The user whom alone it is for; admins get it, too.
        """
        message = Message(event, data, seq, only.name if only else None)
        with self._lock:
            wanted = [each for each in self._subscribers if each.wants(message)]
            self.sent += len(wanted)
        for each in wanted:
            _hand(each, message)

    def poke(self) -> None:
        """Look for changes of the case now: something was just written."""
        if self._poke is not None:
            self._poke()

    def on_poke(self, poke: Callable[[], None]) -> None:
        """Say who looks for changes."""
        self._poke = poke

    def open(self, user: User) -> Subscriber | None:
        """Open a feed in the running event loop; None where too many are open."""
        subscriber = Subscriber(user, asyncio.get_running_loop())
        with self._lock:
            if len(self._subscribers) >= self._limit:
                return None
            self._subscribers.add(subscriber)
        return subscriber

    def close(self, subscriber: Subscriber) -> None:
        """Forget a feed."""
        with self._lock:
            self._subscribers.discard(subscriber)

    def end(self) -> None:
        """End all feeds: the server ends."""
        with self._lock:
            ending = list(self._subscribers)
        for each in ending:
            _hand(each, None)

    @property
    def count(self) -> int:
        """How many feeds are open."""
        with self._lock:
            return len(self._subscribers)


def _hand(subscriber: Subscriber, message: Message | None) -> None:
    try:
        subscriber.loop.call_soon_threadsafe(subscriber.put, message)
    except RuntimeError:  # its loop has ended
        return
