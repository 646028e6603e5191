"""Text of reports as text of HTML, SVG and XML: nothing in it is taken for markup."""

from __future__ import annotations

import re
from html import escape

__all__ = ["text", "xml_text"]

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
