"""The items of a feed: RSS 0.9 to 2.0, RDF, Atom, with small faults put up with.

Beside `reading.feeds`, which wants addresses of pages: an item of a watched feed is a text of
its own, and what makes it one is its id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from temoin.reading.dates import as_day
from temoin.reading.extracted import Unreadable, guarded
from temoin.reading.feeds import tree_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MOST_ITEMS", "Feed", "Item", "parse"]

#: Items of one feed that are looked at; feeds have some tens.
MOST_ITEMS = 5_000

#: Longest id, address or title that is believed.
_LONGEST = 2_000

_DAYS = ("pubdate", "published", "date", "issued", "updated")
#: Where an item's text stands, the longest form first.
_TEXTS = ("encoded", "content", "description", "summary")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_UNSHOWN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        key: What makes it one item of the feed.
        link: Address of its page; None where it names none over http(s).
        title: Its title.
        text: Its title and its text as the feed has them, without tags; empty where there is none.
        published: Its day.
    """

    key: str
    link: str | None
    title: str | None
    text: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was fetched.

    Attributes:
        title: What it calls itself.
        items: Its items, each once, in its order.
    """

    title: str | None
    items: tuple[Item, ...]


def parse(data: bytes, *, url: str) -> Feed:
    """Read a feed.

    Args:
        data: Its bytes.
        url: Its address, for relative ones.

    Raises:
        Unreadable: It is no feed, or it declares entities (no honest feed does).
    """
    if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\0", b"")):
        raise Unreadable("declares entities of its own, as bombs do: refused")
    with guarded("a feed"):
        root = tree_of(data)
        if root is None or not isinstance(root.tag, str):
            raise Unreadable("is no feed")
        if _name(root) not in {"rss", "rdf", "feed"}:
            message = f"is no RSS or Atom feed: its root is <{_name(root)[:40]}>"
            raise Unreadable(message)
        elements = root.iter("{*}item", "{*}entry")
        found = [_item(each, url) for each, _ in zip(elements, range(MOST_ITEMS), strict=False)]
        title = _feed_title(root)
    return Feed(title, tuple(_told_apart(found)))


def _told_apart(found: list[Item]) -> Iterator[Item]:
    """Each item once; where a feed gives one id to several, their addresses tell them apart."""
    links: dict[str, set[str | None]] = {}
    for item in found:
        links.setdefault(item.key, set()).add(item.link)
    keys: Counter[str] = Counter()
    for item in found:
        own = item
        if len(links[item.key]) > 1:
            own = replace(item, key=f"{item.key} {item.link}")
        keys[own.key] += 1
        if keys[own.key] == 1:
            yield own


def _item(item: _Element, base: str) -> Item:
    values: dict[str, str] = {}
    raw: dict[str, _Element] = {}
    link = ""
    for child in item:
        name = _name(child)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            link = link or _words(child) or child.get("href", "").strip()
            continue
        words = _words(child)
        if words:
            values.setdefault(name, words)
            raw.setdefault(name, child)
    guid = (values.get("guid") or values.get("id") or item.get(_ABOUT) or "")[:_LONGEST]
    if not link and raw.get("guid") is not None and raw["guid"].get("isPermaLink") != "false":
        link = guid if guid.startswith(("http://", "https://")) else ""
    address = _address(base, link)
    title = _plain(values["title"])[:_LONGEST] if "title" in values else None
    body = next((_text(raw[name]) for name in _TEXTS if name in raw), "")
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
    own = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Item(guid or address or own, address, title, text, _day(values))


_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _feed_title(root: _Element) -> str | None:
    for path in ("{*}channel/{*}title", "{*}title"):
        found = root.find(path)
        if found is not None and (words := _plain(_words(found))):
            return words[:200]
    return None


def _address(base: str, link: str) -> str | None:
    if not link or len(link) > _LONGEST:
        return None
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not address.isprintable():
        return None
    return address.partition("#")[0]


def _day(values: dict[str, str]) -> dt.date | None:
    for name in _DAYS:
        if name in values:
            try:
                return as_day(values[name])
            except Unreadable:
                continue
    return None


def _plain(words: str) -> str:
    """A title without tags and entities."""
    return " ".join(_without_tags(words).split()) if "<" in words or "&" in words else words


def _text(element: _Element) -> str:
    """The text of an item: escaped HTML, XHTML within, or plain."""
    if len(element) and any(isinstance(child.tag, str) for child in element):
        words = "".join(_walked(element))
    else:
        raw = "".join(map(str, element.itertext()))
        words = _without_tags(raw) if "<" in raw or "&" in raw else raw
    lines = _LINES.sub("\n", _SPACES.sub(" ", words.replace("\xa0", " ")))
    return lines.strip()


def _without_tags(words: str) -> str:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        parsed = lxml_html.fragment_fromstring(words, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return html.unescape(re.sub(r"<[^>]*>", " ", words))
    return "".join(_walked(parsed))


def _walked(element: _Element) -> Iterator[str]:
    """The text within, blocks on lines of their own; without recursion: depth is not ours."""
    from lxml import etree

    hidden = 0
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"} or not isinstance(each.tag, str):
            if not hidden and event in {"comment", "pi"} and each.tail:
                yield str(each.tail)
            continue
        name = _name(each)
        unshown = name in _UNSHOWN
        if event == "start":
            hidden += unshown
            if name in _BLOCKS:
                yield "\n"
            if not hidden and each.text:
                yield str(each.text)
        else:
            hidden -= unshown
            if name in _BLOCKS:
                yield "\n"
            if not hidden and each.tail and each is not element:
                yield str(each.tail)
