"""Every type of event has a code in each codebook, or a stated reason why not."""

from __future__ import annotations

import pytest
from codebook_records import ACTORS, MIZDA, Report, day

from temoin.codebooks import BUILT_IN, NotCoded, Row, load
from temoin.record import Certainty, EventType, Polarity

#: What each codebook makes of the plainest report of each type: ACLED's sub-event type, UCDP's
#: type of violence (`dead`: nine are killed), CAMEO's code, PLOVER's type and mode. `-` is no
#: row, `?` a row whose code is undecided.
EXPECTED = """
armed_clash        | Armed clash                              | 1 | 190  | ASSAULT ?
ground_attack      | Armed clash                              | 1 | 190  | ASSAULT ?
shelling           | Shelling/artillery/missile attack        | 1 | 194  | ASSAULT heavy-weapons
air_strike         | Air/drone strike                         | 1 | 195  | ASSAULT aerial
drone_strike       | Air/drone strike                         | 1 | 1952 | ASSAULT drone
explosion          | Remote explosive/landmine/IED            | 1 | 183  | ASSAULT explosives
shoot_down         | ?                                        | 1 | 190  | ASSAULT ?
siege              | Other                                    | 1 | 191  | COERCE restrict
advance            | Change to group/activity                 | 1 | 150  | MOBILIZE troops
withdrawal         | Change to group/activity                 | 1 | 0874 | RETREAT withdraw
capture            | Government regains territory             | 1 | 192  | COERCE seize
deployment         | Change to group/activity                 | - | 154  | MOBILIZE troops
reinforcement      | Change to group/activity                 | - | 154  | MOBILIZE troops
incursion          | Change to group/activity                 | 1 | 150  | MOBILIZE troops
front_collapse     | -                                        | 1 | -    | -
surrender          | Agreement                                | 1 | 0874 | RETREAT disarm
supply             | -                                        | - | 072  | AID
capability_denied  | -                                        | 1 | -    | -
delay              | -                                        | - | -    | -
support_request    | -                                        | - | 0232 | REQUEST assist
killing            | Armed clash                              | 1 | 190  | ASSAULT ?
injury             | Armed clash                              | 1 | 190  | ASSAULT ?
detention          | ?                                        | 1 | 173  | ASSAULT abduct
release            | Agreement                                | - | 0841 | RETREAT release
displacement       | Other                                    | 1 | 201  | SANCTION expel
destruction        | Looting/property destruction             | 1 | 1712 | ASSAULT destroy
ceasefire          | Agreement                                | - | 0871 | RETREAT ceasefire
agreement          | Agreement                                | - | 030  | AGREE
negotiation        | Agreement                                | - | 046  | CONSULT ?
threat             | -                                        | - | 130  | THREATEN ?
accusation         | -                                        | - | 112  | ACCUSE allege
protest            | Peaceful protest                         | ? | 141  | PROTEST demo
aid_delivery       | -                                        | - | 073  | AID
"""
TABLE = {
    cells[0]: dict(zip(BUILT_IN, cells[1:], strict=True))
    for cells in (
        [cell.strip() for cell in row.split("|")] for row in EXPECTED.strip().splitlines()
    )
}
#: The column that holds a codebook's code.
COLUMN = {"acled": "sub_event_type", "ucdp": "type_of_violence", "cameo": "event_code"}


def plainest(kind: EventType) -> Report:
    """The army does it to the rebels, in words that say no more."""
    report = Report("The army happens to the rebels and nine perish.")
    army, rebels = (
        report.who("actor", "The army", "army"),
        report.who("target", "the rebels", "rebels"),
    )
    if kind is EventType.ARMED_CLASH:
        rebels = report.who("actor", "the rebels", "rebels")
    where = {"when": day("2019-11-13"), "where": MIZDA}
    report.event(kind.value, "happens", army, rebels, **where)  # type: ignore[arg-type]
    return report


def only(report: Report, book: str) -> Row | NotCoded:
    coding = report.coded(book)
    found: list[Row | NotCoded] = [*coding.rows, *coding.not_coded]
    assert len(found) == 1
    return found[0]


