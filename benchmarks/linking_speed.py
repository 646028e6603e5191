"""How fast claims are linked: a million synthetic ones, their time and memory.

    python benchmarks/linking_speed.py                 # 1,000,000 claims
    python benchmarks/linking_speed.py --claims 100000

The claims are made up with a seed: incidents in clusters of places over two years, told by
one to eight reports each, with days, places, counts and actors that differ as reports do.
B³ against the incidents that the generator knows stands beside the time, so that speed is
not had by linking badly. Then links are made between the claims of every incident, and all
are graded, as `corroborate` does. Exit code 1 where it took longer or more memory than told:
the time is the processor's, which others on the machine do not change, since all is done in
one thread; the time on the clock stands beside it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from machine import machine
from temoin.corroboration import Claim, Count, Days, Party, Spot, shipped_model
from temoin.corroboration.grading import grade
from temoin.corroboration.incidents import cluster_table
from temoin.corroboration.linking import links_of
from temoin.corroboration.origins import origins
from temoin.corroboration.scoring import b_cubed
from temoin.corroboration.table import tabulate
from temoin.record import EventType, Polarity

TYPES = (
    *[EventType.SHELLING, EventType.AIR_STRIKE, EventType.DRONE_STRIKE] * 3,
    *[EventType.ARMED_CLASH, EventType.GROUND_ATTACK, EventType.KILLING] * 3,
    EventType.EXPLOSION,
    EventType.CAPTURE,
    EventType.WITHDRAWAL,
    EventType.INJURY,
    EventType.DETENTION,
    EventType.DISPLACEMENT,
    EventType.DESTRUCTION,
)
WORDS = {
    "en": ("hit", "struck", "attack", "raid", "fighting", "wounded", "killed", "market", "army"),
    "fr": ("frappe", "attaque", "raid", "combats", "tué", "blessé", "marché", "armée", "ville"),
}
START = dt.date(2022, 1, 1)
DAYS = 730
TOWNS = 20_000
THEATRES = 40


def made_up(count: int, *, seed: int = 1) -> Iterator[tuple[Claim, int]]:
    """Claims with the number of their incident, in no order of time."""
    chance = random.Random(seed)  # noqa: S311 - seeded chance is meant
    centres = [(chance.uniform(-30, 55), chance.uniform(-75, 120)) for _ in range(THEATRES)]
    towns = []
    for number in range(TOWNS):
        theatre = number % THEATRES
        latitude, longitude = centres[theatre]
        at = (latitude + chance.gauss(0, 1.5), longitude + chance.gauss(0, 1.5))
        towns.append((theatre, f"geonames:{number}", f"Town{number}", at))
    made = incident = 0
    while made < count:
        incident += 1
        theatre, id_, name, (latitude, longitude) = chance.choice(towns)
        type_ = chance.choice(TYPES)
        day = START + dt.timedelta(days=chance.randrange(DAYS))
        toll = max(1, round(chance.expovariate(0.15)))
        sides = chance.sample(range(4), 2)
        for _ in range(min(chance.choice((1, 1, 2, 2, 3, 3, 4, 6, 8)), count - made)):
            language = chance.choice(("en", "fr"))
            told = day + dt.timedelta(days=chance.choice((0, 0, 0, 0, 0, 0, 1)))
            near = chance.random() < 0.9
            spot = Spot(
                name,
                latitude + (0 if near else chance.gauss(0, 0.1)),
                longitude + (0 if near else chance.gauss(0, 0.1)),
                1.0 if near else 12.0,
                id_ if near else None,
                own=chance.random() < 0.8,
            )
            deaths = float(max(1, round(toll * chance.choice((1, 1, 1, 1, 1.5, 2)))))
            words = chance.sample(WORDS[language], 5)
            document = f"d{made}"
            yield (
                Claim(
                    id=f"{document}:e1",
                    document=document,
                    event="e1",
                    type=type_,
                    trigger=words[0],
                    sentence=f"{' '.join(words)} {name} {deaths:.0f}",
                    polarity=Polarity.NEGATED if chance.random() < 0.04 else Polarity.AFFIRMED,
                    language=language,
                    source=f"source {chance.randrange(500)}",
                    published=day + dt.timedelta(days=chance.choice((0, 1, 1, 2, 4))),
                    days=Days(told, told, own=chance.random() < 0.8),
                    place=spot,
                    actors=(Party("army", id=f"actor-{theatre}-{sides[0]}", kind="state_forces"),)
                    if chance.random() < 0.6
                    else (),
                    targets=(Party("rebels", id=f"actor-{theatre}-{sides[1]}", kind="rebel_group"),)
                    if chance.random() < 0.5
                    else (),
                    counts=(Count(f"{deaths:.0f}", deaths, deaths, deaths, "people", "killed"),)
                    if chance.random() < 0.5
                    else (),
                    context=frozenset((f"place:{id_}", f"actor:actor-{theatre}-{sides[0]}")),
                ),
                incident,
            )
            made += 1


def main() -> int:
    """Link, and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=600, help="most that it may take (600)")
    parser.add_argument("--megabytes", type=int, default=8192, help="most memory (8192)")
    parser.add_argument("--out", type=Path, help="folder for linking.json and linking.md")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"machine": machine(), **measured(arguments.claims)}
    total = figures["processor seconds"]["total"]
    figures["limits"] = {"seconds": arguments.seconds, "megabytes": arguments.megabytes}
    figures["within limits"] = (
        total <= arguments.seconds and figures["peak memory MB"] <= arguments.megabytes
    )
    text = json.dumps(figures, indent=1) + "\n"
    sys.stdout.write(text)
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "linking.json").write_text(text, encoding="utf-8")
        (arguments.out / "linking.md").write_text(told(figures), encoding="utf-8")
    if not figures["within limits"]:
        sys.stderr.write(
            f"took {total:.0f} s of a processor and {figures['peak memory MB']:,} MB; "
            f"{arguments.seconds:.0f} s and {arguments.megabytes:,} MB are allowed\n"
        )
    return int(not figures["within limits"])


