"""Event coreference across documents on ECB+, with gold mentions: CoNLL F1.

    python benchmarks/ecb.py FOLDER

FOLDER holds `ECB+/` and `ECBplus_coreference_sentences.csv` (Cybulska and Vossen 2014,
CC BY 3.0; it is no part of this project, and nothing that ships is fitted on it). Test
topics are 36 to 45; only validated sentences count, as is the custom.

ECB+ is general news without places, days or actors of events, so Témoin's model is
measured with what is left: words of the trigger and of the sentence, and the names of the
document. Its weights for them are fitted on the training topics, the thresholds chosen on
the development topics. Documents are clustered by their words first; the baseline joins
mentions of one document cluster whose trigger has the same stem.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from lxml import etree

from conll import conll
from temoin.corroboration import Claim
from temoin.corroboration.clustering import cluster
from temoin.corroboration.comparing import compare
from temoin.corroboration.fitting import fit
from temoin.corroboration.model import Model
from temoin.corroboration.scoring import b_cubed
from temoin.corroboration.table import Ints, Table, tabulate
from temoin.corroboration.words import proper_names, stem, stems, words
from temoin.record import EventType, Polarity

DEVELOPMENT = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
TEST = frozenset(range(36, 46))
ALIKE = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
THRESHOLDS = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)


@dataclass(frozen=True)
class Mention:
    """A gold mention of an event as a claim, with its document and true cluster."""

    claim: Claim
    topic: int
    subtopic: str
    cluster: str


@dataclass(frozen=True)
class Topics:
    """The mentions and the words of the documents of some topics."""

    mentions: Sequence[Mention]
    texts: dict[str, frozenset[str]]


def read(folder: Path, topics: Iterable[int]) -> Topics:
    """The mentions of some topics, in validated sentences."""
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as file:
        valid = {
            (row["Topic"], row["File"], int(row["Sentence Number"])) for row in csv.DictReader(file)
        }
    mentions: list[Mention] = []
    texts: dict[str, frozenset[str]] = {}
    for topic in sorted(topics):
        for path in sorted((folder / "ECB+" / str(topic)).glob("*.xml")):
            found, text = _document(path, topic, valid)
            mentions += found
            if found:
                texts[path.stem] = text
    return Topics(mentions, texts)


def _document(
    path: Path, topic: int, valid: set[tuple[str, str, int]]
) -> tuple[list[Mention], frozenset[str]]:
    root = etree.parse(str(path)).getroot()
    tokens = {t.get("t_id"): t for t in root.iter("token")}
    sentences: defaultdict[int, list[str]] = defaultdict(list)
    for token in tokens.values():
        sentences[int(token.get("sentence"))].append(token.text or "")
    # An ECB+ document starts with its address, which tells the topic.
    texts = {n: " ".join(ws) for n, ws in sentences.items() if "http" not in ws}
    names = frozenset(f"name:{n}" for text in texts.values() for n in proper_names(text))
    name = path.stem.split("_", 1)[1]
    cluster_of = {}
    for relation in root.iter("CROSS_DOC_COREF", "INTRA_DOC_COREF"):
        id_ = relation.get("note") or f"{path.stem}:{relation.get('r_id')}"
        for source in relation.iter("source"):
            cluster_of[source.get("m_id")] = id_
    mentions = []
    for markable in root.find("Markables"):
        anchors = [a.get("t_id") for a in markable.iter("token_anchor")]
        if "ACTION" not in markable.tag or not anchors:
            continue
        sentence = int(tokens[anchors[0]].get("sentence"))
        if (str(topic), name, sentence) not in valid:
            continue
        id_ = f"{path.stem}:{markable.get('m_id')}"
        claim = Claim(
            id=id_,
            document=path.stem,
            event=markable.get("m_id"),
            type=EventType.EXPLOSION,
            trigger=" ".join(tokens[a].text or "" for a in anchors),
            sentence=texts.get(sentence, ""),
            start=int(anchors[0]),
            polarity=Polarity.NEGATED if markable.tag.startswith("NEG") else Polarity.AFFIRMED,
            language="en",
            context=names,
        )
        subtopic = f"{topic}{'plus' if name.endswith('plus') else ''}"
        mentions.append(Mention(claim, topic, subtopic, cluster_of.get(markable.get("m_id"), id_)))
    return mentions, stems(" ".join(texts.values()))


def document_clusters(topics: Topics, threshold: float) -> dict[str, int]:
    """Documents by the cosine of their words, weighted by rarity, average linkage."""
    ids = sorted(topics.texts)
    rarity = Counter(word for id_ in ids for word in topics.texts[id_])
    weight = {word: math.log(len(ids) / count) for word, count in rarity.items()}
    column = {word: n for n, word in enumerate(sorted(weight))}
    matrix = np.zeros((len(ids), len(column)), dtype=np.float32)
    for row, id_ in enumerate(ids):
        for word in topics.texts[id_]:
            matrix[row, column[word]] = weight[word]
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    a, b = np.triu_indices(len(ids), 1)
    alike = np.einsum("ij,ij->i", matrix[a], matrix[b]).astype(np.float32)
    rows = cluster(len(ids), (a.astype(np.int64), b.astype(np.int64)), alike, threshold=threshold)
    return dict(zip(ids, rows.tolist(), strict=True))


def pairs(topics: Topics, groups: dict[str, int]) -> tuple[Ints, Ints]:
    """All pairs of mentions within one document cluster."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for row, mention in enumerate(topics.mentions):
        members[groups[mention.claim.document]].append(row)
    found = [pair for rows in members.values() for pair in combinations(rows, 2)]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def gold(topics: Topics) -> dict[str, str]:
    """The true cluster of each mention."""
    return {m.claim.id: m.cluster for m in topics.mentions}


