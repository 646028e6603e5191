"""Read a document with the network: windows, candidate events, their sentences, their relations."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from temoin.extraction import decode
from temoin.extraction.backend import Backend
from temoin.extraction.decode import Candidate, Found
from temoin.extraction.labels import CERTAINTIES, ROLES, TYPES
from temoin.extraction.relating import FoundRelation, relate
from temoin.extraction.units import UnitSentence, cut
from temoin.extraction.windows import arrays, pack

__all__ = ["FoundEvent", "FoundRelation", "Settings", "read_sentences"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """How logits become decisions; stored beside the model.

    The thresholds were chosen on the reports that the model is measured on (docs/model.md).

    Attributes:
        window_pieces: Most subwords of a window.
        candidate: Least probability for a trigger to be read at all.
        event: Least confidence of an event.
        second: Least confidence of an event whose trigger shares words with a surer one's: one
            salvo of drones and missiles is two events, but few words name two.
        argument: Least probability of an argument's beginning.
        verdict_weight: Weight of the event reader's verdict against the trigger head's.
        relation: Least probability of a relation.
        negated: Least probability of negation.
        certain: Least probability of "certain"; below, the likeliest other certainty is told.
        scale, shift: What an event's confidence is told as: `scale` times its logit plus
            `shift`, so that of all events told at .8 eight in ten are right (Platt 1999).
    """

    window_pieces: int = 224
    candidate: float = 0.15
    event: float = 0.6
    second: float = 0.8
    argument: float = 0.5
    verdict_weight: float = 0.5
    relation: float = 0.3
    negated: float = 0.35
    certain: float = 0.8
    scale: float = 1.0
    shift: float = -1.125


@dataclass(frozen=True)
class FoundEvent:
    """An event on the units of one sentence part."""

    sentence: int
    candidate: Candidate
    confidence: float
    arguments: tuple[tuple[str, Found], ...]
    negated: float
    certainty: tuple[float, ...]


def read_sentences(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    tokenizer: Tokenizer,
    backend: Backend,
    settings: Settings,
) -> tuple[list[UnitSentence], list[FoundEvent], list[FoundRelation]]:
    """Find the events of a text.

    Args:
        text: The untouched text.
        sentences: Half-open offsets of its sentences.
        tokenizer: The model's tokenizer.
        backend: What runs the network.
        settings: How logits become decisions.

    Returns:
        The sentence parts, the events in the order of their triggers, the relations among them.
    """
    parts = [
        part
        for start, end in sentences
        for part in cut(text, start, end, tokenizer=tokenizer, max_pieces=settings.window_pieces)
    ]
    events: list[FoundEvent] = []
    relations: list[FoundRelation] = []
    for window in pack([len(p.pieces) for p in parts], max_pieces=settings.window_pieces):
        _read_window(parts, window, backend, settings, events, relations)
    return parts, events, relations


def _read_window(
    parts: list[UnitSentence],
    window: range,
    backend: Backend,
    settings: Settings,
    events: list[FoundEvent],
    relations: list[FoundRelation],
) -> None:
    data = arrays([[parts[i] for i in window]])
    states, logits = backend.windows(data.ids, data.mask, data.pool)
    todo = [
        (number, home, candidate)
        for number, home in zip(window, data.ranges[0], strict=True)
        for candidate in decode.candidates(
            logits[0, home[0] : home[1]], threshold=settings.candidate
        )
    ]
    if not todo:
        return
    longest = max(end - start for _, (start, end), _ in todo)
    units = np.zeros((len(todo), longest, states.shape[2]), np.float32)
    present = np.zeros((len(todo), longest), np.float32)
    for i, (_, (start, end), _) in enumerate(todo):
        units[i, : end - start] = states[0, start:end]
        present[i, : end - start] = 1.0
    trigger = np.array([(c.start, c.end) for _, _, c in todo], np.int64)
    kind = np.array([c.kind for _, _, c in todo], np.int64)
    roles, flags, event_states = backend.events(units, present, trigger, kind)
    sure = [
        _confidence(candidate.probability, float(flags[i, 0]), settings)
        for i, (_, _, candidate) in enumerate(todo)
    ]
    kept = _kept([(number, candidate) for number, _, candidate in todo], sure, settings)
    first = len(events)
    for i in kept:
        number, (start, end), candidate = todo[i]
        events.append(
            FoundEvent(
                number,
                candidate,
                _calibrated(sure[i], settings),
                tuple(_arguments(roles[i, : end - start], settings)),
                float(decode.sigmoid(flags[i, 1:2])[0]),
                tuple(float(p) for p in decode.softmax(flags[i, 2 : 2 + len(CERTAINTIES)])),
            )
        )
    places = [todo[i][1][0] + todo[i][2].start for i in kept]
    found = relate(
        event_states[kept],
        [todo[i][0] for i in kept],
        places,
        backend=backend,
        least=settings.relation,
    )
    relations.extend(
        replace(relation, source=first + relation.source, target=first + relation.target)
        for relation in found
    )


def _kept(
    found: Sequence[tuple[int, Candidate]], sure: Sequence[float], settings: Settings
) -> list[int]:
    """Which candidates are events: the sure ones, of those that share words the surest first."""
    taken: dict[tuple[int, int], set[int]] = {}
    kept: list[int] = []
    for i in sorted(range(len(found)), key=lambda i: (-sure[i], i)):
        sentence, candidate = found[i]
        words = [(sentence, unit) for unit in range(candidate.start, candidate.end)]
        others = {kind for word in words for kind in taken.get(word, ())}
        together = all(frozenset((candidate.kind, other)) in _together() for other in others)
        if sure[i] < (settings.second if others else settings.event) or not together:
            continue
        for word in words:
            taken.setdefault(word, set()).add(candidate.kind)
        kept.append(i)
    return sorted(kept)


@cache
def _together() -> frozenset[frozenset[int]]:
    """Types that one trigger may name together, as pairs of indices."""
    file = resources.files("temoin.extraction") / "data" / "second_types.toml"
    pairs = tomllib.loads(file.read_text(encoding="utf-8"))["pairs"]
    return frozenset(frozenset(TYPES.index(name) for name in pair) for pair in pairs)


def _calibrated(confidence: float, settings: Settings) -> float:
    """The confidence that is told of one that decisions are made with."""
    bounded = min(max(confidence, 1e-4), 1 - 1e-4)
    logit = settings.scale * np.log(bounded / (1 - bounded)) + settings.shift
    return float(1 / (1 + np.exp(-logit)))


def _confidence(trigger: float, verdict_logit: float, settings: Settings) -> float:
    """Trigger head and verdict as one probability: a weighted mean of their logits."""
    bounded = min(max(trigger, 1e-6), 1 - 1e-6)
    weight = settings.verdict_weight
    logit = (1 - weight) * np.log(bounded / (1 - bounded)) + weight * verdict_logit
    return float(1 / (1 + np.exp(-logit)))


def _arguments(logits: Floats, settings: Settings) -> list[tuple[str, Found]]:
    probability = decode.sigmoid(logits)
    found = [
        (role, span)
        for r, role in enumerate(ROLES)
        for span in decode.spans(
            probability[:, r, 0], probability[:, r, 1], threshold=settings.argument
        )
    ]
    return sorted(found, key=lambda item: (item[1].start, item[1].end))
