"""Check the built site: links lead somewhere, and nothing is loaded from elsewhere.

    python tools/check_site.py site

Exit code 1 where a page links to a file or an anchor that is not there, or has its
browser load a script, a style, a picture or a font from another place.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}
_KINDS_OF_LINK = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "manifest"}
_ADDRESS_IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)['"]?((?:https?:)?//[^'")\s]+)""")
_ADDRESS_IN_SCRIPT = re.compile(
    r"https?://[\w.-]*(?:unpkg|jsdelivr|cdnjs|googleapis|gstatic|polyfill)[\w./@-]*"
)


class Links(HTMLParser):
    """What one page links to, loads and can be linked at."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the links and anchors of one tag."""
        found = {name: value or "" for name, value in attrs}
        self.anchors.update(found[name] for name in ("id", "name") if name in found)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" and _KINDS_OF_LINK & set(found.get("rel", "").split()):
            self.loaded.append(found.get("href", ""))
        elif tag in _LOADED and _LOADED[tag] in found:
            self.loaded.append(found[_LOADED[tag]])


def faults(site: Path) -> list[str]:
    """Everything that is wrong with a built site, one line each."""
    site = site.resolve()
    pages = {page: _read(page) for page in sorted(site.rglob("*.html"))}
    wrong = []
    for page, found in pages.items():
        name = page.relative_to(site)
        if page.name == "404.html":  # is served at any address, with absolute links
            continue
        for target in found.links + found.loaded:
            fault = _fault(page, target, pages, loaded=target in found.loaded)
            if fault:
                wrong.append(f"{name}: {target}: {fault}")
    patterns = {".css": _ADDRESS_IN_STYLE, ".js": _ADDRESS_IN_SCRIPT}
    for file in sorted(site.rglob("*.*")):
        if file.suffix in patterns:
            text = file.read_text(encoding="utf-8")
            addresses = patterns[file.suffix].findall(text)
            wrong += [f"{file.relative_to(site)}: {each}: would be fetched" for each in addresses]
    return wrong


def _read(page: Path) -> Links:
    """The links of one page."""
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def _fault(page: Path, target: str, pages: dict[Path, Links], *, loaded: bool) -> str:
    """What is wrong with a link; empty where nothing is."""
    parts = urlsplit(target)
    if parts.scheme == "data":
        return ""
    if parts.scheme or parts.netloc:
        return "would be fetched" if loaded else ""
    there = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
    if there.is_dir():
        there /= "index.html"
    if not there.exists():
        return "is not there"
    read = pages.get(there)
    if read and parts.fragment and unquote(parts.fragment) not in read.anchors:
        return "no such anchor"
    return ""


def main() -> int:
    """Check the site that is named."""
    site = Path(sys.argv[1])
    pages = len(list(site.rglob("*.html")))
    wrong = faults(site)
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"{pages} pages, {len(wrong)} faults\n")
    return int(bool(wrong) or not pages)


if __name__ == "__main__":
    sys.exit(main())
