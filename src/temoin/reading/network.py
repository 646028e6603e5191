"""The network: pages and feeds whose address the user gave.

Nothing else of Témoin but `temoin.second_opinion` opens a connection, and
nothing imports this module unless an http(s) address is to be read. There are
no cookies, no cache and no second try; the only thing sent is the request with
Témoin's name.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from temoin._version import __version__
from temoin.reading.documents import Options
from temoin.reading.extracted import Unreadable
from temoin.reading.feeds import parse_feed
from temoin.reading.formats import HEAD, Format, sniff
from temoin.reading.limits import as_size
from temoin.reading.source import Page, Source

__all__ = ["Fetched", "fetch", "find"]

#: Seconds without a byte after which a server counts as silent.
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent, and the encoding it declared."""

    data: bytes
    charset: str | None


def fetch(url: str, *, max_bytes: int) -> Fetched:
    """Fetch a page or feed over http(s), redirections followed.

    Args:
        url: Its address.
        max_bytes: Largest answer in bytes.

    Raises:
        Unreadable: The server does not answer, refuses, or sends too much.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise Unreadable("is no http or https address")
    headers = {"User-Agent": f"temoin/{__version__}", "Accept-Encoding": "identity"}
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked above
        with _opener().open(request, timeout=_TIMEOUT) as answer:
            data = answer.read(max_bytes + 1)
            charset = answer.headers.get_content_charset()
    except urllib.error.HTTPError as error:
        error.close()
        message = f"cannot be fetched: the server answers {error.code} {error.reason}"
        raise Unreadable(message) from error
    except urllib.error.URLError as error:
        message = f"cannot be fetched: {error.reason}"
        raise Unreadable(message) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        message = f"cannot be fetched: {str(error) or type(error).__name__}"
        raise Unreadable(message) from error
    if len(data) > max_bytes:
        message = f"has more than the {as_size(max_bytes)} that a document may have"
        raise Unreadable(message)
    return Fetched(data, charset)


def find(url: str, options: Options) -> Iterator[Source]:
    """The sources behind an address: the page itself, or the entries of a feed.

    The page comes with its bytes; the entries' pages are fetched when they are read.
    """
    try:
        fetched = fetch(url, max_bytes=options.max_bytes)
        kind, _ = sniff(fetched.data[:HEAD], whole=fetched.data)
        entries = parse_feed(fetched.data, url=url) if kind is Format.FEED else []
    except Unreadable as error:
        yield Source(url, url, options, problem=str(error))
        return
    for entry in entries:
        page = Page(title=entry.title, published=entry.published)
        yield Source(entry.url, _slug(entry.url), options, page=page)
    if not entries:
        yield Source(url, _slug(url), options, page=Page(fetched.charset), data=fetched.data)


def _slug(url: str) -> str:
    """An address as an id: host and path, without what changes from visit to visit."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path.rstrip('/')}" or url


def _opener() -> urllib.request.OpenerDirector:
    """An opener for http(s) alone: a redirection to a file or to ftp is refused."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
