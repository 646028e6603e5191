"""Labels of a map, put where they cover no other label and no marker if that can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from temoin.situation.states import State

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["place_labels"]

#: Where a label may stand, in points from its place, with its alignment: the best first.
_SPOTS = (
    (14, 0, "left", "center"), (-14, 0, "right", "center"), (0, 16, "center", "bottom"),
    (0, -20, "center", "top"), (12, 12, "left", "bottom"), (12, -14, "left", "top"),
    (-12, 12, "right", "bottom"), (-12, -14, "right", "top"), (34, 22, "left", "bottom"),
    (34, -24, "left", "top"), (-34, 22, "right", "bottom"), (-34, -24, "right", "top"),
    (30, 44, "left", "bottom"), (30, -46, "left", "top"),
)  # fmt: skip
_MOST = 60

_Box = tuple[float, float, float, float]


def place_labels(figure: Figure, axes: Axes, places: Sequence[Sequence[State]]) -> None:
    """Write the name of each place beside it, contested ones first; at most sixty."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.patheffects import withStroke

    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    frame = axes.get_window_extent(renderer)
    points = figure.dpi / 72
    taken: list[_Box] = []
    marked = []
    for states in places:
        place = states[0].place
        if place is None:
            continue
        x, y = axes.transData.transform((place.longitude or 0.0, place.latitude or 0.0))
        marked.append((states, (float(x), float(y))))
        half = 7 * points * max(1, len({s.subject.key for s in states}))
        taken.append((x - half, y - 7 * points, x + half, y + 7 * points))
    marked.sort(key=lambda each: (-any(s.contested for s in each[0]), -each[1][1], each[1][0]))
    for states, _ in marked[:_MOST]:
        place = states[0].place
        if place is None:
            continue
        best: tuple[float, _Box, tuple[int, int, str, str]] | None = None
        for spot in _SPOTS:
            label = axes.annotate(
                _name(states), (place.longitude or 0.0, place.latitude or 0.0), (spot[0], spot[1]),
                textcoords="offset points", ha=spot[2], va=spot[3], fontsize=9,
            )  # fmt: skip
            extent = label.get_window_extent(renderer)
            label.remove()
            box = (extent.x0, extent.y0, extent.x1, extent.y1)
            cost = sum(_shared(box, other) for other in taken)
            cost += 10 * _outside(box, (frame.x0, frame.y0, frame.x1, frame.y1))
            if best is None or cost < best[0]:
                best = (cost, box, spot)
            if not cost:
                break
        if best is None:
            continue
        _, box, (dx, dy, ha, va) = best
        taken.append(box)
        axes.annotate(
            _name(states), (place.longitude or 0.0, place.latitude or 0.0), (dx, dy),
            textcoords="offset points", ha=ha, va=va, fontsize=9, color="#111111", zorder=6,
            annotation_clip=True, path_effects=[withStroke(linewidth=2.6, foreground="white")],
            arrowprops={"arrowstyle": "-", "color": "#777777", "linewidth": 0.6}
            if abs(dx) > 30 else None,
        )  # fmt: skip


def _name(states: Sequence[State]) -> str:
    """The place's name; of several at one point, all."""
    names = dict.fromkeys(state.place.name for state in states if state.place)
    lines = [name if len(name) <= 44 else f"{name[:43]}…" for name in names]
    return "\n".join(lines[:3] + (["…"] if len(lines) > 3 else []))


def _shared(one: _Box, other: _Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _outside(box: _Box, frame: _Box) -> float:
    """How much of a box lies outside the map."""
    return max((box[2] - box[0]) * (box[3] - box[1]) - _shared(box, frame), 0.0)