def coded(found: Row | NotCoded, book: str) -> str:
    """As `EXPECTED` writes it."""
    if isinstance(found, NotCoded):
        assert found.reason
        return "-"
    if book == "plover":
        kind, mode = found.cells["Event Type"], found.cells["Event Mode"]
        undecided = found.why("Event Mode") is not None
        return str(kind) + (f" {mode}" if mode else " ?" if undecided else "")
    value = found.cells[COLUMN[book]]
    if value is None:
        why = found.why(COLUMN[book])
        assert why is not None
        assert not hasattr(why, "value")
    return "?" if value is None else str(value)


def test_table_has_every_type() -> None:
    assert set(TABLE) == set(EventType)


@pytest.mark.parametrize("book", ["acled", "cameo", "plover"])
@pytest.mark.parametrize("kind", EventType)
def test_type_is_coded_or_the_reason_stated(kind: EventType, book: str) -> None:
    assert coded(only(plainest(kind), book), book) == TABLE[kind][book]


@pytest.mark.parametrize("kind", EventType)
def test_ucdp_codes_what_kills(kind: EventType) -> None:
    report = plainest(kind)
    killed = report.count("nine", 9)
    last = report.events[-1]
    report.events[-1] = last.model_copy(update={"arguments": (*last.arguments, killed)})
    assert coded(only(report, "ucdp"), "ucdp") == TABLE[kind]["ucdp"]


@pytest.mark.parametrize("book", BUILT_IN)
@pytest.mark.parametrize("kind", EventType)
def test_a_rule_names_the_type(kind: EventType, book: str) -> None:
    rules = load(book).of_step("event")
    assert [rule.id for rule in rules if kind in rule.when.get("type", ())]


@pytest.mark.parametrize("book", BUILT_IN)
@pytest.mark.parametrize("kind", EventType)
def test_denied_is_never_coded_as_fact(kind: EventType, book: str) -> None:
    report = plainest(kind)
    report.events[0] = report.events[0].model_copy(update={"polarity": Polarity.NEGATED})
    found = only(report, book)
    assert isinstance(found, NotCoded)


@pytest.mark.parametrize("certainty", ["planned", "possible"])
@pytest.mark.parametrize("kind", EventType)
def test_acled_and_ucdp_code_only_what_happened(kind: EventType, certainty: str) -> None:
    report = plainest(kind)
    report.events[0] = report.events[0].model_copy(update={"certainty": Certainty(certainty)})
    for book in ("acled", "ucdp"):
        found = only(report, book)
        assert isinstance(found, NotCoded)
        assert found.rule == f"{book}.gate.{certainty}"


@pytest.mark.parametrize(
    ("kind", "text", "instrument", "acled", "cameo", "plover"),
    [
        ("explosion", "A suicide bomber struck.", None, "Suicide bomb", "1831", "suicide-attack"),
        ("explosion", "Un kamikaze a frappé.", None, "Suicide bomb", "1831", "suicide-attack"),
        ("explosion", "A car bomb blew up.", None, "Remote explosive/landmine/IED", "1832",
         "explosives"),
        ("explosion", "It hit a device.", "ied", "Remote explosive/landmine/IED", "1833",
         "explosives"),
        ("explosion", "It threw a device.", "grenade", "Grenade", "183", "explosives"),
        ("shelling", "It fired a device.", "chemical", "Chemical weapon", "2041",
         "unconventional"),
        ("shelling", "It fired a device.", "helicopter", "Air/drone strike", "195", "aerial"),
        ("killing", "It used a device.", "rifle", "?", "180", "firearms"),
        ("killing", "It used a device.", "drone", "Air/drone strike", "1952", "drone"),
    ],
)  # fmt: skip
def test_weapon_decides(
    kind: str, text: str, instrument: str | None, acled: str, cameo: str, plover: str
) -> None:
    report = Report(text)
    tools = [report.tool("device", instrument)] if instrument else []
    report.event(kind, text.removesuffix("."), *tools)
    assert coded(report.row("acled"), "acled") == acled
    assert report.row("cameo").cells["event_code"] == cameo
    assert report.row("plover").cells["Event Mode"] == plover


