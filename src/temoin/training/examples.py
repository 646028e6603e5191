"""From annotated reports to what the network trains on.

A gold report becomes sentences of units with events on them (`Passage`);
consecutive sentences are packed into windows; windows are padded to batches.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from temoin.extraction.labels import (
    ATTRIBUTION,
    CERTAINTIES,
    PAIR_REACH,
    RELATIONS,
    ROLES,
    TYPES,
    pair_features,
)
from temoin.extraction.units import UnitSentence, cut
from temoin.extraction.windows import arrays

__all__ = ["Annotation", "Batch", "Passage", "Sentence", "batches", "collate", "passage", "windows"]

_MASKED_SENTENCES = 0.5  # share of the sentences in which subwords are hidden at all


@dataclass
class Annotation:
    """An event on the units of its sentence."""

    id: str
    kind: int
    trigger: tuple[int, int]
    roles: list[tuple[int, int, int]]  # role, first unit, one past the last
    negated: int
    certainty: int


@dataclass
class Sentence:
    """A sentence's units and the events whose triggers are in it."""

    units: UnitSentence
    events: list[Annotation] = field(default_factory=list)


@dataclass
class Passage:
    """Sentences of one report in their order, with the relations between their events."""

    sentences: list[Sentence]
    relations: dict[tuple[str, str], int]


def passage(gold: dict[str, Any], tokenizer: Tokenizer) -> Passage:
    """Put a compiled gold report (`temoin.corpus`) on units."""
    text = gold["document"]["text"]
    sentences: list[Sentence] = []
    for start, end in gold["sentences"]:
        sentences += [Sentence(part) for part in cut(text, start, end, tokenizer=tokenizer)]
    for event in gold["events"]:
        trigger = event["trigger"]
        home = next((s for s in sentences if s.units.start <= trigger["start"] < s.units.end), None)
        span = home and home.units.covering(trigger["start"], trigger["end"])
        if not home or not span:
            continue
        arguments = list(event["arguments"])
        if event["attribution"]:
            arguments.append({**event["attribution"], "role": ATTRIBUTION})
        roles = []
        for argument in arguments:
            words = argument["spans"][0]
            covered = home.units.covering(words["start"], words["end"])
            if covered:
                roles.append((ROLES.index(argument["role"]), *covered))
        home.events.append(
            Annotation(
                event["id"],
                TYPES.index(event["type"]),
                span,
                roles,
                int(event["polarity"] == "negated"),
                CERTAINTIES.index(event["certainty"]),
            )
        )
    relations = {
        (r["source"], r["target"]): RELATIONS.index(r["type"]) + 1 for r in gold["relations"]
    }
    return Passage(sentences, relations)


@dataclass
class Window:
    """Consecutive sentences of one passage that are read together."""

    sentences: list[Sentence]
    relations: dict[tuple[str, str], int]

    @property
    def length(self) -> int:
        """Subwords, the two special ones included."""
        return 2 + sum(len(s.units.pieces) for s in self.sentences)


