"""From the trained network to the files that ship: ONNX, one tokenizer, one card."""

from __future__ import annotations

import hashlib
import re
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from torch import nn

from temoin.extraction.labels import PAIR_BUCKETS, ROLES, TYPES
from temoin.training.cards import write_card
from temoin.training.network import Network

__all__ = ["export"]

_OPSET = 18
#: Whose weights a layer multiplies by: queries, keys, values, output, feed-forward.
_WEIGHTS_OF = re.compile(r"layers\.\d+/(?:q|k|v|ao|fi|fo)$")
#: Weights with fewer values stay as they are.
_LARGE = 1024


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
        heads_apart=True,
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
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("windows.onnx", "events.onnx", "relations.onnx", "tokenizer.json")
    }
    write_card(folder, {**card, "types": list(TYPES), "roles": list(ROLES), "files": hashes})


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
    *,
    heads_apart: bool = False,
) -> None:
    """Write one part with weights of eight bits.

    With `heads_apart` only the layers have eight bits and all other weights sixteen: the event
    reader's heads are small, and what they decide suffers most from rounding (docs/model.md).
    """
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
        names = [node.name for node in onnx.load(ready).graph.node if _in_a_layer(node)]
        quantize_dynamic(
            str(ready),
            str(path),
            op_types_to_quantize=["MatMul"] if heads_apart else ["MatMul", "Gather"],
            nodes_to_quantize=names if heads_apart else None,
            per_channel=True,
            # Without VNNI, products of full-range int8 saturate (ONNX Runtime, "Quantization").
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        if heads_apart:
            onnx.save(_halved(onnx.load(path)), path)
    model = onnx.load(path)
    # Paths and names of the machine that trained are nobody's business.
    for node in model.graph.node:
        node.ClearField("doc_string")
    onnx.save(model, path)


def _in_a_layer(node: onnx.NodeProto) -> bool:
    """Whether it multiplies by a layer's weights (and not queries by keys)."""
    owner, _, last = node.name.rpartition("/")
    return node.op_type == "MatMul" and last == "MatMul" and _WEIGHTS_OF.search(owner) is not None


def _halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large weights in sixteen bits; ONNX Runtime widens them once, when it loads them."""
    casts = []
    for weights in list(model.graph.initializer):
        values = numpy_helper.to_array(weights)
        if values.dtype != np.float32 or values.size < _LARGE:
            continue
        name = weights.name
        half = numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
        model.graph.initializer.remove(weights)
        model.graph.initializer.append(half)
        casts.append(
            helper.make_node("Cast", [half.name], [name], f"{name}.cast", to=TensorProto.FLOAT)
        )
    for number, node in enumerate(casts):
        model.graph.node.insert(number, node)
    return model
