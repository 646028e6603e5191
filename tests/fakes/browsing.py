"""A real `temoin serve` and a real Chromium, for tests that look at the page itself."""

from __future__ import annotations

import json
import os
import re
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from command_line import command, environment
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "web"
SCREENSHOTS = ROOT / "out" / "screenshots"

#: The smallest window that everything has to work in.
WINDOW: ViewportSize = {"width": 1280, "height": 720}

#: Other machines' names lead nowhere, whatever a page may want.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"

#: What Chromium needs in a container, and what it would else do by itself.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

expect.set_options(timeout=20_000)


def missing() -> str | None:
    """Why no browser can be tested here, or None."""
    if chromium() is None:
        return "no Chromium: apt install chromium, or name one in TEMOIN_CHROMIUM"
    if not (ROOT / "src/temoin/workbench/static/index.html").is_file():
        return "the front end is not built: npm ci && npm run build in web/"
    return None


def chromium() -> str | None:
    """The browser's program; Playwright's own is not used."""
    named = os.environ.get("TEMOIN_CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(
        executable_path=chromium(), args=[*ARGUMENTS, NOWHERE, *arguments]
    )


@cache
def _words(language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in (
        *(WEB / "src/lib/i18n" / language).glob("*.json"),
        *(WEB / "src/views").glob(f"*/i18n/{language}.json"),
    ):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def say(key: str, language: str = "en", /, **parts: object) -> str:
    """A text of the interface, as its dictionaries have it."""
    text = _words(language)[key]
    if isinstance(text, dict):
        text = text["one" if parts.get("count") == 1 else "other"]
    return re.sub(r"\{(\w+)\}", lambda found: str(parts[found[1]]), text)


@dataclass
class Served:
    """A workbench that listens in a process of its own."""

    process: subprocess.Popen[str]
    start: str
    origin: str
    storage: Any = None


@contextmanager
def serving(case: Path, *options: str) -> Iterator[Served]:
    """Run `temoin serve CASE`, with the fake extractor for what is uploaded."""
    arguments = command("serve", case, "--no-browser", "--port", "0", *options)
    process = subprocess.Popen(
        arguments,
        env=environment(),
        cwd=case.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        told = ""
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            patience = time.monotonic() + 60
            while not (found := re.search(r"(http://[^/\s]+)/\S*", told)):
                assert ready.select(patience - time.monotonic()), f"nothing is served: {told}"
                line = process.stdout.readline()
                assert line, f"nothing is served: {told}"
                told += line
        _await_answers(found[1])
        yield Served(process, found[0], found[1])
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def _await_answers(origin: str) -> None:
    """Wait until connections are taken: the address is told a moment earlier."""
    host, _, port = origin.removeprefix("http://").partition(":")
    patience = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except OSError:
            assert time.monotonic() < patience, f"{origin} takes no connections"
            time.sleep(0.05)
        else:
            return


@dataclass
class Tab:
    """A page of the workbench, and what went wrong in it."""

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", self._told)
        self.page.on("response", self._answered)
        self.page.on("dialog", self._asked)

    def _told(self, message: ConsoleMessage) -> None:
        # What was answered with an error is kept in `refused`.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def _answered(self, response: Any) -> None:  # noqa: ANN401
        if response.status >= 400:
            self.refused.append(response.status)
            if response.status >= 500 or response.status == 404:
                self.faults.append(f"{response.status} {response.url}")

    def _asked(self, dialog: Any) -> None:  # noqa: ANN401
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, view: str, **state: object) -> None:
        """Open a view, with what is selected and filtered."""
        told = "&".join(f"{name}={quote(str(value))}" for name, value in state.items())
        address = f"{self.origin}/#{view}{'?' if told else ''}{told}"
        if self.page.url.partition("#")[0] != f"{self.origin}/":
            self.page.goto(address)
        else:
            self.page.evaluate("at => { location.hash = at }", address.partition("#")[2])
        self.page.locator("main#main").wait_for()

    def ask(self, path: str, **query: object) -> Any:  # noqa: ANN401 - any JSON
        """What the API tells this browser."""
        params: dict[str, str | float | bool] = {name: str(value) for name, value in query.items()}
        answer = self.page.request.get(f"{self.origin}/api/v1{path}", params=params)
        assert answer.ok, answer.text()
        return answer.json()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, with nothing in focus."""
        for key in keys:
            self.page.keyboard.press(key)

    def state(self) -> dict[str, str]:
        """What the address tells."""
        view, _, told = self.page.url.partition("#")[2].partition("?")
        found = {"view": view}
        for part in told.split("&") if told else ():
            name, _, value = part.partition("=")
            found[name] = value
        return found

    def wait_for_state(self, **wanted: object) -> None:
        """Wait until the address tells so; None: does not tell it."""
        patience = time.monotonic() + 20
        while True:
            told = self.state()
            if all(told.get(k) == (None if v is None else str(v)) for k, v in wanted.items()):
                return
            assert time.monotonic() < patience, (told, wanted)
            self.page.wait_for_timeout(30)

    def wait_until(self, condition: str) -> None:
        """Wait until the page says yes; Playwright's own waiting is refused by its policy."""
        patience = time.monotonic() + 20
        while not self.page.evaluate(condition):
            assert time.monotonic() < patience, condition
            self.page.wait_for_timeout(30)

    def shoot(self, name: str) -> None:
        """Keep a screenshot."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


def context_of(browser: Browser, served: Served, **options: Any) -> BrowserContext:
    """A window of the browser that has entered: by the address that was printed, once."""
    if served.storage is None:
        first = browser.new_context()
        page = first.new_page()
        page.goto(served.start)
        page.locator("main#main").wait_for()
        served.storage = first.storage_state()
        first.close()
    chosen = {"viewport": WINDOW, "locale": "en-US", "reduced_motion": "reduce", **options}
    return browser.new_context(storage_state=served.storage, **chosen)


def with_point(claims: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The claim that lies alone where it lies: no other one is within half a degree."""
    located = [each for each in claims if each["point"]]
    return next(
        each
        for each in located
        if all(
            other is each
            or abs(other["point"]["latitude"] - each["point"]["latitude"])
            + abs(other["point"]["longitude"] - each["point"]["longitude"])
            > 0.5
            for other in located
        )
    )
