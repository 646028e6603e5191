"""The corroboration collection: it loads, its links hold, its README counts right."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from temoin.corpus import GoldEvent, GoldReport, lint, load, markdown_table, statistics
from temoin.record import Polarity

INCIDENTS = Path(__file__).parents[2] / "corpus" / "incidents"
FIELDS = {"casualties", "actor", "place", "time", "occurred", "target", "instrument"}

pytestmark = pytest.mark.skipif(not INCIDENTS.is_dir(), reason="the corpus is not installed")

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def reports() -> dict[str, GoldReport]:
    return {report.id: report for report in load(INCIDENTS)}


@pytest.fixture(scope="module")
def events(reports: dict[str, GoldReport]) -> dict[str, GoldEvent]:
    return {f"{name}:{event.id}": event for name, it in reports.items() for event in it.events}


@pytest.fixture(scope="module")
def gold() -> dict[str, list[Entry]]:
    return tomllib.loads((INCIDENTS / "incidents.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cluster(gold: dict[str, list[Entry]]) -> dict[str, str]:
    return {mention: it["id"] for it in gold["incident"] for mention in it["mentions"]}


def documents(incident: Entry) -> set[str]:
    return {mention.partition(":")[0] for mention in incident["mentions"]}


def pair(entry: Entry, first: str, second: str) -> tuple[str, str]:
    return entry[first], entry[second]


def test_the_reports_are_clean(reports: dict[str, GoldReport]) -> None:
    assert [str(slip) for report in reports.values() for slip in lint(report)] == []


def test_every_report_says_that_it_is_synthetic(reports: dict[str, GoldReport]) -> None:
    assert [
        n for n, it in reports.items() if not it.document.source.startswith("synthetic; ")
    ] == []


def test_files_bear_the_ids_of_their_reports(reports: dict[str, GoldReport]) -> None:
    assert [n for n, it in reports.items() if it.path is None or it.path.stem != n] == []


def test_reports_are_short(reports: dict[str, GoldReport]) -> None:
    assert {
        n: len(it.sentences) for n, it in reports.items() if not 3 <= len(it.sentences) <= 8
    } == {}


def test_no_report_is_in_another_part(reports: dict[str, GoldReport]) -> None:
    others = [
        it for part in ("train", "development", "languages") for it in load(INCIDENTS.parent / part)
    ]
    assert {it.id for it in others} & set(reports) == set()
    assert {it.document.text for it in others} & {
        it.document.text for it in reports.values()
    } == set()


def test_incidents_have_names_of_their_own(gold: dict[str, list[Entry]]) -> None:
    ids = [incident["id"] for incident in gold["incident"]]
    assert len(ids) == len(set(ids))
    assert [i["id"] for i in gold["incident"] if not i["title"] or not i["kind"]] == []
    assert {i["of"] for i in gold["incident"] if "of" in i} <= set(ids)


def test_every_mention_exists(gold: dict[str, list[Entry]], events: dict[str, GoldEvent]) -> None:
    assert [m for i in gold["incident"] for m in i["mentions"] if m not in events] == []


def test_no_mention_is_in_two_incidents(gold: dict[str, list[Entry]]) -> None:
    counts = Counter(m for i in gold["incident"] for m in i["mentions"])
    assert [mention for mention, count in counts.items() if count > 1] == []


def test_an_incident_has_two_mentions_at_least(gold: dict[str, list[Entry]]) -> None:
    assert [i["id"] for i in gold["incident"] if len(i["mentions"]) < 2] == []


def test_what_is_no_part_is_told_by_three_reports(gold: dict[str, list[Entry]]) -> None:
    primary = [incident for incident in gold["incident"] if "of" not in incident]
    assert len(primary) >= 42
    assert [i["id"] for i in primary if not 3 <= len(documents(i)) <= 8] == []


def test_contradictions_are_within_an_incident(
    gold: dict[str, list[Entry]], cluster: dict[str, str]
) -> None:
    assert len(gold["contradiction"]) >= 60
    for entry in gold["contradiction"]:
        a, b = pair(entry, "a", "b")
        assert entry["field"] in FIELDS, entry
        assert a in cluster, entry
        assert a != b, entry
        assert cluster[a] == cluster.get(b), entry
        assert entry["a_value"] != entry["b_value"], entry


def test_no_contradiction_stands_twice(gold: dict[str, list[Entry]]) -> None:
    counts = Counter((it["field"], *sorted(pair(it, "a", "b"))) for it in gold["contradiction"])
    assert [key for key, count in counts.items() if count > 1] == []


def test_who_denies_contradicts_who_affirms(
    gold: dict[str, list[Entry]], events: dict[str, GoldEvent]
) -> None:
    # Of two claims that contradict in whether it occurred, one at least is negated.
    for entry in gold["contradiction"]:
        if entry["field"] == "occurred":
            polarities = {events[end].polarity for end in pair(entry, "a", "b")}
            assert Polarity.NEGATED in polarities, entry


def test_copies_are_of_reports_that_came_before(
    gold: dict[str, list[Entry]], reports: dict[str, GoldReport]
) -> None:
    for entry in gold["copy"]:
        copy, original = (reports[name].document for name in pair(entry, "document", "of"))
        assert entry["kind"] in {"verbatim", "shortened", "translated"}, entry
        assert original.published <= copy.published, entry
        assert (original.language != copy.language) == (entry["kind"] == "translated"), entry


@pytest.mark.parametrize(("kind", "verb"), [("update", "updates"), ("retraction", "withdraws")])
def test_updates_and_retractions_look_back(
    gold: dict[str, list[Entry]],
    reports: dict[str, GoldReport],
    cluster: dict[str, str],
    kind: str,
    verb: str,
) -> None:
    for entry in gold[kind]:
        later, earlier = pair(entry, "mention", verb)
        assert cluster[later] == cluster[earlier], entry
        days = [reports[end.partition(":")[0]].document.published for end in (earlier, later)]
        assert days == sorted(days), entry


def test_lookalikes_are_two_incidents(gold: dict[str, list[Entry]]) -> None:
    ids = {incident["id"] for incident in gold["incident"]}
    assert len(gold["lookalike"]) >= 12
    for entry in gold["lookalike"]:
        a, b = pair(entry, "a", "b")
        assert {a, b} <= ids, entry
        assert a != b, entry


def stated(marker: str) -> str:
    readme = (INCIDENTS / "README.md").read_text(encoding="utf-8")
    return readme.partition(f"<!-- {marker} -->\n")[2].partition(f"\n<!-- /{marker} -->")[0]


def test_the_readme_counts_the_reports_right(reports: dict[str, GoldReport]) -> None:
    assert stated("reports") == markdown_table({"incidents": statistics(reports.values())})


def test_the_readme_counts_the_links_right(
    gold: dict[str, list[Entry]], events: dict[str, GoldEvent], cluster: dict[str, str]
) -> None:
    fields = Counter(entry["field"] for entry in gold["contradiction"])
    counts = {
        "incidents told by three reports or more": sum("of" not in i for i in gold["incident"]),
        "parts and consequences of them (deaths, wounded, ...)": sum(
            "of" in i for i in gold["incident"]
        ),
        "mentions in these": len(cluster),
        "mentions that stand alone": len(events) - len(cluster),
        "look-alike pairs": len(gold["lookalike"]),
        "copies": len(gold["copy"]),
        "updates": len(gold["update"]),
        "retractions": len(gold["retraction"]),
        "contradictions": len(gold["contradiction"]),
        **{f"- of {name}": count for name, count in sorted(fields.items())},
    }
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    assert stated("links") == "\n".join(["| what | count |", "| --- | --: |", *rows])
