"""MUC-4 templates: reading the gold and predictions of others, and the two scorers.

A template is a type of incident and five slots; a slot holds entities; an entity is
the strings that may stand for it. The first scorer pairs templates so that a
document's micro F1 is highest, as GTT's does (Du, Rush, Cardie 2021); the second
leaves templates aside and aligns the entities of each slot of a document, one to
one (CEAF-REE: Du, Rush, Cardie 2021, GRIT). Both count a predicted entity as right
where all its strings are strings of the gold entity, after lower case and without
articles and punctuation.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _running import GoldError
from _scoring import Score

__all__ = [
    "SLOTS",
    "MucText",
    "Template",
    "ceaf_ree",
    "contains",
    "read_gold",
    "read_predictions",
    "same",
    "template_scores",
]

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)

Entity = frozenset[str]
Similar = Callable[[Entity, Entity], bool]


@dataclass(frozen=True)
class Template:
    """One incident."""

    incident: str
    slots: Mapping[str, tuple[Entity, ...]]

    def of(self, slot: str) -> tuple[Entity, ...]:
        """The entities of a slot."""
        return self.slots.get(slot, ())


@dataclass(frozen=True)
class MucText:
    """A document of the gold."""

    id: str
    text: str
    templates: tuple[Template, ...]


def plain(words: str) -> str:
    """Words as they are compared."""
    return " ".join(_ARTICLE.sub(" ", words.lower().translate(_NO_PUNCTUATION)).split())


def same(gold: Entity, predicted: Entity) -> bool:
    """Whether every string of the prediction is one of the gold's."""
    return predicted <= gold


def contains(gold: Entity, predicted: Entity) -> bool:
    """Lenient: whether some string of one lies, word by word, in one of the other."""
    pairs = ((f" {one} ", f" {other} ") for one in gold for other in predicted)
    return any(one in other or other in one for one, other in pairs)


def read_gold(path: Path) -> list[MucText]:
    """Read a file of GTT's: a JSON object a line with docid, doctext and templates.

    Raises:
        GoldError: It is none.
    """
    texts = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            templates = [_template(each) for each in row["templates"]]
            once = tuple(each for at, each in enumerate(templates) if each not in templates[:at])
            texts.append(MucText(str(row["docid"]), str(row["doctext"]), once))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            message = f"{path}, line {number}: not a document of GTT's format ({error!r})"
            raise GoldError(message) from error
    if not texts:
        message = f"{path} has no documents"
        raise GoldError(message)
    return texts


