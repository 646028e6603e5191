"""Entities: what a pronoun or a repetition stands for, and all mentions of one thing.

`link_entities` is a step of the pipeline, `complete_entities` a later one, when places and
actors are known. The weights are learnt from the corpus by `tools/fit_antecedents.py`; what
is known of words stands in one table a language.
"""

from __future__ import annotations

from temoin.grounding.entities._completing import complete_entities
from temoin.grounding.entities._linking import link_entities

__all__ = ["complete_entities", "link_entities"]
