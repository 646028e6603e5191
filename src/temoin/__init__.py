"""Témoin reads reports of armed conflict and puts on record what they claim."""

from __future__ import annotations

__version__ = "0.1.0"