def read_predictions(path: Path) -> dict[str, tuple[Template, ...]]:
    """Read predictions in GTT's form: a JSON object of documents with `pred_templates`.

    Raises:
        GoldError: They are none.
    """
    try:
        whole = json.loads("\n".join(_lines(path)))
        return {
            name: tuple(_template(each) for each in about["pred_templates"])
            for name, about in whole.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        message = f"{path}: not predictions in GTT's format ({error!r})"
        raise GoldError(message) from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8"
        raise GoldError(message) from error


def number_of(docid: str) -> str:
    """The name of a document in predictions: TST3-MUC4-0001 is 30001."""
    head, _, tail = docid.rpartition("-")
    return str(int(head.split("-")[0][-1]) * 10_000 + int(tail))


def _template(row: Mapping[str, Any]) -> Template:
    incident = row[TYPE] if isinstance(row[TYPE], str) else "attack"  # as GTT's scorer has it
    slots = {}
    for slot in SLOTS:
        entities = []
        for entity in row[slot]:
            strings = (each if isinstance(each, str) else each[0] for each in entity)
            words = frozenset(plain(each) for each in strings)
            if words:
                entities.append(words)
        slots[slot] = tuple(entities)
    return Template(incident, slots)


def template_scores(
    predicted: Sequence[Template], gold: Sequence[Template], *, similar: Similar = same
) -> dict[str, Score]:
    """The scores of a document by slot, `incident_type` first, under the best pairing.

    What is found and what the gold has do not depend on the pairing, so the best one is
    that with most right. Two findings may answer one entity: both counts of what is
    right are followed. Of equals the first in the order of GTT's scorer is taken, in
    which a template may also stand beside one of another type, for nothing.
    """
    nobody = len(gold)
    # What is taken of the gold -> what is right -> the first pairing that gives it.
    best: dict[int, dict[tuple[int, int], tuple[int, ...]]] = {0: {(0, 0): ()}}
    for one in predicted:
        gains = [
            _totals(_paired(one, other, similar)) if one.incident in other.incident else (0, 0)
            for other in gold
        ]
        after: dict[int, dict[tuple[int, int], tuple[int, ...]]] = {}
        for taken, some in best.items():
            for (right, reached), pairing in some.items():
                for j, (more_right, more_reached) in enumerate([*gains, (0, 0)]):
                    if j != nobody and taken >> j & 1:
                        continue
                    row = after.setdefault(taken | (1 << j if j != nobody else 0), {})
                    key, longer = (right + more_right, reached + more_reached), (*pairing, j)
                    row[key] = min(row.get(key, longer), longer)
        best = after
    found = sum(1 + sum(len(each.of(slot)) for slot in SLOTS) for each in predicted)
    wanted = sum(1 + sum(len(each.of(slot)) for slot in SLOTS) for each in gold)
    choices = [(key, pairing) for some in best.values() for key, pairing in some.items()]
    _, pairing = min(
        choices, key=lambda each: (-Score(each[0][0], found, each[0][1], wanted).f1, each[1])
    )
    pairs = [
        (i, j)
        for i, j in enumerate(pairing)
        if j != nobody and predicted[i].incident in gold[j].incident
    ]
    return _scored(predicted, gold, pairs, similar)


def _scored(
    predicted: Sequence[Template],
    gold: Sequence[Template],
    pairing: Iterable[tuple[int, int]],
    similar: Similar,
) -> dict[str, Score]:
    scores = {TYPE: Score(0, len(predicted), 0, len(gold))}
    for slot in SLOTS:
        found = sum(len(each.of(slot)) for each in predicted)
        scores[slot] = Score(0, found, 0, sum(len(each.of(slot)) for each in gold))
    for i, j in pairing:
        for slot, (right, reached) in _paired(predicted[i], gold[j], similar).items():
            scores[slot] += Score(right, 0, reached, 0)
    return scores


def _paired(one: Template, other: Template, similar: Similar) -> dict[str, tuple[int, int]]:
    """What is right and what is reached where two templates are paired."""
    counts = {TYPE: (1, 1)}
    for slot in SLOTS:
        ours, theirs = one.of(slot), other.of(slot)
        right = sum(any(similar(gold, each) for gold in theirs) for each in ours)
        reached = sum(any(similar(gold, each) for each in ours) for gold in theirs)
        counts[slot] = (right, reached)
    return counts


def _totals(counts: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(each[0] for each in counts.values()), sum(each[1] for each in counts.values())


def ceaf_ree(
    predicted: Sequence[Template], gold: Sequence[Template], *, similar: Similar = same
) -> dict[str, Score]:
    """The scores of a document's entities by slot, whatever their template."""
    scores = {}
    for slot in SLOTS:
        ours, theirs = _merged(predicted, slot), _merged(gold, slot)
        both = _aligned(ours, theirs, similar)
        scores[slot] = Score(both, len(ours), both, len(theirs))
    return scores


def _merged(templates: Iterable[Template], slot: str) -> list[Entity]:
    """The entities of a slot: those of several templates that share a string are one."""
    merged: list[Entity] = []
    for template in templates:
        new: list[Entity] = []
        for entity in template.of(slot):
            alike = [each for each in merged if each & entity]
            merged = [each for each in merged if each not in alike]
            new.append(entity.union(*alike))
        merged += new
    return merged


def _aligned(ours: Sequence[Entity], theirs: Sequence[Entity], similar: Similar) -> int:
    """How many pairs the largest one-to-one alignment has."""
    partner: dict[int, int] = {}

    def placed(i: int, seen: set[int]) -> bool:
        for j, gold in enumerate(theirs):
            if j not in seen and similar(gold, ours[i]):
                seen.add(j)
                if j not in partner or placed(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(placed(i, set()) for i in range(len(ours)))
