"""Chromium and a workbench on a case of scenes, for all tests of this folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from browser_cases import made_of_scenes
from browsing import Served, Tab, context_of, launch, missing, serving
from playwright.sync_api import Browser, sync_playwright


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Of a module, not of the session: Playwright's event loop would be in the way of other tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the test is skipped, but never in CI."""
    if (why := missing()) is not None:
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case; nobody writes into it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")
        return made_of_scenes(tmp_path_factory.mktemp("scenes") / "scenes.temoin")


@pytest.fixture(scope="module")
def served(scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench on a copy of the case, for the tests of one module."""
    copy = Path(shutil.copy(scenes, tmp_path_factory.mktemp("served") / "scenes.temoin"))
    with serving(copy, "--by", "rosa") as started:
        yield started


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Callable[..., Tab]]:
    """Opens windows that have entered; nothing may go wrong in any of them."""
    tabs: list[Tab] = []
    with ExitStack() as stack:

        def open_(**options: Any) -> Tab:
            context = context_of(browser, served, **options)
            stack.callback(context.close)
            tabs.append(Tab(context.new_page(), served.origin))
            return tabs[-1]

        yield open_
    assert [fault for tab in tabs for fault in tab.faults] == []


@pytest.fixture
def tab(opened: Callable[..., Tab]) -> Tab:
    """One window of 1280 by 720, English, light."""
    return opened(color_scheme="light")
