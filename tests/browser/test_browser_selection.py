"""One selection and one filter in all views, and all of it in the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsing import Tab, say, with_point
from playwright.sync_api import Locator, Position, expect


def claim_of(tab: Tab) -> dict[str, int]:
    """A claim that has a day and lies alone on the map."""
    dated = [each for each in tab.ask("/claims", limit=200)["items"] if each["when"]["earliest"]]
    found = with_point(dated)
    return {"id": found["id"], "doc": found["document"]}


def trigger(tab: Tab, claim: int) -> Locator:
    return tab.page.locator(f".trigger[data-claims~='{claim}']").first


def card(tab: Tab, claim: int) -> Locator:
    return tab.page.locator(f"[data-card='{claim}'] article.card")


def test_words_in_the_text_select_the_card_and_the_timeline(tab: Tab) -> None:
    claim = claim_of(tab)
    tab.go("read", doc=claim["doc"], dock="timeline")
    trigger(tab, claim["id"]).click()
    expect(card(tab, claim["id"])).to_be_visible()
    item = tab.page.locator(f".timeline [data-claim='{claim['id']}']")
    expect(item).to_have_attribute("aria-selected", "true")
    tab.wait_for_state(claim=claim["id"])
    tab.shoot("selected-in-text")


def test_a_card_selects_the_words_in_the_text(tab: Tab) -> None:
    claim = claim_of(tab)
    tab.go("read", doc=claim["doc"])
    tab.page.locator(f"[data-card='{claim['id']}'] button").click()
    expect(trigger(tab, claim["id"])).to_have_attribute("aria-pressed", "true")
    expect(trigger(tab, claim["id"])).to_be_in_viewport()


def test_hovering_shows_the_claim_in_text_card_and_timeline(tab: Tab) -> None:
    claim = claim_of(tab)
    tab.go("read", doc=claim["doc"], dock="timeline")
    item = tab.page.locator(f".timeline [data-claim='{claim['id']}']")
    item.wait_for()
    brief = tab.page.locator(f"[data-card='{claim['id']}'] button.brief")
    brief.hover()
    expect(trigger(tab, claim["id"])).to_contain_class("hovered")
    expect(item).to_contain_class("hovered")
    trigger(tab, claim["id"]).hover()
    expect(brief).to_contain_class("hovered")


def test_the_timeline_selects_text_and_card(tab: Tab) -> None:
    claim = claim_of(tab)
    tab.go("read", doc=claim["doc"], dock="timeline")
    item = tab.page.locator(f".timeline [data-claim='{claim['id']}']")
    item.focus()
    tab.press("Enter")
    expect(card(tab, claim["id"])).to_be_visible()
    expect(trigger(tab, claim["id"])).to_have_attribute("aria-pressed", "true")


def test_a_point_on_the_map_selects_the_claim(tab: Tab) -> None:
    claim = claim_of(tab)
    point = tab.ask("/claims", q=f"claim:{claim['id']}")["items"][0]["point"]
    tab.go("map", map=f"{point['latitude']:.4f},{point['longitude']:.4f},10")
    expect(tab.page.locator(".map .state .badge").first).to_contain_text(
        say("map.found", count=tab.ask("/claims")["total"])
    )
    canvas = tab.page.locator("main .leaflet")
    box = canvas.bounding_box()
    assert box
    middle: Position = {"x": box["width"] / 2, "y": box["height"] / 2}
    canvas.hover(position=middle)
    expect(tab.page.locator(".map .tip")).to_be_visible()
    canvas.click(position=middle)
    tab.wait_for_state(claim=claim["id"], doc=claim["doc"])
    expect(tab.page.locator(".inspector article.card")).to_contain_text(f"#{claim['id']}")
    tab.shoot("selected-on-map")


def test_the_map_goes_to_the_claim_that_is_selected_elsewhere(tab: Tab) -> None:
    claim = claim_of(tab)
    point = tab.ask("/claims", q=f"claim:{claim['id']}")["items"][0]["point"]
    tab.go("map", map="-40,-60,6", q=f"claim:{claim['id']}")
    tab.page.locator(f".inspector [data-claim='{claim['id']}']").click()
    tab.wait_until("!location.hash.includes('map=-40,-60')")
    latitude, longitude, _ = map(float, tab.state()["map"].split(","))
    assert abs(latitude - point["latitude"]) < 0.01
    assert abs(longitude - point["longitude"]) < 0.01


def test_the_graph_selects_and_shows_what_is_selected(tab: Tab) -> None:
    told = tab.ask("/graph", doc=2)["nodes"]
    first, second = sorted(told, key=lambda each: (each["layer"], each["row"]))[:2]
    tab.go("graph", doc=2)
    node = tab.page.locator(f".graph .node[data-claim='{second['id']}']")
    node.click()
    tab.wait_for_state(claim=second["id"])
    expect(node).to_have_attribute("aria-pressed", "true")
    tab.press("k")
    tab.wait_for_state(claim=first["id"])
    expect(tab.page.locator(".graph .node[aria-pressed=true]")).to_have_attribute(
        "data-claim", str(first["id"])
    )


def test_a_brush_on_the_timeline_filters_every_view(tab: Tab) -> None:
    tab.go("timeline")
    strip = tab.page.locator(".timeline svg.strip")
    box = strip.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    tab.page.mouse.move(box["x"] + box["width"] * 0.55, y)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] * 0.99, y, steps=4)
    tab.page.mouse.up()
    tab.wait_until("location.hash.includes('from=')")
    state = tab.state()
    days = f"from:{state['from']} to:{state['to']}"
    wanted = tab.ask("/claims", q=days)["total"]
    assert 0 < wanted < tab.ask("/claims")["total"]
    found = tab.page.locator(".found strong").first
    expect(found).to_have_text(str(wanted))
    tab.press("c")
    expect(tab.page.locator("main h1")).to_have_text(say("list.title", count=wanted))
    tab.press("g")
    expect(tab.page.locator(".map .state .badge").first).to_have_text(
        say("map.found", count=wanted)
    )


def test_handles_of_the_brush_move_by_keys(tab: Tab) -> None:
    tab.go("timeline")
    start = tab.page.get_by_role("slider", name=say("timeline.from"))
    start.focus()
    tab.press("ArrowRight")
    tab.wait_until("location.hash.includes('from=')")


def test_facets_and_chips_add_to_the_filter_and_take_away(tab: Tab) -> None:
    tab.go("claims")
    tab.page.get_by_role("button", name=say("facets.title")).click()
    tab.page.locator("#facets").get_by_role("button", name=say("type.killing")).click()
    tab.wait_for_state(q="type:killing")
    total = tab.ask("/claims", q="type:killing")["total"]
    expect(tab.page.locator("main h1")).to_have_text(say("list.title", count=total))
    tab.shoot("facets")
    tab.page.get_by_role("button", name=say("filter.remove", part="type:killing")).click()
    tab.wait_for_state(q=None)


def test_a_query_that_cannot_be_read_says_where(tab: Tab) -> None:
    tab.go("claims")
    field = tab.page.get_by_role("searchbox", name=say("filter.label"))
    field.fill("mizda type:party")
    field.press("Enter")
    expect(tab.page.locator(".fault mark")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert set(tab.refused) == {422}
    tab.shoot("fault")


STATES: dict[str, dict[str, object]] = {
    "read": {"q": "type:killing", "doc": 2, "dock": "timeline"},
    "claims": {"q": "lang:fr", "order": "time", "lang": "fr"},
    "map": {"q": "lang:ar", "map": "15,44,6"},
    "timeline": {"from": "2010-01-01", "to": "2020-01-01"},
    "entities": {"q": "lang:en"},
}


def shown(tab: Tab) -> str:
    """What the view shows, once it is still."""
    tab.page.wait_for_load_state("networkidle")
    return tab.page.locator("main").text_content() or ""


@pytest.mark.parametrize("view", STATES)
def test_the_address_holds_the_whole_view(view: str, opened: Callable[..., Tab]) -> None:
    first, second = opened(), opened()
    first.go(view, **STATES[view])
    seen = shown(first)
    address = first.page.url
    # Another window with this address, and the same one loaded anew, show the same.
    second.page.goto(address)
    second.page.locator("main#main").wait_for()
    assert shown(second) == seen
    assert second.page.url == address
    first.page.reload()
    first.page.locator("main#main").wait_for()
    assert shown(first) == seen


def test_back_and_forward_go_through_what_was_seen(tab: Tab) -> None:
    tab.go("read", doc=2)
    tab.page.locator("[data-card]").first.wait_for()
    first = int(tab.page.locator("[data-card]").first.get_attribute("data-card") or 0)
    tab.press("j")
    tab.wait_for_state(view="read", claim=first)
    tab.press("c")
    tab.wait_for_state(view="claims", claim=first)
    tab.page.go_back()
    tab.wait_for_state(view="read", claim=first)
    expect(card(tab, first)).to_be_visible()
    tab.page.go_back()
    tab.wait_for_state(view="read", claim=None)
    tab.page.go_forward()
    tab.page.go_forward()
    tab.wait_for_state(view="claims", claim=first)
