"""From the trained network to the files that ship: ONNX, int8, one tokenizer, one card."""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from torch import nn

from temoin.extraction.labels import PAIR_BUCKETS, ROLES, TYPES
from temoin.training.network import Network

__all__ = ["export"]

_OPSET = 18


def export(network: Network, tokenizer_json: str, card: dict[str, Any], folder: Path) -> None:
    """Write `windows.onnx`, `events.onnx`, `relations.onnx`, `tokenizer.json`, `card.json`.

    Args:
        network: Trained, in evaluation mode.
        tokenizer_json: The pruned tokenizer.
        card: The model card; the labels are added.
        folder: Where to; made where missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hidden = network.windows.norm.mean.shape[0]
    _part(
        network.windows,
        {
            "ids": torch.randint(4, 20, (2, 11)),
            "mask": torch.ones(2, 11, dtype=torch.long),
            "pool": torch.rand(2, 7, 11),
        },
        {"ids": (0, "w", 1, "l"), "mask": (0, "w", 1, "l"), "pool": (0, "w", 1, "u", 2, "l")},
        ("states", "logits"),
        folder / "windows.onnx",
    )
    _part(
        network.events,
        {
            "units": torch.rand(3, 9, hidden),
            "present": torch.ones(3, 9),
            "trigger": torch.tensor([[0, 1], [2, 4], [8, 9]]),
            "kind": torch.tensor([0, 1, 2]),
        },
        {
            "units": (0, "e", 1, "u"),
            "present": (0, "e", 1, "u"),
            "trigger": (0, "e"),
            "kind": (0, "e"),
        },
        ("roles", "flags", "state"),
        folder / "events.onnx",
    )
    _part(
        network.relations,
        {
            "first": torch.rand(4, 2 * hidden),
            "second": torch.rand(4, 2 * hidden),
            "place": torch.randint(0, PAIR_BUCKETS, (4,)),
        },
        {"first": (0, "p"), "second": (0, "p"), "place": (0, "p")},
        ("logits",),
        folder / "relations.onnx",
    )
    (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    card = {**card, "types": list(TYPES), "roles": list(ROLES)}
    text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "card.json").write_text(text + "\n", encoding="utf-8")


def _quiet_export(*arguments: Any, **options: Any) -> None:
    with warnings.catch_warnings():
        # The older exporter keeps dynamic sizes without a word; it says it is deprecated.
        warnings.simplefilter("ignore")
        torch.onnx.export(*arguments, dynamo=False, **options)


def _part(
    module: nn.Module,
    inputs: dict[str, torch.Tensor],
    axes: dict[str, tuple[Any, ...]],
    outputs: tuple[str, ...],
    path: Path,
) -> None:
    dynamic = {
        name: {spec[i]: spec[i + 1] for i in range(0, len(spec), 2)} for name, spec in axes.items()
    }
    with tempfile.TemporaryDirectory() as temporary:
        full, ready = Path(temporary) / "full.onnx", Path(temporary) / "ready.onnx"
        _quiet_export(
            module,
            tuple(inputs.values()),
            str(full),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=dynamic,
            opset_version=_OPSET,
        )
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            # Without VNNI, products of full-range int8 saturate (ONNX Runtime, "Quantization").
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    model = onnx.load(path)
    # Paths and names of the machine that trained are nobody's business.
    for node in model.graph.node:
        node.ClearField("doc_string")
    onnx.save(model, path)
