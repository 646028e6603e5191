"""The event graph: its edges, contradictions in time, and its files read by others."""

from __future__ import annotations

import io
import json
import re

import networkx as nx
import pytest
from lxml import etree
from made_situations import ARMY, BER, GAO, REBELS, march, report, said

from temoin.record import Record
from temoin.situation.graph import Graph, build
from temoin.situation.graph.contradictions import strong_components
from temoin.situation.graph.svg import as_svg
from temoin.situation.graph.writing import as_dot, as_graphml, as_json


def strike(first: int | None, **more: object) -> dict[str, object]:
    return said("air_strike", march(first) if first else None, actor=ARMY, event_place=BER, **more)


def clash(first: int | None, **more: object) -> dict[str, object]:
    return said("armed_clash", march(first) if first else None, actor=REBELS, **more)


def edges(graph: Graph, basis: str) -> list[tuple[str, str, str]]:
    return [(e.source, e.type, e.target) for e in graph.edges if e.basis == basis]


@pytest.fixture
def told() -> Graph:
    return build(
        [
            report(
                "a",
                strike(12, trigger='"hit" <&>'),
                said("killing", march(12), target="ten\x0bpeople"),
                clash(10),
                said("threat", None, certainty="possible", polarity="negated"),
                relations=[("e1", "causes", "e2"), ("e1", "before", "e3"),
                           ("e4", "responds_to", "e2")],
            )
        ]
    )  # fmt: skip


def test_relations_of_the_text_are_edges(told: Graph) -> None:
    assert edges(told, "text") == [("a:e1", "causes", "a:e2"), ("a:e1", "before", "a:e3"),
                                   ("a:e4", "responds_to", "a:e2")]  # fmt: skip


def test_days_give_weaker_edges_to_what_comes_next() -> None:
    graph = build([report("a", strike(10), clash(12), clash(14), clash(14), clash(None))])
    assert edges(graph, "days") == [("a:e1", "before", "a:e2"), ("a:e2", "before", "a:e3"),
                                    ("a:e2", "before", "a:e4")]  # fmt: skip


def test_days_order_events_of_several_reports_at_one_place_only() -> None:
    graph = build([report("a", strike(10)), report("b", strike(12)), report("c", clash(14))])
    assert edges(graph, "days") == [("a:e1", "before", "b:e1")]


def test_what_did_not_happen_has_no_place_in_the_order_of_days() -> None:
    assert not build([report("a", strike(10), clash(12, polarity="negated"))]).edges


def test_claims_of_one_incident_are_tied() -> None:
    graph = build([report("a", strike(10)), report("b", strike(10))], same=[["a:e1", "b:e1", "x"]])
    assert edges(graph, "incident") == [("a:e1", "same", "b:e1")]


def test_an_order_against_the_days_is_reported(told: Graph) -> None:
    (found,) = told.contradictions
    assert (found.kind, found.claims) == ("days", ("a:e1", "a:e3"))
    assert "2024-03-12 is told to come before" in found.why


def test_who_responds_comes_after() -> None:
    record = report("a", strike(10), clash(12), relations=[("e1", "responds_to", "e2")])
    assert [each.kind for each in build([record]).contradictions] == ["days"]
    right = report("a", strike(10), clash(12), relations=[("e2", "responds_to", "e1")])
    assert not build([right]).contradictions


@pytest.mark.parametrize("mark", [{"polarity": "negated"}, {"certainty": "planned"}])
def test_what_is_planned_or_denied_contradicts_no_day(mark: dict[str, str]) -> None:
    record = report("a", strike(12), clash(10, **mark), relations=[("e1", "before", "e2")])
    assert not build([record]).contradictions


def test_a_circle_is_reported_once_and_as_short_as_it_can_be() -> None:
    record = report(
        "a", strike(None), clash(None), clash(None), clash(None),
        relations=[("e1", "before", "e2"), ("e2", "causes", "e3"), ("e3", "before", "e1"),
                   ("e3", "before", "e4"), ("e2", "before", "e4")],
    )  # fmt: skip
    (found,) = build([record]).contradictions
    assert found.kind == "cycle"
    assert sorted(found.claims) == ["a:e1", "a:e2", "a:e3"]
    following = dict(zip(found.claims, [*found.claims[1:], found.claims[0]], strict=True))
    assert following == {"a:e1": "a:e2", "a:e2": "a:e3", "a:e3": "a:e1"}


