"""The situation as a map picture, PNG or SVG, drawn by matplotlib without the network."""

from __future__ import annotations

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from temoin.errors import TemoinError
from temoin.situation.basemap import borders, countries, inside
from temoin.situation.deriving import NOTE, Situation
from temoin.situation.framing import KM_PER_DEGREE, Frame, Look, frame_of, looks
from temoin.situation.labels import place_labels
from temoin.situation.states import State

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["MapError", "draw"]

_SIZE = (11.0, 8.0)
_BOX = (0.055, 0.20, 0.925, 0.72)  # left, bottom, width, height of the map in the picture
_DPI = 150
#: The legend names so many sides.
_LISTED = 8
#: Countries are named on maps of up to so many degrees.
_LABELLED = 60.0
_SEA, _LAND, _BORDER, _INK = "#E8EEF2", "#FAF9F5", "#8A8A8A", "#222222"
_BORDERS_NOTE = "Coasts and borders: Natural Earth. They say nothing about whose a territory is."

#: How kinds other than control are drawn: shape, whether filled.
_GLYPHS = {
    "actors": ("o", False),
    "equipment": (">", False),
    "capability": ("x", True),
    "siege": ("h", False),
    "truce": ("p", False),
}


class MapError(TemoinError):
    """A map cannot be drawn: matplotlib is not installed."""


