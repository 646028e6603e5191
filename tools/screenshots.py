"""Make the README's screenshots: a case of the examples, looked at in Chromium.

    make screenshots                         # into docs/screenshots/
    python tools/screenshots.py --out DIR

Each is 1280 by 800, light and dark, with a palette of its own, and at most 250 kB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "fakes"))

from api_cases import made_of_examples  # noqa: E402 - lies beside the tests
from browsing import Tab, context_of, launch, missing, serving  # noqa: E402

WINDOW = {"width": 1280, "height": 800}
MOST = 250_000


def read(tab: Tab) -> None:
    """A report with its claims, one selected; the timeline below."""
    claims = tab.ask("/claims", q="doc:mizda-dispatch* type:capture", limit=5)["items"]
    claims = claims or tab.ask("/claims", q="mizda type:capture", limit=5)["items"]
    chosen = claims[0]
    tab.go("read", doc=chosen["document"], claim=chosen["id"], dock="timeline")
    tab.page.locator("article.card").wait_for()
    tab.page.locator(".timeline [data-claim]").first.wait_for()


def map_(tab: Tab) -> None:
    """Where the claims of Mizda are, with how far off each may be."""
    tab.go("map", q="country:LY", day="2019-11-14")
    tab.page.locator(".map .slider output").wait_for()


def timeline(tab: Tab) -> None:
    """The claims over the days around the fighting for Mizda."""
    tab.go("timeline", q="country:LY", **{"from": "2019-11-08", "to": "2019-11-15"})
    tab.page.locator(".timeline [data-claim]").first.wait_for()


def graph(tab: Tab) -> None:
    """How the events of one report hang together."""
    documents = tab.ask("/documents", limit=20)["items"]
    sizes = {
        each["id"]: len(tab.ask("/graph", doc=each["id"])["edges"])
        for each in documents
        if each["claims"]
    }
    tab.go("graph", doc=max(sizes, key=lambda doc: min(sizes[doc], 12)))
    tab.page.locator(".graph .node").first.wait_for()


def incident(tab: Tab) -> None:
    """A contested incident: who says what."""
    rows = tab.ask("/incidents", contested="true", order="claims", limit=5)["items"]
    tab.go("incidents", incident=rows[0]["id"])
    tab.page.locator(".incidents article").wait_for()


def situation(tab: Tab) -> None:
    """Who is claimed to hold what on a day; the first contested state is opened."""
    tab.go("situation", day="2019-11-14")
    tab.page.locator(".situation tbody button").first.click()


PICTURES: dict[str, Callable[[Tab], None]] = {
    "read": read,
    "map": map_,
    "timeline": timeline,
    "graph": graph,
    "incident": incident,
    "situation": situation,
}


def smaller(picture: bytes) -> bytes:
    """The picture with as many colours as it may have.

    Raises:
        ValueError: Even with few it is too large.
    """
    whole = Image.open(BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64):
        out = BytesIO()
        chosen = whole.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        chosen.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST:
            return out.getvalue()
    message = f"a screenshot has {len(out.getvalue())} bytes"
    raise ValueError(message)


def main() -> int:
    """Make them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    asked = parser.parse_args()
    if (why := missing()) is not None:
        sys.stderr.write(f"{why}\n")
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = made_of_examples(Path(folder) / "examples.temoin")
        with serving(case, "--by", "ana") as served, sync_playwright() as playwright:
            browser = launch(playwright)
            for theme in ("light", "dark"):
                for name, show in PICTURES.items():
                    context = context_of(browser, served, viewport=WINDOW, color_scheme=theme)
                    tab = Tab(context.new_page(), served.origin)
                    show(tab)
                    tab.page.wait_for_load_state("networkidle")
                    tab.page.wait_for_timeout(400)
                    picture = smaller(tab.page.screenshot(animations="disabled"))
                    path = asked.out / f"{name}-{theme}.png"
                    path.write_bytes(picture)
                    sys.stdout.write(f"{path.name}  {len(picture) // 1000} kB  {tab.page.url}\n")
                    context.close()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
