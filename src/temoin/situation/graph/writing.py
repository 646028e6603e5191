"""The event graph as JSON (node-link), DOT and GraphML."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from temoin.situation.claims import Claim, cite
from temoin.situation.graph.edges import Edge
from temoin.situation.graph.model import Graph

__all__ = ["COLOURS", "as_dot", "as_graphml", "as_json", "title"]

#: Okabe and Ito's palette by type of edge.
COLOURS = {
    "causes": "#D55E00",
    "prevents": "#CC79A7",
    "responds_to": "#009E73",
    "before": "#0072B2",
    "same": "#999999",
}

_NODE = {
    "document": "string", "event": "string", "type": "string", "trigger": "string",
    "start": "int", "end": "int", "sentence": "string", "polarity": "string",
    "certainty": "string", "attribution": "string", "earliest": "string", "latest": "string",
    "place": "string", "latitude": "double", "longitude": "double", "contradicted": "boolean",
}  # fmt: skip
_EDGE = {"type": "string", "basis": "string", "confidence": "double", "contradicted": "boolean"}
_GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
#: What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_json(graph: Graph) -> str:
    """Node-link JSON, as networkx and D3 read it, with offsets, arguments and contradictions."""
    _, wrong = _wrong(graph)
    told = {
        "directed": True,
        "multigraph": True,
        "graph": {
            "note": "Claims, not facts.",
            "contradictions": [each.to_dict() for each in graph.contradictions],
        },
        "nodes": [{"id": claim.id, **cite(claim), **_grounded(claim)} for claim in graph.nodes],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "key": number,
                **_edge(edge, wrong),
            }
            for number, edge in enumerate(graph.edges)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_dot(graph: Graph) -> str:
    """The graph for Graphviz."""
    wrong = _wrong(graph)
    lines = ["digraph temoin {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for claim in graph.nodes:
        style = "dashed" if claim.denied or not claim.told else "solid"
        colour = "#B00020" if claim.id in wrong[0] else "#444444"
        lines.append(
            f"  {_dot(claim.id)} [label={_dot(title(claim))}, style={style}, color={_dot(colour)}];"
        )
    for edge in graph.edges:
        bad = edge in wrong[1]
        given = {
            "label": edge.type if edge.basis == "text" else "",
            "color": "#B00020" if bad else COLOURS[edge.type],
            "style": "solid" if edge.basis == "text" else "dotted",
            "penwidth": "2.5" if bad else "1.2" if edge.basis == "text" else "0.7",
            **({"dir": "none"} if edge.type == "same" else {}),
        }
        told = ", ".join(f"{name}={_dot(value)}" for name, value in given.items() if value)
        lines.append(f"  {_dot(edge.source)} -> {_dot(edge.target)} [{told}];")
    return "\n".join([*lines, "}"]) + "\n"


def as_graphml(graph: Graph) -> str:
    """GraphML, as networkx, Gephi and yEd read it."""
    wrong = _wrong(graph)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', _GRAPHML]
    for where, names in (("node", _NODE), ("edge", _EDGE)):
        lines += [
            f'  <key id="{where[0]}_{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>'
            for name, kind in names.items()
        ]
    lines.append('  <graph id="temoin" edgedefault="directed">')
    for claim in graph.nodes:
        told = {**_flat(claim), "contradicted": claim.id in wrong[0]}
        lines += [f"    <node id={_attribute(claim.id)}>", *_fields("n", told), "    </node>"]
    for number, edge in enumerate(graph.edges):
        told = _edge(edge, wrong[1])
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        lines += [f'    <edge id="r{number}" {ends}>', *_fields("e", told), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>"]) + "\n"


def title(claim: Claim) -> str:
    """What stands on a node: type, trigger, days, place; lines parted by line breaks."""
    event = claim.event
    marks = " not" if claim.denied else ""
    if event.certainty != "certain":
        marks += f" ({event.certainty})"
    lines = [f"{str(event.type).replace('_', ' ')}{marks}", f"“{event.trigger.text}”"]
    about = [str(claim.days)] if claim.days and claim.days.own else []
    if event.place is not None:
        about.append(event.place.name)
    return "\n".join([*lines, ", ".join(about)] if about else lines)


def _grounded(claim: Claim) -> dict[str, Any]:
    return {
        "place": claim.event.place.name if claim.event.place else None,
        "latitude": claim.event.place.latitude if claim.event.place else None,
        "longitude": claim.event.place.longitude if claim.event.place else None,
        "arguments": [
            {"role": str(a.role), "start": a.start, "end": a.end, "text": a.text}
            for a in claim.event.arguments
        ],
    }


def _edge(edge: Edge, wrong: frozenset[Edge]) -> dict[str, Any]:
    return {
        "type": edge.type,
        "basis": edge.basis,
        "confidence": edge.confidence,
        "contradicted": edge in wrong,
    }


def _flat(claim: Claim) -> dict[str, Any]:
    told = cite(claim)
    said = told["attribution"]
    grounded = _grounded(claim)
    return {
        **{name: told[name] for name in ("document", "event", "type", "polarity", "certainty",
                                         "earliest", "latest")},
        "trigger": told["trigger"]["text"],
        "start": told["trigger"]["start"],
        "end": told["trigger"]["end"],
        "sentence": told["sentence"]["text"],
        "attribution": said["text"] if said else None,
        **{name: grounded[name] for name in ("place", "latitude", "longitude")},
    }  # fmt: skip


def _wrong(graph: Graph) -> tuple[frozenset[str], frozenset[Edge]]:
    """The claims and edges that are part of a contradiction."""
    return (
        frozenset(claim for each in graph.contradictions for claim in each.claims),
        frozenset(edge for each in graph.contradictions for edge in each.edges),
    )


def _fields(prefix: str, told: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in told.items():
        if value is None:
            continue
        text = str(value).lower() if isinstance(value, bool) else _NO_XML.sub("\ufffd", str(value))
        lines.append(f'      <data key="{prefix}_{name}">{escape(text)}</data>')
    return lines


def _attribute(value: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", value))


def _dot(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'
