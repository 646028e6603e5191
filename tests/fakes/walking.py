"""A walk through all of the workbench: each view, each dialog, selections, a decision."""

from __future__ import annotations

from browsing import Tab, say
from playwright.sync_api import expect

__all__ = ["VIEWS", "walk"]

VIEWS = (
    "read", "claims", "map", "timeline", "graph", "incidents", "situation", "entities", "audit",
    "about", "settings",
)  # fmt: skip


def walk(tab: Tab, doc: int) -> None:
    """Go everywhere with a report and its first claim selected."""
    claim = tab.ask(f"/documents/{doc}/claims")["items"][0]["id"]
    for view in VIEWS:
        tab.go(view, doc=doc, claim=claim)
        expect(tab.page.locator("main#main > *").first).to_be_visible()
        tab.page.wait_for_load_state("networkidle")
    tab.go("incidents")
    tab.page.get_by_role("button", name=say("incidents.pairs"), exact=True).click()
    tab.page.wait_for_load_state("networkidle")
    tab.go("graph", q=f"claim:{claim}")
    tab.page.get_by_role("button", name=say("graph.as-list")).click()
    tab.go("map")
    tab.page.get_by_role("button", name=say("map.list")).first.click()
    tab.page.get_by_role("button", name=say("map.held")).click()
    tab.page.wait_for_load_state("networkidle")
    tab.go("entities")
    for row in tab.page.locator(".entities tbody button").all()[:3]:
        row.click()
        tab.page.locator(".entities .detail dl").wait_for()
    tab.go("read", doc=doc, claim=claim, dock="map,timeline,graph")
    tab.page.locator(".trigger").first.wait_for()
    tab.page.locator(".trigger").first.hover()
    for summary in tab.page.locator("article.card summary").all():
        summary.click()
    tab.page.get_by_role("button", name=say("document.facts")).click()
    tab.page.get_by_role("button", name=say("marks.all")).first.click()
    tab.page.get_by_role("button", name=say("facets.title")).first.click()
    tab.page.wait_for_load_state("networkidle")
    tab.press("Escape")
    for key in ("?", "x", "o"):
        tab.press(key)
        expect(tab.page.get_by_role("dialog")).to_be_visible()
        tab.page.wait_for_load_state("networkidle")
        tab.press("Escape")
        expect(tab.page.get_by_role("dialog")).to_have_count(0)
    tab.press("e")
    expect(tab.page.locator("article.card .whole")).to_be_visible()
    tab.press("e", "u")
    expect(tab.page.locator(".toast").first).to_be_visible()
    tab.press("z")
    expect(tab.page.locator(".toast", has_text=say("undone"))).to_be_visible()
