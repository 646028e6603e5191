"""The quality gate: figures may rise, and fall only with a reason on file.

A baseline file (JSON) pins every figure of one corpus as a floor, with the
corpus's digest and counts, and the model that reached them. `check` compares a
measurement with it:

- a figure below its floor by more than epsilon fails the gate;
- another corpus (digest or counts) stops the gate: its figures cannot be compared
  with these floors until they are pinned anew;
- another model is no fault, the message only says so;
- on another kind of processor, where eight-bit products round otherwise, figures may
  lie further below their floors (`OTHER_PROCESSOR`), and the message says so.

`update` pins a measurement. It refuses to lower a floor unless regression is
allowed and a reason given; the reason stays in the file's history.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from temoin.corpus import GoldReport, digest
from temoin.errors import EvaluationError
from temoin.evaluation._figures import Figures, Scores
from temoin.evaluation._processor import processor_kind
from temoin.exporting.files import atomic_file
from temoin.record import Record

__all__ = [
    "EPSILON",
    "MIN_TYPE_COUNT",
    "OTHER_PROCESSOR",
    "Baseline",
    "Change",
    "GateResult",
    "HistoryEntry",
    "Measurement",
    "Status",
    "check",
    "load_baseline",
    "measure",
    "save_baseline",
    "update",
]

#: How far a figure may lie below its floor and still pass: noise of the last digit.
EPSILON: Final = 0.0005

#: How far on another kind of processor than the one that the floors were pinned on:
#: one case of the rarest that have a figure, or a handful of all events.
OTHER_PROCESSOR: Final = 0.03

#: Gold events from which on a type's own F1 is pinned; fewer are mostly noise.
MIN_TYPE_COUNT: Final = 30

#: Version of the file's layout.
_FORMAT: Final = 1

#: Digits kept of a figure, well below epsilon.
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Measurement:
    """Figures of one run and what they were measured on.

    Args:
        corpus_sha256: Digest of the gold reports (`temoin.corpus.digest`).
        figures: Figures by name, `overall.events.f1` and the like.
        counts: What the corpus holds, by name, `overall.events` and the like.
        model: Name of the model, if the records say so.
        model_sha256: Its digest, if the records say so.
        processor: Kind of processor it ran on (`processor_kind`).
    """

    corpus_sha256: str
    figures: Mapping[str, float]
    counts: Mapping[str, int] = field(default_factory=dict)
    model: str | None = None
    model_sha256: str | None = None
    processor: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from its floor; None where one side does not have it."""

    name: str
    floor: float | None
    value: float | None

    def __str__(self) -> str:
        """`overall.events.f1 0.8000 → 0.7900 (-0.0100)`."""
        floor = "none" if self.floor is None else f"{self.floor:.4f}"
        value = "none" if self.value is None else f"{self.value:.4f}"
        if self.floor is None or self.value is None:
            return f"{self.name} {floor} → {value}"
        return f"{self.name} {floor} → {value} ({self.value - self.floor:+.4f})"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One pinning of the file: when, on what, and why floors were lowered, if they were."""

    date: dt.date
    corpus_sha256: str
    model: str | None = None
    model_sha256: str | None = None
    reason: str | None = None
    lowered: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain JSON types."""
        return asdict(self) | {
            "date": self.date.isoformat(),
            "lowered": [asdict(change) for change in self.lowered],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> HistoryEntry:
        """Read an entry back from `to_dict`."""
        return cls(
            **data
            | {
                "date": dt.date.fromisoformat(data["date"]),
                "lowered": tuple(Change(**change) for change in data.get("lowered", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a gate file holds: the floors, what they were measured on, and its history."""

    pinned: Measurement
    epsilon: float = EPSILON
    history: tuple[HistoryEntry, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The baseline as plain JSON types, names sorted."""
        pinned = self.pinned
        return {
            "format": _FORMAT,
            "corpus": {
                "sha256": pinned.corpus_sha256,
                "counts": dict(sorted(pinned.counts.items())),
            },
            "model": {"name": pinned.model, "sha256": pinned.model_sha256},
            "processor": pinned.processor,
            "epsilon": self.epsilon,
            "figures": dict(sorted(pinned.figures.items())),
            "history": [entry.to_dict() for entry in self.history],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Baseline:
        """Read a baseline back from `to_dict`; `KeyError` and the like where it is not one."""
        if data["format"] != _FORMAT:
            message = f"format {data['format']}, this version reads {_FORMAT}"
            raise ValueError(message)
        return cls(
            pinned=Measurement(
                corpus_sha256=data["corpus"]["sha256"],
                figures={name: float(value) for name, value in data["figures"].items()},
                counts={name: int(value) for name, value in data["corpus"]["counts"].items()},
                model=data["model"]["name"],
                model_sha256=data["model"]["sha256"],
                processor=data.get("processor"),
            ),
            epsilon=float(data["epsilon"]),
            history=tuple(HistoryEntry.from_dict(entry) for entry in data["history"]),
        )


class Status(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class GateResult:
    """What a check found.

    Args:
        status: Passed, failed (a figure fell) or stopped (another corpus).
        falls: Figures below their floor by more than epsilon, or gone.
        rises: Figures above their floor by more than epsilon, or new.
        messages: What to tell the user, one line each.
    """

    status: Status
    falls: tuple[Change, ...] = ()
    rises: tuple[Change, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the gate lets this through."""
        return self.status is Status.PASSED


def measure(golds: Sequence[GoldReport], records: Iterable[Record], scores: Scores) -> Measurement:
    """What the gate pins of an evaluation.

    All figures overall and by language; F1, precision and recall of a type's
    events where the gold has at least `MIN_TYPE_COUNT` of them.

    Args:
        golds: The gold reports.
        records: The records that were scored; they name the model.
        scores: Their scores.

    Raises:
        EvaluationError: The records come from more than one model.
    """
    parts = {"overall": scores.overall} | scores.languages
    figures = {f"{part}.{name}": v for part, f in parts.items() for name, v in f.flat().items()}
    counts = {f"{part}.{name}": v for part, f in parts.items() for name, v in _counts(f).items()}
    for name, of_type in scores.types.items():
        if of_type.events.gold >= MIN_TYPE_COUNT:
            figures |= {
                f"type.{name}.{figure}": value
                for figure, value in of_type.flat().items()
                if figure.startswith("events.")
            }
            counts[f"type.{name}.events"] = of_type.events.gold
    model, model_sha256 = _model(records)
    return Measurement(
        corpus_sha256=digest(golds),
        figures={name: round(value, _DIGITS) for name, value in figures.items()},
        counts=counts,
        model=model,
        model_sha256=model_sha256,
        processor=processor_kind(),
    )


def _counts(figures: Figures) -> dict[str, int]:
    """What the gold holds: counts that no record can change."""
    return {
        "documents": figures.documents,
        "events": figures.events.gold,
        "arguments": figures.arguments.gold,
        "relations": figures.relations.gold,
        "places": figures.place_within.total,
        "times": figures.time_exact.total,
        "quantities": figures.quantity_exact.total,
    }


def _model(records: Iterable[Record]) -> tuple[str | None, str | None]:
    models = {
        (record.provenance.model, record.provenance.model_sha256)
        for record in records
        if record.provenance
    }
    if len(models) > 1:
        names = ", ".join(sorted(f"{name} {sha256}" for name, sha256 in models))
        message = f"the records come from several models: {names}"
        raise EvaluationError(message)
    return models.pop() if models else (None, None)


def check(
    baseline: Baseline, measurement: Measurement, *, epsilon: float | None = None
) -> GateResult:
    """Compare a measurement with the floors.

    Args:
        baseline: The pinned floors.
        measurement: The figures to check.
        epsilon: How far below its floor a figure may lie; the baseline's if None.
    """
    pinned = baseline.pinned
    messages = []
    if measurement.corpus_sha256 != pinned.corpus_sha256:
        messages.append(
            f"the corpus has changed ({pinned.corpus_sha256[:12]} → "
            f"{measurement.corpus_sha256[:12]}): its figures cannot be compared with the "
            "pinned ones; pin them anew with --update-gate"
        )
    elif dict(measurement.counts) != dict(pinned.counts):
        names = sorted(
            name
            for name in measurement.counts.keys() | pinned.counts.keys()
            if measurement.counts.get(name) != pinned.counts.get(name)
        )
        messages.append(
            f"the corpus is counted differently ({', '.join(names)}): the scoring has changed; "
            "pin the figures anew with --update-gate"
        )
    if messages:
        return GateResult(Status.STOPPED, messages=tuple(messages))
    allowed = baseline.epsilon if epsilon is None else epsilon
    if epsilon is None and measurement.processor != pinned.processor:
        allowed = max(allowed, OTHER_PROCESSOR)
        messages.append(
            f"another kind of processor ({measurement.processor}) than the one pinned on "
            f"({pinned.processor}): falls up to {allowed} are let through"
        )
    falls, rises = _changes(pinned.figures, measurement.figures, allowed)
    if (measurement.model, measurement.model_sha256) != (pinned.model, pinned.model_sha256):
        messages.append(
            f"another model than the one pinned: {measurement.model or 'unnamed'} "
            f"instead of {pinned.model or 'unnamed'}"
        )
    messages += [f"fell: {change}" for change in falls]
    messages += [f"rose: {change}" for change in rises]
    if falls:
        messages.append(
            f"{len(falls)} of {len(pinned.figures)} figures are below their floor; mend it, or "
            "pin them with --update-gate --allow-regression --reason TEXT"
        )
    elif rises:
        messages.append(f"{len(rises)} figures rose: raise their floors with --update-gate")
    return GateResult(
        Status.FAILED if falls else Status.PASSED, tuple(falls), tuple(rises), tuple(messages)
    )


def update(
    baseline: Baseline | None,
    measurement: Measurement,
    *,
    allow_regression: bool = False,
    reason: str = "",
    today: dt.date | None = None,
) -> Baseline:
    """Pin a measurement.

    On the same corpus a figure that lies below its floor by no more than epsilon
    keeps the floor, so that noise cannot wear it down step by step.

    Args:
        baseline: The pinned floors; None to pin for the first time.
        measurement: The figures to pin.
        allow_regression: Whether floors may be lowered, another corpus's included.
        reason: Why they are, kept in the history.
        today: Day of the history's entry; the system's if None.

    Raises:
        EvaluationError: A floor would be lowered without leave or without a reason.
    """
    reason = reason.strip()
    epsilon = baseline.epsilon if baseline else EPSILON
    floors = baseline.pinned.figures if baseline else {}
    falls, _ = _changes(floors, measurement.figures, epsilon)
    if falls and not (allow_regression and reason):
        listed = "\n".join(f"  {change}" for change in falls)
        wanted = "a reason (--reason TEXT)" if allow_regression else "--allow-regression --reason"
        message = f"{len(falls)} floors would be lowered, which needs {wanted}:\n{listed}"
        raise EvaluationError(message)
    same_corpus = baseline and measurement.corpus_sha256 == baseline.pinned.corpus_sha256
    figures = dict(measurement.figures)
    if same_corpus:
        for name, value in figures.items():
            floor = floors.get(name, value)
            if value < floor <= value + epsilon:
                figures[name] = floor
    entry = HistoryEntry(
        date=today or dt.datetime.now(dt.UTC).date(),
        corpus_sha256=measurement.corpus_sha256,
        model=measurement.model,
        model_sha256=measurement.model_sha256,
        reason=reason or None,
        lowered=tuple(falls),
    )
    return Baseline(
        pinned=Measurement(
            corpus_sha256=measurement.corpus_sha256,
            figures=figures,
            counts=dict(measurement.counts),
            model=measurement.model,
            model_sha256=measurement.model_sha256,
            processor=measurement.processor,
        ),
        epsilon=epsilon,
        history=(*(baseline.history if baseline else ()), entry),
    )


def _changes(
    floors: Mapping[str, float], figures: Mapping[str, float], epsilon: float
) -> tuple[list[Change], list[Change]]:
    """Figures that fell (or are gone) and figures that rose (or are new), by name."""
    falls, rises = [], []
    for name in sorted(floors.keys() | figures.keys()):
        floor, value = floors.get(name), figures.get(name)
        if value is None or (floor is not None and value < floor - epsilon):
            falls.append(Change(name, floor, value))
        elif floor is None or value > floor + epsilon:
            rises.append(Change(name, floor, value))
    return falls, rises


def load_baseline(path: Path | str) -> Baseline:
    """Read a gate file.

    Raises:
        EvaluationError: The file is missing or is no gate file.
    """
    path = Path(path)
    try:
        return Baseline.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        message = f"{path}: no such gate file; make it with --gate {path} --update-gate"
        raise EvaluationError(message) from error
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{path}: not a gate file: {error!r}"
        raise EvaluationError(message) from error


def save_baseline(baseline: Baseline, path: Path | str) -> None:
    """Write a gate file; readers see the old file or the new one, never a part of it.

    Raises:
        OSError: The folder does not exist or cannot be written.
    """
    with atomic_file(Path(path)) as stream:
        stream.write(json.dumps(baseline.to_dict(), ensure_ascii=False, indent=2) + "\n")
