"""HTTP connections that end when the head of a request does not come.

uvicorn ends connections that are idle between requests, and the layers of the app end bodies
that stall. Nothing ends a head that comes byte by byte, or never: that is done here.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["protocol"]


def protocol(seconds: float) -> type[H11Protocol]:
    """HTTP as uvicorn speaks it, with a limit.

    Args:
        seconds: The time from the first moment of a connection, or the first byte of a
            later request, until its head is whole.
    """

    class Timed(H11Protocol):
        """Ends connections whose head takes too long."""

        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Begin to wait."""
            super().connection_made(transport)
            self._deadline = self.loop.call_later(seconds, self._end)

        def data_received(self, data: bytes) -> None:
            """Take bytes; further ones of the same head give it no more time."""
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._forget()
            elif self._deadline is None:
                self._deadline = self.loop.call_later(seconds, self._end)

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait no longer."""
            self._forget()
            super().connection_lost(exc)

        def _end(self) -> None:
            self._deadline = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

        def _forget(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

    return Timed
