"""Heads of requests that do not come: the connection ends, and no other is held up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_server import Real, listening

from temoin.workbench.settings import Limits

HEAD = 0.5


@pytest.fixture
def real(case_file: Path) -> Iterator[Real]:
    """A server that does not wait long."""
    with listening(case_file, limits=Limits(head=HEAD)) as made:
        yield made


def connected(real: Real) -> socket.socket:
    return socket.create_connection(("127.0.0.1", real.port), timeout=10)


def head(real: Real) -> bytes:
    return f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n\r\n".encode()


def until_the_end(connection: socket.socket) -> bytes:
    got = b""
    try:
        while piece := connection.recv(65_536):
            got += piece
    except ConnectionResetError:
        pass
    return got


def answer(connection: socket.socket) -> bytes:
    """One answer, in however many pieces it comes; that of /health ends with a brace."""
    got = b""
    while not got.endswith(b"}"):
        piece = connection.recv(65_536)
        assert piece, got
        got += piece
    return got


@pytest.mark.parametrize("begun", [b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: x\r\n"])
def test_head_that_does_not_come_ends_the_connection(real: Real, begun: bytes) -> None:
    with connected(real) as connection:
        connection.sendall(begun)
        start = time.monotonic()
        assert until_the_end(connection) == b""
        assert time.monotonic() - start < HEAD + 5


def test_head_that_comes_byte_by_byte_gets_no_more_time(real: Real) -> None:
    with connected(real) as connection:
        start = time.monotonic()
        ended = False
        for byte in b"GET /health HTTP/1.1\r\nX-Slow: " + b"a" * 200:
            try:
                connection.sendall(bytes([byte]))
            except OSError:
                ended = True
                break
            time.sleep(0.05)
        assert ended
        assert time.monotonic() - start < HEAD + 5


def test_head_of_a_later_request_is_waited_for_no_longer(real: Real) -> None:
    with connected(real) as connection:
        connection.sendall(head(real))
        assert answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(head(real)[:20])
        assert b"HTTP/1.1" not in until_the_end(connection)


def test_connection_that_is_used_goes_on(real: Real) -> None:
    with connected(real) as connection:
        for _ in range(4):
            connection.sendall(head(real))
            assert answer(connection).startswith(b"HTTP/1.1 200")
            time.sleep(HEAD / 2)


def test_feed_is_longer_than_a_head(real: Real) -> None:
    feed = real.feed()
    assert next(feed).name == "hello"
    time.sleep(HEAD * 2)
    real.workbench.live.publish("job_progress", {"still": "there"})
    assert next(each for each in feed if each.name == "job_progress").data["still"] == "there"
