"""Feeds as text, for tests."""

from __future__ import annotations


def rss(*items: str, title: str = "Desk") -> str:
    """A feed of such items."""
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(text: str, guid: str = "", link: str = "") -> str:
    """An item."""
    return (
        "<item>"
        + (f"<guid isPermaLink='false'>{guid}</guid>" if guid else "")
        + (f"<link>{link}</link>" if link else "")
        + f"<description>{text}</description></item>"
    )
