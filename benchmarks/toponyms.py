"""Measure place names on corpora of news: finding them, and telling where they are.

    python benchmarks/toponyms.py FOLDER

FOLDER holds corpora as XML in the form in which LGL and TR-News are handed round
(`lgl.xml`, `TR-News.xml` in data/Corpora of the repository
milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation); GeoVirus is read too. None
is part of the project: the copyright of their texts is unclear.

A name is found where a predicted span and a gold span overlap, one to one. Gold
names without coordinates are no gold, as in the published figures: a prediction
there counts as wrong. Accuracy is the share of found names whose place lies within
161 km of the gold's. The baseline has the same names and takes of each the place
with most people.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from temoin.grounding.place import resolve
from temoin.grounding.place.relative import rough_km
from temoin.grounding.place.toponyms import Toponym
from temoin.record import PlaceValue

WITHIN_KM = 161.0
#: Published systems with the scorer described above: F1, accuracy within 161 km.
PUBLISHED = {
    "lgl": {"CamCoder": (0.667, 0.711), "CLAVIN": (0.594, 0.687)},
    "TR-News": {"CamCoder": (0.751, 0.819), "CLAVIN": (0.658, 0.822)},
    "GeoVirus": {"CamCoder": (0.876, 0.768), "CLAVIN": (0.773, 0.778)},
}


@dataclass(frozen=True)
class Gold:
    """A name of a gold text and where it is."""

    start: int
    end: int
    text: str
    point: tuple[float, float]


@dataclass(frozen=True)
class Article:
    """A gold text with its names."""

    text: str
    names: tuple[Gold, ...]


def read(path: Path) -> Iterator[Article]:
    """The articles of a corpus."""
    for article in etree.parse(path).getroot().iter("article"):
        text = article.findtext("text") or ""
        names = []
        for entry in [*article.iter("toponym"), *article.iter("location")]:
            phrase = entry.findtext("phrase") or entry.findtext("name") or ""
            latitude, longitude = entry.findtext(".//lat"), entry.findtext(".//lon")
            if not (latitude and longitude and latitude.strip()):
                continue
            start = at(text, int(entry.findtext("start") or 0), phrase)
            point = (float(latitude), float(longitude))
            names.append(Gold(start, start + len(phrase), phrase, point))
        yield Article(text, tuple(names))


def at(text: str, start: int, phrase: str) -> int:
    """Where a phrase begins: some corpora count from one, or lose count at odd characters."""
    for shift in sorted(range(-60, 61), key=abs):
        if start + shift >= 0 and text.startswith(phrase, start + shift):
            return start + shift
    return start


def most_people(name: Toponym) -> tuple[float, float]:
    """The baseline's answer."""
    best = max(name.candidates, key=lambda place: (place.population, place.id))
    return best.latitude, best.longitude


def measure(articles: list[Article], *, limit: int | None = None) -> dict[str, float]:
    """The figures of one corpus."""
    gold = predicted = hits = near = near_baseline = 0
    started = time.perf_counter()
    for article in articles[:limit]:
        found = resolve(article.text, "en")
        gold += len(article.names)
        predicted += len(found)
        for name, pair in matched(article.names, found):
            hits += 1
            toponym, value = pair
            point = (value.latitude or 0.0, value.longitude or 0.0)
            near += rough_km(point, name.point) <= WITHIN_KM
            near_baseline += rough_km(most_people(toponym), name.point) <= WITHIN_KM
    seconds = time.perf_counter() - started
    precision, recall = hits / max(predicted, 1), hits / max(gold, 1)
    return {
        "names": gold,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "accuracy": near / max(hits, 1),
        "baseline_accuracy": near_baseline / max(hits, 1),
        "milliseconds_per_article": 1000 * seconds / max(len(articles[:limit]), 1),
    }


def matched(
    names: tuple[Gold, ...], found: list[tuple[Toponym, PlaceValue]]
) -> Iterator[tuple[Gold, tuple[Toponym, PlaceValue]]]:
    """Gold and predicted names whose spans overlap, each used once, in the text's order."""
    free = list(found)
    for name in sorted(names, key=lambda gold: gold.start):
        for pair in free:
            if pair[0].start < name.end and name.start < pair[0].end:
                free.remove(pair)
                yield name, pair
                break


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as text."""
    lines = ["corpus      system                   P     R     F1    acc@161"]
    row: Callable[..., str] = "{:<11} {:<22} {:>5} {:>5} {:>5} {:>5}".format
    for corpus, about in figures.items():
        shown = {name: f"{value:.3f}" for name, value in about.items()}
        scores = (shown["precision"], shown["recall"], shown["f1"])
        lines.append(row(corpus, "Témoin", *scores, shown["accuracy"]))
        lines.append(row("", "same, most people", *scores, shown["baseline_accuracy"]))
        for system, (f1, accuracy) in PUBLISHED.get(corpus, {}).items():
            lines.append(row("", f"{system} (published)", "", "", f"{f1:.3f}", f"{accuracy:.3f}"))
    return "\n".join(lines)


def main() -> None:
    """Measure every corpus of the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--limit", type=int, help="only so many articles of each corpus")
    arguments = parser.parse_args()
    figures = {
        path.stem: measure(list(read(path)), limit=arguments.limit)
        for path in sorted(arguments.folder.glob("*.xml"))
    }
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))


if __name__ == "__main__":
    main()
