"""HTML pages: the main text with title, day and site, by trafilatura."""

from __future__ import annotations

import re

from temoin.reading.decoding import charset_hint, decode
from temoin.reading.extracted import Extracted, Unreadable, guarded
from temoin.reading.page_dates import stated_day

__all__ = ["extract_html"]

_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")
#: The earliest day a web page can carry; older ones are dates of what it tells.
_EARLIEST = "1995-01-01"
#: Fixed, so that a page gives the same document whenever it is read.
_LATEST = "2099-12-31"


def extract_html(data: bytes, *, charset: str | None = None, url: str | None = None) -> Extracted:
    """Take the main text out of a page: no menus, comments or advertisements.

    The text is trafilatura's, paragraphs apart by a blank line; offsets count in
    it, not in the HTML. The day is the page's own statement (metadata, JSON-LD,
    `time` elements, address), never a day out of its prose.

    Args:
        data: The page's bytes.
        charset: Encoding that the server declares.
        url: Where the page was fetched from.

    Raises:
        Unreadable: There is no main text, or the bytes are no text.
    """
    decoded = decode(data, hint=charset or charset_hint(data))
    with guarded("an HTML page", *_LOGGERS):
        from trafilatura import bare_extraction, load_html

        found = bare_extraction(
            decoded.text,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "min_date": _EARLIEST,
                "max_date": _LATEST,
            },
        )
        root = load_html(decoded.text)
        text = "" if found is None or isinstance(found, dict) else (found.text or "").strip()
        if root is None or found is None or isinstance(found, dict) or not text:
            raise Unreadable("is an HTML page without a main text")
        published = stated_day(root, url=url or found.url, guess=found.date)
    notes = decoded.notes
    if found.date and published is None:
        notes += (f"the page's words suggest {found.date}: not taken as publication date",)
    return Extracted(
        text=re.sub(r"\n+", "\n\n", text),
        media_type="text/html",
        encoding=decoded.encoding,
        title=found.title or None,
        url=url or found.url or None,
        source=found.sitename or found.hostname or None,
        published=published,
        published_from="metadata" if published else None,
        notes=notes,
    )