def windows(source: Passage, *, max_pieces: int, rng: random.Random | None = None) -> list[Window]:
    """Pack sentences into windows of at most `max_pieces` subwords.

    With a random generator the windows' sizes vary, so that a sentence is seen with more and with
    less around it.
    """
    out: list[Window] = []
    limit = max_pieces
    for sentence in source.sentences:
        size = len(sentence.units.pieces)
        if not out or out[-1].length + size > limit:
            out.append(Window([], source.relations))
            if rng:
                limit = rng.choice((max_pieces, max_pieces, max_pieces // 2, 0))
        out[-1].sentences.append(sentence)
    return out


@dataclass
class Batch:
    """Windows padded to one size, and everything their loss needs.

    Attributes:
        ids, mask: [windows, length].
        pool: [windows, units, length].
        present: 1 for units that are there [windows, units].
        triggers: Labels [windows, units, types, 2].
        event_window, event_units, event_trigger, event_kind: For each gold event its window,
            the window's unit range of its sentence, its trigger in the sentence, its type.
        roles: Labels [events, units, roles, 2].
        negated, certainty: [events].
        pairs: Event index, event index, bucket, relation class [pairs, 4].
    """

    ids: Tensor
    mask: Tensor
    pool: Tensor
    present: Tensor
    triggers: Tensor
    event_window: list[int]
    event_units: list[tuple[int, int]]
    event_trigger: list[tuple[int, int]]
    event_kind: list[int]
    roles: Tensor
    negated: Tensor
    certainty: Tensor
    pairs: Tensor
    sentence_ranges: tuple[tuple[tuple[int, int], ...], ...]


def batches(items: list[Window], *, pieces: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of like length into batches of about `pieces` subwords, in random order."""
    # A little noise on the length: the same windows do not always meet.
    order = sorted(items, key=lambda w: w.length * rng.uniform(0.85, 1.15))
    out: list[list[Window]] = []
    for window in order:
        longest = max([w.length for w in out[-1]] + [window.length]) if out else 0
        if not out or longest * (len(out[-1]) + 1) > pieces:
            out.append([])
        out[-1].append(window)
    rng.shuffle(out)
    return out


def collate(items: list[Window], *, mask_id: int, mask_share: float, rng: random.Random) -> Batch:
    """Pad windows to a batch; `mask_share` of the subwords are hidden, so that context counts."""
    read = arrays([[sentence.units for sentence in window.sentences] for window in items])
    ids, width = read.ids.copy(), read.pool.shape[1]
    present = np.zeros((len(items), width), np.float32)
    triggers = np.zeros((len(items), width, len(TYPES), 2), np.float32)
    out_window: list[int] = []
    out_units: list[tuple[int, int]] = []
    out_trigger: list[tuple[int, int]] = []
    found: list[Annotation] = []
    pairs: list[tuple[int, int, int, int]] = []
    for w, window in enumerate(items):
        _hide(ids[w], window, mask_id=mask_id, share=mask_share, rng=rng)
        here: list[tuple[int, int, int]] = []  # event, sentence, unit
        for number, (sentence, (unit, end)) in enumerate(
            zip(window.sentences, read.ranges[w], strict=True)
        ):
            present[w, unit:end] = 1
            for event in sentence.events:
                a, b = event.trigger
                triggers[w, unit + a, event.kind, 0] = 1
                triggers[w, unit + a + 1 : unit + b, event.kind, 1] = 1
                here.append((len(found), number, unit + a))
                found.append(event)
                out_window.append(w)
                out_units.append((unit, end))
                out_trigger.append((a, b))
        pairs += _pairs(here, found, window)
    tallest = max([b - a for a, b in out_units], default=1)
    roles = np.zeros((len(found), tallest, len(ROLES), 2), np.float32)
    for i, event in enumerate(found):
        for role, a, b in event.roles:
            roles[i, a, role, 0] = 1
            roles[i, a + 1 : b, role, 1] = 1
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(read.mask),
        torch.from_numpy(read.pool),
        torch.from_numpy(present),
        torch.from_numpy(triggers),
        out_window,
        out_units,
        out_trigger,
        [event.kind for event in found],
        torch.from_numpy(roles),
        torch.tensor([event.negated for event in found], dtype=torch.float32),
        torch.tensor([event.certainty for event in found], dtype=torch.long),
        torch.tensor(pairs, dtype=torch.long).view(-1, 4),
        read.ranges,
    )


def _hide(
    ids: NDArray[np.int64], window: Window, *, mask_id: int, share: float, rng: random.Random
) -> None:
    """Hide subwords of some of the window's sentences, in place."""
    piece = 1
    for sentence in window.sentences:
        hide = share if rng.random() < _MASKED_SENTENCES else 0.0
        for _ in sentence.units.pieces:
            if hide and rng.random() < hide:
                ids[piece] = mask_id
            piece += 1


def _pairs(
    here: list[tuple[int, int, int]], found: list[Annotation], window: Window
) -> list[tuple[int, int, int, int]]:
    """Ordered pairs of the window's neighbouring events (index, sentence, unit) and relations."""
    return [
        (
            i,
            j,
            pair_features(sj - si, uj - ui),
            window.relations.get((found[i].id, found[j].id), 0),
        )
        for i, si, ui in here
        for j, sj, uj in here
        if i != j and abs(sj - si) <= PAIR_REACH
    ]


def all_windows(
    passages: Iterable[Passage], *, max_pieces: int, rng: random.Random | None = None
) -> list[Window]:
    """Windows of many passages."""
    return [w for p in passages for w in windows(p, max_pieces=max_pieces, rng=rng)]
