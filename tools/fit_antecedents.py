"""Learn the weights of `temoin.grounding.entities` from the corpus's `|` alternatives.

    python tools/fit_antecedents.py                    # cross-validate, fit, write the weights
    python tools/fit_antecedents.py --measure corpus/development   # measure what is written

Only `corpus/train` is learnt from. Each phrase that may take up another (a pronoun,
"the town") chooses among the clusters of what the text names and "nothing"; the gold's
alternatives say which choices are right, a phrase without alternatives takes up nothing.
A small network gives the scores of a softmax; it learns by Adam with decay and with
features and hidden units left out by chance. All chance comes from a seed: the same corpus
gives the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antecedent_net import SEED, Example, fit

from temoin.corpus import GoldReport, GoldSpan, digest, load
from temoin.errors import CorpusError
from temoin.evaluation import records_from_gold
from temoin.grounding.entities._candidates import Candidate
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._features import Suits, features, none_features
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import FORMS, PRONOUNS, Phrase
from temoin.grounding.entities._ranking import Ranking, ranking
from temoin.grounding.entities._resolving import resolve
from temoin.record import Role

ROOT = Path(__file__).parents[1]
TRAIN = ROOT / "corpus" / "train"
WEIGHTS = ROOT / "src" / "temoin" / "grounding" / "entities" / "data" / "weights.json"
FOLDS = 5
#: Fewest arguments of a role and event type that tell what is usual.
LEAST = 8
#: What the best candidate must have to be chosen. A pronoun stands for something nearly
#: always, a description mostly names something new.
THRESHOLDS = {"pronouns": 0.42, "others": 0.48}


@dataclass(slots=True)
class Tally:
    """What came of the choices on some reports."""

    counts: Counter[str] = field(default_factory=Counter)

    def share(self, hit: str, total: str) -> str:
        """A share with its counts, as text."""
        hits, of = self.counts[hit], self.counts[total]
        return f"{hits / of if of else 0:.3f} ({hits}/{of})"


def say(line: str, *, problem: bool = False) -> None:
    """Write a line for whoever runs this."""
    (sys.stderr if problem else sys.stdout).write(line + "\n")


def alternatives(gold: GoldReport) -> dict[tuple[int, int], list[GoldSpan]]:
    """Of every argument and attribution, the other mentions that the gold accepts."""
    found: dict[tuple[int, int], list[GoldSpan]] = {}
    for event in gold.events:
        for argument in [*event.arguments, *([event.attribution] if event.attribution else [])]:
            if argument.role in (Role.TIME, Role.QUANTITY):
                continue
            first = argument.primary
            others = found.setdefault((first.start, first.end), [])
            others += [
                span for span in argument.spans[1:]
                if span.end <= first.start or first.end <= span.start
            ]  # fmt: skip
    return found


def same_span(one: Phrase | GoldSpan, other: GoldSpan) -> bool:
    """Whether two spans share at least half of the shorter one, as the evaluation has it."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared * 2 >= min(one.end - one.start, other.end - other.start)


def holds(cluster: Cluster, spans: Sequence[GoldSpan], *, share: float = 0.0) -> bool:
    """Whether one of the cluster's phrases is one of the spans, and not much longer."""
    return any(
        same_span(phrase, span)
        and min(phrase.end - phrase.start, span.end - span.start)
        >= share * max(phrase.end - phrase.start, span.end - span.start)
        for phrase in cluster.phrases
        for span in spans
    )


class Teacher:
    """Chooses as the gold does, and keeps what the choice was between."""

    def __init__(self, gold: GoldReport, suits: Suits) -> None:
        self._suits = suits
        self._wanted = alternatives(gold)
        self.examples: list[Example] = []

    def __call__(
        self, phrase: Phrase, choices: list[Candidate], scene: Scene, clusters: list[Cluster]
    ) -> Candidate | None:
        """The candidate that the gold accepts; None where it names none or none is found."""
        wanted = self._wanted.get((phrase.start, phrase.end), [])
        # What lies within a longer phrase is right only where nothing fits better.
        right = [holds(choice.cluster, wanted, share=0.6) for choice in choices]
        if not any(right):
            right = [holds(choice.cluster, wanted) for choice in choices]
        if wanted and not any(right):
            return None
        rows = features(phrase, choices, scene, clusters, self._suits)
        rows.append(none_features(phrase, choices, scene))
        rows = [sorted(row) for row in rows]
        self.examples.append(Example(FORMS.index(phrase.form), rows, [*right, not wanted]))
        return choices[right.index(True)] if wanted else None


