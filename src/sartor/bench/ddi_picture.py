"""The scatter of predicted against observed AUC ratios, with two-fold lines, one panel an enzyme, as SVG text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

_SIDE, _GAP, _LOW, _HIGH = 190, 52, math.log10(0.02), math.log10(50.0)
_TICKS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_COLUMNS = 3


def scatter_svg(points: Sequence[Sequence[object]], smallest: int = 3) -> str:
    """Points ``(id, enzyme, observed, predicted)`` as SVG; enzymes with fewer than ``smallest`` rows share a panel."""
    panels: dict[str, list[tuple[str, float, float]]] = {}
    count: dict[str, int] = {}
    for _, enzyme, _, _ in points:
        count[str(enzyme)] = count.get(str(enzyme), 0) + 1
    for name, enzyme, observed, predicted in points:
        panel = str(enzyme) if count[str(enzyme)] >= smallest else "others"
        panels.setdefault(panel, []).append((str(name), float(str(observed)), float(str(predicted))))
    order = sorted(panels, key=lambda p: (p == "others", -len(panels[p]), p))
    height = math.ceil(len(order) / _COLUMNS) * (_SIDE + _GAP) + 30
    width = _COLUMNS * (_SIDE + _GAP) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="10">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for i, panel in enumerate(order):
        x, y = 44 + (i % _COLUMNS) * (_SIDE + _GAP), 24 + (i // _COLUMNS) * (_SIDE + _GAP)
        parts += _panel(panel, panels[panel], x, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _place(value: float) -> float:
    return (min(max(math.log10(value), _LOW), _HIGH) - _LOW) / (_HIGH - _LOW) * _SIDE


def _panel(title: str, points: Sequence[tuple[str, float, float]], x: int, y: int) -> list[str]:
    inside = sum(abs(math.log(p / o)) <= math.log(2) for _, o, p in points)
    out = [
        f'<g transform="translate({x},{y})">',
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>',
        f'<text x="0" y="-6" font-weight="bold">{escape(title)}: {inside} of {len(points)} within two-fold</text>',
    ]
    for tick in _TICKS:
        at = _place(tick)
        out.append(f'<text x="{at:.0f}" y="{_SIDE + 12}" text-anchor="middle" fill="#555">{tick:g}</text>')
        out.append(f'<text x="-4" y="{_SIDE - at + 3:.0f}" text-anchor="end" fill="#555">{tick:g}</text>')
    for fold, style in ((1.0, "#444"), (2.0, "#bbb"), (0.5, "#bbb")):
        ends = [(10**_LOW, 10**_LOW * fold), (10**_HIGH, 10**_HIGH * fold)]
        if fold > 1:
            ends[1] = (10**_HIGH / fold, 10**_HIGH)
        if fold < 1:
            ends[0] = (10**_LOW / fold, 10**_LOW)
        (a, b), (c, d) = ends
        out.append(
            f'<line x1="{_place(a):.1f}" y1="{_SIDE - _place(b):.1f}" x2="{_place(c):.1f}" '
            f'y2="{_SIDE - _place(d):.1f}" stroke="{style}"/>'
        )
    for name, observed, predicted in points:
        out.append(
            f'<circle cx="{_place(observed):.1f}" cy="{_SIDE - _place(predicted):.1f}" r="2.4" fill="#1b6ca8" '
            f'fill-opacity="0.55"><title>{escape(name)}: observed {observed:g}, '
            f"predicted {predicted:g}</title></circle>"
        )
    out.append(f'<text x="{_SIDE / 2:.0f}" y="{_SIDE + 25}" text-anchor="middle">observed AUC ratio</text>')
    out.append(
        f'<text transform="translate(-30,{_SIDE / 2:.0f}) rotate(-90)" text-anchor="middle">predicted</text></g>'
    )
    return out
