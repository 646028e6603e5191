"""The annotated corpus: its notation, its reports, and what they hold.

    reports = load("corpus/development")
    reports[0].events[0].trigger.text

`corpus/README.md` of the repository describes the notation and the guidelines.
`python -m temoin.corpus` compiles, lints and counts from the command line.
"""

from __future__ import annotations

from temoin.corpus._files import digest, dump_jsonl, load, read_jsonl, write_jsonl
from temoin.corpus._gold import (
    ATTRIBUTION,
    DEFAULT_WITHIN_KM,
    GoldArgument,
    GoldDocument,
    GoldEvent,
    GoldRelation,
    GoldReport,
    GoldSpan,
)
from temoin.corpus._lint import Slip, lint
from temoin.corpus._notation import compile_gold, read_gold
from temoin.corpus._statistics import Counts, Statistics, markdown_table, statistics

__all__ = [
    "ATTRIBUTION",
    "DEFAULT_WITHIN_KM",
    "Counts",
    "GoldArgument",
    "GoldDocument",
    "GoldEvent",
    "GoldRelation",
    "GoldReport",
    "GoldSpan",
    "Slip",
    "Statistics",
    "compile_gold",
    "digest",
    "dump_jsonl",
    "lint",
    "load",
    "markdown_table",
    "read_gold",
    "read_jsonl",
    "statistics",
    "write_jsonl",
]
