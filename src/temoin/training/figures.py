"""`python -m temoin.training.figures`: write a model's figures by language into its card.

`temoin languages` shows them. French and English are measured on
`corpus/development`, the other languages on `corpus/languages`; neither is trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from temoin import corpus
from temoin.evaluation import run
from temoin.extraction import Extractor
from temoin.pipeline import Reader
from temoin.training.cards import read_card, write_card

__all__ = ["write_figures"]

_MODEL = Path("src/temoin/extraction/model")
_MEASURED = (Path("corpus/development"), Path("corpus/languages"))


def write_figures(model: Path, folders: Sequence[Path] = _MEASURED) -> dict[str, dict[str, float]]:
    """Measure an exported model and put F1 of events and arguments by language into its card.

    Args:
        model: The model's folder.
        folders: Gold reports that it was not trained on.

    Returns:
        For each language the number of reports and events, and F1 of events and arguments.
    """
    golds = corpus.load(*folders)
    reader = Reader(Extractor.load(model), ground=False)
    scores = run(golds, reader.read_text).scores
    measured = {
        language: {
            "reports": figures.documents,
            "events": figures.events.gold,
            "events_f1": round(figures.events.f1, 3),
            "arguments_f1": round(figures.arguments.f1, 3),
        }
        for language, figures in sorted(scores.languages.items())
    }
    write_card(model, read_card(model) | {"measured": measured})
    return measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m temoin.training.figures", description=__doc__)
    parser.add_argument("--model", type=Path, default=_MODEL)
    print(json.dumps(write_figures(parser.parse_args().model), indent=1))


if __name__ == "__main__":
    main()
