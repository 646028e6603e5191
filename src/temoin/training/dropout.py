"""Dropout from a store of random numbers.

PyTorch draws dropout masks on the CPU one number at a time; in this network
that costs as much as a sixth of the forward pass. Drawing a large store once
and taking random stretches of it costs next to nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["StoredDropout"]

_STORE = 1 << 22


class StoredDropout(nn.Module):
    """Sets `share` of the values to zero and scales the rest; does nothing in evaluation mode."""

    _stores: dict[float, Tensor] = {}  # noqa: RUF012 - shared on purpose

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """x: any shape of at most 2 ** 22 values."""
        if not self.training:
            return x
        store = self._stores.get(self.share)
        if store is None:
            store = torch.empty(_STORE).bernoulli_(1 - self.share).div_(1 - self.share)
            self._stores[self.share] = store
        size = x.numel()
        start = int(torch.randint(0, _STORE - size + 1, ()).item())
        return x * store[start : start + size].view(x.shape)
