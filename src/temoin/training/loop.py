"""The training loop: one loss over all heads, checkpoints, an average of the weights.

The average (exponential moving average of the parameters, Polyak and Juditsky
1992) is what is shipped. Everything random comes from one seed.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from temoin.training import examples
from temoin.training.augment import NamePool, vary
from temoin.training.losses import PARTS, distilled, gold_loss, look
from temoin.training.network import Network

__all__ = ["Recipe", "describe", "later_round", "student", "train"]

_MEASURED_BATCHES = 8


@dataclass(frozen=True)
class Recipe:
    """What a run does; stored in the model card.

    `half` multiplies in bfloat16: half the time on processors that can (AVX-512 BF16, AMX), far
    more on those that cannot. `teaching` is the share of a teacher's loss in a student's.
    """

    epochs: int = 10
    seed: int = 1
    encoder_rate: float = 3e-4
    head_rate: float = 1.5e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: float = 0.03
    window_pieces: int = 224
    batch_pieces: int = 512
    mask_share: float = 0.08
    average: float = 0.998
    event_layers: int = 2
    frozen_layers: int = 4
    threads: int = 2
    half: bool = True
    teaching: float = 0.0


Report = dict[str, Any]


def train(
    network: Network,
    reports: list[Report],
    tokenizer: Tokenizer,
    recipe: Recipe,
    *,
    folder: Path,
    after_epoch: Callable[[int, Network], None] | None = None,
    trained: bool = False,
    teacher: Network | None = None,
) -> Network:
    """Train, resuming from the folder's checkpoint where there is one.

    Args:
        network: Fresh network, or one that an earlier round has trained.
        reports: Compiled gold reports.
        tokenizer: The pruned tokenizer.
        recipe: What to do.
        folder: Where checkpoints and `log.jsonl` go.
        after_epoch: Called with the epoch's number and the averaged network.
        trained: Whether an earlier round has trained the network: its features are
            standardised already.
        teacher: A trained network of more layers, in evaluation mode, whose probabilities are
            learnt beside the gold.

    Returns:
        The network with averaged weights.
    """
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(recipe.seed)
    _freeze(network, recipe.frozen_layers)
    optimiser = torch.optim.AdamW(
        _groups(network, recipe), weight_decay=recipe.weight_decay, fused=True
    )
    base = [group["lr"] for group in optimiser.param_groups]
    pool = NamePool(reports)
    mask_id = tokenizer.encode("<mask>", add_special_tokens=False).ids[0]
    first_epoch = _epoch(reports, tokenizer, recipe, 0, pool)
    if not trained:
        _standardise(network, first_epoch, mask_id)
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    learned = [name for name, value in network.named_parameters() if value.requires_grad]
    total, step, first = len(first_epoch) * recipe.epochs, 0, 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        average, step, first = saved["average"], saved["step"], saved["epoch"]
    for epoch in range(first, recipe.epochs):
        network.train()
        started, losses = time.monotonic(), np.zeros(len(PARTS))
        todo = _epoch(reports, tokenizer, recipe, epoch, pool)
        rng = random.Random(f"{recipe.seed} {epoch} batches")
        torch.manual_seed(recipe.seed * 1000 + epoch)
        for window_group in todo:
            batch = examples.collate(
                window_group, mask_id=mask_id, mask_share=recipe.mask_share, rng=rng
            )
            rate = _schedule(step / total, recipe.warm_up)
            for group, lr in zip(optimiser.param_groups, base, strict=True):
                group["lr"] = lr * rate
            with torch.autocast("cpu", torch.bfloat16, enabled=recipe.half):
                parts = _losses(network, batch, rng, teacher, recipe.teaching)
            torch.stack(parts).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            keep = min(recipe.average, (1 + step) / (10 + step))
            with torch.no_grad():
                current = network.state_dict()
                for name in learned:
                    average[name].lerp_(current[name], 1 - keep)
            losses += np.array([part.item() for part in parts])
        _log(folder, epoch, losses / max(len(todo), 1), time.monotonic() - started)
        _save(
            checkpoint,
            {
                "network": network.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average,
                "step": step,
                "epoch": epoch + 1,
            },
        )
        if after_epoch:
            latest = {k: v.detach().clone() for k, v in network.state_dict().items()}
            network.load_state_dict(average)
            network.eval()
            after_epoch(epoch, network)
            network.load_state_dict(latest)
    network.load_state_dict(average)
    return network.eval()


def _losses(
    network: Network,
    batch: examples.Batch,
    rng: random.Random,
    teacher: Network | None,
    teaching: float,
) -> list[Tensor]:
    read = look(network, batch, rng)
    parts = gold_loss(read, batch)
    if teacher is None:
        return parts
    with torch.no_grad():
        wanted = look(teacher, batch, rng, candidates=read.candidates)
    softly = distilled(read, wanted, batch)
    return [torch.lerp(mine, his, teaching) for mine, his in zip(parts, softly, strict=True)]


def later_round(recipe: Recipe) -> Recipe:
    """Some epochs more at a third of the rates: for reports that were added after training."""
    return replace(
        recipe,
        epochs=4,
        encoder_rate=recipe.encoder_rate / 3,
        head_rate=recipe.head_rate / 3,
        average=0.995,
    )


def student(recipe: Recipe) -> Recipe:
    """What a network of fewer layers does under a teacher: all its layers learn."""
    return replace(
        recipe, epochs=8, event_layers=1, frozen_layers=0, layer_decay=0.95, teaching=0.6
    )


def _save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint whole or not at all."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


@torch.no_grad()
def _standardise(network: Network, todo: list[list[examples.Window]], mask_id: int) -> None:
    """Measure the mean and the deviation of the encoder's features on some batches."""
    network.eval()
    rng = random.Random(0)
    seen = []
    for window_group in todo[:_MEASURED_BATCHES]:
        batch = examples.collate(window_group, mask_id=mask_id, mask_share=0.0, rng=rng)
        states = torch.bmm(batch.pool, network.windows.encoder(batch.ids, batch.mask))
        seen.append(states[batch.present > 0])
    network.windows.norm.fit(torch.cat(seen))


