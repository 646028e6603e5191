"""Text of reports as text of HTML, SVG and XML: nothing in it is taken for markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

from temoin._version import __version__

__all__ = ["page_head", "text", "xml_text"]

# What HTML forbids as a character: shown as its picture, so that it is seen to be there.
_PICTURES: dict[int, int] = {code: 0x2400 + code for code in range(0x20) if code not in (9, 10, 13)}
_PICTURES |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
# What XML 1.0 forbids besides.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def text(words: str) -> str:
    """Words as HTML, also within an attribute in double quotes."""
    return escape(words.translate(_PICTURES))


def xml_text(words: str) -> str:
    """Words as XML."""
    return escape(_NO_XML.sub("\ufffd", words.translate(_PICTURES)))


def page_head(*, title: str, style: str, language: str) -> str:
    """An HTML page from its doctype to `<body>`, whose policy lets nothing in but its own style.

    Args:
        title: As HTML: words of reports are escaped already.
        style: The only style sheet; it is named by its hash.
        language: Of the page.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Témoin {__version__}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
