"""Prune the vocabulary to the scripts that are served: a small model that reads as well.

Subwords are ranked by how often the words of the served languages
(`wordfreq`, cased and elided variants) need them, with a little of the
tokenizer's own prior. All single characters of the served scripts and all
subwords without letters stay, or numbers would fall apart.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["prune"]

_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_MASK = "<mask>"
_WORDS_PER_LANGUAGE = 150_000
_PRIOR = 0.02


def prune(
    tokenizer_json: Path, *, size: int, languages: tuple[str, ...], texts: list[str]
) -> tuple[dict[str, Any], list[int]]:
    """Choose the subwords to keep.

    Args:
        tokenizer_json: The full tokenizer (XLM-R unigram, 250,002 pieces).
        size: How many pieces to keep, special ones included.
        languages: ISO 639-1 codes of the languages served.
        texts: Texts of the training corpus, whose subwords count as well.

    Returns:
        The new tokenizer's JSON, and for each new id the old one.
    """
    data = json.loads(tokenizer_json.read_text(encoding="utf-8"))
    vocabulary: list[tuple[str, float]] = [(p, s) for p, s in data["model"]["vocab"]]
    need = _needed(Tokenizer.from_file(str(tokenizer_json)), languages, texts)
    prior = np.exp(np.array([score for _, score in vocabulary]))
    prior[: len(_SPECIAL)] = 0
    rank = need(len(vocabulary)) + _PRIOR * prior / prior.sum()
    always = [
        i
        for i, (piece, _) in enumerate(vocabulary)
        if i < len(_SPECIAL) or piece == _MASK or _is_kept(piece)
    ]
    chosen = set(always)
    for i in np.argsort(-rank, kind="stable"):
        if len(chosen) >= size:
            break
        if _is_served(vocabulary[int(i)][0]):
            chosen.add(int(i))
    old_ids = sorted(chosen)
    data["model"]["vocab"] = [[vocabulary[i][0], vocabulary[i][1]] for i in old_ids]
    new_id = {old: new for new, old in enumerate(old_ids)}
    for token in data["added_tokens"]:
        token["id"] = new_id[token["id"]]
    data["model"]["unk_id"] = new_id[data["model"]["unk_id"]]
    return data, old_ids


def _needed(
    tokenizer: Tokenizer, languages: tuple[str, ...], texts: list[str]
) -> Callable[[int], NDArray[np.float64]]:
    import wordfreq

    counts: defaultdict[int, float] = defaultdict(float)
    for language in languages:
        frequencies = wordfreq.get_frequency_dict(language)
        words = sorted(frequencies, key=lambda w: (-frequencies[w], w))[:_WORDS_PER_LANGUAGE]
        total = sum(frequencies[word] for word in words)
        variants: tuple[str, ...] = ("{}", "{c}")
        if language == "fr":
            variants = ("{}", "{c}", "l'{}", "d'{}")
        for variant in variants:
            batch = [variant.format(word, c=word.capitalize()) for word in words]
            for word, encoding in zip(words, tokenizer.encode_batch(batch), strict=True):
                # The square root lets rarer words count: names and weapons are among them.
                weight = (frequencies[word] / total) ** 0.5 / len(variants)
                for piece in encoding.ids:
                    counts[piece] += weight
    in_corpus: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(texts):
        in_corpus.update(encoding.ids)

    tables: tuple[Mapping[int, float], ...] = (counts, in_corpus)

    def rank(size: int) -> NDArray[np.float64]:
        out = np.zeros(size)
        for table in tables:
            total = sum(table.values())
            for piece, count in table.items():
                out[piece] += count / total
        return out

    return rank


def _is_kept(piece: str) -> bool:
    bare = piece.removeprefix("▁")
    if not any(character.isalpha() for character in bare):
        return len(bare) <= 4 and all(ord(c) < 0x2E80 for c in bare)
    return len(bare) == 1 and _is_served(piece)


def _is_served(piece: str) -> bool:
    return all(
        not c.isalpha() or unicodedata.name(c, "?").startswith(_SCRIPTS)
        for c in piece.removeprefix("▁")
    )