def _epoch(
    reports: list[Report], tokenizer: Tokenizer, recipe: Recipe, epoch: int, pool: NamePool
) -> list[list[examples.Window]]:
    rng = random.Random(f"{recipe.seed} {epoch} texts")
    # The number of steps is planned before the first epoch: every epoch gives as many batches.
    varied = [vary(report, pool, rng) for report in reports]
    passages = [examples.passage(report, tokenizer) for report in varied]
    items = examples.all_windows(passages, max_pieces=recipe.window_pieces, rng=rng)
    return examples.batches(items, pieces=recipe.batch_pieces, rng=rng)


def _schedule(done: float, warm_up: float) -> float:
    if done < warm_up:
        return done / warm_up
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (done - warm_up) / (1 - warm_up))))


def _freeze(network: Network, layers: int) -> None:
    """Embeddings and the lowest layers stay as published: faster, and they know more words."""
    encoder = network.windows.encoder
    for module in (encoder.word, encoder.pos, encoder.eln, *encoder.layers[:layers]):
        module.requires_grad_(False)


def _groups(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    depth = len(network.windows.encoder.layers)
    groups: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("windows.encoder.layers."):
            layer = int(name.split(".")[3])
            rate = recipe.encoder_rate * recipe.layer_decay ** (depth - 1 - layer)
        elif name.startswith("windows.encoder."):
            rate = recipe.encoder_rate * recipe.layer_decay**depth
        elif name.startswith("events.layers."):
            rate = recipe.encoder_rate * 1.5
        else:
            rate = recipe.head_rate
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _log(folder: Path, epoch: int, losses: Any, seconds: float) -> None:  # noqa: ANN401
    row = {"epoch": epoch, "seconds": round(seconds, 1)}
    row |= {n: round(float(v), 4) for n, v in zip(PARTS, losses, strict=True)}
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")
    print(json.dumps(row), flush=True)


def describe(recipe: Recipe) -> dict[str, Any]:
    """The recipe as plain JSON types, for the model card."""
    return asdict(recipe)
