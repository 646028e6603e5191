"""The extraction network: an encoder, a trigger head, layers that read a sentence for one event.

1. The encoder reads a window of several sentences; the subwords of a unit (a
   word) are averaged.
2. The trigger head gives each unit and event type two logits, "begins" and
   "goes on", each on its own: one trigger may have several types.
3. For each candidate event the units of its sentence are read again by two
   further layers that know where the trigger is and what type it has. They
   give each unit and role "begins" and "goes on", and the trigger itself its
   polarity, its certainty, and whether it is such an event at all.
4. Pairs of events of a window are scored for relations from the same states.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from temoin.extraction.labels import CERTAINTIES, PAIR_BUCKETS, RELATIONS, ROLES, TYPES
from temoin.training.dropout import StoredDropout
from temoin.training.encoder import Encoder, Layer

__all__ = ["EventReader", "Network", "RelationScorer", "Shape", "WindowReader", "shrunk"]

#: Distances to the trigger beyond this many units share one embedding.
REACH = 24


def _rare(layer: nn.Linear, share: float) -> None:
    """Start logits of rare labels where their share puts them: training is calmer."""
    nn.init.constant_(layer.bias, math.log(share / (1 - share)))


class Standardise(nn.Module):
    """Gives every feature mean 0 and deviation 1, as measured once over training text.

    The features of this encoder differ little from word to word around a large common mean: a
    head on the bare features hardly learns, and LayerNorm leaves that mean in place.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("deviation", torch.ones(size))

    @torch.no_grad()
    def fit(self, features: Tensor) -> None:
        """features: [words, size]."""
        self.mean.copy_(features.mean(0))
        self.deviation.copy_(features.std(0).clamp(min=1e-4))

    def forward(self, x: Tensor) -> Tensor:
        """x: [..., size]."""
        return (x - self.mean) / self.deviation


class WindowReader(nn.Module):
    """Steps 1 and 2."""

    def __init__(self, encoder: Encoder, hidden: int, width: int = 512) -> None:
        super().__init__()
        self.encoder = encoder
        self.norm = Standardise(hidden)
        self.inner = nn.Linear(hidden, width)
        self.drop = StoredDropout(0.2)
        self.outer = nn.Linear(width, 2 * len(TYPES))
        _rare(self.outer, 0.002)

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor) -> tuple[Tensor, Tensor]:
        """Read windows.

        Args:
            ids: Subword ids [windows, length].
            mask: 1 where there is a subword, 0 on padding, the same shape.
            pool: Averaging weights [windows, units, length].

        Returns:
            States [windows, units, hidden], logits [windows, units, types, 2].
        """
        read = self.encoder(ids, mask)
        # Small differences around a large mean: bfloat16 would round them away.
        with torch.autocast("cpu", enabled=False):
            states = self.norm(torch.bmm(pool, read.float()))
        inner = self.drop(nn.functional.gelu(self.inner(self.drop(states))))
        logits = self.outer(inner)
        return states, logits.view(*logits.shape[:2], len(TYPES), 2)


