"""Claims over time as SVG bars: by day, month or year, whichever gives a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from temoin.exporting.markup import text

__all__ = ["timeline_svg"]

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 960.0, 220.0, 36.0, 28.0, 14.0
#: So many bars at most before days become months, and months years.
_MOST = 120
_TICKS = 10
_HATCH = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"/></pattern></defs>'
)


def timeline_svg(days: Mapping[dt.date, tuple[int, int]], *, title: str) -> str:
    """Bars of claims.

    Args:
        days: By first day, how many claims are affirmed, and how many denied or doubted.
        title: What the picture is, for those who do not see it.
    """
    first, last = min(days), max(days)
    unit = next(
        (u for u in ("day", "month") if _number(last, u) - _number(first, u) < _MOST), "year"
    )
    start = _number(first, unit)
    bars: dict[int, tuple[int, int]] = {}
    for day, (sure, doubted) in days.items():
        at = _number(day, unit) - start
        before = bars.get(at, (0, 0))
        bars[at] = (before[0] + sure, before[1] + doubted)
    count = max(bars) + 1
    tallest = max(sure + doubted for sure, doubted in bars.values())
    step = (_WIDTH - _LEFT) / count
    unit_high = (_HEIGHT - _BOTTOM - _TOP) / tallest
    base = _HEIGHT - _BOTTOM
    head = (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
        f'aria-label="{text(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    parts = [
        head,
        _HATCH,
        f'<text class="degree" x="0" y="{_TOP + 4:.0f}">{tallest}</text>',
        f'<path class="axis" d="M{_LEFT} {_TOP}V{base}H{_WIDTH}"/>',
    ]
    for at, (sure, doubted) in sorted(bars.items()):
        x, wide = _LEFT + at * step, max(min(step * 0.8, 40), 1)
        label = f"{_name(start + at, unit)}: {sure + doubted}"
        low = base - sure * unit_high
        shapes = ""
        if sure:
            shapes += _bar("sure", x, low, wide, sure * unit_high)
        if doubted:
            shapes += _bar("unsure", x, low - doubted * unit_high, wide, doubted * unit_high)
        parts.append(f"<g><title>{text(label)}</title>{shapes}</g>")
    every = max(1, -(-count // _TICKS))
    parts += [
        f'<text class="degree" x="{_LEFT + at * step:.1f}" y="{_HEIGHT - 10:.0f}">'
        f"{_name(start + at, unit)}</text>"
        for at in range(0, count, every)
    ]
    return "\n".join([*parts, "</svg>"])


def _bar(kind: str, x: float, y: float, wide: float, high: float) -> str:
    fill = ' fill="url(#hatch)"' if kind == "unsure" else ""
    return (
        f'<rect class="{kind}"{fill} x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" '
        f'height="{high:.1f}"/>'
    )


def _number(day: dt.date, unit: str) -> int:
    if unit == "day":
        return day.toordinal()
    return day.year * 12 + day.month - 1 if unit == "month" else day.year


def _name(number: int, unit: str) -> str:
    if unit == "day":
        return dt.date.fromordinal(number).isoformat()
    return f"{number // 12:04}-{number % 12 + 1:02}" if unit == "month" else f"{number:04}"