@pytest.mark.parametrize(
    ("actor", "sub_event"),
    [
        ("army", "Government regains territory"),
        ("foreigners", "Non-state actor overtakes territory"),
        ("rebels", "Non-state actor overtakes territory"),
        (None, None),
    ],
)
def test_who_takes_a_place_decides(actor: str | None, sub_event: str | None) -> None:
    report = Report("They took Mizda.")
    who = [report.who("actor", "They", actor)] if actor else []
    report.event("capture", "took", *who, where=MIZDA)
    row = report.row("acled")
    assert (row.cells["event_type"], row.cells["sub_event_type"]) == ("Battles", sub_event)


def test_place_handed_over_is_no_battle() -> None:
    report = Report("The rebels took Mizda without a fight.")
    report.event("capture", "took", report.who("actor", "The rebels", "rebels"), where=MIZDA)
    row = report.row("acled")
    assert row.cells["sub_event_type"] == "Non-violent transfer of territory"
    assert "without a fight" in [w.text for w in row.why("sub_event_type").words]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("actor", "target", "violence"),
    [
        ("army", "rebels", 1), ("rebels", "army", 1), ("army", "foreigners", 1),
        ("rebels", "jihadists", 2), ("army", "civilians", 3), ("rebels", "civilians", 3),
        ("gunmen", "civilians", None), ("army", "people", None), (None, "civilians", None),
    ],
)  # fmt: skip
def test_ucdp_type_of_violence(actor: str | None, target: str, violence: int | None) -> None:
    report = Report("They killed nine of those people there.")
    who = [report.who("actor", "They", actor)] if actor else []
    report.event(
        "killing", "killed", *who, report.who("target", "those people", target),
        report.count("nine", 9),
    )  # fmt: skip
    row = report.row("ucdp")
    assert row.cells["type_of_violence"] == violence
    assert row.why("type_of_violence") is not None


@pytest.mark.parametrize(
    ("actor", "target", "event_type", "targeting"),
    [
        ("army", "rebels", "Battles", None),
        ("rebels", "civilians", "Violence against civilians", "Civilian targeting"),
        ("army", None, None, None),
    ],
)
def test_acled_target_decides_of_an_attack(
    actor: str, target: str | None, event_type: str | None, targeting: str | None
) -> None:
    report = Report("They attacked those people.")
    whom = [report.who("target", "those people", target)] if target else []
    report.event("ground_attack", "attacked", report.who("actor", "They", actor), *whom)
    cells = report.row("acled").cells
    assert (cells["event_type"], cells["civilian_targeting"]) == (event_type, targeting)


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "polarity", "certainty", "plover", "cameo"),
    [
        ("The army refused to meet.", "meet", "negotiation", "negated", "planned", "REJECT", "125"),
        ("The army will meet them.", "meet", "negotiation", "affirmed", "planned", "AGREE", "036"),
        ("The UN demanded their withdrawal.", "withdrawal", "withdrawal", "affirmed", "planned",
         "REQUEST", "1056"),
        ("The army will withdraw.", "withdraw", "withdrawal", "affirmed", "planned", "CONCEDE",
         "0356"),
        ("It tried to assassinate him.", "assassinate", "killing", "negated", "certain", "ASSAULT",
         "185"),
    ],
)  # fmt: skip
def test_refusals_demands_promises_and_attempts(
    text: str, trigger: str, kind: str, polarity: str, certainty: str, plover: str, cameo: str
) -> None:
    report = Report(text)
    report.event(kind, trigger, polarity=polarity, certainty=certainty)
    assert report.row("plover").cells["Event Type"] == plover
    assert report.row("cameo").cells["event_code"] == cameo


def test_of_a_demand_the_actor_is_who_demands() -> None:
    report = Report("The UN demanded that the army withdraw.")
    report.event(
        "withdrawal", "withdraw", report.who("actor", "the army", "army"), certainty="planned",
        said_by="The UN",
    )  # fmt: skip
    attribution = report.events[0].attribution
    assert attribution
    speaker = attribution.model_copy(update={"actor": ACTORS["agency"]})
    report.events[0] = report.events[0].model_copy(update={"attribution": speaker})
    cells = report.row("plover").cells
    assert (cells["Actor Name"], cells["Recipient Name"]) == (
        "United Nations", "Military Forces of Libya",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "more", "sub_event"),
    [
        ("Students marched.", None, "Peaceful protest"),
        ("Police dispersed students who marched.", None, "Protest with intervention"),
        ("Students marched and threw stones.", None, "Violent demonstration"),
        ("Students marched and nine died.", "killing", "Excessive force against protesters"),
    ],
)
def test_acled_protests(text: str, more: str | None, sub_event: str) -> None:
    report = Report(text)
    report.event("protest", "marched")
    if more:
        report.event(more, "died", report.count("nine", 9))
    assert report.row("acled").cells["sub_event_type"] == sub_event