def measured(count: int) -> dict[str, Any]:
    """Seconds, memory and B³ of linking so many claims; making them up is not counted."""
    truth: dict[str, int] = {}
    listed: list[Claim] = []
    for claim, incident in made_up(count):
        truth[claim.id] = incident
        listed.append(claim)
    held = peak()
    marks = [_times()]
    table = tabulate(listed)
    marks.append(_times())
    rows, _ = cluster_table(table, shipped_model(), explain=False)
    marks.append(_times())
    members: dict[int, list[Claim]] = {}
    for claim, row in zip(listed, rows.tolist(), strict=True):
        members.setdefault(row, []).append(claim)
    links: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    for group in members.values():
        origin_of = origins(group, {})
        made = links_of(group, origin_of)
        links.update(str(each.kind) for each in made)
        grades[str(grade(group, made, origin_of).support)] += 1
    marks.append(_times())
    score = b_cubed(dict(zip(table.ids, rows.tolist(), strict=True)), truth)
    return {
        "claims": len(table),
        "incidents": len(members),
        "processor seconds": _steps([spent for spent, _ in marks]),
        "seconds on the clock": _steps([clock for _, clock in marks]),
        "links": dict(sorted(links.items())),
        "grades": dict(sorted(grades.items())),
        "memory MB of the claims alone": held,
        "peak memory MB": peak(),
        "B3": {
            "precision": round(score.precision, 3),
            "recall": round(score.recall, 3),
            "F1": round(score.f1, 3),
        },
    }


def _times() -> tuple[float, float]:
    """Seconds of a processor that this process has used, and those on the clock."""
    return time.process_time(), time.perf_counter()


def _steps(at: list[float]) -> dict[str, float]:
    names = ("columns", "linking", "links and grades")
    spent = {name: round(b - a, 1) for name, (a, b) in zip(names, pairwise(at), strict=True)}
    return {**spent, "total": round(at[-1] - at[0], 1)}


def peak() -> int:
    """The most memory that this process has had, in MB; macOS counts bytes."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def told(figures: dict[str, Any]) -> str:
    """The figures in a sentence, for documents."""
    seconds, where = figures["processor seconds"], figures["machine"]
    clock = figures["seconds on the clock"]["total"]
    return (
        f"{figures['claims']:,} synthetic claims in {seconds['total']:.0f} s of a processor"
        f" ({seconds['columns']:.0f} s to put into columns, {seconds['linking']:.0f} s to link,"
        f" {seconds['links and grades']:.0f} s for {sum(figures['links'].values()):,} links and"
        f" the grades of {figures['incidents']:,} incidents) with {figures['peak memory MB']:,} MB"
        f" at most, of which the claims alone take {figures['memory MB of the claims alone']:,};"
        f" {clock:.0f} s on the clock; B³ F1 {figures['B3']['F1']:.3f}. {where['processor']},"
        f" {where['cores_used']} of {where['cores']} cores, Python {where['python']}, load before"
        f" the run {where['load_before']:.1f}; {where['date']}, commit {where['commit']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
