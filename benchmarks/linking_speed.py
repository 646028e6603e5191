"""How fast claims are linked: a million synthetic ones, their time and memory.

    python benchmarks/linking_speed.py                 # 1,000,000 claims
    python benchmarks/linking_speed.py --claims 100000

The claims are made up with a seed: incidents in clusters of places over two years, told by
one to eight reports each, with days, places, counts and actors that differ as reports do.
B³ against the incidents that the generator knows stands beside the time, so that speed is
not had by linking badly. Links are made and incidents graded for as many as `--links` says.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import sys
import time
from collections.abc import Iterator

from temoin.corroboration import Claim, Count, Days, Party, Spot, shipped_model
from temoin.corroboration.incidents import cluster_table
from temoin.corroboration.linking import links_of
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
    parser.add_argument("--links", type=int, default=100_000, help="claims to link and grade too")
    arguments = parser.parse_args()
    truth: dict[str, int] = {}
    some: dict[str, Claim] = {}
    spent = {"making claims up": 0.0}

    def claims() -> Iterator[Claim]:
        source = made_up(arguments.claims)
        while True:
            begun = time.perf_counter()
            pair = next(source, None)
            spent["making claims up"] += time.perf_counter() - begun
            if pair is None:
                return
            claim, incident = pair
            truth[claim.id] = incident
            if len(some) < arguments.links:
                some[claim.id] = claim
            yield claim

    begun = time.perf_counter()
    table = tabulate(claims())
    spent["columns"] = time.perf_counter() - begun - spent["making claims up"]
    begun = time.perf_counter()
    rows, _ = cluster_table(table, shipped_model(), explain=False)
    spent["linking"] = time.perf_counter() - begun
    found = dict(zip(table.ids, rows.tolist(), strict=True))
    score = b_cubed(found, truth)
    begun = time.perf_counter()
    members: dict[int, list[Claim]] = {}
    for id_, claim in some.items():
        members.setdefault(found[id_], []).append(claim)
    links = sum(len(links_of(group)) for group in members.values())
    spent[f"links of {len(some)} claims"] = time.perf_counter() - begun
    json.dump(
        {
            "claims": len(table),
            "incidents": len(set(found.values())),
            "seconds": {step: round(seconds, 1) for step, seconds in spent.items()},
            "links": links,
            "peak memory MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "B3": {
                "precision": round(score.precision, 3),
                "recall": round(score.recall, 3),
                "F1": round(score.f1, 3),
            },
        },
        sys.stdout,
        indent=1,
    )
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
