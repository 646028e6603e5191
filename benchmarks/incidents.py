"""Corroboration against the incidents of `corpus/incidents`: B³, contradictions, copies.

    python benchmarks/incidents.py                 # gold events, then the shipped model's
    python benchmarks/incidents.py --gold-only
    python benchmarks/incidents.py --fit           # fit the weights anew on the first half

The scenes, in the order of their names, are dealt in turn to two halves: weights and
threshold are fitted on the first, figures to quote are those of the second. The baseline
(same type, same day, same place) stands beside them. Rules for links (linking.py) were
written from the guidelines of the collection, and looked at on the first half only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from temoin.corpus import GoldReport, load
from temoin.corroboration.blocking import candidate_pairs
from temoin.corroboration.claims import claims_of_all
from temoin.corroboration.clustering import close_pairs, cluster
from temoin.corroboration.comparing import CAUSE, FIT, compare, compare_causes, compare_fit
from temoin.corroboration.copies import copy_groups, find_copies
from temoin.corroboration.fitting import fit, to_toml
from temoin.corroboration.incidents import Corroboration, cluster_table, corroborate
from temoin.corroboration.linking import LinkKind
from temoin.corroboration.model import Model
from temoin.corroboration.scoring import Score, b_cubed, baseline
from temoin.corroboration.suggesting import suggestions
from temoin.corroboration.table import Ints, Table, tabulate
from temoin.evaluation import records_from_gold
from temoin.grounding import ground
from temoin.record import Document, Record

ROOT = Path(__file__).parents[1]
COLLECTION = ROOT / "corpus" / "incidents"
MODEL = ROOT / "src" / "temoin" / "corroboration" / "data" / "model.toml"
HALVES = ("fitted half", "other half")
THRESHOLDS = (-2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0)
ROUNDS = 2


def scene(document: str) -> str:
    """The scene of a document: `ber-a` is of `ber`."""
    return document.rsplit("-", 1)[0]


def halves(documents: Iterable[str]) -> dict[str, str]:
    """The half of each scene, dealt in turn in the order of their names."""
    scenes = sorted({scene(document) for document in documents})
    return {name: HALVES[at % 2] for at, name in enumerate(scenes)}


def read_with_model(reports: Sequence[GoldReport]) -> list[Record]:
    """The reports as the whole program reads them."""
    from temoin.pipeline import Reader

    reader = Reader()
    return [
        reader.read_document(
            Document(
                id=report.id,
                text=report.document.text,
                language=report.document.language,
                published=report.document.published,
                source=report.document.source or None,
                sentences=report.sentences,
            )
        )
        for report in reports
    ]


def matched(reports: Sequence[GoldReport], records: Sequence[Record]) -> dict[str, str]:
    """The claim that stands for each gold event: same type, or else any, on its trigger."""
    found: dict[str, str] = {}
    for report, record in zip(reports, records, strict=True):
        free = list(record.events)
        for strict in (True, False):
            for event in report.events:
                name = f"{report.id}:{event.id}"
                if name in found:
                    continue
                for other in free:
                    overlap = min(event.trigger.end, other.trigger.end) - max(
                        event.trigger.start, other.trigger.start
                    )
                    if overlap > 0 and (other.type == event.type or not strict):
                        found[name] = f"{report.id}:{other.id}"
                        free.remove(other)
                        break
    return found


def clusters(gold: Mapping[str, Any], reports: Iterable[GoldReport]) -> dict[str, str]:
    """The incident of each gold event; one in no incident stands alone."""
    alone = {f"{r.id}:{e.id}": f"{r.id}:{e.id}" for r in reports for e in r.events}
    return alone | {
        m: incident["id"] for incident in gold["incident"] for m in incident["mentions"]
    }


def contradictions(
    gold: Sequence[Mapping[str, Any]],
    found: Corroboration,
    name: Mapping[str, str],
    listed: Iterable[str],
) -> dict[str, float]:
    """Recall of gold contradictions, in their field and in any; precision between mentions."""
    told: dict[frozenset[str], set[str]] = {}
    for incident in found.incidents:
        for link in incident.links:
            if link.kind in (LinkKind.CONTRADICTS, LinkKind.RETRACTS):
                told[frozenset((link.a, link.b))] = {d.field for d in link.differences}
    likely = {
        frozenset((link.a, link.b)): {d.field for d in link.differences}
        for suggestion in suggestions(found)
        for link in suggestion.links
    }
    hits = any_field = shown = 0
    wanted: set[frozenset[str]] = set()
    for each in gold:
        pair = frozenset((name.get(each["a"], "?"), name.get(each["b"], "??")))
        wanted.add(pair)
        fields = told.get(pair, set())
        hits += each["field"] in fields
        any_field += bool(fields)
        shown += each["field"] in fields | likely.get(pair, set())
    count = max(len(gold), 1)
    mentions = {name[m] for m in listed if m in name}
    known = [pair for pair in told if pair <= mentions]
    return {
        "recall": hits / count,
        "recall, any field": any_field / count,
        "recall with suggestions": shown / count,
        "precision": sum(pair in wanted for pair in known) / max(len(known), 1),
        "gold": len(gold),
    }


def changes(
    gold: Sequence[Mapping[str, Any]], newer: str, found: Corroboration, name: Mapping[str, str]
) -> float:
    """Share of gold updates or retractions whose pair is linked as either."""
    told = {
        frozenset((link.a, link.b))
        for incident in found.incidents
        for link in incident.links
        if link.kind in (LinkKind.UPDATES, LinkKind.RETRACTS)
    }
    hits = sum(
        frozenset((name.get(e["mention"], "?"), name.get(e[newer], "??"))) in told for e in gold
    )
    return hits / max(len(gold), 1)


def measure(
    reports: Sequence[GoldReport],
    records: Sequence[Record],
    gold: Mapping[str, Any],
    *,
    model: Model | None = None,
) -> dict[str, dict[str, Any]]:
    """All figures, by half and together."""
    name = matched(reports, records)
    claims = list(claims_of_all(records))
    found = corroborate(
        claims, texts=[(r.document.id, r.document.text) for r in records], model=model
    )
    incident = {c.id: i.id for i in found.incidents for c in i.claims}
    naive = {claim.id: baseline(claim) for claim in claims}
    truth = clusters(gold, reports)
    listing = {m for incident in gold["incident"] for m in incident["mentions"]}
    half = halves(report.id for report in reports)
    copied = {frozenset((copy.a, copy.b)) for copy in found.copies}
    figures = {}
    for part in (*HALVES, "all"):

        def inside(mention: str, part: str = part) -> bool:
            return part == "all" or half[scene(mention.split(":", 1)[0])] == part

        every = {m: c for m, c in truth.items() if inside(m)}
        listed = {m: c for m, c in every.items() if m in listing}
        told = [c for c in gold["contradiction"] if inside(c["a"])]
        copies = [c for c in gold["copy"] if inside(c["document"]) and c["kind"] != "translated"]
        newer = [u for u in gold["update"] if inside(u["mention"])]
        taken_back = [u for u in gold["retraction"] if inside(u["mention"])]
        told_in = contradictions(told, found, name, listed)
        hits = sum(frozenset((c["document"], c["of"])) in copied for c in copies)
        figures[part] = {
            "mentions": len(every),
            "B3": _rounded(b_cubed(_by_gold(every, name, incident), every)),
            "B3 baseline": _rounded(b_cubed(_by_gold(every, name, naive), every)),
            "B3 without singletons": _rounded(b_cubed(_by_gold(listed, name, incident), listed)),
            "B3 baseline without singletons": _rounded(
                b_cubed(_by_gold(listed, name, naive), listed)
            ),
            "contradictions": {key: round(value, 3) for key, value in told_in.items()},
            "updates linked": round(changes(newer, "updates", found, name), 3),
            "retractions linked": round(changes(taken_back, "withdraws", found, name), 3),
            "copies found": f"{hits} of {len(copies)}",
            "extracted": round(sum(m in name for m in every) / max(len(every), 1), 3),
        }
    wanted = {frozenset((c["document"], c["of"])) for c in gold["copy"]}
    figures["all"]["incidents"] = len(found.incidents)
    figures["all"]["suggestions"] = len(suggestions(found))
    figures["all"]["false copies"] = len(copied - wanted)
    return figures


def _by_gold(
    listed: Iterable[str], name: Mapping[str, str], cluster_of: Mapping[str, Hashable]
) -> dict[str, Hashable]:
    return {m: cluster_of[name[m]] for m in listed if m in name}


def _rounded(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "F1": round(score.f1, 3),
    }


@dataclass(frozen=True)
class Known:
    """Claims whose incidents are known, in columns, with the pairs to learn from."""

    table: Table
    pairs: tuple[Ints, Ints]
    truth: dict[str, str]

    @classmethod
    def of(cls, records: Sequence[Record], truth: Mapping[str, str]) -> Known:
        """The claims of some records."""
        claims = list(claims_of_all(records))
        texts = [(r.document.id, r.document.text) for r in records]
        groups = copy_groups([id_ for id_, _ in texts], find_copies(texts))
        table = tabulate(claims, groups=groups)
        a, b = candidate_pairs(table)
        pairs = close_pairs(table, (a, b), np.ones(a.size, dtype=np.bool_))
        return cls(table, pairs, {claim.id: truth[claim.id] for claim in claims})

    def fit(self, threshold: float) -> Model:
        """A model; effects are compared by the incidents that it finds for their causes."""
        a, b = self.pairs
        label = np.array([self.truth[id_] for id_ in self.table.ids])
        same = label[a] == label[b]
        documents = {id_.split(":", 1)[0] for id_ in self.table.ids}
        told = f"{len(documents)} reports of corpus/incidents, every other scene"
        levels = compare(self.table, a, b)
        model = fit(levels, same, version="1", fitted_on=told, threshold=threshold)
        for _ in range(ROUNDS):
            plain = model.weigh(levels, without=FIT)
            levels[:, FIT] = compare_fit(self.table, a, b, plain)
            model = fit(levels, same, version="1", fitted_on=told, threshold=threshold)
            rows = cluster(len(label), (a, b), model.weigh(levels), threshold=threshold)
            levels[:, CAUSE] = compare_causes(self.table, a, b, rows)
            model = fit(levels, same, version="1", fitted_on=told, threshold=threshold)
        return model

    def score(self, model: Model) -> float:
        """B³ of a model on these claims, recall counted twice (F2).

        A reviewer parts what was joined sooner than he finds what was kept apart, and
        contradictions are looked for within incidents only.
        """
        rows, _ = cluster_table(self.table, model, explain=False)
        found: dict[str, Hashable] = dict(zip(self.table.ids, rows.tolist(), strict=True))
        score = b_cubed(found, self.truth)
        return 5 * score.precision * score.recall / (4 * score.precision + score.recall)


def fitted(
    reports: Sequence[GoldReport],
    records: Sequence[Record],
    gold: Mapping[str, Any],
    *,
    part: str = HALVES[0],
) -> Model:
    """A model fitted on one half of the scenes.

    The threshold is chosen there as well: on each quarter, by a model of the other one.
    """
    half = halves(report.id for report in reports)
    truth = clusters(gold, reports)
    mine = [r for r in records if half[scene(r.document.id)] == part]
    quarter = halves(r.document.id for r in mine)
    one, other = (
        Known.of([r for r in mine if quarter[scene(r.document.id)] == name], truth)
        for name in HALVES
    )

    def quality(threshold: float) -> float:
        return one.score(other.fit(threshold)) + other.score(one.fit(threshold))

    return Known.of(mine, truth).fit(max(THRESHOLDS, key=quality))


def main() -> int:
    """Measure, or fit and then measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--gold-only", action="store_true", help="leave out the shipped model")
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them")
    parser.add_argument("--collection", type=Path, default=COLLECTION)
    parser.add_argument("--swap", action="store_true", help="fit on the other half, write nothing")
    arguments = parser.parse_args()
    reports = load(arguments.collection)
    listing = arguments.collection / "incidents.toml"
    gold = tomllib.loads(listing.read_text("utf-8"))
    records = [ground(record) for record in records_from_gold(reports)]
    model = None
    if arguments.fit:
        MODEL.write_text(to_toml(fitted(reports, records, gold)), encoding="utf-8", newline="\n")
    if arguments.swap:
        model = fitted(reports, records, gold, part=HALVES[1])
    figures = {"gold events": measure(reports, records, gold, model=model)}
    if not arguments.gold_only:
        figures["shipped model"] = measure(reports, read_with_model(reports), gold, model=model)
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