def lemma(topics: Topics, groups: dict[str, int]) -> dict[str, Hashable]:
    """The baseline: same stem of the trigger, same document cluster."""
    return {m.claim.id: (groups[m.claim.document], _head(m.claim.trigger)) for m in topics.mentions}


def _head(trigger: str) -> str:
    word = max(words(trigger), key=len, default="")
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            break
    return stem(word.rstrip("e"))


def linked(
    topics: Topics, table: Table, model: Model, groups: dict[str, int], threshold: float
) -> dict[str, Hashable]:
    """The clusters of the model."""
    a, b = pairs(topics, groups)
    rows = cluster(len(table), (a, b), model.weigh(compare(table, a, b)), threshold=threshold)
    return dict(zip(table.ids, rows.tolist(), strict=True))


def main() -> int:
    """Fit, choose thresholds, measure, and print as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    every = {int(path.name) for path in (folder / "ECB+").iterdir() if path.name.isdigit()}
    train, development, test = (
        read(folder, topics) for topics in (every - TEST - DEVELOPMENT, every & DEVELOPMENT, TEST)
    )
    subtopics = {m.claim.document: m.subtopic for m in development.mentions}
    alike = max(ALIKE, key=lambda t: b_cubed(document_clusters(development, t), subtopics).f1)
    table = tabulate(m.claim for m in train.mentions)
    a, b = pairs(train, document_clusters(train, alike))
    truth = np.array([m.cluster for m in train.mentions])
    levels = compare(table, a, b)
    model = fit(levels, truth[a] == truth[b], version="ecb", fitted_on="ECB+ training topics")
    table = tabulate(m.claim for m in development.mentions)
    groups = document_clusters(development, alike)
    threshold = max(
        THRESHOLDS,
        key=lambda t: conll(linked(development, table, model, groups, t), gold(development))[
            "CoNLL"
        ],
    )
    table = tabulate(m.claim for m in test.mentions)
    figures: dict[str, object] = {
        "mentions": len(test.mentions),
        "documents": len(test.texts),
        "threshold": threshold,
    }
    given = {m.claim.document: m.subtopic for m in test.mentions}
    numbered = {name: at for at, name in enumerate(sorted(set(given.values())))}
    for name, groups in (
        ("predicted document clusters", document_clusters(test, alike)),
        ("gold subtopics", {d: numbered[s] for d, s in given.items()}),
    ):
        figures[name] = {
            "documents B3": round(b_cubed(groups, given).f1, 3),
            "lemma baseline": conll(lemma(test, groups), gold(test)),
            "Témoin": conll(linked(test, table, model, groups, threshold), gold(test)),
        }
    json.dump(figures, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
