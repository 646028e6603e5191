"""Silence for libraries that log or warn about the files they read.

Their words would reach the user's screen without the name of the file; what
matters becomes the cause of a `ReadingError` or a note of the document.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["silenced"]


@contextmanager
def silenced(*loggers: str) -> Iterator[None]:
    """Keep the named loggers (and their children) and all warnings quiet for a while."""
    levels = [(logging.getLogger(name), logging.getLogger(name).level) for name in loggers]
    for logger, _ in levels:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in levels:
            logger.setLevel(level)
