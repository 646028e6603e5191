"""Languages, directions, colours, windows, paper, and no pointer at all."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from browsing import Tab, say
from playwright.sync_api import expect

Open = Callable[..., Tab]


def test_the_browser_decides_on_the_language_and_a_switch_changes_it(opened: Open) -> None:
    tab = opened(locale="fr-FR")
    tab.go("read")
    expect(tab.page.locator("html")).to_have_attribute("lang", "fr")
    expect(tab.page.get_by_role("navigation").first).to_contain_text(say("map.title", "fr"))
    tab.shoot("french")
    tab.page.get_by_role("button", name=say("language.switch", "fr")).click()
    expect(tab.page.locator("html")).to_have_attribute("lang", "en")
    expect(tab.page.get_by_role("navigation").first).to_contain_text(say("map.title"))
    tab.page.reload()
    expect(tab.page.locator("html")).to_have_attribute("lang", "en")


def test_an_arabic_report_runs_from_right_to_left_and_no_word_is_torn(tab: Tab) -> None:
    documents = tab.ask("/documents", q="lang:ar", limit=10)["items"]
    doc = documents[0]["id"]
    claim = tab.ask(f"/documents/{doc}/claims")["items"][0]
    tab.go("read", doc=doc, claim=claim["id"])
    mark = tab.page.locator(f".trigger[data-claims~='{claim['id']}']").first
    mark.wait_for()
    paragraph = tab.page.locator(".text p[data-start]").first
    assert paragraph.evaluate("it => getComputedStyle(it).direction") == "rtl"
    assert mark.text_content() == claim["trigger"]["text"]
    assert mark.evaluate("it => it.getClientRects().length") == 1
    # The first letter stands right of the last one.
    ends = mark.evaluate(
        """it => {
          const text = document.createTreeWalker(it, NodeFilter.SHOW_TEXT).nextNode();
          const box = at => { const range = document.createRange(); range.setStart(text, at);
            range.setEnd(text, at + 1); return range.getBoundingClientRect().left };
          return [box(0), box(text.length - 1)];
        }"""
    )
    assert ends[0] > ends[1]
    tab.shoot("arabic")
    tab.page.get_by_role("button", name=say("direction.about")).click()
    assert paragraph.evaluate("it => getComputedStyle(it).direction") == "ltr"


def _brightness(tab: Tab) -> float:
    told = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(float(part) for part in told[told.index("(") + 1 : -1].split(",")[:3]) / 765


def test_dark_follows_the_system_and_a_switch(opened: Open) -> None:
    tab = opened(color_scheme="dark")
    tab.go("read", doc=2)
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert _brightness(tab) < 0.25
    tab.shoot("dark")
    tab.page.get_by_role("button", name=say("theme.to-light")).click()
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "light")
    assert _brightness(tab) > 0.8


TABLET = {"width": 820, "height": 1180}
WINDOWS = {"laptop": {"width": 1280, "height": 720}, "tablet": TABLET,
           "tablet-across": {"width": 1180, "height": 820}}  # fmt: skip


@pytest.mark.parametrize("name", WINDOWS)
@pytest.mark.parametrize("view", ["read", "claims", "map", "timeline", "incidents", "situation"])
def test_nothing_is_cut_off_in_a_small_window(view: str, name: str, opened: Open) -> None:
    tab = opened(viewport=WINDOWS[name], has_touch=name != "laptop")
    tab.go(view)
    tab.page.wait_for_load_state("networkidle")
    wide = tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    high = tab.page.evaluate("document.documentElement.scrollHeight - innerHeight")
    assert (wide, high) <= (0, 0), "the page itself never scrolls; its panes do"
    box = tab.page.locator("main#main").bounding_box()
    assert box
    assert box["width"] >= 380
    tab.shoot(f"{name}-{view}")


def test_a_report_is_printed_whole_and_without_anything_to_press(tab: Tab) -> None:
    tab.go("read", doc=2)
    tab.page.locator(".text .trigger").first.wait_for()
    tab.page.emulate_media(media="print")
    expect(tab.page.locator("nav").first).to_be_hidden()
    expect(tab.page.locator("header.bar")).to_be_hidden()
    pdf = pypdfium2.PdfDocument(BytesIO(tab.page.pdf(format="A4")))
    printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    told = " ".join(printed.split())
    text = str(tab.ask("/documents/2")["text"])
    assert " ".join(text.split())[-60:] in told
    for claim in tab.ask("/documents/2/claims")["items"]:
        assert say(f"type.{claim['type']}") in told


def test_everything_is_reached_with_the_keyboard_alone(tab: Tab) -> None:
    tab.go("claims")
    tab.page.locator("main .claim").first.wait_for()
    tab.press("Tab")
    expect(tab.page.locator(".skip")).to_be_focused()
    tab.press("Enter")
    expect(tab.page.locator("main#main")).to_be_focused()
    seen = set()
    for _ in range(12):
        tab.press("Tab")
        told = tab.page.evaluate(
            """() => { const it = document.activeElement; const style = getComputedStyle(it);
              return [it.textContent || it.getAttribute('aria-label') || it.tagName,
                style.outlineStyle !== 'none' || style.boxShadow !== 'none'] }"""
        )
        seen.add(told[0])
        assert told[1], f"the focus on {told[0]!r} cannot be seen"
    assert len(seen) > 5
    # The focus goes to a claim, Enter selects it, and Escape gives it back.
    tab.page.locator("main .claim").first.focus()
    tab.press("Enter")
    tab.wait_until("location.hash.includes('claim=')")
    tab.press("?")
    inside = "document.querySelector('dialog').contains(document.activeElement)"
    for _ in range(4):
        tab.press("Tab")
        assert tab.page.evaluate(f"{inside} || document.activeElement === document.body")
    tab.press("Escape", "Escape")
    tab.wait_for_state(claim=None)


def test_keys_can_be_put_elsewhere(tab: Tab) -> None:
    tab.go("settings")
    name = say("settings.keys.change", action=say("key.go-map"), key="g")
    tab.page.get_by_role("button", name=name).click()
    tab.press("b")
    expect(tab.page.get_by_role("button", name=name)).to_have_count(0)
    tab.go("claims")
    tab.press("b")
    tab.wait_for_state(view="map")