def test_a_circle_runs_through_incidents_of_several_reports() -> None:
    records = [
        report("a", strike(None), clash(None), relations=[("e1", "before", "e2")]),
        report("b", strike(None), clash(None), relations=[("e2", "before", "e1")]),
    ]
    assert not build(records).contradictions
    same = [["a:e1", "b:e1"], ["a:e2", "b:e2"]]
    (found,) = build(records, same=same).contradictions
    assert found.kind == "cycle"
    assert {edge.source for edge in found.edges} == {"a:e1", "b:e2"}


def test_the_parts_of_one_incident_are_no_circle() -> None:
    record = report("a", strike(10), clash(10), relations=[("e1", "causes", "e2")])
    assert not build([record], same=[["a:e1", "a:e2"]]).contradictions


def test_many_events_in_a_row_need_no_deep_stack() -> None:
    after = {str(n): [str(n + 1)] for n in range(5000)} | {"5000": ["0"]}
    assert [len(group) for group in strong_components(after)] == [5001]


def test_graphml_is_read_by_networkx(told: Graph) -> None:
    read = nx.read_graphml(io.BytesIO(as_graphml(told).encode()), force_multigraph=True)
    assert read.is_directed()
    assert set(read) == {"a:e1", "a:e2", "a:e3", "a:e4"}
    assert read.nodes["a:e1"]["trigger"] == '"hit" <&>'
    assert (read.nodes["a:e1"]["start"], read.nodes["a:e1"]["latitude"]) == (0, 16.84)
    assert read.nodes["a:e3"]["contradicted"]
    assert not read.nodes["a:e2"]["contradicted"]
    assert sorted(data["type"] for *_, data in read.edges(data=True)) == [
        "before", "before", "causes", "responds_to",
    ]  # fmt: skip


def test_json_is_read_by_networkx_and_grounded(told: Graph) -> None:
    data = json.loads(as_json(told))
    read = nx.node_link_graph(data, edges="edges")
    assert read.is_multigraph()
    assert len(read.edges) == len(told.edges)
    trigger = read.nodes["a:e1"]["trigger"]
    assert (trigger["start"], trigger["end"]) == (0, 9)
    assert data["graph"]["contradictions"][0]["kind"] == "days"
    roles = {argument["role"] for argument in read.nodes["a:e2"]["arguments"]}
    assert roles == {"target"}


def test_dot_quotes_what_texts_say(told: Graph) -> None:
    text = as_dot(told)
    assert r"“\"hit\" <&>”\n" in text
    assert len(re.findall(r" -> ", text)) == len(told.edges)
    assert text.count("{") == text.count("}") == 1


def test_svg_is_well_formed_and_refers_to_nothing_outside(told: Graph) -> None:
    text = as_svg(told)
    root = etree.fromstring(text.encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    assert len(root.findall(".//s:g", space)) == len(told.nodes)
    paths = root.xpath("//s:path[@marker-end]", namespaces=space)
    assert isinstance(paths, list)
    assert len(paths) == len(told.edges)
    assert "Contradiction: " in text
    assert set(re.findall(r"https?://[^\"]+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\((?!#)|<script|xlink", text)


def test_boxes_of_an_svg_do_not_overlap() -> None:
    record = report("a", *(strike(day) for day in (10, 10, 11, 12, 12)), clash(None))
    root = etree.fromstring(as_svg(build([record, report("b", strike(14))])).encode())
    boxes = [(int(r.get("x", 0)), int(r.get("y", 0)))
             for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("rx")]  # fmt: skip
    assert len(boxes) == 7
    for one in boxes:
        for other in boxes:
            apart = abs(one[0] - other[0]) >= 190 or abs(one[1] - other[1]) >= 58
            assert one is other or apart


@pytest.mark.parametrize("records", [[], [report("a")]])
def test_an_empty_graph_is_written(records: list[Record]) -> None:
    graph = build(records)
    assert nx.read_graphml(io.BytesIO(as_graphml(graph).encode())).number_of_nodes() == 0
    assert json.loads(as_json(graph))["nodes"] == []
    assert etree.fromstring(as_svg(graph).encode()) is not None
    assert as_dot(graph).endswith("}\n")


def test_places_are_told_on_the_nodes() -> None:
    record = report("a", said("capture", march(12), actor=ARMY, target=GAO, event_place=GAO))
    assert "2024-03-12, Gao" in as_svg(build([record]))
