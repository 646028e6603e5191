"""Measure the reading of French times on the French TimeBank: F1, values, speed.

    python benchmarks/french_timebank.py FOLDER [--errors]

FOLDER holds the `.tml` or `.xml` files of the French TimeBank 1.1 (Bittar and others,
LGPL-LR; it is not part of this project). Each text is read without its tags, with its
creation time as day of publication. Expressions match where they overlap ("relaxed");
a value is right where it is the same string, a day "right to the day" where the
hour may differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from temoin.grounding.time import ReadTime, read_timexes

SUFFIXES = frozenset({".tml", ".xml"})
CREATED = "CREATION_TIME"


@dataclass(frozen=True)
class Timex:
    """A TIMEX3 of the corpus: where it stands in the text, and its value."""

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True)
class Document:
    """A text of the corpus without tags."""

    name: str
    text: str
    created: dt.date | None
    timexes: tuple[Timex, ...]


@dataclass
class Figures:
    """What `measure` counts."""

    documents: int = 0
    gold: int = 0
    found: int = 0
    matched: int = 0
    hit: int = 0
    exact: int = 0
    day: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """Share of the expressions found that overlap one of the gold."""
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold expressions that overlap one found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_document(path: Path) -> Document:
    """Read a TimeML file: its text, creation time and TIMEX3 tags with text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.parse(path, parser).getroot()
    body = root.find(".//TEXT")
    created = None
    for tag in root.iter("TIMEX3"):
        if tag.get("functionInDocument") == CREATED:
            created = dt.date.fromisoformat((tag.get("value") or "")[:10])
    pieces: list[str] = []
    timexes: list[Timex] = []
    _walk(root if body is None else body, pieces, timexes)
    return Document(path.stem, "".join(pieces), created, tuple(timexes))


def _walk(element: etree._Element, pieces: list[str], timexes: list[Timex]) -> None:
    """Collect the text below an element, and the TIMEX3 in it with their offsets."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, pieces, timexes)
        pieces.append(child.tail or "")
    text = "".join(pieces)[start:]
    if element.tag == "TIMEX3" and text.strip() and element.get("functionInDocument") != CREATED:
        timexes.append(Timex(start, start + len(text), text, element.get("value") or ""))


def measure(documents: Sequence[Document]) -> tuple[Figures, list[str]]:
    """Read every document; the figures and a line for each difference."""
    figures = Figures()
    differences: list[str] = []
    for document in documents:
        begin = time.perf_counter()
        found = read_timexes(document.text, language="fr", published=document.created)
        figures.seconds += time.perf_counter() - begin
        figures.documents += 1
        figures.gold += len(document.timexes)
        figures.found += len(found)
        differences += _compare(document, found, figures)
    return figures, differences


def _compare(document: Document, found: Sequence[ReadTime], figures: Figures) -> Iterator[str]:
    taken: set[int] = set()
    for gold in document.timexes:
        over = [i for i, one in enumerate(found) if one.start < gold.end and gold.start < one.end]
        taken.update(over)
        if not over:
            yield _line(document, "missed", gold, f"[{gold.text}] {gold.value}")
            continue
        figures.matched += 1
        best = found[max(over, key=lambda i: _shared(found[i], gold))]
        value = best.time.value or ""
        figures.exact += value == gold.value
        figures.day += value[:10] == gold.value[:10]
        if value != gold.value:
            detail = f"[{gold.text}] {gold.value}, read [{best.text}] {value} ({best.time.rule})"
            yield _line(document, "value", gold, detail)
    figures.hit += len(taken)
    for i, one in enumerate(found):
        if i not in taken:
            detail = f"[{one.text}] {one.time.value} ({one.time.rule})"
            yield _line(document, "spurious", one, detail)


def _shared(one: ReadTime, gold: Timex) -> int:
    return min(one.end, gold.end) - max(one.start, gold.start)


def _line(document: Document, what: str, where: Timex | ReadTime, detail: str) -> str:
    around = document.text[max(0, where.start - 50) : where.end + 30].replace("\n", " ")
    return f"{document.name} {document.created} {what} {detail} :: {around}"


def report(figures: Figures) -> str:
    """The figures as lines of text."""
    matched, gold = figures.matched or 1, figures.gold or 1
    return "\n".join(
        (
            f"documents         {figures.documents}",
            f"TIMEX3            {figures.gold} gold, {figures.found} found",
            f"relaxed P/R/F1    {figures.precision:.3f} {figures.recall:.3f} {figures.f1:.3f}",
            f"value, matched    {figures.exact / matched:.3f}",
            f"value, all gold   {figures.exact / gold:.3f}",
            f"right to the day  {figures.day / matched:.3f} of the matched",
            f"time              {figures.seconds:.2f} s",
        )
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Read the French TimeBank's times.")
    parser.add_argument("folder", type=Path, help="folder of .tml or .xml files")
    parser.add_argument("--errors", action="store_true", help="print every difference")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix in SUFFIXES)
    if not paths:
        parser.error(f"no .tml or .xml file in {options.folder}")
    read_timexes("hier", language="fr")  # the tables are read once
    figures, differences = measure([read_document(path) for path in paths])
    if options.errors:
        print("\n".join(differences))
    print(report(figures))


if __name__ == "__main__":
    main()