def draw(found: Situation, form: str) -> bytes:
    """Draw the situation.

    Args:
        found: The situation.
        form: png or svg.

    Returns:
        The picture, the same bytes for the same situation.

    Raises:
        MapError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        message = "a map needs matplotlib: pip install 'temoin[map]'"
        raise MapError(message) from error
    settings: Any = {
        "text.parse_math": False,  # a "$" in a name is a "$"
        "svg.hashsalt": "temoin",
        "svg.fonttype": "path",  # readable without the font
        "font.family": "DejaVu Sans",
        "hatch.linewidth": 0.8,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; the table has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=_SIZE, dpi=_DPI)
        _draw(figure, found)
        return _svg(figure) if form == "svg" else _png(figure)


def _draw(figure: Figure, found: Situation) -> None:
    frame = frame_of(found, ratio=_SIZE[0] * _BOX[2] / (_SIZE[1] * _BOX[3]))
    axes = figure.add_axes(_BOX)
    south, west, north, east = frame.bounds
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(frame.stretch)
    axes.set_facecolor(_SEA)
    axes.tick_params(labelsize=7, colors=_BORDER)
    axes.xaxis.set_major_formatter("{x:g}°")
    axes.yaxis.set_major_formatter("{x:g}°")
    axes.grid(color="#D5D5D5", linewidth=0.4)
    axes.set_axisbelow(True)
    _background(axes, frame)
    located = [s for s in found.states if s.place is not None and s.place.located]
    styles = looks(located)
    places: dict[str, list[State]] = defaultdict(list)
    for state in located:
        if state.place is not None:
            places[f"{state.place.latitude:.3f},{state.place.longitude:.3f}"].append(state)
    for states in places.values():
        _place(axes, frame, states, styles)
    place_labels(figure, axes, list(places.values()))
    _scale_bar(axes, frame)
    _legend(figure, located, styles)
    _words(figure, found, len(found.states) - len(located))


def _background(axes: Axes, frame: Frame) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    south, west, north, east = frame.bounds
    grid = [(west + (east - west) * (i + 0.5) / 16, south + (north - south) * (j + 0.5) / 12)
            for i in range(16) for j in range(12)]  # fmt: skip
    for country in countries(frame.bounds):
        for polygon in country.polygons:
            path = Path.make_compound_path(*(Path(ring, closed=True) for ring in polygon))
            axes.add_patch(PathPatch(path, facecolor=_LAND, edgecolor="#B5C3CC", linewidth=0.5))
        if north - south > _LABELLED:
            continue
        seen = [p for p in grid if any(inside(p, polygon) for polygon in country.polygons)]
        if len(seen) >= 6:
            x = sum(p[0] for p in seen) / len(seen)
            y = sum(p[1] for p in seen) / len(seen)
            near = min(seen, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)
            axes.text(*near, country.name.upper(), fontsize=8, color="#A8A8A0", ha="center",
                      va="center", clip_on=True, zorder=1.5)  # fmt: skip
    axes.add_collection(
        LineCollection(list(borders(frame.bounds)), colors=_BORDER, linewidths=0.8,
                       linestyles=(0, (5, 2)), zorder=1.4), autolim=False
    )  # fmt: skip


def _place(axes: Axes, frame: Frame, states: Sequence[State], styles: dict[str, Look]) -> None:
    from matplotlib.patches import Ellipse

    place = states[0].place
    if place is None or place.latitude is None or place.longitude is None:
        return
    middle = (place.longitude, place.latitude)
    widest = max(s.place.radius_km for s in states if s.place)
    across, up = frame.degrees(widest)
    axes.add_patch(Ellipse(middle, 2 * across, 2 * up, facecolor="#777777", alpha=0.13, zorder=2))
    axes.add_patch(
        Ellipse(middle, 2 * across, 2 * up, fill=False, edgecolor="#555555", linewidth=0.9,
                linestyle=(0, (3, 2)), zorder=2.1)
    )  # fmt: skip
    if any(state.contested for state in states):
        # Hatching must be seen, however small the place is on the map.
        south, _, north, _ = frame.bounds
        least = (north - south) / 32
        axes.add_patch(
            Ellipse(middle, 2 * max(across, least * frame.stretch), 2 * max(up, least), fill=False,
                    hatch="////", edgecolor=_INK, linewidth=1.0, zorder=2.2)
        )  # fmt: skip
    holders = [s for s in states if s.kind.name == "control"]
    others = [s for s in states if s.kind.name != "control"]
    for at, state in enumerate(holders):
        look = styles[state.subject.key]
        shift = 11.0 * (at - (len(holders) - 1) / 2)
        _marker(axes, middle, look.shape, look.colour, filled=True, size=10, shift=(shift, 0))
    for at, state in enumerate(others):
        shape, filled = _GLYPHS[state.kind.name]
        known = styles.get(state.subject.key)
        colour = known.colour if known else _INK
        shift = 9.0 * (at - (len(others) - 1) / 2)
        lift = -12.0 if holders else 0.0
        _marker(axes, middle, shape, colour, filled=filled, size=7, shift=(shift, lift))


def _marker(
    axes: Axes,
    middle: tuple[float, float],
    shape: str,
    colour: str,
    *,
    filled: bool,
    size: float,
    shift: tuple[float, float] = (0.0, 0.0),
) -> None:
    """A marker, moved by so many points."""
    from matplotlib.transforms import ScaledTranslation

    inches = axes.figure.dpi_scale_trans
    moved = ScaledTranslation(shift[0] / 72, shift[1] / 72, inches)
    style = _style(shape, colour, filled=filled, size=size)
    axes.plot(*middle, transform=axes.transData + moved, scalex=False, scaley=False, **style)


def _style(shape: str, colour: str, *, filled: bool, size: float) -> dict[str, Any]:
    hollow = not filled
    return {
        "linestyle": "none",
        "zorder": 4,
        "marker": shape,
        "markersize": size,
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow or shape == "x" else "white",
        "markeredgewidth": 2.0 if hollow or shape == "x" else 0.9,
    }


def _scale_bar(axes: Axes, frame: Frame) -> None:
    south, west, north, east = frame.bounds
    wide_km = (east - west) / frame.stretch * KM_PER_DEGREE
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    km = max((step for step in steps if step < wide_km / 4), default=1)
    across, _ = frame.degrees(km)
    x, y = west + (east - west) * 0.03, south + (north - south) * 0.035
    axes.plot([x, x + across], [y, y], color=_INK, linewidth=2.2, solid_capstyle="butt", zorder=5)
    axes.text(x + across / 2, y + (north - south) * 0.012, f"{km} km", fontsize=8, ha="center",
              color=_INK, zorder=5)  # fmt: skip


def _legend(figure: Figure, states: Sequence[State], styles: dict[str, Look]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    names = {s.subject.key: s.subject.name for s in states}
    held = {s.subject.key for s in states if s.kind.name == "control"}
    entries: list[Any] = []
    for key, look in list(styles.items())[:_LISTED]:
        shape = look.shape if key in held else "o"
        label = f"{_short(names[key])}: {'control' if key in held else 'present'}"
        style = _style(shape, look.colour, filled=key in held, size=9)
        entries.append(Line2D([], [], label=label, **style))
    if len(styles) > _LISTED:
        entries.append(Line2D([], [], linestyle="none", label=f"and {len(styles) - _LISTED} more"))
    for kind in dict.fromkeys(s.kind for s in states if s.kind.name in _GLYPHS):
        shape, filled = _GLYPHS[kind.name]
        label = f"{kind.label} (colour: the side)" if kind.subject == "side" else kind.label
        style = _style(shape, _INK, filled=filled, size=7)
        entries.append(Line2D([], [], label=label, **style))
    if any(state.contested for state in states):
        entries.append(Patch(fill=False, hatch="////", edgecolor=_INK, label="contested by claims"))
    entries.append(Patch(facecolor="#DDDDDD", edgecolor="#555555", linestyle=(0, (3, 2)),
                         label="somewhere within"))  # fmt: skip
    figure.legend(handles=entries, loc="lower left", bbox_to_anchor=(0.03, 0.055), ncol=3,
                  fontsize=8.5, frameon=False, borderaxespad=0, columnspacing=1.6)  # fmt: skip


def _words(figure: Figure, found: Situation, left: int) -> None:
    figure.text(0.03, 0.955, f"Situation on {found.at.isoformat()}", fontsize=15, weight="bold",
                color=_INK)  # fmt: skip
    told = [str(found.area)] if found.area else []
    if found.known_by:
        told.append(f"as published by {found.known_by.isoformat()}")
    if left:
        told.append(f"{left} not drawn: no coordinates")
    figure.text(0.03, 0.93, "; ".join(told), fontsize=9, color="#555555")
    figure.text(0.97, 0.955, "Claims, not facts", fontsize=12, ha="right", color="#B00020",
                weight="bold")  # fmt: skip
    figure.text(0.03, 0.03, NOTE, fontsize=8, color=_INK)
    figure.text(0.03, 0.012, _BORDERS_NOTE, fontsize=7, color="#555555")


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def _png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _svg(figure: Figure) -> bytes:
    stream = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(stream, format="svg", metadata=nothing)
    # The document type is an address of the W3C: some readers would fetch it.
    return re.sub(r"<!DOCTYPE[^>]*>\s*", "", stream.getvalue()).encode("utf-8")
