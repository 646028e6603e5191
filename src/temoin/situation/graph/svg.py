"""The event graph as an SVG picture, laid out here: no program and no network needed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from temoin.situation.graph.edges import Edge
from temoin.situation.graph.layout import layered
from temoin.situation.graph.model import Graph
from temoin.situation.graph.writing import COLOURS, title

__all__ = ["as_svg"]

_WIDE, _HIGH = 190, 58  # of a node's box
_ACROSS, _DOWN = 270, 78  # from one layer, one row, to the next
_LEFT, _TOP = 24, 70
_LETTERS = 27
_WRONG, _INK = "#B00020", "#333333"
_LEGEND_WIDE = 700
_NAMES = {
    "before": "before",
    "causes": "causes",
    "prevents": "prevents",
    "responds_to": "responds to",
    "same": "same incident",
}


def as_svg(graph: Graph) -> str:
    """The graph as SVG: earlier events to the left, contradictions in red and thick."""
    spots = {
        node: (_LEFT + spot.layer * _ACROSS, _TOP + spot.row * _DOWN)
        for node, spot in layered(graph).items()
    }
    below = max((y for _, y in spots.values()), default=_TOP) + _HIGH + 30
    width = max(max((x for x, _ in spots.values()), default=0) + _WIDE + _LEFT, _LEGEND_WIDE)
    height = below + 18 * len(graph.contradictions) + 10
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="DejaVu Sans, Arial, sans-serif" '
        'font-size="11" role="img">'
    )
    lines = [
        head,
        "<title>Event graph: claims, not facts</title>",
        "<defs>",
        *(_arrow(name, colour) for name, colour in {**COLOURS, "wrong": _WRONG}.items()),
        "</defs>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *_legend(),
    ]
    wrong = {edge for each in graph.contradictions for edge in each.edges}
    known = [edge for edge in graph.edges if edge.source in spots and edge.target in spots]
    lines += (
        _line(edge, spots[edge.source], spots[edge.target], wrong=edge in wrong)
        for edge in sorted(known, key=lambda edge: edge in wrong)
    )
    bad = {claim for each in graph.contradictions for claim in each.claims}
    for claim in graph.nodes:
        x, y = spots[claim.id]
        dashed = ' stroke-dasharray="5 3"' if not claim.told else ""
        stroke, thick = (_WRONG, 2.2) if claim.id in bad else (_INK, 1)
        trigger = claim.event.trigger
        hover = f"{claim.id} [{trigger.start}-{trigger.end}] {claim.speaker}: {claim.sentence.text}"
        lines.append(
            f'<g><title>{_clean(hover)}</title><rect x="{x}" y="{y}" width="{_WIDE}" '
            f'height="{_HIGH}" rx="5" fill="#FBFBF8" stroke="{stroke}" '
            f'stroke-width="{thick}"{dashed}/>'
        )
        for at, text in enumerate(title(claim).split("\n")[:3]):
            weight = ' font-weight="bold"' if at == 0 else ""
            lines.append(
                f'<text x="{x + 8}" y="{y + 17 + 16 * at}"{weight}>{_clean(_short(text))}</text>'
            )
        lines.append("</g>")
    for at, each in enumerate(graph.contradictions):
        lines.append(
            f'<text x="{_LEFT}" y="{below + 18 * at}" fill="{_WRONG}">'
            f"Contradiction: {_clean(each.why)}</text>"
        )
    return "\n".join([*lines, "</svg>"]) + "\n"


def _line(
    edge: Edge, source: tuple[float, float], target: tuple[float, float], *, wrong: bool
) -> str:
    """A curve from the side of one box to the side of the other."""
    colour = _WRONG if wrong else COLOURS[edge.type]
    thick = 2.6 if wrong else 1.6 if edge.basis == "text" else 0.8
    dash = {"days": ' stroke-dasharray="2 3"', "incident": ' stroke-dasharray="7 4"'}
    head = "" if edge.type == "same" else f' marker-end="url(#{"wrong" if wrong else edge.type})"'
    (ax, ay), (bx, by) = source, target
    ay, by = ay + _HIGH / 2, by + _HIGH / 2
    if bx > ax:
        ax, bx = ax + _WIDE, bx - 2
        bend = max((bx - ax) / 2, 30)
        path = f"M{ax},{ay} C{ax + bend:g},{ay} {bx - bend:g},{by} {bx},{by}"
    elif bx < ax:
        # Backwards: over the top, so that it is seen to be against the order.
        ax, bx, lift = ax + _WIDE / 2, bx + _WIDE / 2, min(ay, by) - _HIGH / 2 - 22
        path = f"M{ax},{ay - _HIGH / 2} C{ax},{lift} {bx},{lift} {bx},{by - _HIGH / 2 - 2}"
    else:
        ax, bx = ax + _WIDE, bx + _WIDE + 2
        path = f"M{ax},{ay} C{ax + 40},{ay} {bx + 38},{by} {bx},{by}"
    told = f"{edge.source} {_NAMES[edge.type]} {edge.target} ({edge.basis})"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}"'
        f"{dash.get(edge.basis, '')}{head}><title>{_clean(told)}</title></path>"
    )


def _arrow(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0,0 L10,5 L0,10 z" fill="{colour}"/></marker>'
    )


def _legend() -> Iterator[str]:
    yield f'<text x="{_LEFT}" y="20" font-size="13" font-weight="bold">Claims, not facts</text>'
    x = _LEFT
    for name, words in _NAMES.items():
        dash = ' stroke-dasharray="7 4"' if name == "same" else ""
        yield (
            f'<path d="M{x},38 h24" stroke="{COLOURS[name]}" stroke-width="1.8"{dash}/>'
            f'<text x="{x + 30}" y="42">{words}</text>'
        )
        x += 30 + 7 * len(words) + 22
    yield f'<text x="{x}" y="42">dotted: by days alone</text>'
    yield f'<text x="{_LEFT}" y="58">dashed box: denied, planned or only possible</text>'


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"


def _clean(text: str) -> str:
    kept = "".join(c if c.isprintable() or c == " " else " " for c in text)
    return escape(kept)
