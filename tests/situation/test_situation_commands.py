"""`temoin situation` and `temoin graph`: sources, formats, what fails; records of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cases import decide
from command_line import Run
from made_situations import ARMY, BER, REBELS, TANKS, march, report, said

from temoin.errors import ReadingError
from temoin.record import Record
from temoin.situation.sources import effective_records, incidents_kept, records_from

if TYPE_CHECKING:
    from temoin.casefile import Case


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of records that contradict each other."""
    made = tmp_path / "records"
    made.mkdir()
    first = report("a", said("capture", march(12), actor=ARMY, target=BER),
                   said("deployment", march(14), actor=ARMY, instrument=TANKS, destination=BER),
                   relations=[("e2", "before", "e1")])  # fmt: skip
    second = report("b", said("capture", march(12), actor=REBELS, target=BER, said_by="a rebel"))
    for record in (first, second):
        path = made / f"{record.document.id}.jsonl"
        path.write_text(record.to_json() + "\n", encoding="utf-8")
    return made


def test_a_table_shows_both_sides(run: Run, folder: Path) -> None:
    done = run("situation", folder, "--at", "2024-03-12")
    assert done.exit_code == 0, done.output
    assert "Claims, not facts" in done.stdout
    assert "! Ber: Malian Armed Forces, since 2024-03-12, contested since 2024-03-12" in done.stdout
    assert "for [b:e1 0-7] a rebel in Paper b" in done.stdout
    assert "against, with those for another side: b:e1" in done.stdout
    assert "2 records; 2 states on 2024-03-12, 2 contested, 0 claims that make none" in done.stderr


def test_json_has_the_changes_too(run: Run, folder: Path) -> None:
    done = run("situation", folder, "--at", "2024-03-14", "--changes-since", "2024-03-11",
               "-f", "json", "-q")  # fmt: skip
    told = json.loads(done.stdout)
    assert done.stderr == ""
    assert {state["kind"] for state in told["states"]} == {"control", "actors", "equipment"}
    assert {change["what"] for change in told["changes"]} == {"began"}


def test_geojson_has_points_with_days(run: Run, folder: Path) -> None:
    told = json.loads(run("situation", folder, "--at", "2024-03-12", "-f", "geojson").stdout)
    one, other = told["features"]
    assert one["geometry"] == other["geometry"] == {"type": "Point", "coordinates": [-2.53, 16.84]}
    assert one["id"] != other["id"]
    assert one["when"]["timespans"][0]["start"]["earliest"] == "2024-03-12"
    assert one["properties"]["contested"] is True
    assert "Claims, not facts" in told["properties"]["note"]


def test_geojson_marks_what_changed(run: Run, folder: Path) -> None:
    done = run("situation", folder, "--at", "2024-03-14", "--changes-since", "2024-03-12", "-f",
               "geojson")  # fmt: skip
    told = [f["properties"] for f in json.loads(done.stdout)["features"]]
    assert {p["change"] for p in told if p["kind"] == "control"} == {None}
    assert {p["change"] for p in told if p["kind"] == "equipment"} == {"began"}


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_picture_goes_to_a_file(
    run: Run, folder: Path, tmp_path: Path, form: str, start: bytes
) -> None:
    out = tmp_path / f"map.{form}"
    done = run("situation", folder, "--at", "2024-03-12", "-f", form, "--out", out)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize(
    ("area", "states"),
    [("16.8,-2.5~20", 2), ("16,-3,17,-2", 2), ("0,0,1,1", 0), ("Damascus~30km", 0)],
)
def test_an_area(run: Run, folder: Path, area: str, states: int) -> None:
    done = run("situation", folder, "--at", "2024-03-12", "--area", area, "-f", "json")
    assert len(json.loads(done.stdout)["states"]) == states


@pytest.mark.parametrize(
    ("area", "cause"),
    [
        ("95,0~10", "latitude"),
        ("17,-3,16,-2", "too far north"),
        ("Xqzzyplugh", "not in the gazetteer"),
    ],
)
def test_an_area_that_is_none(run: Run, folder: Path, area: str, cause: str) -> None:
    done = run("situation", folder, "--at", "2024-03-12", "--area", area)
    assert done.exit_code == 2
    assert cause in done.stderr


def test_a_map_shows_one_day(run: Run, folder: Path) -> None:
    done = run("situation", folder, "--at", "2024-03-12", "--changes-since", "2024-03-11", "-f",
               "svg")  # fmt: skip
    assert done.exit_code == 2
    assert "one day" in done.stderr


def test_what_fails_is_told_and_the_rest_goes_on(run: Run, folder: Path) -> None:
    (folder / "c.jsonl").write_text("{}\n", encoding="utf-8")
    done = run("situation", folder, folder / "a.jsonl", "gone.jsonl", "--at", "2024-03-12")
    assert done.exit_code == 1
    assert "c.jsonl, line 1: not a record" in done.stderr
    assert "a: two records of one document" in done.stderr
    assert "gone.jsonl: cannot be read" in done.stderr


@pytest.mark.parametrize("options", [("--at", "2024-03-12"), ("--at", "2024-03-12", "-f", "json")])
def test_nothing_is_printed_of_what_cannot_be_read(run: Run, options: tuple[str, ...]) -> None:
    Path("empty").mkdir()
    Path("broken.jsonl").write_text("{}\n", encoding="utf-8")
    for source in ("gone.jsonl", "broken.jsonl", "empty"):
        done = run("situation", source, *options)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "no situation: nothing was read (0 records, 1 failures)" in done.stderr
        graph = run("graph", source)
        assert (graph.exit_code, graph.stdout) == (2, "")
        assert "no graph: nothing was read" in graph.stderr


