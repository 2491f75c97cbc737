"""A learning curve as a small SVG that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 620, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 40, 48
COLORS = ("#1f5fa8", "#b5482a", "#2f7d4f", "#6b4fa0")

Points = Sequence[tuple[float, float]]


def curve(lines: Mapping[str, Points], x: str, y: str, title: str) -> str:
    """Lines of points over common axes; a point that is not finite is left out. ValueError where none is left."""
    kept = {n: [(a, b) for a, b in p if math.isfinite(a) and math.isfinite(b)] for n, p in lines.items()}
    kept = {n: p for n, p in kept.items() if p}
    if not kept:
        raise ValueError("there is nothing to draw: no line has a finite point")
    every = [point for points in kept.values() for point in points]
    across, up = _ticks([a for a, _ in every]), _ticks([b for _, b in every])

    def at(a: float, b: float) -> str:
        u = LEFT + (a - across[0]) / (across[-1] - across[0]) * (WIDTH - LEFT - RIGHT)
        v = HEIGHT - BOTTOM - (b - up[0]) / (up[-1] - up[0]) * (HEIGHT - TOP - BOTTOM)
        return f"{u:.1f},{v:.1f}"

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="14" font-weight="bold">{escape(title)}</text>',
    ]
    for b in up:
        left, right = at(across[0], b), at(across[-1], b)
        out.append(f'<polyline points="{left} {right}" stroke="#ddd"/>')
        u, v = left.split(",")
        out.append(f'<text x="{float(u) - 8}" y="{float(v) + 4}" text-anchor="end">{b:g}</text>')
    for a in across:
        u, v = at(a, up[0]).split(",")
        out.append(f'<text x="{u}" y="{float(v) + 18}" text-anchor="middle">{a:g}</text>')
    for k, (name, points) in enumerate(kept.items()):
        color = COLORS[k % len(COLORS)]
        path = " ".join(at(a, b) for a, b in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        out.append(
            f'<text x="{WIDTH - RIGHT}" y="{TOP + 16 * k}" text-anchor="end" fill="{color}">{escape(name)}</text>'
        )
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(x)}</text>')
    out.append(f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">{escape(y)}</text></svg>')
    return "\n".join(out) + "\n"


def save_curve(out: Path, lines: Mapping[str, Points], x: str, y: str, title: str) -> None:
    """Write ``curve`` where there is anything to draw."""
    if any(math.isfinite(b) for points in lines.values() for _, b in points):
        out.write_text(curve(lines, x, y, title), encoding="utf-8")


def _ticks(values: Sequence[float]) -> list[float]:
    """About five round numbers that span the values."""
    low, high = min(values), max(values)
    if high - low < 1e-12:
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * k for k in (1, 2, 2.5, 5, 10) if unit * k >= rough)
    first = math.floor(low / step)
    last = math.ceil(high / step)
    return [round(step * k, 10) for k in range(first, last + 1)]
