"""What a feed's items say."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from html import escape

import pytest
from feed_texts import item, rss
from hypothesis import given
from hypothesis import strategies as st

from temoin.reading.extracted import Unreadable
from temoin.watching.items import parse

URL = "https://news.example/feed"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk &amp; co</title>
<entry><id>tag:1</id><title type="html">One &lt;b&gt;two&lt;/b&gt;</title>
<link rel="self" href="/self"/><link href="/1#top"/><updated>2024-05-06T01:02:03Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>
<item rdf:about="https://news.example/a"><title>A</title><link>https://news.example/a</link>
<description>Text.</description></item></rdf:RDF>"""


def test_atom() -> None:
    feed = parse(ATOM.encode(), url=URL)
    assert feed.title == "Desk & co"
    (entry,) = feed.items
    assert (entry.key, entry.link) == ("tag:1", "https://news.example/1")
    assert entry.text == "One two\n\nFirst.\nSecond."
    assert entry.published == dt.date(2024, 5, 6)


def test_rdf() -> None:
    (entry,) = parse(RDF.encode(), url=URL).items
    assert (entry.key, entry.text) == ("https://news.example/a", "A\n\nText.")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("a &amp;amp; b", "a & b"),
        ("&lt;script&gt;x()&lt;/script&gt;seen", "seen"),
        ("<![CDATA[<b>bold</b> &eacute;]]>", "bold é"),
        ("a<!-- not --> b", "a b"),
        ("&lt;p&gt;a&lt;!-- c --&gt;b&lt;/p&gt;", "ab"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_texts(raw: str, text: str) -> None:
    assert parse(rss(item(raw, "1")).encode(), url=URL).items[0].text == text


def test_the_longest_text_is_taken() -> None:
    both = (
        '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        "<description>Short</description><c:encoded>Long</c:encoded></item></channel></rss>"
    )
    assert parse(both.encode(), url=URL).items[0].text == "Long"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x/y", "http://[::1", "file:///etc"])
def test_links_that_are_none(link: str) -> None:
    assert parse(rss(item("text", "1", link)).encode(), url=URL).items[0].link is None


def test_deep_nesting_is_no_crash() -> None:
    deep = "&lt;div&gt;" * 20_000 + "x"
    assert parse(rss(item(deep, "1")).encode(), url=URL).items[0].text in {"x", ""}


def test_deep_xml_is_no_crash() -> None:
    with suppress(Unreadable):
        parse(rss("<item>" + "<a>" * 20_000 + "x").encode(), url=URL)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_feed_or_a_cause(data: bytes) -> None:
    for wrapped in (data, b"<rss><channel><item>" + data + b"</item></channel></rss>"):
        try:
            parse(wrapped, url=URL)
        except Unreadable:
            continue


@given(st.text(max_size=200))
def test_any_description_gives_a_text(text: str) -> None:
    feed = rss(item(escape(text), "1"))
    with suppress(Unreadable):
        parse(feed.encode("utf-8", "replace"), url=URL)
