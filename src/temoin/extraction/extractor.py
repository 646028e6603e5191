"""The extractor: a document in, a record with its events out."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from temoin._version import __version__
from temoin.errors import ModelError
from temoin.extraction.backend import Backend, OnnxBackend
from temoin.extraction.edges import joined, mended
from temoin.extraction.labels import ATTRIBUTION, CERTAINTIES, ROLES, TYPES
from temoin.extraction.reader import FoundEvent, Settings, read_sentences
from temoin.extraction.units import UnitSentence
from temoin.record import (
    Argument,
    Attribution,
    Certainty,
    Document,
    Event,
    EventType,
    Polarity,
    Provenance,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
)

__all__ = ["Extractor", "ModelInfo"]

_FILES = ("windows.onnx", "events.onnx", "relations.onnx", "tokenizer.json")
_DIGITS = 4  # confidences in a record


@dataclass(frozen=True)
class ModelInfo:
    """What the model says of itself.

    Attributes:
        name: Name and version, e.g. `temoin-e5-1`.
        sha256: Digest over its files' hashes and its settings.
        languages: ISO 639-1 codes of the languages it was trained on.
        card: The whole model card.
    """

    name: str
    sha256: str
    languages: tuple[str, ...]
    card: dict[str, Any]


class Extractor:
    """Finds the events a document claims.

    Args:
        tokenizer: The model's tokenizer.
        backend: What runs the network.
        settings: How logits become decisions.
        info: What the model says of itself.
    """

    def __init__(
        self, *, tokenizer: Tokenizer, backend: Backend, settings: Settings, info: ModelInfo
    ) -> None:
        self._tokenizer = tokenizer
        self._backend = backend
        self.settings = settings
        self.info = info

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> Extractor:
        """Load the model that comes with the package, or the one in `folder`.

        Raises:
            ModelError: A file is missing or damaged; the message names it.
        """
        here = folder or Path(str(resources.files("temoin.extraction"))) / "model"
        card_path = here / "card.json"
        missing = [name for name in (*_FILES, "card.json") if not (here / name).is_file()]
        if missing:
            message = (
                f"{here}: the extraction model lacks {', '.join(missing)}; "
                "reinstall temoin, or train one with `make train`"
            )
            raise ModelError(message)
        try:
            card = json.loads(card_path.read_text(encoding="utf-8"))
            info = _info(here, card)
            tokenizer = Tokenizer.from_file(str(here / "tokenizer.json"))
            backend = OnnxBackend(here, threads=threads)
            settings = Settings(**card["settings"])
        except Exception as error:
            message = f"{here}: the extraction model cannot be loaded: {error}"
            raise ModelError(message) from error
        return cls(tokenizer=tokenizer, backend=backend, settings=settings, info=info)

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        """Put on record what a document claims.

        Args:
            document: With its sentences.
            min_confidence: Leave out events below this confidence.

        Returns:
            A record with events and relations; nothing in it is normalised yet.
        """
        parts, found, relations = read_sentences(
            document.text,
            document.sentences,
            tokenizer=self._tokenizer,
            backend=self._backend,
            settings=self.settings,
        )
        order = sorted(range(len(found)), key=lambda i: _position(parts, found[i]))
        least = min_confidence or 0.0
        order = [i for i in order if found[i].confidence >= least]
        names = {i: f"e{n}" for n, i in enumerate(order, 1)}
        return Record(
            document=document,
            events=tuple(_event(document, parts, found[i], names[i], self) for i in order),
            relations=tuple(
                Relation(
                    type=RelationType(r.kind),
                    source=names[r.source],
                    target=names[r.target],
                    confidence=round(r.probability, _DIGITS),
                )
                for r in relations
                if r.source in names and r.target in names
            ),
            provenance=self.provenance,
        )

    @cached_property
    def provenance(self) -> Provenance:
        """Version of Témoin and of the model."""
        return Provenance(temoin=__version__, model=self.info.name, model_sha256=self.info.sha256)


def _info(folder: Path, card: dict[str, Any]) -> ModelInfo:
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES}
    for name, expected in card["files"].items():
        if files[name] != expected:
            message = f"{name} was altered or damaged: it has not the hash of the card"
            raise ModelError(message)
    told = json.dumps([files, card["settings"]], sort_keys=True)
    if card["types"] != list(TYPES) or card["roles"] != list(ROLES):
        message = "its labels are not those of this version of Témoin"
        raise ModelError(message)
    digest = hashlib.sha256(told.encode()).hexdigest()
    return ModelInfo(card["name"], digest, tuple(card["languages"]), card)


def _position(parts: list[UnitSentence], event: FoundEvent) -> tuple[int, int, int]:
    candidate = event.candidate
    start, end = _offsets(parts[event.sentence], candidate.start, candidate.end)
    return (start, end, candidate.kind)


def _certainty(shares: Sequence[float], *, least: float) -> int:
    """The likeliest certainty, "certain" only where it is at least so likely."""
    order = sorted(range(len(shares)), key=lambda i: -shares[i])
    surest = CERTAINTIES[order[0]] == Certainty.CERTAIN.value
    return order[1] if surest and shares[order[0]] < least else order[0]


def _offsets(part: UnitSentence, start: int, end: int) -> tuple[int, int]:
    return part.units[start][0], part.units[end - 1][1]


def _spans(
    text: str, part: UnitSentence, found: FoundEvent, language: str
) -> list[tuple[str, int, int, float]]:
    """Role, offsets and probability of an event's arguments, their edges mended."""
    by_role: defaultdict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for role, span in found.arguments:
        by_role[role][_offsets(part, span.start, span.end)] = span.probability
    out: set[tuple[int, int, str, float]] = set()
    for role, spans in by_role.items():
        for start, end in joined(text, spans, language=language):
            sure = max(p for (a, b), p in spans.items() if start <= a and b <= end)
            out.add((*mended(text, start, end, language=language), role, sure))
    return [(role, start, end, sure) for start, end, role, sure in sorted(out)]


def _event(
    document: Document,
    parts: list[UnitSentence],
    found: FoundEvent,
    name: str,
    extractor: Extractor,
) -> Event:
    text = document.text
    part = parts[found.sentence]
    arguments: list[Argument] = []
    attribution: Attribution | None = None
    for role, start, end, probability in _spans(text, part, found, document.language):
        confidence = round(probability, _DIGITS)
        if role != ATTRIBUTION:
            arguments.append(
                Argument(
                    role=Role(role),
                    start=start,
                    end=end,
                    text=text[start:end],
                    confidence=confidence,
                )
            )
        elif attribution is None or (attribution.confidence or 0.0) < confidence:
            attribution = Attribution(
                start=start, end=end, text=text[start:end], confidence=confidence
            )
    start, end = _offsets(part, found.candidate.start, found.candidate.end)
    negated = found.negated >= extractor.settings.negated
    best = _certainty(found.certainty, least=extractor.settings.certain)
    return Event(
        id=name,
        type=EventType(TYPES[found.candidate.kind]),
        trigger=Span(start=start, end=end, text=text[start:end]),
        arguments=tuple(arguments),
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        certainty=Certainty(CERTAINTIES[best]),
        attribution=attribution,
        confidence=round(found.confidence, _DIGITS),
        polarity_confidence=round(found.negated if negated else 1 - found.negated, _DIGITS),
        certainty_confidence=round(found.certainty[best], _DIGITS),
    )
