"""A tokenizer small enough to read: whole characters, and a few subwords that cross words."""

from __future__ import annotations

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

_PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁l'", "▁armée", "ville", "armée"]


def tokenizer() -> Tokenizer:
    """Unigram over characters, like the model's own in kind."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèàçù0123456789.,;:!?'«»()-"
    vocabulary = [(piece, -1.0) for piece in _PIECES] + [(letter, -5.0) for letter in letters]
    out = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    out.normalizer = normalizers.NFKC()
    out.pre_tokenizer = pre_tokenizers.Metaspace()
    return out
