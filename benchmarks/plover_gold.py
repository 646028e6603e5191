"""Measure PLOVER types on the gold-standard records of the project PLOVER.

    python benchmarks/plover_gold.py FOLDER [--errors] [--records RECORDS.jsonl]

FOLDER holds `PLOVER_GSR_CAMEO.txt` of the repository openeventdata/PLOVER (folder
gold_standard_records, CC BY-SA 4.0). It is read where it lies and is no part of this
project. Its records are sentences of the CAMEO manual with one coded event each; their
types are those of an older version, which `OLD` maps to manual 0.8.

A record counts as extracted where a trigger of Témoin overlaps the words that the
markup gives to the event. Its type is right where the row that holds this event has the
gold type; an event that gives no row counts as wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import temoin
from temoin.codebooks import Coding, code, load
from temoin.record import Record

NAME = "PLOVER_GSR_CAMEO.txt"
#: Types of the gold file to those of manual 0.8.
OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
MARK = re.compile(r"\((EVT|SRC|TAR|SRC/TAR|LOC):\s*([^()]*)\)")
TARGET = 0.70


@dataclass(frozen=True)
class Gold:
    """A gold record: its sentence, its type, and where the words of its event stand."""

    id: str
    text: str
    type: str
    spans: tuple[tuple[int, int], ...]


@dataclass
class Figures:
    """What `measure` counts."""

    records: int = 0
    extracted: int = 0
    coded: int = 0
    right: int = 0
    by_type: Counter[tuple[str, str]] = field(default_factory=Counter)


def read_gold(folder: Path) -> list[Gold]:
    """The records of the gold file that have a sentence and a type."""
    found = []
    for data in json.loads((folder / NAME).read_text(encoding="utf-8")):
        if data.get("event") in (None, "", "DOCUMENT") or not data.get("text"):
            continue
        kind = OLD.get(data["event"], data["event"])
        found.append(Gold(data["id"], data["text"], kind, tuple(_spans(data))))
    return found


def _spans(data: dict[str, object]) -> Iterator[tuple[int, int]]:
    """Where the words of the event stand in the sentence, by its markup or its words."""
    text = str(data["text"])
    info = data.get("textInfo")
    markup = str(info.get("markup", "")) if isinstance(info, dict) else ""
    words = [match[2] for match in MARK.finditer(markup) if match[1] == "EVT"]
    at = 0
    for word in words or str(data.get("eventText", "")).split():
        start = text.find(word.strip(), at)
        start = start if start >= 0 else text.find(word.strip())
        if start >= 0 and word.strip():
            yield start, start + len(word.strip())
            at = start


def types_of(coding: Coding, record: Record, gold: Gold) -> tuple[bool, list[str]]:
    """Whether the event was extracted, and the types of the rows that hold it."""
    hit = {
        event.id
        for event in record.events
        for start, end in gold.spans
        if event.trigger.start < end and start < event.trigger.end
    }
    rows = [row for row in coding.rows if hit & set(row.events)]
    return bool(hit), [str(row.cells["Event Type"]) for row in rows]


def measure(golds: Sequence[Gold], records: Sequence[Record]) -> tuple[Figures, list[str]]:
    """Code every record; the figures, and a line for each that is wrong."""
    book = load("plover")
    figures, lines = Figures(), []
    for gold, record in zip(golds, records, strict=True):
        coding = code(record, book)
        extracted, found = types_of(coding, record, gold)
        figures.records += 1
        figures.extracted += extracted
        figures.coded += bool(found)
        right = gold.type in found
        figures.right += right
        if extracted:
            figures.by_type[gold.type, "right" if right else "wrong"] += 1
        if extracted and not right:
            events = ", ".join(
                f"{e.type.value} “{e.trigger.text}” {e.polarity.value} {e.certainty.value}"
                for e in record.events
            )
            lines.append(f"{gold.id} {gold.type}, coded {found or 'not'} [{events}] {gold.text}")
    return figures, lines


def report(figures: Figures) -> str:
    """The figures as lines of text."""
    share = figures.right / (figures.extracted or 1)
    lines = [
        f"records      {figures.records}",
        f"extracted    {figures.extracted} ({figures.extracted / (figures.records or 1):.3f})",
        f"coded        {figures.coded}",
        f"type right   {figures.right}: {share:.3f} of the extracted (target {TARGET:.2f})",
        f"             {figures.right / (figures.coded or 1):.3f} of the coded",
    ]
    for name in sorted({kind for kind, _ in figures.by_type}):
        right, wrong = figures.by_type[name, "right"], figures.by_type[name, "wrong"]
        lines.append(f"  {name:<10} {right} of {right + wrong}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Code PLOVER's gold-standard records.")
    parser.add_argument("folder", type=Path, help=f"folder of {NAME}")
    parser.add_argument("--errors", action="store_true", help="print every record coded wrong")
    parser.add_argument("--records", type=Path, help="keep the records read, or use those kept")
    options = parser.parse_args(arguments)
    if not (options.folder / NAME).exists():
        parser.error(f"{options.folder}: there is no {NAME}")
    golds = read_gold(options.folder)
    if options.records and options.records.exists():
        kept = options.records.read_text(encoding="utf-8").splitlines()
        records = [Record.model_validate_json(line) for line in kept]
    else:
        records = [temoin.read(gold.text, language="en", published="2000-01-02") for gold in golds]
        if options.records:
            written = "".join(record.to_json() + "\n" for record in records)
            options.records.write_text(written, encoding="utf-8")
    figures, lines = measure(golds, records)
    if options.errors:
        print("\n".join(lines))
    print(report(figures))


if __name__ == "__main__":
    main()
