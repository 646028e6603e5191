"""Documents to events: a small multilingual model finds what a text claims."""

from __future__ import annotations

from temoin.extraction.extractor import Extractor, ModelInfo

__all__ = ["Extractor", "ModelInfo"]
