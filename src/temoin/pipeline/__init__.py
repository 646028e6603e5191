"""From sources to records: reading, extraction and grounding in one."""

from __future__ import annotations

from temoin.pipeline.reader import Extracts, Reader

__all__ = ["Extracts", "Reader"]
