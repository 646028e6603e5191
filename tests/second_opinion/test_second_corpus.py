"""What a model that copies perfectly would get: the annotators' own words as its answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from played_endpoint import event

from temoin.corpus import load
from temoin.second_opinion.placing import place

TRAIN = Path(__file__).parents[2] / "corpus" / "train"


@pytest.mark.slow
def test_words_are_found_where_the_annotators_saw_them() -> None:
    right = missed = 0
    for report in load(TRAIN):
        read = report.document.text
        for start, end in report.sentences:
            gold = [e for e in report.events if start <= e.trigger.start < end]
            said = [
                event(
                    e.type,
                    e.trigger.text,
                    [(a.role, a.primary.text) for a in e.arguments if a.role != "attribution"],
                )
                for e in gold
            ]
            claims = place(said, read[start:end]).claims
            found = {(c.type, str(role), at) for c in claims for role, at in c.arguments}
            found |= {(c.type, "trigger", c.trigger) for c in claims}
            for e in gold:
                spans = [(str(a.role), a.primary) for a in e.arguments if a.role != "attribution"]
                for role, span in [("trigger", e.trigger), *spans]:
                    at = (span.start - start, span.end - start)
                    right += (e.type, role, at) in found
                    missed += (e.type, role, at) not in found
    assert right / (right + missed) > 0.995
