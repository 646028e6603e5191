"""Score Témoin on the French TimeBank's events: detection in scope, polarity, modality.

    python benchmarks/peers/ftb_events.py FOLDER [--json]

FOLDER holds the `.tml` or `.xml` files of the French TimeBank 1.1 (Bittar and others,
LGPL-LR). It marks every event of regional news; those whose predicate is in
`data/ftb_scope.toml` are taken to be within Témoin's types. Polarity and modality are
compared wherever a trigger overlaps an event, once as the event's own attributes have
it and once with what its SLINKs say (MODAL, CONDITIONAL, COUNTER_FACTIVE, NEGATIVE).
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path

from _marked import Mark, Marked, matches, read_timeml
from _running import GoldError, Reads, Report, Timed, notes, parser, run
from _scoring import Figure, Score, Share

from temoin.record import Certainty, Event, Polarity

SUFFIXES = frozenset({".tml", ".xml"})
NEGATIVE = frozenset({"NEGATIVE", "NEG_EVIDENTIAL", "COUNTER_FACTIVE"})
UNREAL = frozenset({"MODAL", "CONDITIONAL"})


def read_gold(folder: Path) -> list[Marked]:
    """The texts of the corpus.

    Raises:
        GoldError: There are none, or a file is in another format.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    if not paths:
        message = (
            f"no .tml or .xml file in {folder}: the French TimeBank 1.1 is wanted"
            " (ddenz/FR-TimeBank on GitHub)"
        )
        raise GoldError(message)
    texts = [read_timeml(path) for path in paths]
    if not any(text.events for text in texts):
        message = f"no EVENT in the {len(texts)} files of {folder}"
        raise GoldError(message)
    return texts


def scope() -> dict[str, frozenset[str]]:
    """The types that each predicate may be."""
    path = Path(__file__).with_name("data") / "ftb_scope.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {word for some in table.values() for word in some}
    return {word: frozenset(kind for kind, some in table.items() if word in some) for word in words}


def measure(options: argparse.Namespace, timed: Timed) -> Report:
    """Read and score every text."""
    texts = read_gold(options.folder)[: options.limit]
    types = scope()
    pairs: list[tuple[Marked, Event, Mark]] = []
    triggers = within = reached = 0
    for text in texts:
        record = timed.read(text.text, name=text.name, language="fr", published=text.created)
        found = matches(record.events, text.events)
        pairs += [(text, event, mark) for event, mark in found]
        triggers += len({(each.trigger.start, each.trigger.end) for each in record.events})
        marks = {mark.id for _, mark in found}
        inside = [mark.id for mark in text.events if _predicate(mark) in types]
        within += len(inside)
        reached += sum(each in marks for each in inside)
    in_scope = [(event, mark) for _, event, mark in pairs if _predicate(mark) in types]
    alike = sum(event.type.value in types[_predicate(mark)] for event, mark in in_scope)
    figures: dict[str, Figure] = {
        "events in scope that have a trigger": Share(reached, within),
        "of these, a type that the predicate allows": Share(alike, len(in_scope)),
        "triggers that are an event of the corpus": Share(len(pairs), triggers),
    }
    for title, linked in (("", False), (", with links", True)):
        figures |= _compared(pairs, title=title, linked=linked)
    return Report(
        gold="French TimeBank, events",
        figures=figures,
        notes=notes("ftb_events"),
        counts={
            "documents": len(texts),
            "events of the gold": sum(len(text.events) for text in texts),
            "of them in scope": within,
            "triggers of Témoin": triggers,
            "events that both mark": len(pairs),
        },
    )


def _compared(
    pairs: Sequence[tuple[Marked, Event, Mark]], *, title: str, linked: bool
) -> dict[str, Figure]:
    denied = [
        (event.polarity is Polarity.NEGATED, is_negated(mark, text, linked=linked))
        for text, event, mark in pairs
    ]
    unsure = [
        (event.certainty is not Certainty.CERTAIN, is_unreal(mark, text, linked=linked))
        for text, event, mark in pairs
    ]
    return {
        f"polarity: agree{title}": _agree(denied),
        f"polarity: negated{title}": _found(denied),
        f"modality: agree{title}": _agree(unsure),
        f"modality: not certain{title}": _found(unsure),
    }


def is_negated(mark: Mark, text: Marked, *, linked: bool) -> bool:
    """Whether the gold says that it did not happen."""
    return mark.given.get("polarity") == "NEG" or (linked and _is_under(mark, text, NEGATIVE))


def is_unreal(mark: Mark, text: Marked, *, linked: bool) -> bool:
    """Whether the gold says that it may, must or will happen."""
    return (
        bool(mark.given.get("modality"))
        or mark.given.get("mood") == "CONDITIONAL"
        or mark.given.get("tense") == "FUTURE"
        or mark.given.get("aspect") == "PROSPECTIVE"
        or (linked and _is_under(mark, text, UNREAL))
    )


def _is_under(mark: Mark, text: Marked, types: frozenset[str]) -> bool:
    return any(each.target == mark.id and each.type in types for each in text.links)


def _agree(told: Sequence[tuple[bool, bool]]) -> Share:
    return Share(sum(ours == gold for ours, gold in told), len(told))


def _found(told: Sequence[tuple[bool, bool]]) -> Score:
    both = sum(ours and gold for ours, gold in told)
    return Score(both, sum(ours for ours, _ in told), both, sum(gold for _, gold in told))


def _predicate(mark: Mark) -> str:
    return mark.given.get("pred", "").upper()


def main(arguments: Sequence[str] | None = None, *, reader: Reads | None = None) -> None:
    """Measure and print."""
    made = parser(__doc__ or "", folder="folder of .tml or .xml files")
    run(made, measure, arguments=arguments, reader=reader)


if __name__ == "__main__":
    main()
