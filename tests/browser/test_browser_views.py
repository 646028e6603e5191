"""Every view shows what it is for."""

from __future__ import annotations

import pytest
from browsing import Tab, say
from playwright.sync_api import expect

#: View, what is selected, what must be seen of it.
VIEWS = {
    "read": ({"doc": 2}, ".text .trigger"),
    "claims": ({}, "main button.claim"),
    "map": ({}, "main .leaflet canvas"),
    "timeline": ({}, "main .timeline [data-claim]"),
    "graph": ({"doc": 2}, "main .graph .node"),
    "incidents": ({}, "main .incidents article h2"),
    "situation": ({}, "main .situation tbody th"),
    "entities": ({}, "main .entities tbody tr"),
    "audit": ({}, "main tbody tr"),
    "about": ({}, "main .prose h2"),
    "settings": ({}, "main .keys .key"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_what_it_is_for(view: str, tab: Tab) -> None:
    state, sign = VIEWS[view]
    tab.go(view, **state)
    expect(tab.page.locator(sign).first).to_be_visible()
    expect(tab.page).to_have_title(f"{say(f'{view}.title')} · Scenes · Témoin")
    tab.page.wait_for_load_state("networkidle")
    tab.shoot(f"view-{view}")
