"""Three of the examples coded by hand from the codebooks' definitions, and compared.

The events are annotated by hand too, so that what is tested is the coding and not the
model. Each expected row was written from the text and the codebook; only the cells that a
coder would dispute about are listed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from codebook_records import MIZDA, Report, day

from temoin.record import ActorValue, PlaceValue

EXAMPLES = Path(__file__).parents[2] / "examples"

MINDAT = PlaceValue(
    name="Mindat", latitude=21.39, longitude=93.98, feature="city", country="MM",
    acled_precision=1, ucdp_precision=1, rule="name",
)  # fmt: skip
NEAR_MINDAT = MINDAT.model_copy(update={"acled_precision": 2, "ucdp_precision": 2})
CDF = ActorValue(name="Chinland Defence Force", id="chinland-defence-force", kind="rebel_group",
                 country="MM", inter=2)  # fmt: skip
TATMADAW = ActorValue(name="Myanmar Armed Forces", id="tatmadaw", kind="state_forces",
                      country="MM", inter=1)  # fmt: skip
POLICE = ActorValue(name="Police Forces of Myanmar", id="myanmar-police-forces", kind="police",
                    country="MM", inter=1)  # fmt: skip
CIVILIANS = ActorValue(name="Civilians", kind="civilians", inter=7)
GNA = ActorValue(name="Military Forces of Libya", id="libya-military-forces", kind="state_forces",
                 country="LY", inter=1)  # fmt: skip
LNA = ActorValue(name="Libyan National Army", id="lna", kind="rebel_group", country="LY", inter=2)


def chin() -> Report:
    line = (EXAMPLES / "elsewhere" / "chin-timeline.jsonl").read_text(encoding="utf-8")
    data = json.loads(line)
    r = Report(data["text"], id="chin", source=data["source"], title=data["title"])
    ambush = r.event(
        "ground_attack", "ambush", r.who("actor", "Chinland Defense Force (CDF) fighters", CDF),
        r.who("target", "an army convoy", TATMADAW),
        when=day("2022-02-12"), where=NEAR_MINDAT,
    )  # fmt: skip
    r.causes(ambush, r.event("killing", "killed", r.who("target", "18 soldiers", TATMADAW),
                             r.count("18", 18, kind="combatant"), said_by="They"))  # fmt: skip
    r.causes(ambush, r.event("killing", "shot dead", r.who("target", "four attackers", CDF),
                             r.count("four", 4, kind="combatant"),
                             said_by="The army's information team"))  # fmt: skip
    strike = r.event(
        "air_strike", "fire rockets", r.who("actor", "Two helicopters", TATMADAW),
        r.who("target", "the hamlet"), when=day("2022-02-13"), where=NEAR_MINDAT,
    )  # fmt: skip
    r.event("injury", "hurt", r.who("target", "No one"), polarity="negated")
    r.causes(strike, r.event("destruction", "burn down", r.who("target", "eleven houses")))
    r.event(
        "ground_attack", "storm", r.who("actor", "some 150 CDF fighters", CDF),
        r.who("target", "the police station", POLICE), when=day("2022-02-15"), where=MINDAT,
    )  # fmt: skip
    r.event("capture", "seize", r.who("actor", "They hold", CDF),
            r.tool("14 rifles", "rifle", "target"))  # fmt: skip
    r.event("withdrawal", "withdraw", r.who("actor", "They hold", CDF))
    r.event(
        "detention", "detain", r.who("actor", "Soldiers", TATMADAW),
        r.who("target", "at least nine young men", CIVILIANS),
        when=day("2022-02-16"), where=MINDAT,
    )  # fmt: skip
    shelling = r.event(
        "shelling", "land on", r.who("target", "the market quarter"),
        r.tool("shells", "shell"), when=day("2022-02-17", "2022-02-18"), where=MINDAT,
    )  # fmt: skip
    r.causes(shelling, r.event("killing", ("dead", 2), r.count("six", 6),
                               said_by="A nurse"))  # fmt: skip
    r.event("ceasefire", "ceasefire", certainty="planned")
    r.event("threat", "threatened", r.who("actor", "the CDF has", CDF))
    return r


def communique() -> Report:
    text = (EXAMPLES / "mizda" / "mizda-communique.txt").read_text(encoding="utf-8")
    r = Report(text, id="communique", language="fr")
    capture = r.event(
        "capture", "libéré", r.who("actor", "les forces du gouvernement d'union nationale", GNA),
        r.who("target", "la ville de Mizda"), when=day("2019-11-13"), where=MIZDA,
    )  # fmt: skip
    for trigger, count, number, whose in (
        ("tués", "plus de soixante", 60, ("l'ennemi s'élèvent", LNA)),
        ("déplorent la perte", "huit", 8, ("Nos forces", GNA)),
    ):
        dead = r.count(count, number, kind="combatant")
        r.causes(capture, r.event("killing", trigger, r.who("target", *whose), dead))
    strike = r.event(
        "air_strike", "largué", r.who("actor", "un avion de combat", LNA),
        r.who("target", "le marché"), when=day("2019-11-13"), where=MIZDA,
    )  # fmt: skip
    r.causes(strike, r.event(
        "killing", "péri", r.who("target", "Quatorze civils", CIVILIANS),
        r.count("Quatorze", 14, kind="civilian"), r.count("quatre enfants", 4, kind="civilian"),
    ))  # fmt: skip
    r.event("accusation", "condamne", r.who("actor", "Le ministère condamne", GNA))
    r.event("ceasefire", "cessez-le-feu", polarity="negated")
    r.event(
        "aid_delivery", "parvenus", r.tool("un camion de médicaments", "medical"),
        when=day("2019-11-14"), where=MIZDA,
    )  # fmt: skip
    return r


def dispatch() -> Report:
    text = (EXAMPLES / "mizda" / "mizda-dispatch.md").read_text(encoding="utf-8")
    r = Report(text, id="dispatch", source="Sirte Gulf Wire")
    r.event(
        "ground_attack", "attacked", r.who("actor", "Forces allied", GNA),
        r.who("target", "the town"), when=day("2019-11-13"), where=MIZDA,
    )  # fmt: skip
    r.event("shoot_down", "shot down", r.who("actor", "the 128th battalion", LNA),
            r.tool("a Turkish-made drone", "drone", "target"), said_by="Its spokesman")  # fmt: skip
    r.event(
        "air_strike", "dropping bombs", r.who("actor", "the LNA's air force", LNA),
        when=day("2019-11-13"), where=MIZDA, said_by="The ministry",
    )  # fmt: skip
    r.event(
        "displacement", "fled", r.who("target", "Some 400 families", CIVILIANS),
        when=day("2019-11-12", "2019-11-14"), where=MIZDA,
    )  # fmt: skip
    r.event("deployment", "sending", r.who("actor", "The LNA was", LNA), certainty="possible")
    return r


REPORTS = {"chin": chin, "communique": communique, "dispatch": dispatch}

#: By report, codebook and events: what a coder enters.
ROWS: list[tuple[str, str, tuple[str, ...], dict[str, Any]]] = [
    # Both sides claim the other's dead: eighteen and four, of different sides, are added.
    ("chin", "acled", ("e1", "e2", "e3"), {
        "event_date": "2022-02-12", "time_precision": 1, "disorder_type": "Political violence",
        "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "Chinland Defence Force", "inter1": 2, "actor2": "Myanmar Armed Forces",
        "inter2": 1, "interaction": "12", "civilian_targeting": None, "iso": 104,
        "region": "Southeast Asia", "country": "Myanmar", "geo_precision": 2, "fatalities": 22,
        "source": "Hills Conflict Desk",
    }),
    ("chin", "acled", ("e4", "e6"), {
        "event_date": "2022-02-13", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike", "actor1": "Myanmar Armed Forces", "actor2": None,
        "interaction": "10", "civilian_targeting": None, "fatalities": 0,
    }),
    ("chin", "acled", ("e7", "e8", "e9"), {
        "event_date": "2022-02-15", "event_type": "Battles",
        "actor1": "Chinland Defence Force", "actor2": "Police Forces of Myanmar",
        "interaction": "12", "fatalities": 0,
    }),
    ("chin", "acled", ("e10",), {
        "event_type": "Strategic developments", "sub_event_type": "Arrests",
        "disorder_type": "Strategic developments", "actor2": "Civilians (Myanmar)",
        "interaction": "17", "fatalities": 0,
    }),
    ("chin", "acled", ("e11", "e12"), {
        "event_date": "2022-02-17", "time_precision": 2,
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": None, "fatalities": 6,
    }),
    ("chin", "ucdp", ("e1", "e2", "e3"), {
        "year": 2022, "type_of_violence": 1, "side_a": "Government of Myanmar",
        "side_b": "Chinland Defence Force",
        "dyad_name": "Government of Myanmar - Chinland Defence Force", "where_prec": 2,
        "country_id": 775, "region": "Asia", "priogrid_gid": 160_388, "event_clarity": 1,
        "date_prec": 1, "date_start": "2022-02-12 00:00:00.000",
        "date_end": "2022-02-12 00:00:00.000", "deaths_a": 18, "deaths_b": 4,
        "deaths_civilians": 0, "deaths_unknown": 0, "best": 22, "low": 22, "high": 22,
        "gwnoa": 775, "gwnob": None,
    }),
    # Who fired is disputed, so that neither side nor type can be told.
    ("chin", "ucdp", ("e11", "e12"), {
        "type_of_violence": None, "side_a": None, "deaths_unknown": 6, "best": 6,
        "date_prec": 2, "event_clarity": None, "source_original": "A nurse",
    }),
    ("chin", "cameo", ("e4", "e6"), {
        "event_code": "195", "event_root": "19", "quad_class": 4, "goldstein": -10.0,
        "actor1_country": "MMR", "actor1_type": "MIL",
    }),
    ("chin", "cameo", ("e10",), {"event_code": "173", "quad_class": 4, "goldstein": -5.0}),
    ("chin", "plover", ("e10",), {
        "Event Type": "COERCE", "Event Mode": "arrest", "Intensity": -7, "Quad Code": 4,
        "Primary Actor Sector": "MIL", "Primary Recipient Sector": "CVL", "Contexts": "military",
    }),
    ("chin", "plover", ("e14",), {
        "Event Type": "THREATEN", "Event Mode": "violence", "Quad Code": 3, "Intensity": -3.5,
        "Primary Actor Sector": "REB", "Actor COW": "775",
    }),
    ("communique", "acled", ("e1", "e2", "e3"), {
        "event_date": "2019-11-13", "event_type": "Battles",
        "sub_event_type": "Government regains territory", "actor1": "Military Forces of Libya",
        "actor2": "Libyan National Army", "interaction": "12", "iso": 434,
        "region": "Northern Africa", "admin1": "Mizdah", "location": "Mizda", "fatalities": 68,
    }),
    # Fourteen, four children among them, are fourteen.
    ("communique", "acled", ("e4", "e5"), {
        "sub_event_type": "Air/drone strike", "actor1": "Libyan National Army",
        "actor2": "Civilians (Libya)", "interaction": "27",
        "civilian_targeting": "Civilian targeting", "fatalities": 14,
    }),
    ("communique", "ucdp", ("e1", "e2", "e3"), {
        "type_of_violence": 1, "side_a": "Government of Libya", "side_b": "Libyan National Army",
        "deaths_a": 8, "deaths_b": 60, "best": 68, "low": 68, "gwnoa": 620, "region": "Africa",
    }),
    ("communique", "ucdp", ("e4", "e5"), {
        "type_of_violence": 3, "side_a": "Libyan National Army", "side_b": "Civilians",
        "deaths_civilians": 14, "deaths_a": 0, "best": 14,
    }),
    ("communique", "cameo", ("e6",), {"event_code": "111", "quad_class": 3, "goldstein": -2.0}),
    ("communique", "plover", ("e1", "e2", "e3"), {
        "Event Type": "COERCE", "Event Mode": "seize", "Contexts": "military; territory",
    }),
    ("communique", "plover", ("e6",), {"Event Type": "ACCUSE", "Event Mode": "disapprove"}),
    ("communique", "plover", ("e8",), {"Event Type": "AID", "Intensity": 10, "Quad Code": 2}),
    # A town attacked: the report does not say whether armed people or civilians were the target.
    ("dispatch", "acled", ("e1",), {"event_type": None, "actor1": "Military Forces of Libya"}),
    ("dispatch", "acled", ("e2",), {
        "event_type": "Strategic developments", "sub_event_type": "Disrupted weapons use",
    }),
    ("dispatch", "acled", ("e3",), {
        "sub_event_type": "Air/drone strike", "actor1": "Libyan National Army",
        "interaction": "20", "civilian_targeting": None, "fatalities": 0,
    }),
    ("dispatch", "acled", ("e4",), {"sub_event_type": "Other", "time_precision": 2}),
    ("dispatch", "plover", ("e4",), {
        "Event Type": "SANCTION", "Event Mode": "expel", "Quad Code": 4, "Intensity": -5.5,
        "Primary Recipient Sector": "CVL", "Contexts": "migration",
    }),
]  # fmt: skip

#: What gives no row, by report and codebook: events and the rule.
NONE = [
    ("chin", "acled", {"e5": "acled.gate.negated", "e13": "acled.gate.planned",
                       "e14": "acled.none.words"}),
    ("communique", "acled", {"e6": "acled.none.words", "e7": "acled.gate.negated",
                             "e8": "acled.none.aid"}),
    ("communique", "ucdp", {"e6": "ucdp.none.politics", "e7": "ucdp.gate.negated",
                            "e8": "ucdp.none.politics"}),
    ("dispatch", "ucdp", {"e1": "ucdp.none.no_death", "e2": "ucdp.none.no_death",
                          "e3": "ucdp.none.no_death", "e4": "ucdp.none.no_death",
                          "e5": "ucdp.gate.possible"}),
]  # fmt: skip


@pytest.mark.parametrize(("report", "book", "events", "expected"), ROWS)
def test_row_is_what_a_coder_enters(
    report: str, book: str, events: tuple[str, ...], expected: dict[str, Any]
) -> None:
    rows = {row.events: row for row in REPORTS[report]().coded(book).rows}
    assert events in rows
    cells = rows[events].cells
    assert {column: cells[column] for column in expected} == expected


@pytest.mark.parametrize(("report", "book", "expected"), NONE)
def test_no_row_where_a_coder_enters_none(report: str, book: str, expected: dict[str, str]) -> None:
    found = REPORTS[report]().coded(book).not_coded
    assert {one.events[0]: one.rule for one in found} == expected
