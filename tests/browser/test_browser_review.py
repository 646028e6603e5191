"""Decisions, and what people add by hand."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import Tab, say
from playwright.sync_api import expect

#: Each test has a report to itself.
(ACCEPTED, EDITED, DRAGGED, KEYED, ARGUED, BY_HAND) = range(4, 10)


def claims_of(tab: Tab, doc: int) -> list[dict[str, Any]]:
    return list(tab.ask(f"/documents/{doc}/claims")["items"])


def open_claim(tab: Tab, doc: int, at: int = 0) -> dict[str, Any]:
    """A claim, selected beside its text."""
    claim = claims_of(tab, doc)[at]
    tab.go("read", doc=doc, claim=claim["id"])
    tab.page.locator(f".trigger[data-claims~='{claim['id']}']").first.wait_for()
    expect(tab.page.locator("article.card")).to_be_visible()
    return claim


def button(tab: Tab, key: str) -> Any:  # noqa: ANN401 - a locator
    return tab.page.locator("article.card .actions").get_by_role("button", name=say(key))


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("unsure", "unsure")])
def test_a_decision_is_stored_told_and_undone(action: str, state: str, tab: Tab) -> None:
    claim = open_claim(tab, ACCEPTED)
    button(tab, action).click()
    expect(button(tab, action)).to_have_attribute("aria-pressed", "true")
    assert tab.ask(f"/claims/{claim['id']}")["state"] == state
    tab.page.locator(".toast").get_by_role("button", name=say("undo")).click()
    expect(button(tab, action)).to_have_attribute("aria-pressed", "false")
    assert tab.ask(f"/claims/{claim['id']}")["state"] == "pending"


def test_a_rejection_asks_for_a_reason(tab: Tab) -> None:
    claim = open_claim(tab, ACCEPTED, 1)
    button(tab, "reject").click()
    form = tab.page.get_by_role("group", name=say("reject.title"))
    send = form.get_by_role("button", name=say("reject"), exact=True)
    expect(send).to_be_disabled()
    form.get_by_role("button", name=say("reason.wrong_type")).click()
    form.get_by_label(say("comment.optional")).fill("a <b>plan</b>, not an event")
    tab.shoot("reject")
    send.click()
    expect(button(tab, "reject")).to_have_attribute("aria-pressed", "true")
    step = tab.ask(f"/claims/{claim['id']}")["history"][-1]
    assert (step["reason_code"], step["reason"]) == ("wrong_type", "a <b>plan</b>, not an event")
    tab.page.locator("article.card details", has_text=say("history.title")).locator(
        "summary"
    ).click()
    expect(tab.page.locator("article.card ol")).to_contain_text("a <b>plan</b>, not an event")


def test_each_edit_is_saved_as_it_is_made(tab: Tab) -> None:
    claim = open_claim(tab, EDITED)
    button(tab, "edit").click()
    chosen = "drone_strike" if claim["type"] != "drone_strike" else "shelling"
    tab.page.get_by_label(say("edit.type")).select_option(chosen)
    expect(tab.page.locator("article.card h3")).to_have_text(say(f"type.{chosen}"))
    tab.page.get_by_label(say("edit.certainty")).select_option("possible")
    expect(tab.page.locator("article.card .marks")).to_contain_text(say("certainty.possible"))
    tab.shoot("edit")
    told = tab.ask(f"/claims/{claim['id']}")
    assert (told["state"], told["type"], told["certainty"]) == ("edited", chosen, "possible")
    # Loading anew loses nothing.
    tab.page.reload()
    expect(tab.page.locator("article.card h3")).to_have_text(say(f"type.{chosen}"))


def test_all_of_a_filter_is_decided_after_a_preview_and_undone_at_once(tab: Tab) -> None:
    query = "type:capture state:pending"
    count = tab.ask("/claims", q=query)["total"]
    assert count > 1
    tab.go("claims", q=query)
    tab.page.get_by_role("button", name=say("bulk.open", count=count)).click()
    dialog = tab.page.get_by_role("dialog", name=say("bulk.title"))
    expect(dialog.locator(".count")).to_contain_text(str(count))
    expect(dialog.locator(".sample button").first).to_be_visible()
    tab.shoot("bulk")
    assert tab.ask("/claims", q=query)["total"] == count, "a preview changes nothing"
    dialog.get_by_role("button", name=say("bulk.run.accept", count=count)).click()
    toast = tab.page.locator(".toast", has_text=say("bulk.done.accept", count=count))
    expect(toast).to_be_visible()
    assert tab.ask("/claims", q=query)["total"] == 0
    toast.get_by_role("button", name=say("bulk.undo", count=count)).click()
    expect(tab.page.locator(".toast", has_text=say("bulk.undone", count=count))).to_be_visible()
    assert tab.ask("/claims", q=query)["total"] == count


def test_a_bulk_rejection_needs_a_reason(tab: Tab) -> None:
    query = "type:displacement"
    count = tab.ask("/claims", q=query)["total"]
    tab.go("claims", q=query)
    tab.page.get_by_role("button", name=say("bulk.open", count=count)).click()
    dialog = tab.page.get_by_role("dialog", name=say("bulk.title"))
    dialog.get_by_role("button", name=say("reject"), exact=True).click()
    run = dialog.get_by_role("button", name=say("bulk.run.reject", count=count))
    expect(run).to_be_disabled()
    dialog.get_by_label(say("reject.title")).select_option("duplicate")
    expect(run).to_be_enabled()


#: Where words lie on the screen, from the text of a document.
_BOX = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('.text .text'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({ block: 'center' });
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getClientRects()[0];
    return [box.left, box.right, (box.top + box.bottom) / 2];
  }
}"""  # noqa: E501


