"""The publication day that a web page states in its markup.

htmldate, which trafilatura uses, also takes days out of a page's prose, the
copyright line or "updated on" among them; a wrong anchor would move every
relative time of the report. Hence this order: what the markup calls the
publication day, then htmldate's choice where the markup holds that day
anywhere, then nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["stated_day"]

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)")
#: Names under which pages state it in `meta` elements, in the order of trust.
_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "pubdate",
    "published",
    "date_published",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "date",
)


def stated_day(root: _Element, *, url: str | None, guess: str | None) -> dt.date | None:
    """The day that the page states.

    Args:
        root: The parsed page.
        url: Its address, if known: many hold the day.
        guess: htmldate's choice in ISO form, taken only where the markup has that day too.
    """
    metas = _metas(root)
    marked = list(_marked_times(root))
    linked = list(_linked_data(root))
    links = root.iter("link")
    addresses = [
        url or "",
        *(link.get("href", "") for link in links if link.get("rel") == "canonical"),
    ]
    stated = [metas[name] for name in _META if name in metas]
    stated += [words for name, words in linked if name == "datePublished"]
    stated += [words for published, words in marked if published]
    for words in [*stated, *addresses]:
        if day := _first_day(str(words)):
            return day
    everywhere = [*metas.values(), *(words for _, words in [*linked, *marked])]
    if guess and any(str(_first_day(words)) == guess for words in everywhere):
        return dt.date.fromisoformat(guess)
    days = {day for _, words in marked if (day := _first_day(words))}
    return days.pop() if len(days) == 1 else None


def _first_day(words: str) -> dt.date | None:
    for match in _DAY.finditer(words):
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


def _metas(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if content and name:
            found.setdefault(str(name).strip().lower(), str(content))
    return found


def _marked_times(root: _Element) -> Iterator[tuple[bool, str]]:
    """`time` elements, and whether they are marked as the publication's."""
    for time in root.iter("time"):
        value = time.get("datetime")
        if value:
            mark = f"{time.get('itemprop', '')} {time.get('class', '')}".lower()
            published = "publish" in mark or time.get("pubdate") is not None
            yield published, str(value)


def _linked_data(root: _Element) -> Iterator[tuple[str, str]]:
    """Days in the page's JSON-LD with their names."""
    for script in root.iter("script"):
        if str(script.get("type", "")).lower() == "application/ld+json" and script.text:
            try:
                data = json.loads(str(script.text))
            except (ValueError, RecursionError):
                continue
            yield from _dates_of(data, depth=0)


def _dates_of(data: Any, *, depth: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data:
            yield from _dates_of(item, depth=depth + 1)
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key.startswith("date"):
                yield key, value
            elif isinstance(value, dict | list):
                yield from _dates_of(value, depth=depth + 1)