@pytest.mark.parametrize(
    ("form", "start"),
    [("dot", "digraph"), ("graphml", "<?xml"), ("svg", "<svg"), ("json", "{")],
)
def test_a_graph_in_each_format(run: Run, folder: Path, form: str, start: str) -> None:
    done = run("graph", folder, "-f", form)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(start)
    assert "contradiction: “deployment” [a:e2] of 2024-03-14 is told to come before" in done.stderr
    assert "3 events" in done.stderr


def test_a_graph_of_one_document(run: Run, folder: Path) -> None:
    told = json.loads(run("graph", folder, "--document", "b", "-f", "json").stdout)
    assert [node["id"] for node in told["nodes"]] == ["b:e1"]
    gone = run("graph", folder, "--document", "x")
    assert gone.exit_code == 2
    assert "x: no such document" in gone.stderr


def test_a_graph_ties_incidents_unless_told_not_to(run: Run, folder: Path) -> None:
    told = json.loads(run("graph", folder, "-f", "json").stdout)
    bare = json.loads(run("graph", folder, "--no-incidents", "-f", "json").stdout)
    assert [e for e in bare["edges"] if e["type"] == "same"] == []
    assert len(told["edges"]) >= len(bare["edges"])


def kept(case: Case) -> dict[str, Record]:
    with case.reading() as session:
        found = list(effective_records(session))
    assert not [each for each in found if isinstance(each, ReadingError)]
    return {r.document.id: r for r in found if isinstance(r, Record)}


def test_a_case_gives_its_records(filled: Case) -> None:
    assert sum(len(record.events) for record in kept(filled).values()) > 1
    if filled.target.path is not None:
        found = list(records_from([str(filled.target.path)]))
        assert [each for each in found if isinstance(each, Record)] == list(kept(filled).values())


def test_a_rejected_claim_is_left_out_and_an_edited_one_is_as_edited(filled: Case) -> None:
    before = sum(len(record.events) for record in kept(filled).values())
    decide(filled, 1, "reject")
    after = kept(filled)
    assert sum(len(record.events) for record in after.values()) == before - 1
    decide(filled, 2, "edit", field="certainty", value='"planned"')
    events = [event for record in kept(filled).values() for event in record.events]
    assert sum(event.certainty == "planned" for event in events) == 1


def test_a_claim_that_a_person_added_is_there(filled: Case) -> None:
    from temoin.casefile.canonical import canonical, now
    from temoin.casefile.schema import Claim, Decision

    record = next(iter(kept(filled).values()))
    event = record.events[0].model_dump(mode="json")
    with filled.writing(actor="bea") as work:
        old = work.session.get_one(Claim, 1)
        columns = ("document_id", "type", "trigger", "trigger_start", "trigger_end", "polarity",
                   "certainty")  # fmt: skip
        claim = Claim(**{name: getattr(old, name) for name in columns}, origin="human",
                      present=True, state="edited", version=1)  # fmt: skip
        work.session.add(claim)
        work.session.flush()
        work.session.add(Decision(
            claim_id=claim.id, field=None, verdict="add", value=canonical(event), reviewer="bea",
            at=now(), claim_version=1, active=True,
        ))  # fmt: skip
        number = claim.id
    ids = {event.id for record in kept(filled).values() for event in record.events}
    assert f"claim-{number}" in ids


def test_what_is_no_case_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    (error,) = records_from([str(path)])
    assert "no case of Témoin" in str(error)
    empty = tmp_path / "empty"
    empty.mkdir()
    (error,) = records_from([str(empty)])
    assert "no .jsonl file" in str(error)


def tied(run: Run, *sources: str) -> tuple[set[frozenset[str]], str]:
    done = run("graph", *sources, "-f", "json")
    assert done.exit_code == 0, done.output
    edges = json.loads(done.stdout)["edges"]
    same = {frozenset((e["source"], e["target"])) for e in edges if e["type"] == "same"}
    return same, done.stderr


def test_a_graph_of_a_case_has_the_incidents_that_it_keeps(run: Run, filled: Case) -> None:
    from temoin.casefile.incidents import pairs
    from temoin.casefile.incidents import run as corroborate
    from temoin.corroboration import Verdict

    source = str(filled.target.path or filled.target.url.render_as_string(hide_password=False))
    found, said_so = tied(run, source)
    assert "found anew, without verdicts on pairs: temoin corroborate was not run" in said_so
    corroborate(filled, actor="bea")
    kept, quiet = tied(run, source)
    assert "found anew" not in quiet
    assert kept == found
    assert len(kept) == 2
    pairs.decide(filled, 1, 4, Verdict.DIFFERENT, reviewer="bea")
    assert "1 change came after the last temoin corroborate" in tied(run, source)[1]
    held = corroborate(filled, actor="bea")
    apart, quiet = tied(run, source)
    assert "found anew" not in quiet
    assert len(apart) == sum(len(each.claims) - 1 for each in held.incidents)
    decide(filled, 2, "reject")
    corroborate(filled, actor="bea", query="type:shelling")
    assert "was about 'type:shelling' only" in tied(run, source)[1]
    assert incidents_kept("-") is None
