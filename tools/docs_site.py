"""Hooks of mkdocs: pages that stand outside `docs/`, and links that lead there.

The documents are read in the repository as well, so their links are those of the
repository: `../README.md`, or `docs/record.md` from the README. Here they become links of
the site. What has no page in the site (code, data) keeps its words and loses its link.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

__all__ = ["OUTSIDE", "on_config", "on_files", "on_page_markdown", "on_post_build", "rewritten"]

ROOT = Path(__file__).parents[1]

#: Files of the repository that get a page, and which one.
OUTSIDE = {
    "README.md": "project/readme.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "LICENSE": "project/licence.md",
    "NOTICE": "project/notice.md",
    "examples/README.md": "project/examples.md",
    "corpus/README.md": "project/corpus.md",
}
_IN_REPOSITORY = {page: path for path, page in OUTSIDE.items()}

_CDN = re.compile(r"https://unpkg\.com/")
_WORD_OF_A_TEST = re.compile(r"^```(\w+) [\w-]+$", flags=re.MULTILINE)
_FENCE = re.compile(r"(^```.*?^```$)", flags=re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Drop from the navigation what the repository does not have."""
    absent = {page for path, page in OUTSIDE.items() if not (ROOT / path).exists()}
    if config.nav:
        config.nav = _without(config.nav, absent)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that stand outside `docs/`."""
    from mkdocs.structure.files import File

    for path, page in OUTSIDE.items():
        source = ROOT / path
        if source.exists():
            text = source.read_text(encoding="utf-8")
            if source.suffix != ".md":  # plain text stays as it is set
                text = f"# {source.name.capitalize()}\n\n```text\n{text.rstrip()}\n```\n"
            files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Make links of the repository into links of the site."""
    # ```python no-test: the word for our tests would keep the block from being one.
    plain = _WORD_OF_A_TEST.sub(r"```\1", markdown)
    return rewritten(plain, page.file.src_uri)


def rewritten(markdown: str, page: str) -> str:
    """The text of a page of the site with the links that it needs there.

    Args:
        markdown: The text, as in the repository.
        page: Path of the page in the site's sources.
    """
    here = _IN_REPOSITORY.get(page, f"docs/{page}")

    def link(found: re.Match[str]) -> str:
        target, _, anchor = found["target"].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        there = OUTSIDE.get(path, path.removeprefix("docs/") if path.startswith("docs/") else None)
        if there is None:
            return found["words"]
        relative = posixpath.relpath(there, posixpath.dirname(page) or ".")
        return f"[{found['words']}]({relative}{'#' if anchor else ''}{anchor})"

    parts = _FENCE.split(markdown)
    return "".join(part if part.startswith("```") else _LINK.sub(link, part) for part in parts)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Take the addresses of a CDN out of the theme's script, which loads diagrams from it."""
    for script in Path(config.site_dir).glob("assets/javascripts/*.js"):
        text = script.read_text(encoding="utf-8")
        script.write_text(_CDN.sub("", text), encoding="utf-8")


def _without(nav: list[Any], absent: set[str]) -> list[Any]:
    """A navigation without some pages."""
    kept: list[Any] = []
    for entry in nav:
        if isinstance(entry, dict):
            ((title, inner),) = entry.items()
            if inner not in absent if isinstance(inner, str) else inner:
                kept.append({title: inner if isinstance(inner, str) else _without(inner, absent)})
        elif entry not in absent:
            kept.append(entry)
    return kept
