"""Score Témoin on MEANTIME English: polarity, certainty, quantities, links.

    python benchmarks/peers/meantime.py FOLDER [--json]

FOLDER holds the CAT files (.xml) of the English part of the NewsReader MEANTIME corpus
(CC BY 4.0), in folders as they may be. Where both annotations are there, that within
documents (intra-doc_annotation) is taken: the other marks more events, but says
nothing about them. MEANTIME marks every
event of business news and Témoin those of war: polarity, certainty and links are
compared on the events that both mark, that is where a trigger overlaps a mention.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from _marked import Mark, Marked, matches, read_cat
from _running import GoldError, Reads, Report, Timed, notes, parser, run
from _scoring import Figure, Score, Share, agreement

from temoin.grounding.quantity import find_quantities
from temoin.grounding.time import read_timexes
from temoin.record import Certainty, Event, Polarity, Record, RelationType

PREFERRED = "intra-doc_annotation"
_BEFORE = frozenset({"BEFORE", "IBEFORE"})
_AFTER = frozenset({"AFTER", "IAFTER"})


def read_gold(folder: Path) -> list[Marked]:
    """The texts of the corpus, in the order of their files.

    Raises:
        GoldError: There are none, or a file is in another format.
    """
    paths = sorted(folder.rglob("*.xml"))
    paths = [path for path in paths if PREFERRED in path.parts] or paths
    if not paths:
        message = (
            f"no .xml file in {folder}: the English part of MEANTIME is wanted"
            " (newsreader-project.eu, or qiangning/StructTempRel-EMNLP17 on GitHub)"
        )
        raise GoldError(message)
    texts = [read_cat(path) for path in paths]
    if not any(text.events for text in texts):
        message = f"no EVENT_MENTION in the {len(texts)} files of {folder}"
        raise GoldError(message)
    return texts


def measure(options: argparse.Namespace, timed: Timed) -> Report:
    """Read and score every text."""
    texts = read_gold(options.folder)[: options.limit]
    pairs: list[tuple[Event, Mark]] = []
    triggers = 0
    before, caused, values = Score(), Score(), Score()
    for text in texts:
        record = timed.read(text.text, name=text.name, language="en", published=text.created)
        events = [event for event in record.events if event.trigger.end <= text.until]
        triggers += len({(event.trigger.start, event.trigger.end) for event in events})
        pairs += matches(events, text.events)
        before += links(record, text, ours=_before, gold=_gold_before)
        caused += links(record, text, ours=_causes, gold=_gold_causes)
        values += quantities(text, text.values)
    figures: dict[str, Figure] = {
        "triggers that are an event of the corpus": Share(len(pairs), triggers),
        **polarity(pairs),
        **certainty(pairs),
        "links: before": before,
        "links: cause": caused,
        "quantities: found (VALUE)": values,
    }
    return Report(
        gold="MEANTIME English",
        figures=figures,
        notes=notes("meantime"),
        counts={
            "documents": len(texts),
            "event mentions of the gold": sum(len(text.events) for text in texts),
            "triggers of Témoin in the annotated part": triggers,
            "events that both mark": len(pairs),
        },
    )


def polarity(pairs: Iterable[tuple[Event, Mark]]) -> dict[str, Figure]:
    """Agreement on what happened, and how well what did not is found."""
    told = [
        (event.polarity is Polarity.NEGATED, mark.given["polarity"] == "NEG")
        for event, mark in pairs
        if mark.given.get("polarity") in {"POS", "NEG"}
    ]
    return _binary("polarity", "negated", told)


def certainty(pairs: Iterable[tuple[Event, Mark]]) -> dict[str, Figure]:
    """Agreement on what is certain; what is to come is compared apart."""
    kept = list(pairs)
    told = [
        (
            event.certainty in {Certainty.POSSIBLE, Certainty.PROBABLE},
            mark.given["certainty"] != "CERTAIN",
        )
        for event, mark in kept
        if mark.given.get("certainty") in {"CERTAIN", "POSSIBLE", "PROBABLE"}
        and event.certainty is not Certainty.PLANNED
    ]
    coming = [
        (
            event.certainty is not Certainty.CERTAIN,
            mark.given["time"] == "FUTURE" or mark.given.get("certainty") != "CERTAIN",
        )
        for event, mark in kept
        if mark.given.get("time") in {"FUTURE", "NON_FUTURE"}
    ]
    return {
        **_binary("certainty", "hedged", told),
        **_binary("certainty or future", "hedged or to come", coming),
    }


def _binary(title: str, marked: str, told: Sequence[tuple[bool, bool]]) -> dict[str, Figure]:
    both = sum(ours and gold for ours, gold in told)
    return {
        f"{title}: agree": Share(sum(ours == gold for ours, gold in told), len(told)),
        f"{title}: {marked}": Score(
            both, sum(ours for ours, _ in told), both, sum(gold for _, gold in told)
        ),
    }


Pairs = set[tuple[str, str]]


def links(
    record: Record,
    text: Marked,
    *,
    ours: Callable[[Record, dict[str, str]], Pairs],
    gold: Callable[[Marked], Pairs],
) -> Score:
    """Score the links between mentions that both mark."""
    names = _names(record.events, text.events)
    marked = set(names.values())
    wanted = {(a, b) for a, b in gold(text) if a in marked and b in marked and a != b}
    return agreement(ours(record, names), wanted)


def _names(events: Sequence[Event], marks: Sequence[Mark]) -> dict[str, str]:
    """Mentions by the events that overlap them: of several types on a trigger each one."""
    names: dict[str, str] = {}
    for mark in marks:
        for event in events:
            if event.trigger.start < mark.end and mark.start < event.trigger.end:
                names.setdefault(event.id, mark.id)
    return names


def _linked(record: Record, names: dict[str, str], types: frozenset[RelationType]) -> Pairs:
    ends = (
        (names.get(each.source), names.get(each.target))
        for each in record.relations
        if each.type in types
    )
    return {(a, b) for a, b in ends if a and b and a != b}


def _before(record: Record, names: dict[str, str]) -> Pairs:
    return _linked(record, names, frozenset({RelationType.BEFORE}))


def _causes(record: Record, names: dict[str, str]) -> Pairs:
    return _linked(record, names, frozenset({RelationType.CAUSES, RelationType.PREVENTS}))


def _gold_before(text: Marked) -> Pairs:
    straight = {(each.source, each.target) for each in text.links if each.type in _BEFORE}
    turned = {(each.target, each.source) for each in text.links if each.type in _AFTER}
    return straight | turned


def _gold_causes(text: Marked) -> Pairs:
    return {(each.source, each.target) for each in text.links if each.kind == "CLINK"}


def quantities(text: Marked, values: Sequence[Mark]) -> Score:
    """Numbers that are no dates and overlap a VALUE, in the annotated part of the text."""
    times = read_timexes(text.text, language="en", published=text.created)
    found = [
        each
        for each in find_quantities(text.text, "en", units_only=False)
        if each.end <= text.until
        and not any(time.start < each.end and each.start < time.end for time in times)
    ]
    right = sum(
        any(each.start < mark.end and mark.start < each.end for mark in values) for each in found
    )
    reached = sum(
        any(each.start < mark.end and mark.start < each.end for each in found) for mark in values
    )
    return Score(right, len(found), reached, len(values))


def main(arguments: Sequence[str] | None = None, *, reader: Reads | None = None) -> None:
    """Measure and print."""
    made = parser(__doc__ or "", folder="folder of the English CAT files (.xml)")
    run(made, measure, arguments=arguments, reader=reader)


if __name__ == "__main__":
    main()
