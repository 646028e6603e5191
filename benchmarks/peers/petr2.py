"""Score Témoin on UniversalPetrarch's validation file: CAMEO codes and triples.

    python benchmarks/peers/petr2.py FOLDER [--json]

FOLDER holds `PETR2_GSR_validation.xml`, or is a copy of the repository
openeventdata/UniversalPetrarch (MIT), where the file lies in
UniversalPetrarch/data/text. Each sentence is read on its own, with its date; events
become CAMEO codes by `data/cameo.toml`. A triple is (source, target, code); the
triples of a sentence are compared as bags, and added up over all sentences. Of triples
only those count in which something is known of both sides, as in PETRARCH; of codes all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from _cameo import Triple, codes, triples
from _running import GoldError, Reads, Report, Timed, notes, parser, run
from _scoring import Score, Share, agreement

NAME = "PETR2_GSR_validation.xml"
#: CAMEO's show of force, coercion, assault, fight, mass violence.
FORCE = frozenset({"15", "17", "18", "19", "20"})
_SENTENCE = re.compile(r"<Sentence\b([^>]*)>(.*?)(?=<Sentence\b|\Z)", re.DOTALL)
_CODING = re.compile(r"<EventCoding\b([^>]*)>")
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the gold."""

    id: str
    text: str
    date: dt.date | None
    gold: tuple[Triple, ...]


def read_gold(folder: Path) -> list[Sentence]:
    """The sentences that are to be evaluated.

    The file is not well-formed XML (its `Sentence` elements close twice), so it is
    read by its tags.

    Raises:
        GoldError: The file is missing or has no sentences with codes.
    """
    path = next(iter(sorted(folder.rglob(NAME))), None)
    if path is None:
        message = (
            f"no {NAME} in {folder}: get it from github.com/openeventdata/UniversalPetrarch"
            " (UniversalPetrarch/data/text)"
        )
        raise GoldError(message)
    try:
        whole = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8"
        raise GoldError(message) from error
    sentences = []
    for head, rest in _SENTENCE.findall(whole):
        about = dict(_ATTRIBUTE.findall(head))
        text = _TEXT.search(rest)
        codings = [dict(_ATTRIBUTE.findall(each)) for each in _CODING.findall(rest)]
        words = " ".join(text[1].split()) if text else ""
        words = words or _parsed(rest)
        if about.get("evaluate", "true") != "true" or not codings or not words:
            continue
        gold = tuple(
            Triple(each["sourcecode"], each.get("targetcode", ""), each["eventcode"])
            for each in codings
            if "eventcode" in each and "sourcecode" in each
        )
        sentences.append(Sentence(about.get("id", ""), words, _day(about.get("date", "")), gold))
    if not sentences:
        message = f"{path} has no <Sentence> with <EventCoding> and <Text>: not the PETR-2 format"
        raise GoldError(message)
    return sentences


def _parsed(rest: str) -> str:
    """The words of the parse: one sentence of the file has no other text."""
    parse = re.search(r"<Parse>(.*?)</Parse>", rest, re.DOTALL)
    rows = [line.split("\t") for line in (parse[1] if parse else "").splitlines()]
    words = " ".join(row[1] for row in rows if len(row) > 1)
    return re.sub(r" (?=[.,;:])", "", words)


def _day(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None


def measure(options: argparse.Namespace, timed: Timed) -> Report:
    """Read and score every sentence."""
    sentences = read_gold(options.folder)[: options.limit]
    ours = [
        list(triples(timed.read(each.text, name=each.id, language="en", published=each.date)))
        for each in sentences
    ]
    gold = [list(each.gold) for each in sentences]
    roots = {code[:2] for code in codes()}
    scope = [[each for each in some if each.code[:2] in roots] for some in gold]
    silent = [not found for found, some in zip(ours, gold, strict=True) if not some]
    figures: dict[str, Score | Share] = {}
    dyads = [[each for each in found if each.is_dyad] for found in ours]
    for name, some in (("", gold), (", in scope", scope)):
        figures |= {
            f"triple, exact{name}": _total(dyads, some, lambda t: (t.source, t.target, t.code)),
            f"countries and two-digit code{name}": _total(
                dyads, some, lambda t: (t.source[:3], t.target[:3], t.code[:2])
            ),
            f"code, exact{name}": _total(ours, some, lambda t: t.code),
            f"code, two digits{name}": _total(ours, some, lambda t: t.code[:2]),
        }
    figures["code, two digits, force alone"] = _total(
        [[each for each in found if each.code[:2] in FORCE] for found in ours],
        [[each for each in some if each.code[:2] in FORCE] for some in gold],
        lambda t: t.code[:2],
    )
    figures["no event where the gold has none"] = Share(sum(silent), len(silent))
    return Report(
        gold=f"UniversalPetrarch {NAME}",
        figures=figures,
        notes=notes("petr2"),
        counts={
            "sentences": len(sentences),
            "gold triples": sum(map(len, gold)),
            "of them in scope": sum(map(len, scope)),
        },
    )


def _total(
    ours: Sequence[Sequence[Triple]],
    gold: Sequence[Sequence[Triple]],
    view: Callable[[Triple], Hashable],
) -> Score:
    pairs = zip(ours, gold, strict=True)
    return sum(
        (agreement(map(view, found), map(view, some)) for found, some in pairs), start=Score()
    )


def main(arguments: Sequence[str] | None = None, *, reader: Reads | None = None) -> None:
    """Measure and print."""
    made = parser(__doc__ or "", folder=f"folder with {NAME}, or the repository that has it")
    run(made, measure, arguments=arguments, reader=reader)


if __name__ == "__main__":
    main()
