from __future__ import annotations

from made_up import TEXT, days, event, gold, perfect, record, span

from temoin.evaluation import Fault, FaultKind, score
from temoin.record import Record


def faults(found: Record, events: str | None = None) -> list[Fault]:
    report = gold() if events is None else gold(events)
    return list(score([report], [found]).faults)


def test_a_perfect_record_has_no_faults() -> None:
    assert faults(perfect()) == []


def test_a_missed_event_is_one_fault() -> None:
    found = faults(record(), 'E e1 shelling "shelled" actor="rebels" time="On Monday"=2022-05-02')
    assert found == [
        Fault(
            kind=FaultKind.MISSED,
            document="a",
            language="en",
            type="shelling",
            event="e1",
            trigger="shelled",
            start=17,
            end=24,
            text="shelled",
            context="On Monday rebels [shelled] Oum and killed three men near Tal, a nurse said.",
        )
    ]


def test_a_spurious_event_names_the_record_s_own_id() -> None:
    (fault,) = faults(record(event("x7", "protest", "men")), "")
    assert (fault.kind, fault.event, fault.type) == (FaultKind.SPURIOUS, "x7", "protest")


def test_a_long_context_is_cut() -> None:
    (fault,) = faults(record(event("x7", "protest", "said")), "")
    assert fault.context.startswith("…") == (TEXT.index("said") > 50)
    assert fault.context.endswith("[said].")


def test_everything_wrong_with_a_matched_event_is_listed() -> None:
    found = faults(
        record(
            event(
                "x1",
                "killing",
                "killed",
                polarity="negated",
                certainty="planned",
                attribution=span("rebels"),
                arguments=[
                    span("men", role="actor"),
                    span("three", role="quantity", value=30),
                    span("Tal", role="place", latitude=50.0, longitude=20.0),
                ],
                time=days("2022-05-03"),
            )
        ),
        'E e1 killing "killed" actor="rebels" quantity="three"#3 place="Tal"@11.0,20.0 '
        'time="On Monday"=2022-05-02 attribution="a nurse"',
    )
    assert {(fault.kind, fault.text): (fault.expected, fault.found) for fault in found} == {
        (FaultKind.ARGUMENT, "rebels"): ("actor='rebels'", ""),
        (FaultKind.ARGUMENT, "On Monday"): ("time='On Monday'", ""),
        (FaultKind.TIME, "On Monday"): ("2022-05-02/2022-05-02", "2022-05-03/2022-05-03"),
        (FaultKind.POLARITY, "killed"): ("affirmed", "negated"),
        (FaultKind.CERTAINTY, "killed"): ("certain", "planned"),
        (FaultKind.QUANTITY, "three"): ("3", "30"),
        (FaultKind.EXTRA_ARGUMENT, "men"): ("", "actor='men'"),
        (FaultKind.PLACE, "Tal"): ("11.0,20.0", "50.0,20.0"),
        (FaultKind.ATTRIBUTION, "a nurse"): ("'a nurse'", "'rebels'"),
    }


def test_a_source_that_the_gold_does_not_name_is_a_fault() -> None:
    (fault,) = faults(
        record(event("x1", "killing", "killed", attribution=span("a nurse"))),
        'E e1 killing "killed"',
    )
    assert (fault.kind, fault.expected, fault.found) == (FaultKind.ATTRIBUTION, "", "'a nurse'")


def test_what_the_record_lacks_is_shown_as_nothing() -> None:
    found = faults(
        record(
            event(
                "x1",
                "killing",
                "killed",
                arguments=[span("three", role="quantity")],
                place={"name": "Tal"},
            )
        ),
        'E e1 killing "killed" quantity="three"#3 place="Tal"@11.0,20.0 time="near"=2022-05-02',
    )
    shown = {fault.kind: fault.found for fault in found}
    assert shown[FaultKind.QUANTITY] == ""
    assert shown[FaultKind.TIME] == ""
    assert shown[FaultKind.PLACE] == "no point (Tal)"


def test_faults_come_in_the_order_of_the_text() -> None:
    found = faults(record(event("x1", "protest", "men")))
    assert [fault.text for fault in found] == ["shelled", "killed", "men"]


def test_a_fault_is_one_line() -> None:
    (fault,) = faults(
        record(event("x1", "killing", "killed", polarity="negated")), 'E e1 killing "killed"'
    )
    assert str(fault) == (
        "a  polarity  killing 'killed'  expected affirmed, found negated  "
        "On Monday rebels shelled Oum and [killed] three men near Tal, a nurse said."
    )


def test_a_fault_is_plain_json() -> None:
    (fault,) = faults(record(), 'E e1 killing "killed"')
    assert fault.to_dict()["kind"] == "missed"
    assert type(fault.to_dict()["kind"]) is str