def usual(scenes: Iterable[Scene]) -> dict[str, dict[str, float]]:
    """How usual each group of nouns is in a role of an event type: log of its odds ratio.

    Counted on all arguments and attributions, whether or not they take up another.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    tasks: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for scene in scenes:
        for phrase in scene.phrases:
            kinds = {phrase.kind} if phrase.kind else set()
            for what in {*phrase.groups, *kinds}:
                for role, event in phrase.roles:
                    task = f"{scene.types[event]}:{role}"
                    pairs[task, what] += 1
                    tasks[task] += 1
                    groups[what] += 1
    total = sum(tasks.values())
    found: dict[str, dict[str, float]] = {}
    for task in sorted(tasks):
        if tasks[task] < LEAST:
            continue
        values = {
            group: math.log((pairs[task, group] + 1) / (tasks[task] * groups[group] / total + 1))
            for group in sorted(groups)
        }
        found[task] = {group: round(v, 2) for group, v in values.items() if abs(v) >= 0.2}
    return found


@dataclass(slots=True)
class Corpus:
    """The reports with their scenes, in folds, and what the other folds say is usual."""

    golds: Sequence[GoldReport]
    scenes: list[Scene] = field(init=False)
    fold: list[int] = field(init=False)
    suits: list[dict[str, dict[str, float]]] = field(init=False)

    def __post_init__(self) -> None:
        self.scenes = [Scene(r) for r in records_from_gold(self.golds, antecedents=False)]
        order = list(range(len(self.golds)))
        random.Random(SEED).shuffle(order)  # noqa: S311 - seeded chance is meant
        self.fold = [0] * len(order)
        for place, number in enumerate(order):
            self.fold[number] = place % FOLDS
        self.suits = [
            usual(s for s, f in zip(self.scenes, self.fold, strict=True) if f != fold)
            for fold in range(FOLDS)
        ]

    def examples(self) -> list[list[Example]]:
        """The choices of each report."""
        found = []
        for gold, scene, fold in zip(self.golds, self.scenes, self.fold, strict=True):
            teacher = Teacher(gold, self.suits[fold])
            resolve(scene, teacher)
            found.append(teacher.examples)
        return found


def measure(
    golds: Iterable[GoldReport], scenes: Iterable[Scene], model: Ranking, tally: Tally
) -> None:
    """Count what the model makes of the gold's arguments and attributions."""
    counts = tally.counts
    for gold, scene in zip(golds, scenes, strict=True):
        clusters, choices = resolve(scene, model)
        home = {id(phrase): cluster for cluster in clusters for phrase in cluster.phrases}
        chosen = {(c.phrase.start, c.phrase.end): c for c in choices}
        phrases = {(p.start, p.end): p for p in scene.phrases if p.given}
        wanted = alternatives(gold)
        for span, phrase in phrases.items():
            others = wanted.get(span, [])
            choice = chosen.get(span)
            # Counted once for each event that has it, as arguments are.
            times = len(phrase.roles)
            form = "pronouns" if phrase.form in PRONOUNS else (
                phrase.form if phrase.form in FORMS else "names, indefinites"
            )  # fmt: skip
            hit = choice is not None and any(same_span(choice.antecedent, o) for o in others)
            same = choice is not None and holds(home[id(phrase)], others)
            for name in ("all", form, f"lang {gold.document.language}"):
                counts[f"{name} wanted"] += times * bool(others)
                counts[f"{name} predicted"] += times * bool(choice)
                counts[f"{name} hit"] += times * hit
                counts[f"{name} entity"] += times * same
                counts[f"{name} predicted wanted"] += times * bool(choice and others)


def report(tally: Tally, title: str) -> None:
    """Print the figures."""
    say(title)
    names = sorted({key.rsplit(" ", 1)[0] for key in tally.counts if key.endswith(" entity")})
    for name in names:
        say(
            f"  {name:18} found {tally.share(f'{name} hit', f'{name} wanted'):20}"
            f" precision {tally.share(f'{name} hit', f'{name} predicted'):20}"
            f" where annotated {tally.share(f'{name} hit', f'{name} predicted wanted'):20}"
            f" entity {tally.share(f'{name} entity', f'{name} predicted wanted')}"
        )


def readable(folder: Path) -> list[GoldReport]:
    """The reports of a folder; one that does not compile is told and passed over."""
    found = []
    for path in sorted(folder.glob("*.gold")):
        try:
            found += load(path)
        except CorpusError as error:
            say(f"passed over: {error}", problem=True)
    return found


def cross_validate(corpus: Corpus, examples: Sequence[list[Example]]) -> Tally:
    """What models make of reports that they have not learnt from."""
    tally = Tally()
    for fold in range(FOLDS):
        fitted = fit(
            [e for f, each in zip(corpus.fold, examples, strict=True) if f != fold for e in each]
        )
        model = Ranking(**fitted, suits=corpus.suits[fold], thresholds=THRESHOLDS)
        held = [number for number, f in enumerate(corpus.fold) if f == fold]
        measure([corpus.golds[i] for i in held], [corpus.scenes[i] for i in held], model, tally)
    return tally


def write(
    fitted: dict[str, Any],
    suits: dict[str, dict[str, float]],
    *,
    corpus: str,
    reports: int,
) -> None:
    """Write the weights where the package reads them."""
    data: dict[str, Any] = {
        "made_by": "tools/fit_antecedents.py",
        "corpus_sha256": corpus,
        "reports": reports,
        "thresholds": THRESHOLDS,
        **fitted,
        "suits": suits,
    }
    # A line for each form and each role of an event type, so that changes can be read.
    lines = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    lines = re.sub(r"(\{|,)(\"[^\"]+\":[\[{])", r"\1\n\2", lines)
    WEIGHTS.write_text(lines + "\n", encoding="utf-8")


def main(arguments: Iterable[str] | None = None) -> None:
    """Cross-validate and fit, or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--train", type=Path, default=TRAIN)
    parser.add_argument("--measure", type=Path, help="measure the written weights on a folder")
    parser.add_argument("--no-write", action="store_true", help="cross-validate only")
    options = parser.parse_args(None if arguments is None else list(arguments))
    if options.measure:
        tally = Tally()
        golds = readable(options.measure)
        scenes = [Scene(record) for record in records_from_gold(golds, antecedents=False)]
        measure(golds, scenes, ranking(), tally)
        report(tally, f"{options.measure}:")
        return
    corpus = Corpus(readable(options.train))
    examples = corpus.examples()
    if not options.no_write:
        write(
            fit([example for each in examples for example in each]),
            usual(corpus.scenes),
            corpus=digest(corpus.golds),
            reports=len(corpus.golds),
        )
    report(cross_validate(corpus, examples), f"{FOLDS}-fold cross-validation by report:")


if __name__ == "__main__":
    main()
