"""What runs the network: three functions over arrays, by ONNX Runtime at run time."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

__all__ = ["Backend", "OnnxBackend"]

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Backend(Protocol):
    """The network's three parts; see `temoin.training.network` for what each does."""

    def windows(self, ids: Integers, mask: Integers, pool: Floats) -> tuple[Floats, Floats]:
        """States [windows, units, hidden] and trigger logits [windows, units, types, 2]."""

    def events(
        self, units: Floats, present: Floats, trigger: Integers, kind: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """Role logits [events, units, roles, 2], flags [events, flags], states [events, size]."""

    def relations(self, first: Floats, second: Floats, place: Integers) -> Floats:
        """Relation logits [pairs, 1 + relations]."""


class OnnxBackend:
    """The three parts as ONNX files, run on the CPU.

    Args:
        folder: Where `windows.onnx`, `events.onnx` and `relations.onnx` are.
        threads: Threads of one operator. One is the better default: several processes scale,
            several threads spin.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Without the arena and the pattern, memory follows the text and falls again after it.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        self._windows, self._events, self._relations = (
            onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
            for name in ("windows", "events", "relations")
        )

    def windows(self, ids: Integers, mask: Integers, pool: Floats) -> tuple[Floats, Floats]:
        """See `Backend`."""
        states, logits = self._windows.run(None, {"ids": ids, "mask": mask, "pool": pool})
        return states, logits

    def events(
        self, units: Floats, present: Floats, trigger: Integers, kind: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """See `Backend`."""
        roles, flags, states = self._events.run(
            None, {"units": units, "present": present, "trigger": trigger, "kind": kind}
        )
        return roles, flags, states

    def relations(self, first: Floats, second: Floats, place: Integers) -> Floats:
        """See `Backend`."""
        (logits,) = self._relations.run(None, {"first": first, "second": second, "place": place})
        return np.asarray(logits, np.float32)
