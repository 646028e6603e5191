"""The network in PyTorch behind the run time's interface: to measure while training."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from temoin.training.network import Network

__all__ = ["TorchBackend"]

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class TorchBackend:
    """See `temoin.extraction.backend.Backend`."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @torch.no_grad()
    def windows(self, ids: Integers, mask: Integers, pool: Floats) -> tuple[Floats, Floats]:
        """States and trigger logits."""
        states, logits = self._network.windows(
            torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(pool)
        )
        return states.numpy(), logits.numpy()

    @torch.no_grad()
    def events(
        self, units: Floats, present: Floats, trigger: Integers, kind: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """Role logits, flags, event states."""
        roles, flags, state = self._network.events(
            torch.from_numpy(units),
            torch.from_numpy(present),
            torch.from_numpy(trigger),
            torch.from_numpy(kind),
        )
        return roles.numpy(), flags.numpy(), state.numpy()

    @torch.no_grad()
    def relations(self, first: Floats, second: Floats, place: Integers) -> Floats:
        """Relation logits."""
        out = self._network.relations(
            torch.from_numpy(first), torch.from_numpy(second), torch.from_numpy(place)
        )
        return np.asarray(out.numpy(), np.float32)
