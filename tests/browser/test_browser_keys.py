"""Every key of the table does what the table says; a key without a test fails here."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from browsing import WEB, Tab, say
from playwright.sync_api import expect

TABLE = json.loads((WEB / "src/lib/keys/keys.json").read_text(encoding="utf-8"))
KEYS = {each["action"]: each["key"] for each in TABLE}

#: A report with several claims.
DOC = 2

_tests: dict[str, Callable[[Tab, str], None]] = {}


def of(action: str) -> Callable[[Callable[[Tab, str], None]], Callable[[Tab, str], None]]:
    def keep(test: Callable[[Tab, str], None]) -> Callable[[Tab, str], None]:
        _tests[action] = test
        return test

    return keep


@pytest.mark.parametrize("action", KEYS)
def test_a_key_does_what_the_table_says(action: str, tab: Tab) -> None:
    assert action in _tests, f"the key {KEYS[action]!r} of {action} has no test"
    _tests[action](tab, KEYS[action])


def test_no_key_is_tested_that_is_not_in_the_table() -> None:
    assert set(_tests) == set(KEYS)


def claims_of(tab: Tab, doc: int = DOC) -> list[int]:
    """Its claims in the order of the text."""
    return [each["id"] for each in tab.ask(f"/documents/{doc}/claims")["items"]]


def pending(tab: Tab, at: int) -> int:
    """A claim to decide on, another one for each test, and its card."""
    longest = max(tab.ask("/documents", limit=100)["items"], key=lambda each: each["claims"])
    claim = claims_of(tab, longest["id"])[at]
    tab.go("read", doc=longest["id"], claim=claim)
    expect(tab.page.locator("article.card")).to_be_visible()
    expect(tab.page.locator(f".trigger[data-claims~='{claim}']").first).to_be_visible()
    return claim


def state_of(tab: Tab, claim: int) -> str:
    return str(tab.ask(f"/claims/{claim}")["state"])


@of("accept")
def accept(tab: Tab, key: str) -> None:
    claim = pending(tab, 0)
    tab.press(key)
    expect(tab.page.locator(".toast.ok")).to_contain_text(f"#{claim}")
    assert state_of(tab, claim) == "accepted"


@of("unsure")
def unsure(tab: Tab, key: str) -> None:
    claim = pending(tab, 1)
    tab.press(key)
    expect(tab.page.locator(".toast.ok")).to_contain_text(f"#{claim}")
    assert state_of(tab, claim) == "unsure"


@of("reject")
def reject(tab: Tab, key: str) -> None:
    claim = pending(tab, 2)
    tab.press(key)
    expect(tab.page.locator(".reasons")).to_be_visible()
    tab.press("3", "Enter")
    expect(tab.page.locator(".toast.ok")).to_contain_text(f"#{claim}")
    assert state_of(tab, claim) == "rejected"


@of("edit")
def edit(tab: Tab, key: str) -> None:
    pending(tab, 0)
    tab.press(key)
    expect(tab.page.locator("article.card .whole")).to_be_visible()
    tab.press(key)
    expect(tab.page.locator("article.card .whole")).to_have_count(0)


@of("undo")
def undo(tab: Tab, key: str) -> None:
    claim = pending(tab, 3)
    tab.press(KEYS["accept"])
    expect(tab.page.locator(".toast.ok")).to_contain_text(f"#{claim}")
    tab.press(key)
    expect(tab.page.locator(".toast").last).to_contain_text(say("undone"))
    assert state_of(tab, claim) == "pending"


@of("next")
def next_(tab: Tab, key: str) -> None:
    first, second = claims_of(tab)[:2]
    tab.go("read", doc=DOC)
    tab.page.locator(f"[data-card='{first}']").wait_for()
    tab.press(key)
    tab.wait_for_state(claim=first)
    tab.press(key)
    tab.wait_for_state(claim=second)


@of("previous")
def previous(tab: Tab, key: str) -> None:
    first, second = claims_of(tab)[:2]
    tab.go("read", doc=DOC, claim=second)
    tab.page.locator(f"[data-card='{first}']").wait_for()
    tab.press(key)
    tab.wait_for_state(claim=first)


def documents(tab: Tab) -> list[int]:
    return [each["id"] for each in tab.ask("/documents", limit=100)["items"]]


@of("next-document")
def next_document(tab: Tab, key: str) -> None:
    first, second = documents(tab)[:2]
    tab.go("read", doc=first)
    tab.page.locator(f"[data-document='{second}']").wait_for()
    tab.press(key)
    tab.wait_for_state(doc=second)


@of("previous-document")
def previous_document(tab: Tab, key: str) -> None:
    first, second = documents(tab)[:2]
    tab.go("read", doc=second)
    tab.page.locator(f"[data-document='{second}']").wait_for()
    tab.press(key)
    tab.wait_for_state(doc=first)


@of("mark")
def mark(tab: Tab, key: str) -> None:
    claim = claims_of(tab)[0]
    tab.go("read", doc=DOC, claim=claim)
    tab.page.locator(f".trigger[data-claims~='{claim}']").first.wait_for()
    tab.press(key)
    expect(tab.page.locator(".mark-bar q")).not_to_be_empty()
    one = tab.page.locator(".mark-bar q").inner_text()
    tab.press("Shift+ArrowRight")
    expect(tab.page.locator(".mark-bar q")).not_to_have_text(one)
    tab.press("Escape")
    expect(tab.page.locator(".mark-bar")).to_have_count(0)


@of("search")
def search(tab: Tab, key: str) -> None:
    tab.go("read", doc=DOC)
    tab.press(key)
    field = tab.page.get_by_role("searchbox", name=say("filter.label"))
    expect(field).to_be_focused()
    # While one types, keys are letters.
    tab.page.keyboard.type("type:killing")
    expect(field).to_have_value("type:killing")
    tab.press("Enter")
    tab.wait_for_state(q="type:killing")


@of("help")
def help_(tab: Tab, key: str) -> None:
    tab.go("map")
    tab.press(key)
    dialog = tab.page.get_by_role("dialog", name=say("help.title"))
    expect(dialog).to_be_visible()
    for each in TABLE:
        expect(dialog.get_by_text(say(each["label"]), exact=True).first).to_be_visible()
    tab.shoot("help")


@of("go-read")
def go_read(tab: Tab, key: str) -> None:
    tab.go("claims")
    tab.press(key)
    tab.wait_for_state(view="read")


@of("go-claims")
def go_claims(tab: Tab, key: str) -> None:
    tab.go("read", doc=DOC)
    tab.press(key)
    tab.wait_for_state(view="claims")


@of("go-map")
def go_map(tab: Tab, key: str) -> None:
    tab.go("claims")
    tab.press(key)
    tab.wait_for_state(view="map")
    tab.go("read", doc=DOC)
    tab.press(key)  # beside the text it opens below
    tab.wait_for_state(view="read", dock="map")
    tab.press(key)
    tab.wait_for_state(view="read", dock=None)


@of("go-timeline")
def go_timeline(tab: Tab, key: str) -> None:
    tab.go("claims")
    tab.press(key)
    tab.wait_for_state(view="timeline")
    tab.go("read", doc=DOC)
    tab.press(key)
    tab.wait_for_state(view="read", dock="timeline")


@of("export")
def export(tab: Tab, key: str) -> None:
    tab.go("claims")
    tab.press(key)
    expect(tab.page.get_by_role("dialog", name=say("export.title"))).to_be_visible()


@of("add-documents")
def add_documents(tab: Tab, key: str) -> None:
    tab.go("claims")
    tab.press(key)
    expect(tab.page.get_by_role("dialog", name=say("add.title"))).to_be_visible()


@of("save")
def save(tab: Tab, key: str) -> None:
    claim = pending(tab, 4)
    tab.press(KEYS["reject"])
    expect(tab.page.locator(".reasons")).to_be_visible()
    comment = tab.page.get_by_label(say("comment.optional"))
    tab.press("1")
    comment.fill("the text tells of a plan")
    comment.press(key)
    expect(tab.page.locator(".toast.ok")).to_contain_text(f"#{claim}")
    told = tab.ask(f"/claims/{claim}")
    assert told["state"] == "rejected"
    assert told["history"][-1]["reason"] == "the text tells of a plan"


@of("close")
def close(tab: Tab, key: str) -> None:
    tab.go("read", doc=DOC, claim=claims_of(tab)[0])
    tab.press(KEYS["help"])
    expect(tab.page.get_by_role("dialog")).to_be_visible()
    tab.press(key)
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    tab.press(key)
    tab.wait_for_state(claim=None)


def judged(tab: Tab, key: str, verdict: str) -> None:
    tab.go("incidents")
    tab.page.get_by_role("button", name=say("incidents.pairs"), exact=True).click()
    entry = tab.page.locator(".pairs .entry:has(.sign:text-is('○'))").first
    entry.click()
    open_ = tab.page.locator(".pairs .sign:text-is('○')")
    before = open_.count()
    with tab.page.expect_response(lambda answer: answer.url.endswith("/api/v1/pairs")) as told:
        tab.press(key)
    assert told.value.ok
    assert json.loads(told.value.request.post_data or "")["verdict"] == verdict
    expect(open_).to_have_count(before - 1)


@of("pair-same")
def pair_same(tab: Tab, key: str) -> None:
    judged(tab, key, "same")


@of("pair-different")
def pair_different(tab: Tab, key: str) -> None:
    judged(tab, key, "different")


@of("pair-unsure")
def pair_unsure(tab: Tab, key: str) -> None:
    judged(tab, key, "unsure")


def first_day(tab: Tab) -> str:
    return str(tab.ask("/situation/days")["first"])


@of("play")
def play(tab: Tab, key: str) -> None:
    day = first_day(tab)
    tab.go("situation", day=day)
    tab.page.locator(".situation tbody").first.wait_for()
    tab.press(key)
    pause = tab.page.get_by_role("button", name=say("situation.pause"), exact=True)
    expect(pause).to_be_visible()
    tab.wait_until(f"!location.hash.includes('day={day}')")
    tab.press(key)
    expect(pause).to_have_count(0)


@of("day-after")
def day_after(tab: Tab, key: str) -> None:
    day = first_day(tab)
    tab.go("situation", day=day)
    tab.page.locator(".situation tbody").first.wait_for()
    tab.press(key)
    tab.wait_until(f"!location.hash.includes('day={day}')")
    assert tab.state()["day"] > day


@of("day-before")
def day_before(tab: Tab, key: str) -> None:
    last = str(tab.ask("/situation/days")["last"])
    tab.go("situation", day=last)
    tab.page.locator(".situation tbody").first.wait_for()
    tab.press(key)
    tab.wait_until(f"!location.hash.includes('day={last}')")
    assert tab.state()["day"] < last
