"""Lines of a page back to paragraphs.

Two lines belong to one paragraph unless the page shows a break between them: a
wider gap, another size of letter, a bullet, an indent, or a line that stops
short after a full stop. Running heads, page numbers and the hyphens of divided
words are taken out; the notes say what was.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Line", "reflow"]

#: What PDFium puts where a line's last word was divided.
_DIVIDED = re.compile(r"(\w{0,60})[\x02\ufffe\u00ad]\s*(\w{0,60})")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|страница|сторінка|página|صفحة)?\W*\d{1,4}(?:\s*(?:/|of|sur|de|из|з|من)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•‣▪◦●○■□►➤✓❖\uf0b7]|(?:\d{1,3}|[a-z])[.)]\s|[-–—]\s+[^\W\d_a-z]")
_TERMINATED = re.compile(r"[.!?…؟:;][\"'”’»)\]\s]*\Z")
#: Ligatures and Arabic presentation forms are shapes of letters, not letters.
_SHAPES = re.compile(r"[\ufb00-\ufdff\ufe70-\ufefc]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths in points, all zero where the page gives none.

    Attributes:
        text: Its words, trimmed.
        left: Left edge of its first character.
        right: Right edge of its last character.
        bottom: Lower edge of its first character, from the foot of the page.
        height: Height of its first character's box.
        last_bottom: Lower edge of its last character.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    height: float = 0.0
    last_bottom: float = 0.0


def reflow(pages: Sequence[Sequence[Line]]) -> tuple[str, list[str]]:
    """Join the lines of pages to paragraphs apart by a blank line.

    Args:
        pages: The lines of each page, in reading order.

    Returns:
        The text (empty where there is none) and notes on what was left out.
    """
    kept, notes = _without_furniture(pages)
    pitch = _pitch(kept)
    paragraphs: list[str] = []
    before: Line | None = None
    for lines in kept:
        column = max((line.right for line in lines), default=0.0)
        for position, line in enumerate(lines):
            if before is None:
                paragraphs.append(line.text)
            elif _continues(before, line, pitch, column, new_page=position == 0):
                paragraphs[-1] += f" {line.text}"
            else:
                paragraphs.append(line.text)
            before = line
    text = "\n\n".join(paragraphs)
    return _SHAPES.sub(
        lambda match: unicodedata.normalize("NFKC", match[0]), _undivided(text)
    ), notes


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from one line to the next, 0 where the pages give none."""
    gaps = [
        before.last_bottom - after.bottom
        for lines in pages
        for before, after in pairwise(lines)
        if 0 < before.last_bottom - after.bottom < 4 * max(before.height, 1.0)
    ]
    # The lower quarter: in short paragraphs every other gap is one between paragraphs.
    return sorted(gaps)[len(gaps) // 4] if gaps else 0.0


def _continues(before: Line, line: Line, pitch: float, column: float, *, new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    terminated = bool(_TERMINATED.search(before.text))
    if _BULLET.match(line.text):
        return False
    gap = before.last_bottom - line.bottom
    if new_page or gap < 0 or not line.height:
        # A new page or column, or a page without geometry: the words alone decide.
        first = line.text[0]
        goes_on = first.islower() or (first.isalpha() and not first.isupper())
        return not terminated and (goes_on or not new_page)
    if gap < line.height / 3:
        return True  # two pieces of one line
    if pitch and gap > 1.4 * max(pitch, 0.9 * line.height):
        return False
    if before.height and not 0.88 < line.height / before.height < 1.14:
        return False
    short = before.right < column - 0.15 * max(column - before.left, 1.0)
    indented = line.left > before.left + 0.8 * line.height
    return not (terminated and (short or indented))


def _undivided(text: str) -> str:
    """Put divided words together, with their hyphen where the text elsewhere writes it."""

    def joined(match: re.Match[str]) -> str:
        head, tail = match[1], match[2]
        hyphened = f"{head}-{tail}"
        if tail[:1].isupper() or tail[:1].isdigit() or hyphened in text:
            return hyphened
        return head + tail

    return _DIVIDED.sub(joined, text)


def _without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Take page numbers and running heads off the first and last two lines of pages.

    A running head stands on most pages, or counts along with the pages.
    """
    keys = [[_keys(line.text, number) for line in lines] for number, lines in enumerate(pages)]
    edges = Counter(
        key for page in keys for key in {k for pair in page[:2] + page[-2:] for k in pair}
    )
    most = max(3, len(pages) // 2 + 1)
    heads: set[str] = set()
    numbers = 0
    kept = []
    for lines, page in zip(pages, keys, strict=True):
        keep = []
        for position, (line, (plain, counting)) in enumerate(zip(lines, page, strict=True)):
            at_edge = position < 2 or position >= len(lines) - 2
            if at_edge and len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text):
                numbers += 1
            elif at_edge and (edges[plain] >= most or edges[counting] >= 3):
                heads.add(plain)
            else:
                keep.append(line)
        kept.append(keep)
    notes = [f"left out {numbers} page number{'s' if numbers > 1 else ''}"] if numbers else []
    notes.extend(f"left out the running head {head[:60]!r}" for head in sorted(heads))
    return kept, notes


def _keys(text: str, page: int) -> tuple[str, str]:
    """A line with its numbers masked, and the same with its distance to the page's number."""
    plain = re.sub(r"\d+", "#", text)
    numbers = re.findall(r"\d{1,5}", text)
    # Without a number the line counts nothing: a key that no other page can have.
    return plain, f"{plain}\n{int(numbers[-1]) - page if numbers else f'page {page}'}"
