"""Several people on one case: log-in, roles, conflicts, changes that appear by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import WINDOW, Served, Tab, say, serving
from playwright.sync_api import Browser, expect

from temoin.workbench.users import Role, UserTable

PASSWORD = "a long password of no worth"  # noqa: S105 - of a test
ROLES: dict[str, Role] = {"ana": "admin", "rosa": "review", "tom": "read"}

Enter = Callable[[str], Tab]


@pytest.fixture(scope="module")
def shared(
    browser: Browser,  # noqa: ARG001 - skips early
    scenes: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """A workbench with users."""
    folder = tmp_path_factory.mktemp("shared")
    table = UserTable(folder / "users.json")
    for name, role in ROLES.items():
        table.add(name, role=role, password=PASSWORD)
    copy = Path(shutil.copy(scenes, folder / "scenes.temoin"))
    with serving(copy, "--users", str(folder / "users.json")) as started:
        yield started


@pytest.fixture
def enter(browser: Browser, shared: Served) -> Iterator[Enter]:
    """Windows of users who have logged in through the form."""
    tabs: list[Tab] = []
    with ExitStack() as stack:

        def entered(name: str) -> Tab:
            context = browser.new_context(viewport=WINDOW, locale="en-US", color_scheme="light")
            stack.callback(context.close)
            tab = Tab(context.new_page(), shared.origin)
            tabs.append(tab)
            tab.page.goto(f"{shared.origin}/")
            log_in(tab, name, PASSWORD)
            tab.page.locator("main#main").wait_for()
            return tab

        yield entered
    assert [fault for tab in tabs for fault in tab.faults] == []


def log_in(tab: Tab, name: str, password: str) -> None:
    tab.page.get_by_label(say("login.name")).fill(name)
    tab.page.get_by_label(say("login.password")).fill(password)
    tab.page.get_by_role("button", name=say("login.submit")).click()


def test_a_wrong_password_lets_nobody_in(browser: Browser, shared: Served) -> None:
    with browser.new_context(viewport=WINDOW, locale="en-US") as context:
        tab = Tab(context.new_page(), shared.origin)
        tab.page.goto(f"{shared.origin}/#read?q=secret")
        tab.shoot("log-in")
        log_in(tab, "ana", "another one, just as long")
        expect(tab.page.get_by_role("alert")).to_be_visible()
        expect(tab.page.locator("main#main")).to_have_count(0)
        assert tab.faults == []
        assert set(tab.refused) == {401}


def test_who_may_only_read_can_decide_nothing(enter: Enter) -> None:
    tab = enter("tom")
    tab.go("read", doc=2, claim=tab.ask("/documents/2/claims")["items"][0]["id"])
    expect(tab.page.locator("article.card")).to_be_visible()
    expect(tab.page.locator("article.card .actions")).to_have_count(0)
    tab.press("a", "u", "z", "o", "m")
    tab.page.wait_for_timeout(300)
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    assert 403 not in tab.refused, "what is not allowed is not even asked for"
    assert tab.ask("/documents/2/claims")["items"][0]["state"] == "pending"


def test_an_administrator_adds_and_removes_users(enter: Enter) -> None:
    tab = enter("ana")
    tab.go("settings")
    form = tab.page.locator("form", has=tab.page.get_by_role("button", name=say("users.add")))
    form.get_by_label(say("login.name")).fill("uma")
    form.get_by_label(say("login.password")).fill(PASSWORD)
    form.get_by_role("button", name=say("users.add")).click()
    row = tab.page.locator("tr", has_text="uma")
    expect(row).to_be_visible()
    row.get_by_role("button", name=say("edit.remove")).click()
    expect(row).to_have_count(0)


def test_logging_out_ends_the_session(enter: Enter) -> None:
    tab = enter("ana")
    tab.go("settings")
    tab.page.get_by_role("button", name=say("logout")).click()
    expect(tab.page.get_by_label(say("login.password"))).to_be_visible()


def test_a_decision_appears_in_the_other_window(enter: Enter) -> None:
    ana, rosa = enter("ana"), enter("rosa")
    claim = ana.ask("/documents/3/claims")["items"][0]["id"]
    for tab in (ana, rosa):
        tab.go("read", doc=3, claim=claim)
        expect(tab.page.locator("article.card")).to_be_visible()
    expect(rosa.page.locator("span.line:not(.off)")).to_be_visible()
    ana.press("a")
    expect(rosa.page.locator(".toast")).to_contain_text(say("live.claim", who="ana", id=claim))
    accept = rosa.page.locator("article.card .actions button").first
    expect(accept).to_have_attribute("aria-pressed", "true")
    rosa.shoot("live")


@pytest.mark.parametrize("insists", [False, True])
def test_who_is_slower_sees_both_versions_and_overwrites_nothing(
    insists: bool,  # noqa: FBT001
    enter: Enter,
) -> None:
    ana, rosa = enter("ana"), enter("rosa")
    claim = ana.ask("/documents/4/claims")["items"][int(insists)]["id"]
    rosa.page.route("**/api/v1/events", lambda route: route.abort())  # she sees nothing come
    rosa.page.reload()
    for tab in (ana, rosa):
        tab.go("read", doc=4, claim=claim)
        expect(tab.page.locator("article.card")).to_be_visible()
    ana.press("u")
    expect(ana.page.locator(".toast.ok")).to_be_visible()
    rosa.press("a")
    clash = rosa.page.get_by_role("alertdialog")
    expect(clash).to_contain_text("ana")
    assert 409 in rosa.refused
    assert rosa.ask(f"/claims/{claim}")["state"] == "unsure"
    rosa.shoot("conflict")
    clash.get_by_role("button", name=say("conflict.insist" if insists else "conflict.keep")).click()
    expect(clash).to_have_count(0)
    assert rosa.ask(f"/claims/{claim}")["state"] == ("accepted" if insists else "unsure")
