"""What a network is told of its errors: by the gold annotation, and by a teacher.

A student (fewer layers) learns from both: the gold says what is right, the teacher's
probabilities say how likely everything else was (distillation, Hinton et al. 2015).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from temoin.extraction.labels import TYPES
from temoin.training import examples
from temoin.training.network import Network

__all__ = ["PARTS", "Reading", "distilled", "gold_loss", "look"]

#: The parts of a loss, in their order.
PARTS = ("trigger", "role", "valid", "negated", "certainty", "relation")

_EVENTS_AT_ONCE = 24


@dataclass(frozen=True)
class Candidates:
    """Triggers to read sentences for: those of the gold first, then some that are none.

    Attributes:
        windows, units, spans, kinds: For each its window, its sentence's units in the window,
            its units in the sentence, its type.
    """

    windows: Sequence[int]
    units: Sequence[tuple[int, int]]
    spans: Sequence[tuple[int, int]]
    kinds: Sequence[int]


@dataclass(frozen=True)
class Reading:
    """What a network makes of a batch.

    Attributes:
        states: Of the windows' units [windows, units, hidden].
        triggers: Logits [windows, units, types, 2].
        candidates: What sentences were read for.
        groups: Candidates that were read together, by number, with a mask of their units
            [group, units] and their role logits [group, units, roles, 2].
        flags: Of the candidates [candidates, flags].
        events: States of the gold's events [events, size].
        pairs: Relation logits of the batch's pairs [pairs, 1 + relations].
    """

    states: Tensor
    triggers: Tensor
    candidates: Candidates
    groups: Sequence[tuple[list[int], Tensor, Tensor]]
    flags: Tensor | None
    events: Tensor | None
    pairs: Tensor | None


def look(
    network: Network,
    batch: examples.Batch,
    rng: random.Random,
    *,
    candidates: Candidates | None = None,
) -> Reading:
    """Read a batch.

    Args:
        network: What reads.
        batch: What is read.
        rng: Chooses wrong candidates.
        candidates: Those of another network's reading; without, this network chooses.
    """
    states, logits = network.windows(batch.ids, batch.mask, batch.pool)
    logits = logits.float()
    if candidates is None:
        candidates = _candidates(logits, batch, rng)
    if not batch.event_kind:
        return Reading(states, logits, candidates, (), None, None, None)
    units, gold = candidates.units, len(batch.event_kind)
    order = sorted(range(len(units)), key=lambda i: units[i][1] - units[i][0])
    all_flags: dict[int, Tensor] = {}
    all_states: dict[int, Tensor] = {}
    groups = []
    for begin in range(0, len(order), _EVENTS_AT_ONCE):
        # Sentences of like length together: padding would cost as much as the words.
        group = order[begin : begin + _EVENTS_AT_ONCE]
        longest = max(units[i][1] - units[i][0] for i in group)
        rows = torch.tensor([candidates.windows[i] for i in group])[:, None]
        offsets = torch.tensor([units[i] for i in group])
        at = torch.arange(longest)[None] + offsets[:, :1]
        there = at < offsets[:, 1:]
        gathered = states[rows, torch.where(there, at, offsets[:, :1])]
        present = there.to(states.dtype)
        roles, flags, state = network.events(
            gathered,
            present,
            torch.tensor([candidates.spans[i] for i in group]),
            torch.tensor([candidates.kinds[i] for i in group]),
        )
        for j, i in enumerate(group):
            all_flags[i], all_states[i] = flags[j], state[j]
        groups.append((group, present, roles.float()))
    events = torch.stack([all_states[i] for i in range(gold)])
    pairs = None
    if len(batch.pairs):
        i, j, place, _ = batch.pairs.unbind(1)
        pairs = network.relations(events[i], events[j], place).float()
    flags = torch.stack([all_flags[i] for i in range(len(units))]).float()
    return Reading(states, logits, candidates, groups, flags, events, pairs)


def gold_loss(read: Reading, batch: examples.Batch) -> list[Tensor]:
    """Trigger, role, event-or-not, polarity, certainty and relation loss of a batch."""
    logits, gold = read.triggers, len(batch.event_kind)
    trigger = functional.binary_cross_entropy_with_logits(
        logits, batch.triggers, weight=batch.present[:, :, None, None], reduction="sum"
    ) / max(gold, 1)
    zero = logits.sum() * 0.0
    begins = batch.triggers[..., 0]
    at = begins.amax(-1) > 0
    if at.any():
        # Each type has its own sigmoid, which learns slowly what a trigger is *not*: where there
        # is one, let the types compete too.
        shares = begins[at] / begins[at].sum(-1, keepdim=True)
        trigger = trigger + functional.cross_entropy(logits[at][..., 0], shares)
    if read.flags is None:
        return [trigger, zero, zero, zero, zero, zero]
    role = zero
    for group, present, roles in read.groups:
        real = [j for j, i in enumerate(group) if i < gold]
        if real:
            labels = batch.roles[[group[j] for j in real], : roles.shape[1]]
            role = role + functional.binary_cross_entropy_with_logits(
                roles[real][:, : labels.shape[1]],
                labels,
                weight=present[real, : labels.shape[1], None, None],
                reduction="sum",
            )
    role = role / max(float(batch.roles[..., 0].sum()), 1.0)
    flags = read.flags
    truth = torch.cat([torch.ones(gold), torch.zeros(len(flags) - gold)])
    valid = functional.binary_cross_entropy_with_logits(flags[:, 0], truth)
    negated = functional.binary_cross_entropy_with_logits(
        flags[:gold, 1], batch.negated, pos_weight=torch.tensor(2.0)
    )
    certainty = functional.cross_entropy(
        flags[:gold, 2:], batch.certainty, weight=torch.tensor([1.0, 2.0, 1.5, 1.5])
    )
    relation = zero
    if read.pairs is not None:
        kind = batch.pairs[:, 3]
        # Most pairs are nothing to each other: the mean over all pairs would hardly be heard.
        related = max(float((kind > 0).sum()), 1.0)
        relation = functional.cross_entropy(read.pairs, kind, reduction="sum") / related
    return [trigger, role, 0.5 * valid, negated, certainty, 0.3 * relation]


def distilled(read: Reading, teacher: Reading, batch: examples.Batch) -> list[Tensor]:
    """How far a student's reading is from its teacher's, in the parts of `gold_loss`.

    Both must have read the same candidates. The states count with the triggers: the student's
    heads begin as the teacher's, so its states should be like the teacher's.
    """
    count = max(len(batch.event_kind), 1)
    present = batch.present
    zero = read.triggers.sum() * 0.0
    apart = (read.states - teacher.states).square().mean(-1)
    trigger = _soft(read.triggers, teacher.triggers, present[:, :, None, None]) / count
    trigger = trigger + (apart * present).sum() / present.sum().clamp(min=1.0)
    if read.flags is None or teacher.flags is None:
        return [trigger, zero, zero, zero, zero, zero]
    role = zero
    for (_, there, mine), (_, _, theirs) in zip(read.groups, teacher.groups, strict=True):
        role = role + _soft(mine, theirs, there[:, :, None, None])
    role = role / max(float(batch.roles[..., 0].sum()), 1.0)
    mine, theirs = read.flags, teacher.flags
    everywhere = torch.ones(())
    valid = _soft(mine[:, 0], theirs[:, 0], everywhere) / len(mine)
    negated = _soft(mine[:, 1], theirs[:, 1], everywhere) / len(mine)
    certainty = functional.cross_entropy(mine[:, 2:], theirs[:, 2:].softmax(-1))
    relation = zero
    if read.pairs is not None and teacher.pairs is not None:
        related = max(float((batch.pairs[:, 3] > 0).sum()), 1.0)
        relation = (
            functional.cross_entropy(read.pairs, teacher.pairs.softmax(-1), reduction="sum")
            / related
        )
    return [trigger, role, 0.5 * valid, negated, certainty, 0.3 * relation]


def _soft(mine: Tensor, theirs: Tensor, weight: Tensor) -> Tensor:
    """Cross-entropy against the teacher's probabilities, each logit on its own, summed."""
    return functional.binary_cross_entropy_with_logits(
        mine, torch.sigmoid(theirs), weight=weight.expand_as(mine), reduction="sum"
    )