def test_goldstein_is_blank_where_none_is_published() -> None:
    report = Report("A drone struck Mizda.")
    report.event("drone_strike", "struck")
    row = report.row("cameo")
    assert (row.cells["event_code"], row.cells["goldstein"], row.cells["quad_class"]) == (
        "1952", None, 4,
    )  # fmt: skip
    assert "nothing for 1952" in row.why("goldstein").reason  # type: ignore[union-attr]


def test_two_sided_violence_puts_all_in_actor() -> None:
    cells = plainest(EventType.ARMED_CLASH).row("plover").cells
    assert cells["Actor Name"] == "Military Forces of Libya; Southern Front"
    assert (cells["Recipient Name"], cells["Actor Sectors"]) == (None, "MIL; REB")


def test_who_shoots_at_a_protest_is_the_other_side() -> None:
    report = Report("Students marched and police killed nine students.")
    march = report.event("protest", "marched", report.who("actor", "Students", "protesters"))
    killing = report.event(
        "killing", "killed", report.who("actor", "police", "police"),
        report.who("target", "nine students", "protesters"), report.count("nine", 9),
    )  # fmt: skip
    report.causes(march, killing)
    acled, ucdp = report.row("acled").cells, report.row("ucdp").cells
    assert acled["sub_event_type"] == "Excessive force against protesters"
    assert (acled["interaction"], acled["disorder_type"]) == (
        "16", "Political violence; Demonstrations",
    )  # fmt: skip
    assert (ucdp["type_of_violence"], ucdp["side_a"]) == (3, "Government of Libya")
    assert (ucdp["side_b"], ucdp["deaths_civilians"]) == ("Civilians", 9)


def test_nobody_fights_himself() -> None:
    report = Report("The army fought them and nine of the soldiers died.")
    army = report.who("actor", "The army", "army")
    report.event("armed_clash", "fought", army, report.who("target", "the soldiers", "army"),
                 report.count("nine", 9))  # fmt: skip
    row = report.row("ucdp")
    assert (row.cells["side_a"], row.cells["side_b"]) == ("Government of Libya", None)
    assert (row.cells["deaths_a"], row.cells["deaths_b"]) == (9, 0)


@pytest.mark.parametrize(
    ("text", "actor1", "interaction"),
    [
        ("People marched against the police.", "Protesters (Libya)", "60"),
        ("People rioted against the police, who marched.", "Rioters (Libya)", "50"),
    ],
)
def test_who_demonstrates_is_a_protester_and_whom_against_is_not_there(
    text: str, actor1: str, interaction: str
) -> None:
    report = Report(text)
    report.event(
        "protest", "marched", report.who("actor", "People", "people"),
        report.who("target", "the police", "police"), where=MIZDA,
    )  # fmt: skip
    acled, plover = report.row("acled").cells, report.row("plover").cells
    assert (acled["actor1"], acled["actor2"], acled["interaction"]) == (actor1, None, interaction)
    assert plover["Recipient Name"] == "Police Forces of Libya"


def test_whom_they_fought_is_the_other_side_of_a_capture() -> None:
    report = Report("The rebels took Mizda after clashes with the army.")
    rebels = report.who("actor", "The rebels", "rebels")
    report.event("capture", "took", rebels, where=MIZDA)
    report.event("armed_clash", "clashes", rebels, report.who("actor", "the army", "army"))
    cells = report.row("acled").cells
    assert cells["sub_event_type"] == "Non-state actor overtakes territory"
    assert (cells["actor2"], cells["interaction"]) == ("Military Forces of Libya", "12")
