"""RSS and Atom feeds: the addresses, titles and days of their entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from temoin.reading.dates import as_day
from temoin.reading.extracted import Unreadable, guarded

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Entry", "parse_feed", "tree_of"]

_DAYS = ("pubdate", "published", "date", "issued", "updated")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: where its page stands, and what the feed says of it."""

    url: str
    title: str | None = None
    published: dt.date | None = None


def parse_feed(data: bytes, *, url: str) -> list[Entry]:
    """The entries of an RSS 0.9–2.0, RDF or Atom feed that have an address, in its order.

    Args:
        data: The feed's bytes; small faults of its XML are put up with.
        url: Where it was fetched from, for relative addresses.

    Raises:
        Unreadable: The bytes are no feed, or it has no entry with an address.
    """
    with guarded("a feed"):
        root = tree_of(data)
        found = (
            [] if root is None else [_entry(item, url) for item in root.iter("{*}item", "{*}entry")]
        )
    entries = [entry for entry in found if entry]
    if not entries:
        raise Unreadable("is a feed without entries that have an address")
    return entries


def _entry(item: _Element, base: str) -> Entry | None:
    values: dict[str, str] = {}
    link = ""
    for child in item:
        name = child.tag.rpartition("}")[2].lower()
        words = " ".join("".join(map(str, child.itertext())).split())
        if name == "link" and child.get("rel", "alternate") == "alternate":
            link = link or words or child.get("href", "").strip()
        elif words:
            values.setdefault(name, words)
    if not link and values.get("guid", "").startswith(("http://", "https://")):
        link = values["guid"]
    address = urljoin(base, link)
    if not link or not address.startswith(("http://", "https://")):
        return None
    return Entry(address, values.get("title"), _day(values))


def _day(values: dict[str, str]) -> dt.date | None:
    for name in _DAYS:
        if name in values:
            try:
                return as_day(values[name])
            except Unreadable:
                continue
    return None


def tree_of(data: bytes) -> _Element | None:
    """The elements of a feed, with nothing fetched and no entity resolved; None for nothing."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)
