"""Words that would be run if they could be: nothing runs, and the policy is never tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_cases import EVIL, HOSTILE_NAME, add, hostile
from browsing import Served, Tab, context_of, say, serving
from playwright.sync_api import Browser, expect
from walking import walk

from temoin.casefile import Case, incidents


@pytest.fixture(scope="module")
def trapped(
    browser: Browser,  # noqa: ARG001 - skips early
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """A workbench on a case in which every word is a trap: texts, names, places, the title."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.temoin"
    with Case.create(path, actor=EVIL, title=EVIL) as case:
        for each in hostile():
            add(case, each, note=EVIL, licence=EVIL, collected_by=EVIL)
        incidents.run(case, actor=EVIL)
    with serving(path, "--by", EVIL) as started:
        yield started


@pytest.fixture
def inside(browser: Browser, trapped: Served) -> Iterator[Tab]:
    context = context_of(browser, trapped)
    context.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " event => console.error('policy', event.violatedDirective, event.blockedURI))"
    )
    tab = Tab(context.new_page(), trapped.origin)
    yield tab
    hurt = tab.page.evaluate("window.hurt")
    foreign = tab.page.evaluate(
        "document.querySelectorAll('img[src=x], script:not([src]), [onerror], [onload],"
        " a[href^=javascript]').length"
    )
    context.close()
    assert hurt is None
    assert foreign == 0
    assert tab.faults == []


def test_nothing_runs_in_a_whole_walk(inside: Tab) -> None:
    walk(inside, 1)
    inside.shoot("inert")


def test_hostile_words_are_shown_as_they_are(inside: Tab) -> None:
    inside.go("read", doc=1)
    expect(inside.page.locator(".text h1")).to_have_text(f"1 {EVIL}")
    assert EVIL in (inside.page.locator(".text .text").text_content() or "")
    expect(inside.page.locator("[data-document='1']")).to_contain_text(EVIL)


def test_an_uploaded_name_and_text_do_not_run(inside: Tab) -> None:
    inside.go("read")
    inside.press("o")
    dialog = inside.page.get_by_role("dialog", name=say("add.title"))
    dialog.locator("input[type=file]").set_input_files(
        {"name": HOSTILE_NAME, "mimeType": "text/html", "buffer": f"{EVIL} shelled".encode()}
    )
    expect(dialog).to_contain_text(HOSTILE_NAME)
    dialog.get_by_role("button", name=say("add.read"), exact=True).click()
    expect(inside.page.locator("dialog, .text h1").first).to_contain_text("onerror")
    inside.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    "fragment",
    [
        f"read?q={EVIL}",
        f"incidents?incident={EVIL}",
        f"entities?entity={EVIL}",
        f"{EVIL}?lang={EVIL}&day={EVIL}&map={EVIL}",
        "javascript:window.hurt=6",
        "__proto__?constructor=1",
    ],
)
def test_hostile_addresses_do_not_run(fragment: str, inside: Tab) -> None:
    inside.page.goto(f"{inside.origin}/#{fragment}")
    inside.page.locator("main#main").wait_for()
    inside.page.wait_for_load_state("networkidle")
    # What is not there is told so, which is no fault of the page.
    inside.faults[:] = [each for each in inside.faults if not each.startswith("404 ")]
