"""How much a corpus holds, overall and by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from temoin.corpus._gold import GoldReport
from temoin.record import Certainty, Polarity

__all__ = ["Counts", "Statistics", "markdown_table", "statistics"]

#: English names of the languages, for the table.
_LANGUAGES: Final = {
    "fr": "French",
    "en": "English",
    "es": "Spanish",
    "ar": "Arabic",
    "uk": "Ukrainian",
    "ru": "Russian",
}

#: Columns of the table after part and language.
_COLUMNS: Final = ("reports", "sentences", "events", "arguments", "relations")


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over some reports; `characters` are Unicode code points of text."""

    reports: int = 0
    characters: int = 0
    sentences: int = 0
    events: int = 0
    arguments: int = 0
    relations: int = 0
    places: int = 0
    times: int = 0
    quantities: int = 0
    negated: int = 0
    uncertain: int = 0
    attributed: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a corpus: overall, by language, and events and arguments by kind."""

    total: Counts = field(default_factory=Counts)
    languages: dict[str, Counts] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain JSON types."""
        return asdict(self)


def statistics(reports: Iterable[GoldReport]) -> Statistics:
    """Count what the reports hold."""
    reports = list(reports)
    languages = sorted({report.document.language for report in reports})
    events = [event for report in reports for event in report.events]
    return Statistics(
        total=_count(reports),
        languages={
            language: _count(r for r in reports if r.document.language == language)
            for language in languages
        },
        types=_sorted(str(event.type) for event in events),
        roles=_sorted(str(argument.role) for event in events for argument in event.arguments),
        relations=_sorted(str(r.type) for report in reports for r in report.relations),
    )


def markdown_table(parts: Mapping[str, Statistics]) -> str:
    """The counts of the corpus's parts as the table of its README.

    Args:
        parts: Statistics by the name of the part (`train`, `development`).
    """
    lines = [
        f"| part | language | {' | '.join(_COLUMNS)} |",
        f"| --- | --- {'| --: ' * len(_COLUMNS)}|",
    ]
    for part, counted in parts.items():
        order = [*_LANGUAGES, *sorted(counted.languages.keys() - _LANGUAGES.keys())]
        rows = [
            (_LANGUAGES.get(c, c), counted.languages[c]) for c in order if c in counted.languages
        ]
        for index, (name, counts) in enumerate([*rows, ("all", counted.total)]):
            cells = " | ".join(f"{getattr(counts, column):,}" for column in _COLUMNS)
            lines.append(f"| {'' if index else f'`{part}/` '}| {name} | {cells} |")
    return "\n".join(lines)


def _count(reports: Iterable[GoldReport]) -> Counts:
    total: Counter[str] = Counter()
    for report in reports:
        total.update(dict(_counts(report)))
    return Counts(**total)


def _counts(report: GoldReport) -> Iterator[tuple[str, int]]:
    events = report.events
    arguments = [argument for event in events for argument in event.arguments]
    yield "reports", 1
    yield "characters", len(report.document.text)
    yield "sentences", len(report.sentences)
    yield "events", len(events)
    yield "arguments", len(arguments)
    yield "relations", len(report.relations)
    yield "places", sum(argument.latitude is not None for argument in arguments)
    yield "times", sum(argument.earliest is not None for argument in arguments)
    yield "quantities", sum(argument.value is not None for argument in arguments)
    yield "negated", sum(event.polarity is Polarity.NEGATED for event in events)
    yield "uncertain", sum(event.certainty is not Certainty.CERTAIN for event in events)
    yield "attributed", sum(event.attribution is not None for event in events)


def _sorted(names: Iterable[str]) -> dict[str, int]:
    """Counts by name, the most frequent first, then by the alphabet."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
