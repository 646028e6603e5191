from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from reading_samples import article

from temoin.errors import ReadingError
from temoin.reading import enumerate_sources, load, load_each, read_path
from temoin.reading.extracted import Unreadable
from temoin.reading.feeds import Entry, parse_feed
from temoin.reading.network import fetch
from temoin.record import Document

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Site</title>
<item><title>Prise de Hama</title><link>/undated.html</link>
<pubDate>Tue, 12 Mar 2024 08:00:00 GMT</pubDate></item>
<item><title>Perdu</title><link>/gone.html</link></item>
<item><title>Sans adresse</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Hama &amp; Homs</title>
<link rel="self" href="/self"/><link rel="alternate" href="/page.html"/>
<updated>2024-03-12T08:00:00Z</updated></entry></feed>"""


class Handler(BaseHTTPRequestHandler):
    """A site of a few pages."""

    def do_GET(self) -> None:
        pages: dict[str, tuple[str, bytes]] = {
            "/page.html": ("text/html; charset=utf-8", article().encode()),
            "/undated.html": ("text/html; charset=cp1252", article(head="").encode("cp1252")),
            "/feed.xml": ("application/rss+xml", RSS.encode()),
            "/note.txt": ("text/plain; charset=koi8-r", "Мост упал на рассвете.".encode("koi8-r")),
            "/long": ("text/plain", b"x " * 5000),
        }
        if self.path in {"/moved", "/away"}:
            self.send_response(302)
            self.send_header(
                "Location", "/page.html" if self.path == "/moved" else "file:///etc/hosts"
            )
            self.end_headers()
        elif self.path in pages:
            kind, body = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy between the test and its own site."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("path", ["/page.html", "/moved"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    (document,) = read_path(site + path)
    assert isinstance(document, Document)
    assert document.url == site + path
    assert document.published == dt.date(2024, 3, 11)
    assert document.id == f"127.0.0.1{path}"
    assert document.path is None
    assert document.sha256


def test_the_encoding_that_the_server_declares(site: str) -> None:
    (document,) = read_path(f"{site}/note.txt")
    assert isinstance(document, Document)
    assert (document.text, document.encoding) == ("Мост упал на рассвете.", "koi8-r")


def test_the_entries_of_a_feed_are_fetched_when_read(site: str) -> None:
    found, lost = enumerate_sources(f"{site}/feed.xml")
    assert found.data is None
    (document,) = load(found)
    assert document.url == f"{site}/undated.html"
    assert (document.published, document.published_from) == (dt.date(2024, 3, 12), "metadata")
    (error,) = load_each(lost)
    assert str(error) == f"{site}/gone.html: cannot be fetched: the server answers 404 Not Found"


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/away", "cannot be fetched"),
        ("/long", "more than the 9 kB"),
    ],
)
def test_pages_that_cannot_be_fetched(site: str, path: str, cause: str) -> None:
    (error,) = read_path(site + path, max_bytes=9000)
    assert isinstance(error, ReadingError)
    assert error.source == site + path
    assert cause in error.cause


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[bad/", "https://127.0.0.1:9/x y"])
def test_addresses_that_do_not_answer(url: str) -> None:
    (error,) = read_path(url)
    assert isinstance(error, ReadingError)
    assert error.source == url


def test_only_http_is_fetched() -> None:
    with pytest.raises(Unreadable, match="no http or https address"):
        fetch("file:///etc/hosts", max_bytes=1000)


def test_an_atom_feed() -> None:
    (entry,) = parse_feed(ATOM.encode(), url="https://example.org/feed")
    assert entry == Entry("https://example.org/page.html", "Hama & Homs", dt.date(2024, 3, 12))


@pytest.mark.parametrize(
    "data", [b"", b"<rss></rss>", b"<rss><item><link>ftp://x</link></item></rss>"]
)
def test_feeds_without_entries(data: bytes) -> None:
    with pytest.raises(Unreadable, match="feed"):
        parse_feed(data, url="https://example.org/feed")
