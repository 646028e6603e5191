"""The encoder in PyTorch: multilingual-e5-small, a post-LayerNorm BERT."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from temoin.training import weights
from temoin.training.dropout import StoredDropout

__all__ = ["Encoder", "Layer", "pretrained"]


class Layer(nn.Module):
    """One transformer layer (Devlin et al. 2019): attention, then feed-forward, each normalised."""

    def __init__(self, hidden: int, heads: int, feed_forward: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(hidden, hidden)
        self.k = nn.Linear(hidden, hidden)
        self.v = nn.Linear(hidden, hidden)
        self.ao = nn.Linear(hidden, hidden)
        self.aln = nn.LayerNorm(hidden, eps=epsilon)
        self.fi = nn.Linear(hidden, feed_forward)
        self.fo = nn.Linear(feed_forward, hidden)
        self.oln = nn.LayerNorm(hidden, eps=epsilon)
        self.drop = StoredDropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: [batch, length, hidden]; bias: [batch, 1, 1, length], large negative on padding."""
        batch, length, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)

        # Written out: the fused kernel's backward pass costs the CPU twice as much.
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        scores = q @ k.transpose(2, 3) * (hidden // self.heads) ** -0.5 + bias
        a = scores.softmax(-1).to(v.dtype) @ v
        x = self.aln(x + self.drop(self.ao(a.transpose(1, 2).reshape(batch, length, hidden))))
        out: Tensor = self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))
        return out


class Encoder(nn.Module):
    """Subword ids to states; token types are all 0, as the encoder was trained."""

    def __init__(self, sizes: weights.EncoderWeights, vocabulary: int) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.word = nn.Embedding(vocabulary, hidden)
        self.pos = nn.Embedding(sizes.positions, hidden)
        self.eln = nn.LayerNorm(hidden, eps=sizes.epsilon)
        self.drop = StoredDropout(0.1)
        self.layers = nn.ModuleList(
            Layer(hidden, sizes.heads, sizes.feed_forward, sizes.epsilon)
            for _ in range(sizes.layers)
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: [batch, length]; returns [batch, length, hidden]."""
        x = self.word(ids) + self.pos(torch.arange(ids.shape[1], device=ids.device))[None]
        x = self.drop(self.eln(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def pretrained(path: Path, old_ids: list[int]) -> tuple[Encoder, weights.EncoderWeights]:
    """The encoder with its published weights, for the pruned vocabulary.

    Args:
        path: `e5-small-q4.bin` (see `temoin.training.weights`).
        old_ids: For each id of the pruned vocabulary, the id in the full one.
    """
    sizes = weights.load(path)
    hidden, feed_forward = sizes.hidden, sizes.feed_forward

    def get(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(sizes.tensors[name].reshape(shape))

    encoder = Encoder(sizes, len(old_ids))
    full = get("emb.word", sizes.vocabulary, hidden)
    # tokenizer.json counts from fairseq's ids; the file has the same order.
    types = get("emb.type", sizes.token_types, hidden)
    state = {
        "word.weight": full[old_ids],
        # Token type 0 is added everywhere: fold it into the positions.
        "pos.weight": get("emb.pos", sizes.positions, hidden) + types[0],
        "eln.weight": get("emb.ln.w", hidden),
        "eln.bias": get("emb.ln.b", hidden),
    }
    for i in range(sizes.layers):
        for name in ("q", "k", "v", "ao"):
            state[f"layers.{i}.{name}.weight"] = get(f"l{i}.{name}.w", hidden, hidden)
            state[f"layers.{i}.{name}.bias"] = get(f"l{i}.{name}.b", hidden)
        state[f"layers.{i}.fi.weight"] = get(f"l{i}.fi.w", feed_forward, hidden)
        state[f"layers.{i}.fi.bias"] = get(f"l{i}.fi.b", feed_forward)
        state[f"layers.{i}.fo.weight"] = get(f"l{i}.fo.w", hidden, feed_forward)
        state[f"layers.{i}.fo.bias"] = get(f"l{i}.fo.b", hidden)
        for name in ("aln", "oln"):
            state[f"layers.{i}.{name}.weight"] = get(f"l{i}.{name}.w", hidden)
            state[f"layers.{i}.{name}.bias"] = get(f"l{i}.{name}.b", hidden)
    encoder.load_state_dict(state)
    return encoder, sizes
