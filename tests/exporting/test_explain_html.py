from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_records import TEXT, document, one_event, record

from temoin.exporting.explain_html import explain_html
from temoin.record import Event, EventType, Record, Span

VOID = {"meta"}


class Page(HTMLParser):
    """Checks that elements nest; gathers ids, links, attributes and the marked text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._depth: int | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "div" and ("class", "text") in attrs:
            self._depth = len(self.open)
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self._depth is not None and len(self.open) < self._depth:
            self._depth = None

    def handle_data(self, data: str) -> None:
        if self._depth is not None:
            self.texts[-1] += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def test_text_without_its_marks_is_the_untouched_text() -> None:
    assert Page(explain_html([record()])).texts == [TEXT]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=2, max_size=30)


@st.composite
def marked_records(draw: st.DrawFn) -> Record:
    text = draw(texts)
    events = []
    for number in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        trigger = Span(start=start, end=end, text=text[start:end])
        events.append(Event(id=f"e{number}", type=EventType.SHELLING, trigger=trigger))
    return Record(document=document(text), events=tuple(events))


@given(marked_records())
@settings(max_examples=60, deadline=None)
def test_any_marks_on_any_text_make_a_page_that_nests(made: Record) -> None:
    page = Page(explain_html([made]))
    assert page.open == []
    assert page.texts == [made.document.text]


@given(marked_records())
@settings(max_examples=30, deadline=None)
def test_no_link_lies_within_a_link(made: Record) -> None:
    depth = 0
    for found in re.finditer(r"<(/?)a[ >]", explain_html([made])):
        depth += -1 if found[1] else 1
        assert depth in {0, 1}


def test_ids_are_unique() -> None:
    ids = Page(explain_html([record(), record()])).values("id")
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_something_on_the_page() -> None:
    page = Page(explain_html([record(), record()]))
    assert {link.removeprefix("#") for link in page.values("href")} <= set(page.values("id"))


def test_arguments_link_to_their_words() -> None:
    page = explain_html([record()])
    assert '<a href="#d1-place-38-51"' in page
    assert re.search(r'<span[^>]* id="d1-place-38-51"[^>]*>près de <', page)


def test_words_of_an_event_link_to_its_card() -> None:
    page = explain_html([record()])
    assert re.search(r'<a href="#d1-e1"[^>]*>bombardé</a>', page)
    assert '<details open class="event" id="d1-e1">' in page


HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("field", ["id", "title", "source", "url", "path", "encoding", "language"])
def test_fields_of_the_document_are_escaped(field: str) -> None:
    made = record(document=document(**{field: HOSTILE}))
    assert {tag for tag, _ in Page(explain_html([made])).tags} & {"script", "img"} == set()


def test_text_notes_and_reasons_are_escaped() -> None:
    data = one_event(f"{HOSTILE} bombardé", "bombardé", actor=HOSTILE).to_dict()
    data["document"]["notes"] = [HOSTILE]
    data["ungrounded"] = [{"field": "e1.actor", "value": HOSTILE, "reason": HOSTILE}]
    page = Page(explain_html([Record.from_dict(data)]))
    assert {tag for tag, _ in page.tags} & {"script", "img"} == set()
    assert page.texts == [f"{HOSTILE} bombardé"]


def test_event_ids_are_safe_in_ids_and_styles() -> None:
    data = one_event("bombardé", "bombardé").to_dict()
    data["events"][0]["id"] = "}</style><script>"
    page = Page(explain_html([Record.from_dict(data)]))
    assert "script" not in {tag for tag, _ in page.tags}
    assert all(re.fullmatch(r"[\w-]+", found) for found in page.values("id"))


def test_policy_admits_only_the_style_of_the_page() -> None:
    page = explain_html([record()])
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        in page
    )


def test_page_names_no_address() -> None:
    page = explain_html([record()])
    assert not re.search(r"(?:https?:)?//\w|@import|url\(|srcset|<link|<script| style=", page)


def test_address_of_the_document_is_no_link() -> None:
    page = Page(explain_html([record(document=document(url="https://example.org/a"))]))
    assert all(link.startswith("#") for link in page.values("href"))


@pytest.mark.parametrize(("code", "expected"), [("ar", ["ar"]), ("other", [None])])
def test_text_has_its_language_and_direction(code: str, expected: list[str | None]) -> None:
    made = one_event("قصف", "قصف").to_dict()
    made["document"]["language"] = code
    page = Page(explain_html([Record.from_dict(made)]))
    found = [attrs for tag, attrs in page.tags if tag == "div" and attrs.get("class") == "text"]
    assert [attrs.get("lang") for attrs in found] == expected
    assert [attrs["dir"] for attrs in found] == ["auto"]


def test_missing_day_of_publication_is_told() -> None:
    page = explain_html([record(document=document(published=None))])
    assert "no publication date: relative times unresolved" in page


def test_flags_and_what_is_unresolved_are_told() -> None:
    page = explain_html([record()])
    assert '<span class="flag">✗ not:</span> capture' in page
    assert "<li>not in the gazetteer: <bdi>e2 “la ville”</bdi></li>" in page


def test_relations_are_told_from_both_sides() -> None:
    page = explain_html([record()])
    assert '<dt>before</dt><dd><a href="#d1-e2">e2</a></dd>' in page
    assert '<dt>after</dt><dd><a href="#d1-e1">e1</a></dd>' in page


def test_control_characters_are_shown_as_pictures() -> None:
    assert Page(explain_html([one_event("a\x1bb bombardé", "bombardé")])).texts == ["a␛b bombardé"]


def test_text_without_events_says_so() -> None:
    page = explain_html([Record(document=document())])
    assert "No event was found in this text." in page


def test_no_documents_make_a_page() -> None:
    assert Page(explain_html([])).open == []