def drag_over(tab: Tab, words: str) -> None:
    left, right, y = tab.page.evaluate(_BOX, words)
    tab.page.mouse.move(left + 1, y)
    tab.page.mouse.down()
    tab.page.mouse.move((left + right) / 2, y, steps=3)
    tab.page.mouse.move(right - 1, y, steps=3)
    tab.page.mouse.up()


def free_word(tab: Tab, doc: int) -> str:
    """A long word that stands once in the text and in no claim."""
    text = str(tab.ask(f"/documents/{doc}")["text"])
    taken = {
        span["text"]
        for claim in claims_of(tab, doc)
        for span in (claim["trigger"], *claim["arguments"], claim["attribution"] or {"text": ""})
    }
    words = sorted(set(text.replace(".", " ").replace(",", " ").split()), key=len, reverse=True)
    return next(
        word
        for word in words
        if word.isalpha()
        and len(word) > 4
        and text.count(word) == 1
        and not any(word in each for each in taken)
    )


def test_words_dragged_over_become_an_event(tab: Tab) -> None:
    word = free_word(tab, DRAGGED)
    tab.go("read", doc=DRAGGED)
    tab.page.locator(".text .trigger").first.wait_for()
    before = len(claims_of(tab, DRAGGED))
    drag_over(tab, word)
    bar = tab.page.locator(".mark-bar")
    expect(bar.locator("q")).to_have_text(word)
    bar.get_by_label(say("mark.event")).select_option("protest")
    tab.shoot("drag")
    bar.get_by_role("button", name=say("mark.add")).click()
    expect(tab.page.locator("article.card h3")).to_have_text(say("type.protest"))
    claims = claims_of(tab, DRAGGED)
    assert len(claims) == before + 1
    (added,) = [each for each in claims if each["type"] == "protest"]
    assert added["trigger"]["text"] == word
    assert added["origin"] == "human"


def test_words_dragged_over_become_an_argument_of_the_selected_claim(tab: Tab) -> None:
    claim = open_claim(tab, ARGUED)
    word = free_word(tab, ARGUED)
    drag_over(tab, word)
    bar = tab.page.locator(".mark-bar")
    expect(bar.locator("q")).to_have_text(word)
    bar.get_by_role("button", name=say("role.target")).click()
    expect(
        tab.page.locator(".toast", has_text=say("added.argument", role=say("role.target")))
    ).to_be_visible()
    told = tab.ask(f"/claims/{claim['id']}")
    assert ("target", word) in {(each["role"], each["text"]) for each in told["arguments"]}
    tab.press("z")
    expect(tab.page.locator(".toast", has_text=say("undone"))).to_be_visible()
    told = tab.ask(f"/claims/{claim['id']}")
    assert ("target", word) not in {(each["role"], each["text"]) for each in told["arguments"]}


def test_an_event_is_added_with_the_keyboard_alone(tab: Tab) -> None:
    tab.go("read", doc=KEYED)
    tab.page.locator(".text .trigger").first.wait_for()
    before = len(claims_of(tab, KEYED))
    tab.press("m", "ArrowRight", "Shift+ArrowRight")
    bar = tab.page.locator(".mark-bar")
    expect(bar).to_be_visible()
    words = bar.locator("q").inner_text()
    assert " " in words
    tab.press("Enter", "Tab")
    for _ in range(6):
        if tab.page.evaluate("document.activeElement.tagName") == "SELECT":
            break
        tab.press("Tab")
    tab.page.keyboard.type(say("type.protest"))
    tab.press("Tab", "Enter")
    expect(tab.page.locator("article.card h3")).to_have_text(say("type.protest"))
    claims = claims_of(tab, KEYED)
    assert len(claims) == before + 1
    assert words in {each["trigger"]["text"] for each in claims if each["type"] == "protest"}


def test_an_argument_is_added_with_the_keyboard_alone(tab: Tab) -> None:
    claim = open_claim(tab, BY_HAND)
    tab.press("m", "ArrowRight")
    bar = tab.page.locator(".mark-bar")
    expect(bar).to_be_visible()
    words = bar.locator("q").inner_text()
    tab.press("1")
    expect(tab.page.locator(".toast.ok")).to_be_visible()
    told = tab.ask(f"/claims/{claim['id']}")
    assert words in {each["text"] for each in told["arguments"] if each["origin"] == "human"}
