"""`python -m temoin.training`: from the corpus to the files that ship."""

from __future__ import annotations

import argparse
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from temoin import corpus
from temoin._version import __version__
from temoin.extraction.extractor import Extractor, ModelInfo
from temoin.extraction.reader import Settings
from temoin.training import encoder, loop, sources, vocabulary
from temoin.training.cards import read_card, write_card
from temoin.training.export import export
from temoin.training.figures import write_figures
from temoin.training.measure import figures
from temoin.training.network import Network, Shape, shrunk
from temoin.training.torch_backend import TorchBackend

_LANGUAGES = ("fr", "en", "es", "ar", "uk", "ru")
_NAME = "temoin-e5-1"
_STUDENT = "temoin-e5-1-fast"
#: Share of a later round's weights in what is shipped; the rest are the earlier round's.
_LAST_ROUND = 0.6
#: What a run ships, in its folder: the average, blended after a later round.
_WEIGHTS = "weights.pt"


def main() -> None:
    """Train, measure after every other epoch, export."""
    options = _options()
    options.run.mkdir(parents=True, exist_ok=True)
    commit = _commit()  # of what is read now: the training takes long
    training = corpus.load(options.corpus)
    reports = [report.to_dict() for report in training]
    held_back = corpus.load(options.development)
    tokenizer_json, old_ids = _vocabulary(options, [r["document"]["text"] for r in reports])
    tokenizer = Tokenizer.from_str(tokenizer_json)
    recipe = replace(loop.Recipe(), seed=options.seed, threads=options.threads, half=_halves())
    if options.after:
        recipe = loop.later_round(recipe)
    if options.teacher:
        recipe = loop.student(recipe)
    if options.epochs:
        recipe = replace(recipe, epochs=options.epochs)
    torch.manual_seed(recipe.seed)
    weights = sources.obtain(sources.WEIGHTS, options.cache)
    base, sizes = encoder.pretrained(weights, old_ids)
    network = Network(base, Shape(sizes.hidden, loop.Recipe.event_layers))
    earlier: dict[str, torch.Tensor] = {}
    teacher = None
    if options.after or options.teacher:
        earlier = _weights(options.after or options.teacher)
        network.load_state_dict(earlier)
    if options.teacher:
        teacher = network.eval()
        network = shrunk(teacher, layers=options.layers, event_layers=recipe.event_layers)

    def measure(epoch: int, trained: Network) -> None:
        if epoch % 2 == 0 and epoch + 1 < recipe.epochs:
            return
        extractor = Extractor(
            tokenizer=tokenizer,
            backend=TorchBackend(trained),
            settings=Settings(),
            info=ModelInfo(_NAME, "", _LANGUAGES, {}),
        )
        print(json.dumps({"epoch": epoch, **figures(extractor, held_back)}), flush=True)

    network = loop.train(
        network,
        reports,
        tokenizer,
        recipe,
        folder=options.run,
        after_epoch=measure,
        trained=bool(earlier),
        teacher=teacher,
    )
    if options.after:
        network.load_state_dict(_blend(earlier, network.state_dict()))
    torch.save(network.state_dict(), options.run / _WEIGHTS)
    card = {
        "name": _STUDENT if teacher else _NAME,
        "languages": list(_LANGUAGES),
        "settings": vars_of(Settings()),
        "recipe": loop.describe(recipe),
        "encoder_layers": len(network.windows.encoder.layers),
        "teacher": _rounds_before(options.teacher)[-1:],
        "rounds_before": _rounds_before(options.after),
        "share_of_last_round": _LAST_ROUND if options.after else 1.0,
        "corpus_sha256": corpus.digest(training),
        "corpus_reports": len(training),
        "encoder": "multilingual-e5-small (MIT), from " + sources.WEIGHTS.requirement,
        "vocabulary": len(old_ids),
        "commit": commit,
        "temoin": __version__,
        "licence": "Apache-2.0; encoder weights MIT, see NOTICE",
    }
    export(network, tokenizer_json, card, options.out)
    write_card(options.run, card)
    print(json.dumps(write_figures(options.out)))
    print(f"written to {options.out}")


def vars_of(settings: Settings) -> dict[str, Any]:
    """Settings as plain JSON types."""
    return {name: getattr(settings, name) for name in Settings.__dataclass_fields__}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m temoin.training", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/train"))
    parser.add_argument("--development", type=Path, default=Path("corpus/development"))
    parser.add_argument("--cache", type=Path, default=Path("runs/encoder"))
    parser.add_argument("--run", type=Path, default=Path("runs/latest"))
    parser.add_argument("--out", type=Path, default=Path("src/temoin/extraction/model"))
    parser.add_argument("--vocabulary", type=int, default=64_000)
    parser.add_argument(
        "--after", type=Path, help="the run folder of an earlier round, to train some epochs more"
    )
    parser.add_argument(
        "--teacher", type=Path, help="the run folder of a trained model, to distil a faster one"
    )
    parser.add_argument("--layers", type=int, default=5, help="encoder layers of a faster one")
    parser.add_argument("--epochs", type=int, help="another number than the recipe's")
    parser.add_argument("--seed", type=int, default=loop.Recipe.seed)
    parser.add_argument("--threads", type=int, default=loop.Recipe.threads)
    return parser.parse_args()


def _weights(run: Path) -> dict[str, torch.Tensor]:
    """What an earlier run ships."""
    shipped = run / _WEIGHTS
    if shipped.exists():
        weights: dict[str, torch.Tensor] = torch.load(shipped, weights_only=True)
        return weights
    average: dict[str, torch.Tensor] = torch.load(run / "checkpoint.pt", weights_only=True)[
        "average"
    ]
    return average


def _blend(
    earlier: dict[str, torch.Tensor], later: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """The weights between two rounds, which do better than either (Wortsman et al. 2022)."""
    return {
        name: torch.lerp(value, later[name], _LAST_ROUND) if value.is_floating_point() else value
        for name, value in earlier.items()
    }


def _rounds_before(run: Path | None) -> list[dict[str, Any]]:
    """What the earlier rounds were, the first one first."""
    if not run:
        return []
    card = read_card(run)
    kept = ("recipe", "corpus_sha256", "corpus_reports", "commit")
    return [*card.get("rounds_before", []), {name: card[name] for name in kept}]


def _halves() -> bool:
    """Whether the processor multiplies bfloat16 by itself."""
    return bool(torch.cpu._is_avx512_bf16_supported())  # noqa: SLF001 - there is no public name


def _vocabulary(options: argparse.Namespace, texts: list[str]) -> tuple[str, list[int]]:
    kept = options.cache / f"vocabulary-{options.vocabulary}.json"
    if not kept.exists():
        full = sources.obtain(sources.TOKENIZER, options.cache)
        data, old_ids = vocabulary.prune(
            full, size=options.vocabulary, languages=_LANGUAGES, texts=texts
        )
        both = {"tokenizer": json.dumps(data, ensure_ascii=False), "old_ids": old_ids}
        kept.write_text(json.dumps(both), encoding="utf-8")
    both = json.loads(kept.read_text(encoding="utf-8"))
    return both["tokenizer"], both["old_ids"]


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
