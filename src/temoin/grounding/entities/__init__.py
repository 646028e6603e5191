"""Entities: what a pronoun or a repetition stands for, and all mentions of one thing.

`link_entities` is the step of the pipeline. Its weights are learnt from the corpus by
`tools/fit_antecedents.py`; what it knows of words stands in one table a language.
"""

from __future__ import annotations

from temoin.grounding.entities._linking import link_entities

__all__ = ["link_entities"]
