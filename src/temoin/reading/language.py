"""Which language a text is in: one of the six served, or `other`.

`py3langid` (BSD-3-Clause, model inside the package, no network) decides by
n-grams. Two things are laid over it, because Témoin's users mostly read the
languages it serves: codes outside `data/languages.toml` are left out of the
choice, and the served languages weigh five times the others. A text of a
sentence or more is hardly touched by that; a headline is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["SERVED", "Language", "declared_language", "detect_language", "language_name"]

#: The languages that extraction serves.
SERVED = ("fr", "en", "es", "ar", "uk", "ru")

#: Code points looked at: more adds time, not certainty.
_SAMPLE = 20_000
#: Below this the language counts as not told.
_LEAST = 0.3
_SERVED_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class Language:
    """A text's language as detected or declared.

    Attributes:
        code: fr, en, es, ar, uk, ru or other.
        confidence: Probability of `code` from 0 to 1; None where it was declared.
        note: What the reader should know, None where the language is served.
    """

    code: str
    confidence: float | None = None
    note: str | None = None


@cache
def _tables() -> dict[str, dict[str, str]]:
    raw = resources.files(__package__).joinpath("data/languages.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    return {key: tables[key] for key in ("names", "aliases", "varieties")}


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = {*_tables()["names"], *_tables()["varieties"]}
    identifier.set_languages(sorted(known & set(identifier.labels)))
    return identifier


def language_name(code: str) -> str:
    """English name of a language code, the code itself where the name is not known."""
    return _tables()["names"].get(code, code)


def detect_language(text: str) -> Language:
    """Tell the language of a text; never raises, whatever the text.

    Args:
        text: Any text; its first 20,000 code points decide.
    """
    sample = text[:_SAMPLE]
    if not any(map(str.isalpha, sample)):
        return Language("other", 0.0, "the language cannot be told: the text has no letters")
    varieties = _tables()["varieties"]
    weights: dict[str, float] = {}
    for label, probability in _identifier().rank(sample):
        code = varieties.get(label, label)
        weight = _SERVED_WEIGHT if code in SERVED else 1.0
        weights[code] = weights.get(code, 0.0) + weight * float(probability)
    best = max(weights, key=lambda code: weights[code])
    confidence = round(weights[best] / sum(weights.values()), 4)
    if confidence < _LEAST:
        return Language("other", confidence, "the language cannot be told: too few words")
    if best in SERVED:
        return Language(best, confidence)
    return _unserved(best, confidence, "detected")


def declared_language(value: str) -> Language | None:
    """Read a language that a row or the user declares: `fr`, `fr-FR`, `fra`, `français`.

    Returns:
        The language, `other` with a note for one that isn't served, or None
        where the value names no language that is known here.
    """
    key = value.strip().lower().replace("_", "-")
    code = key.split("-", 1)[0]
    code = _tables()["aliases"].get(key, _tables()["aliases"].get(code, code))
    if code in SERVED:
        return Language(code)
    if code == "other":
        return Language("other")
    if code in _tables()["names"]:
        return _unserved(code, None, "declared")
    return None


def _unserved(code: str, confidence: float | None, how: str) -> Language:
    note = (
        f"language {how}: {language_name(code)} ({code}); "
        "Témoin serves French, English, Spanish, Arabic, Ukrainian and Russian"
    )
    return Language("other", confidence, note)
