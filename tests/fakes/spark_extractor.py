"""An extractor that ends its process, always or once, where a text says so."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from fake_extractor import FakeExtractor

from temoin.record import Document, Record


@dataclass(frozen=True)
class Mortal:
    """`KILL` ends the process as the kernel does for want of memory; `ONCE` does so once.

    `EXECUTOR` ends the executor that the process belongs to, once.

    Attributes:
        marks: A folder where a death leaves its mark.
    """

    marks: str

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        text = document.text
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ONCE" in text and self._first("once"):
            os.kill(os.getpid(), signal.SIGKILL)
        if "EXECUTOR" in text and self._first("executor"):
            # The worker's parent is Spark's Python daemon, and its parent the executor.
            daemon = os.getppid()
            status = Path(f"/proc/{daemon}/status").read_text(encoding="utf-8")
            parent = next(line for line in status.splitlines() if line.startswith("PPid:"))
            (Path(self.marks) / f"executor-{parent.split()[1]}").touch()
            os.kill(int(parent.split()[1]), signal.SIGKILL)
        return FakeExtractor().extract(document, min_confidence=min_confidence)

    def _first(self, name: str) -> bool:
        mark = Path(self.marks) / name
        if mark.exists():
            return False
        mark.touch()
        return True