class EventReader(nn.Module):
    """Step 3: a sentence read for one event."""

    def __init__(self, layers: list[Layer], hidden: int) -> None:
        super().__init__()
        self.type_mark = nn.Embedding(len(TYPES), hidden)
        self.distance = nn.Embedding(2 * REACH + 2, hidden)
        nn.init.normal_(self.type_mark.weight, std=0.3)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.norm = nn.LayerNorm(hidden)
        self.drop = StoredDropout(0.1)
        self.layers = nn.ModuleList(layers)
        self.roles = nn.Sequential(
            nn.Linear(hidden, hidden),
            nn.GELU(),
            StoredDropout(0.1),
            nn.Linear(hidden, 2 * len(ROLES)),
        )
        _rare(cast("nn.Linear", self.roles[-1]), 0.02)
        self.flags = nn.Sequential(
            nn.Linear(2 * hidden, hidden),
            nn.GELU(),
            StoredDropout(0.1),
            nn.Linear(hidden, 2 + len(CERTAINTIES)),
        )

    def forward(
        self, units: Tensor, present: Tensor, trigger: Tensor, kind: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Read sentences, each for one event.

        Args:
            units: States of the sentence's units [events, units, hidden].
            present: 1 where there is a unit, 0 on padding [events, units].
            trigger: First unit of the trigger and one past its last [events, 2].
            kind: Index of the event type [events].

        Returns:
            Role logits [events, units, roles, 2]; flags [events, 2 + certainties] (whether it is
            an event, whether it is negated, certainty); the event's state [events, 2 * hidden].
        """
        at = torch.arange(units.shape[1], device=units.device)[None]
        begin, end = trigger[:, :1], trigger[:, 1:]
        inside = (at >= begin) & (at < end)
        before = (at - begin).clamp(-REACH, 0)
        after = (at - end + 1).clamp(0, REACH)
        offset = torch.where(inside, torch.zeros_like(at), before + after) + REACH
        offset = torch.where(inside, torch.full_like(offset, 2 * REACH + 1), offset)
        mark = self.type_mark(kind)
        x = units + self.distance(offset) + inside.unsqueeze(-1).to(units.dtype) * mark[:, None]
        x = self.drop(self.norm(x))
        bias = (1.0 - present[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        weight = inside.to(x.dtype)
        weight = weight / weight.sum(1, keepdim=True).clamp(min=1.0)
        state = torch.cat([(x * weight.unsqueeze(-1)).sum(1), mark], dim=-1)
        roles = self.roles(x)
        return roles.view(*roles.shape[:2], len(ROLES), 2), self.flags(state), state


class RelationScorer(nn.Module):
    """Step 4: what one event is to another; class 0 is "nothing"."""

    def __init__(self, hidden: int, width: int = 256) -> None:
        super().__init__()
        self.first = nn.Linear(2 * hidden, width)
        self.second = nn.Linear(2 * hidden, width)
        self.place = nn.Embedding(PAIR_BUCKETS, width)
        self.drop = StoredDropout(0.2)
        self.middle = nn.Linear(width, width)
        self.outer = nn.Linear(width, 1 + len(RELATIONS))

    def forward(self, first: Tensor, second: Tensor, place: Tensor) -> Tensor:
        """first, second: event states [pairs, 2 * hidden]; place: `pair_features` [pairs]."""
        x = self.first(self.drop(first)) + self.second(self.drop(second)) + self.place(place)
        x = self.drop(nn.functional.gelu(x))
        out: Tensor = self.outer(self.drop(nn.functional.gelu(self.middle(x))))
        return out


@dataclass(frozen=True)
class Shape:
    """What is needed to build the network anew for its saved weights."""

    hidden: int
    event_layers: int = 2


class Network(nn.Module):
    """All four steps."""

    def __init__(self, encoder: Encoder, shape: Shape) -> None:
        super().__init__()
        self.windows = WindowReader(encoder, shape.hidden)
        # The event's layers start as copies of the encoder's own last ones.
        top = [cast("Layer", layer) for layer in encoder.layers][-shape.event_layers :]
        self.events = EventReader([copy.deepcopy(layer) for layer in top], shape.hidden)
        self.relations = RelationScorer(shape.hidden)


def shrunk(network: Network, *, layers: int, event_layers: int) -> Network:
    """A network of fewer layers that begins as a part of another one.

    Args:
        network: The whole one; it is left as it is.
        layers: Layers of the encoder that are kept, spread evenly, the first and the last among
            them.
        event_layers: Layers of the event reader that are kept, the last ones.
    """
    small = copy.deepcopy(network)
    whole = list(small.windows.encoder.layers)
    step = (len(whole) - 1) / max(layers - 1, 1)
    kept = sorted({round(number * step) for number in range(layers)}) if layers > 1 else [0]
    small.windows.encoder.layers = nn.ModuleList(whole[number] for number in kept)
    small.events.layers = nn.ModuleList(list(small.events.layers)[-event_layers:])
    return small
