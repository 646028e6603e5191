"""Records against gold: the figures, overall, by language and by type of event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from temoin.corpus import GoldEvent, GoldReport
from temoin.evaluation._faults import (
    Fault,
    faults,
    same_attribution,
    same_quantity,
    same_time,
)
from temoin.evaluation._figures import Figures, Scores
from temoin.evaluation._matching import Alignment, Pair, align, by_document, is_placed, same_place
from temoin.record import Certainty, Polarity, Record

__all__ = ["score"]


def score(golds: Sequence[GoldReport], records: Iterable[Record]) -> Scores:
    """Compare records with gold reports.

    A gold report without a record counts as missed in full; records of other
    documents are passed over.

    Args:
        golds: The gold reports.
        records: Records of the same documents, in any order.

    Raises:
        EvaluationError: A record's text is not the gold's, two records have the
            same document id, or no record has the id of a gold report.
    """
    found = by_document(golds, records)
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    languages: defaultdict[str, Counter[str]] = defaultdict(Counter)
    documents: Counter[str] = Counter()
    entries: list[Fault] = []
    for gold in golds:
        alignment = align(gold, found.get(gold.id))
        language = gold.document.language
        documents[language] += 1
        languages[language].update(_relation_counts(alignment))
        for type_, counts in _type_counts(alignment).items():
            types[type_].update(counts)
            languages[language].update(counts)
        entries += faults(alignment)
    overall: Counter[str] = Counter()
    for counts in languages.values():
        overall.update(counts)
    return Scores(
        overall=Figures.from_counts(overall, documents=len(golds)),
        languages={
            name: Figures.from_counts(languages[name], documents=documents[name])
            for name in sorted(languages)
        },
        types={
            name: Figures.from_counts(types[name], documents=types[name]["documents"])
            for name in sorted(types)
        },
        faults=tuple(entries),
    )


def _type_counts(alignment: Alignment) -> dict[str, Counter[str]]:
    """Counts by type of event; matched events have one type on both sides."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair in alignment.pairs:
        counts[pair.gold.type].update(_pair_counts(pair))
    for gold in alignment.missed:
        counts[gold.type].update(_gold_counts(gold))
    for event in alignment.spurious:
        counts[event.type].update(
            {"events.predicted": 1, "arguments.predicted": len(event.arguments)}
        )
    for count in counts.values():
        count["documents"] = 1
    return {str(type_): count for type_, count in counts.items()}


def _gold_counts(gold: GoldEvent) -> Counter[str]:
    """What a gold event adds to the totals, found or not."""
    return Counter(
        {
            "events.gold": 1,
            "arguments.gold": len(gold.arguments),
            "place_within.total": sum(is_placed(argument) for argument in gold.arguments),
            "time_exact.total": sum(a.earliest is not None for a in gold.arguments),
            "quantity_exact.total": sum(a.value is not None for a in gold.arguments),
        }
    )


def _pair_counts(pair: Pair) -> Counter[str]:
    gold, found = pair.gold, pair.found
    same_certainty = gold.certainty == found.certainty
    is_negated = gold.polarity is Polarity.NEGATED
    is_uncertain = gold.certainty is not Certainty.CERTAIN
    is_attributed = gold.attribution is not None
    right_source = same_attribution(pair)
    counts = _gold_counts(gold)
    counts.update(
        {
            "events.hit": 1,
            "events.predicted": 1,
            "arguments.predicted": len(found.arguments),
            "arguments.hit": sum(match is not None for _, match in pair.arguments),
            "polarity.total": 1,
            "polarity.hit": gold.polarity == found.polarity,
            "negated_recall.total": is_negated,
            "negated_recall.hit": is_negated and found.polarity is Polarity.NEGATED,
            "certainty.total": 1,
            "certainty.hit": same_certainty,
            "uncertain_recall.total": is_uncertain,
            "uncertain_recall.hit": is_uncertain and same_certainty,
            "attribution.total": 1,
            "attribution.hit": right_source,
            "attributed_recall.total": is_attributed,
            "attributed_recall.hit": is_attributed and right_source,
        }
    )
    for argument, match in pair.arguments:
        value = match.value if match else None
        counts["place_within.hit"] += is_placed(argument) and same_place(argument, found)
        counts["time_exact.hit"] += argument.earliest is not None and same_time(argument, found)
        counts["quantity_exact.hit"] += same_quantity(argument, value)
    return counts


def _relation_counts(alignment: Alignment) -> Counter[str]:
    """Relations count between matched events; the record's others are passed over."""
    gold_id = {pair.found.id: pair.gold.id for pair in alignment.pairs}
    wanted = {(r.type, r.source, r.target) for r in alignment.gold.relations}
    relations = alignment.record.relations if alignment.record else ()
    found = {
        (r.type, gold_id[r.source], gold_id[r.target])
        for r in relations
        if r.source in gold_id and r.target in gold_id
    }
    return Counter(
        {
            "relations.gold": len(wanted),
            "relations.predicted": len(found),
            "relations.hit": len(wanted & found),
        }
    )
