"""axe-core finds nothing serious on any page, light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import WEB, Served, Tab, context_of, say
from playwright.sync_api import Browser

AXE = WEB / "node_modules/axe-core/axe.min.js"

LOOKS = [(theme, locale) for theme in ("light", "dark") for locale in ("en-US", "fr-FR")]

#: What is open, and the key that opens more of it.
PAGES: dict[str, tuple[str, dict[str, object], str, str]] = {
    "read": ("read", {"doc": 2, "dock": "timeline"}, "j", "article.card"),
    "claims": ("claims", {"q": "type:killing"}, "j", "article.card"),
    "map": ("map", {}, "j", "article.card"),
    "timeline": ("timeline", {}, "", ".timeline [data-claim]"),
    "graph": ("graph", {"doc": 2}, "", ".graph .node"),
    "incidents": ("incidents", {}, "", ".incidents article"),
    "situation": ("situation", {}, "", ".situation tbody th"),
    "entities": ("entities", {}, "j", ".entities .detail dl"),
    "audit": ("audit", {}, "", "main tbody tr"),
    "about": ("about", {}, "", ".prose"),
    "settings": ("settings", {}, "", ".keys .key"),
    "help": ("read", {"doc": 2}, "?", "dialog dl"),
    "export": ("read", {"doc": 2}, "x", "dialog .formats label"),
    "add": ("read", {"doc": 2}, "o", "dialog .drop"),
    "pairs": ("incidents", {}, "", ".incidents article"),
}

_RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => `${each.id} (${each.impact}): ${each.nodes.slice(0, 3).map(
    node => node.html.slice(0, 200) + ' | ' + node.any.map(it => it.message).join('; ')).join('\\n  ')}`)
"""  # noqa: E501


# One window for all pages of one look: the pages are only looked at.
@pytest.fixture(scope="module")
def looks(browser: Browser, served: Served) -> Iterator[Callable[[str, str], Tab]]:
    tabs: dict[tuple[str, str], Tab] = {}

    def look(theme: str, locale: str) -> Tab:
        if (theme, locale) not in tabs:
            context = context_of(browser, served, color_scheme=theme, locale=locale)
            # From a file of the machine: the page's own policy lets no script in.
            context.add_init_script(path=AXE)
            tabs[theme, locale] = Tab(context.new_page(), served.origin)
        return tabs[theme, locale]

    yield look
    for tab in tabs.values():
        tab.page.context.close()


@pytest.mark.parametrize(("theme", "locale"), LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious(
    page: str, theme: str, locale: str, looks: Callable[[str, str], Tab]
) -> None:
    tab = looks(theme, locale)
    view, state, key, sign = PAGES[page]
    tab.page.goto("about:blank")
    tab.go(view, **state)
    if key == "j":
        tab.page.locator("main [data-card], .claim, .entities tbody tr").first.wait_for()
    if key:
        tab.page.wait_for_load_state("networkidle")
        tab.press(key)
    tab.page.locator(sign).first.wait_for()
    if page == "pairs":
        tab.page.get_by_role("button", name=say("incidents.pairs", locale[:2]), exact=True).click()
        tab.page.locator(".pairs .sides").wait_for()
    tab.page.wait_for_load_state("networkidle")
    assert tab.page.evaluate(_RUN) == []
    tab.shoot(f"axe-{page}-{theme}-{locale[:2]}")


def test_axe_finds_nothing_serious_at_the_gate(browser: Browser, served: Served) -> None:
    for theme, locale in LOOKS:
        with browser.new_context(color_scheme=theme, locale=locale) as context:  # type: ignore[arg-type]
            context.add_init_script(path=AXE)
            page = context.new_page()
            page.goto(f"{served.origin}/")
            page.locator("main.gate h1").wait_for()
            assert page.evaluate(_RUN) == []
