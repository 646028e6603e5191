"""Records against gold: figures, faults, calibration, and the gate that keeps them.

    golds = load("corpus/development")
    evaluation = run(golds, Reader().read_text)
    evaluation.scores.overall.events.f1

`temoin.evaluation.gate` pins figures as floors that later changes must keep.
"""

from __future__ import annotations

from temoin.evaluation._calibration import Bin, Reliability, Subject, reliability
from temoin.evaluation._faults import Fault, FaultKind
from temoin.evaluation._figures import Figures, Rates, Scores, Share
from temoin.evaluation._files import load_records
from temoin.evaluation._given import record_from_gold, records_from_gold
from temoin.evaluation._report import (
    figures_table,
    grounding_table,
    reliability_table,
    types_table,
)
from temoin.evaluation._running import Evaluation, Read, read_records, run
from temoin.evaluation._scoring import score

__all__ = [
    "Bin",
    "Evaluation",
    "Fault",
    "FaultKind",
    "Figures",
    "Rates",
    "Read",
    "Reliability",
    "Scores",
    "Share",
    "Subject",
    "figures_table",
    "grounding_table",
    "load_records",
    "read_records",
    "record_from_gold",
    "records_from_gold",
    "reliability",
    "reliability_table",
    "run",
    "score",
    "types_table",
]
