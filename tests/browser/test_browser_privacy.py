"""Nothing leaves the machine: no request of a whole walk goes to any other host."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from browsing import Served, Tab
from playwright.sync_api import Browser, Request
from walking import walk


def test_no_request_of_a_whole_walk_leaves_the_machine(
    opened: Callable[..., Tab], served: Served
) -> None:
    tab = opened()
    asked: list[Request] = []
    tab.page.context.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - playwright marks what it calls
    tab.page.on("websocket", lambda socket: tab.faults.append(f"websocket {socket.url}"))
    walk(tab, 2)
    here = urlsplit(served.origin).netloc
    outside = [
        each.url
        for each in asked
        if urlsplit(each.url).scheme not in {"blob", "data"} and urlsplit(each.url).netloc != here
    ]
    assert outside == []
    assert len(asked) > 50
    told = {each.headers.get("referer", "") for each in asked}
    assert told <= {"", f"{served.origin}/"}, "no address tells what one looks at"


def test_nothing_is_kept_in_the_browser_but_what_one_prefers(tab: Tab) -> None:
    walk(tab, 2)
    kept = tab.page.evaluate(
        """async () => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
          (await indexedDB.databases()).length, (await caches.keys()).length,
          (await navigator.serviceWorker?.getRegistrations() ?? []).length]"""
    )
    assert set(kept[0]) <= {"temoin.prefs"}
    assert kept[1:] == [[], "", 0, 0, 0]


def test_the_browser_of_these_tests_finds_no_other_host(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.set_content("<img src='http://example.org/x.png'>")
        page.wait_for_timeout(200)
        assert failed == ["http://example.org/x.png"]


def test_the_start_address_works_once(browser: Browser, tab: Tab, served: Served) -> None:
    tab.go("about")  # the address has been used
    with browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(served.start)
        assert answer is not None
        assert answer.status >= 400
        assert "token=" not in tab.page.url
