"""Learning curves of finished PMO runs: the mean of the ten best against the calls, one panel a task, as SVG text."""

from __future__ import annotations

import csv
import heapq
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts.pmo import published

from .pmo_tasks import PMO

_WIDE, _HIGH, _GAP, _COLUMNS, _POINTS = 200, 130, 44, 4, 100
_COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#555555")
Curve = list[tuple[int, float]]


def best_ten(values: Sequence[float], every: int) -> Curve:
    """(calls, mean of the ten best so far) after each ``every`` calls and at the end."""
    ten: list[float] = []
    out: Curve = []
    for n, value in enumerate(values, 1):
        if len(ten) < 10:
            heapq.heappush(ten, value)
        else:
            heapq.heappushpop(ten, value)
        if n % every == 0 or n == len(values):
            out.append((n, sum(ten) / len(ten)))
    return out


def read_curves(folder: Path) -> dict[str, dict[str, list[Curve]]]:
    """Curves by task and method, of the runs in a folder of ``sartor bench pmo -o``.

    Raises IntakeError where the folder holds no finished run.
    """
    found: dict[str, dict[str, list[Curve]]] = {}
    for place in sorted(folder.glob("*/*.json")):
        run = json.loads(place.read_text(encoding="utf-8"))
        with place.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
            values = [float(row["score"]) for row in csv.DictReader(file, delimiter="\t")]
        name = f"{run['method']}, track {run['track']}"
        found.setdefault(run["task"], {}).setdefault(name, []).append(
            best_ten(values, max(1, run["budget"] // _POINTS))
        )
    if not found:
        raise IntakeError("no finished run", file=folder, remedy="give the folder of sartor bench pmo -o")
    return found


def curves_svg(folder: Path) -> str:
    """All panels: a line a run, dotted the best AUC top-10 published for track A at 10,000 calls (an area, no end)."""
    found = read_curves(folder)
    tasks = [t for t in (*PMO, *sorted(found)) if t in found]
    tasks = list(dict.fromkeys(tasks))
    methods = sorted({m for each in found.values() for m in each}, key=lambda m: (not m.startswith("default"), m))
    calls = max(curve[-1][0] for each in found.values() for curves in each.values() for curve in curves)
    width = _COLUMNS * (_WIDE + _GAP) + 20
    height = -(-len(tasks) // _COLUMNS) * (_HIGH + _GAP) + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="10">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for i, method in enumerate(methods):
        colour = _COLOURS[i % len(_COLOURS)]
        parts.append(f'<text x="{36 + i * 150}" y="14" fill="{colour}" font-weight="bold">{escape(method)}</text>')
    clean = published("a")
    for i, task in enumerate(tasks):
        x, y = 36 + (i % _COLUMNS) * (_WIDE + _GAP), 40 + (i // _COLUMNS) * (_HIGH + _GAP)
        parts += _panel(task, found[task], methods, calls, max(clean.get(task, {"": -1.0}).values()), x, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(
    task: str, runs: dict[str, list[Curve]], methods: list[str], calls: int, best: float, x: int, y: int
) -> list[str]:
    out = [
        f'<g transform="translate({x},{y})">',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="none" stroke="#888"/>',
        f'<text x="0" y="-5" font-weight="bold">{escape(task)}</text>',
    ]
    for tick in (0.0, 0.5, 1.0):
        at = _HIGH * (1 - tick)
        out.append(f'<text x="-4" y="{at + 3:.0f}" text-anchor="end" fill="#555">{tick:g}</text>')
    out.append(f'<text x="{_WIDE}" y="{_HIGH + 12}" text-anchor="end" fill="#555">{calls} calls</text>')
    if best >= 0:
        at = _HIGH * (1 - best)
        out.append(f'<line x1="0" x2="{_WIDE}" y1="{at:.1f}" y2="{at:.1f}" stroke="#999" stroke-dasharray="3 3"/>')
    for i, method in enumerate(methods):
        for curve in runs.get(method, []):
            points = " ".join(f"{n / calls * _WIDE:.1f},{_HIGH * (1 - v):.1f}" for n, v in curve)
            colour = _COLOURS[i % len(_COLOURS)]
            out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
    return [*out, "</g>"]
