"""Score Témoin on MUC-4: templates as GTT's scorer has it, and CEAF-REE.

    python benchmarks/peers/muc4.py FOLDER [--json] [--predictions FILE]

FOLDER holds `test.json` in GTT's format (TST3 and TST4, 200 documents), or is a copy
of the repository xinyadu/gtt, where the file lies in data/muc/processed. Events become
incidents by `data/muc4.toml`. With --predictions, templates in GTT's format are scored
in place of Témoin's: the published ones (model_gtt/preds_gtt.out) give the published
figures, which shows that both are scored alike.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from _incidents import templates
from _running import GoldError, Reads, Report, Timed, notes, parser, run
from _scoring import Figure, Score, Share
from _templates import (
    MucText,
    Template,
    ceaf_ree,
    contains,
    number_of,
    read_gold,
    read_predictions,
    template_scores,
)

NAME = "test.json"
INSIDE = ("", "data/muc/processed")


def find_gold(folder: Path) -> Path:
    """The gold file.

    Raises:
        GoldError: It is not there.
    """
    for inside in INSIDE:
        if (folder / inside / NAME).is_file():
            return folder / inside / NAME
    message = f"no {NAME} in {folder}: get it from github.com/xinyadu/gtt (data/muc/processed)"
    raise GoldError(message)


def measure(options: argparse.Namespace, timed: Timed) -> Report:
    """Read and score every document."""
    gold = read_gold(find_gold(options.folder))[: options.limit]
    if options.predictions:
        given = read_predictions(options.predictions)
        absent = [each.id for each in gold if number_of(each.id) not in given]
        if absent:
            message = f"{options.predictions} lacks {len(absent)} documents, {absent[0]} first"
            raise GoldError(message)
        found = [given[number_of(each.id)] for each in gold]
    else:
        found = [templates(timed.read(each.text, name=each.id, language="en")) for each in gold]
    return report(gold, found, who=str(options.predictions or "Témoin"))


def report(gold: Sequence[MucText], found: Sequence[Sequence[Template]], *, who: str) -> Report:
    """The figures of predictions."""
    figures: dict[str, Figure] = {}
    for title, score in (
        ("templates, GTT's scorer", template_scores),
        ("entities, CEAF-REE", ceaf_ree),
    ):
        totals: dict[str, Score] = {}
        lenient = Score()
        for text, ours in zip(gold, found, strict=True):
            for slot, one in score(ours, text.templates).items():
                totals[slot] = totals.get(slot, Score()) + one
            lenient = sum(score(ours, text.templates, similar=contains).values(), start=lenient)
        figures[f"{title}: micro"] = sum(totals.values(), start=Score())
        figures |= {f"{title}: {slot}": one for slot, one in totals.items()}
        figures[f"{title}: micro, lenient"] = lenient
    pairs = list(zip(gold, found, strict=True))
    relevant = [bool(ours) for text, ours in pairs if text.templates]
    figures["documents with incidents that have a template"] = Share(sum(relevant), len(relevant))
    silent = [not ours for text, ours in pairs if not text.templates]
    figures["documents without that have none"] = Share(sum(silent), len(silent))
    return Report(
        gold=f"MUC-4 ({NAME}), templates of {who}",
        figures=figures,
        notes=notes("muc4"),
        counts={
            "documents": len(gold),
            "gold templates": sum(len(each.templates) for each in gold),
            "templates found": sum(map(len, found)),
        },
    )


def main(arguments: Sequence[str] | None = None, *, reader: Reads | None = None) -> None:
    """Measure and print."""
    made = parser(__doc__ or "", folder=f"folder with {NAME}, or GTT's repository")
    made.add_argument("--predictions", type=Path, help="score these instead, in GTT's format")
    run(made, measure, arguments=arguments, reader=reader)


if __name__ == "__main__":
    main()