def _candidates(logits: Tensor, batch: examples.Batch, rng: random.Random) -> Candidates:
    windows, units = list(batch.event_window), list(batch.event_units)
    spans, kinds = list(batch.event_trigger), list(batch.event_kind)
    if batch.event_kind:
        for window, home, span, kind in _impostors(logits, batch, rng):
            windows.append(window)
            units.append(home)
            spans.append(span)
            kinds.append(kind)
    return Candidates(windows, units, spans, kinds)


def _impostors(
    logits: Tensor, batch: examples.Batch, rng: random.Random
) -> list[tuple[int, tuple[int, int], tuple[int, int], int]]:
    """Events that are none: what the trigger head believes wrongly, and wrong types."""
    with torch.no_grad():
        likely = torch.sigmoid(logits[..., 0]) > 0.05
        likely &= batch.triggers.amax(-1) == 0
        likely &= batch.present[:, :, None] > 0
        wrong = [tuple(row) for row in likely.nonzero().tolist()]
    rng.shuffle(wrong)
    out: list[tuple[int, tuple[int, int], tuple[int, int], int]] = []
    for window, unit, kind in wrong[: len(batch.event_kind) // 5]:
        home = next((r for r in batch.sentence_ranges[window] if r[0] <= unit < r[1]), None)
        if home:
            out.append((window, home, (unit - home[0], unit - home[0] + 1), kind))
    for i in rng.sample(range(len(batch.event_kind)), len(batch.event_kind) // 10):
        window, home = batch.event_window[i], batch.event_units[i]
        span, kind = batch.event_trigger[i], rng.randrange(len(TYPES))
        if batch.triggers[window, home[0] + span[0], kind].sum() == 0:
            out.append((window, home, span, kind))
    return out
