"""The dossier's plots as inline SVG: property space and the progress of the search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from sartor.core import Candidate, Constraint, DesignBrief, Ledger, Objective

from .numbers import exact, number, shown_unit

WIDTH, HEIGHT = 520, 380
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 16, 46


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: data range, the pixels it spans, its name; ``log`` for ratios."""

    low: float
    high: float
    start: float
    stop: float
    label: str
    unit: str
    log: bool = False

    def at(self, value: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Pixels of values, clipped to the frame."""
        v = np.asarray(value, dtype=float)
        a, b = self.low, self.high
        if self.log:
            v, a, b = np.log(np.maximum(v, 1e-12)), math.log(a), math.log(b)
        return self.start + (self.stop - self.start) * np.clip((v - a) / (b - a), 0.0, 1.0)

    def ticks(self) -> list[float]:
        """About six round values inside the range."""
        if self.log:
            steps = [m * 10.0**e for e in range(-3, 5) for m in (1, 2, 5)]
            return [t for t in steps if self.low <= t <= self.high]
        raw = (self.high - self.low) / 6
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        return [k * step for k in range(first, math.floor(self.high / step + 1e-9) + 1)]


def chosen_axes(brief: DesignBrief, ledger: Ledger) -> list[tuple[str, str]]:
    """Pairs of reading names (x, y) worth plotting, at most two, from what was actually measured."""
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    by_scorer: dict[str, str] = {}
    for ask in asks:
        if _varies(ledger.candidates, ask.name):
            by_scorer.setdefault(ask.scorer, ask.name)
    for rule in brief.constraints:  # several asks may share the exposure; its bound is the line worth seeing
        if rule.scorer == "exposure_ratio" and _varies(ledger.candidates, rule.name):
            by_scorer[rule.scorer] = rule.name
    pairs = []
    y = by_scorer.get("potency") or next((o.name for o in _heavy(brief) if o.name in by_scorer.values()), None)
    partners = ("exposure_ratio", "logp", "solubility", "herg", "qed", "molecular_weight")
    x = next((by_scorer[s] for s in partners if s in by_scorer and by_scorer[s] != y), None)
    if x and y:
        pairs.append((x, y))
    second = [by_scorer[s] for s in ("logp", "molecular_weight", "tpsa", "herg", "solubility") if s in by_scorer]
    second = [n for n in second if n not in (x, y)]
    if len(second) >= 2:
        pairs.append((second[0], second[1]))
    return pairs


def _heavy(brief: DesignBrief) -> list[Objective]:
    return sorted(brief.objectives, key=lambda o: -o.weight)


def _varies(candidates: Sequence[Candidate], name: str) -> bool:
    v = _values(candidates, name)
    v = v[np.isfinite(v)]
    return len(v) > 1 and float(v.max() - v.min()) > 1e-9


def _values(candidates: Sequence[Candidate], name: str) -> NDArray[np.float64]:
    return np.array([c.readings[name].value if name in c.readings else math.nan for c in candidates])


def property_space(x: str, y: str, brief: DesignBrief, ledger: Ledger, shortlist: Sequence[Candidate]) -> str:
    """Everything tried (grey; darker where every constraint is met) and the shortlist (numbered) in two readings."""
    tried = ledger.candidates
    ax, ay = (
        _axis(x, brief, tried, shortlist, LEFT, WIDTH - RIGHT),
        _axis(y, brief, tried, shortlist, HEIGHT - BOTTOM, TOP),
    )
    px, py = _values(tried, x), _values(tried, y)
    known = np.isfinite(px) & np.isfinite(py)
    met = np.array([c.meets_all for c in tried], dtype=bool)
    body = [_frame(ax, ay), _enough(brief, ax, ay)]
    for cls, keep in (("tried", known & ~met), ("met", known & met)):
        body.append(f'<path class="{cls}" d="{_dots(ax.at(px[keep]), ay.at(py[keep]))}"/>')
    for c in reversed(shortlist):
        vx, vy = (c.readings[n].value if n in c.readings else math.nan for n in (x, y))
        if math.isnan(vx) or math.isnan(vy):
            continue
        says = f"rank {c.rank}: {x} {number(vx, ax.unit)}, {y} {number(vy, ay.unit)}, total {c.total:.2f}"
        body.append(
            f'<a href="#c{c.rank}"><g class="pick"><title>{escape(says)}</title>'
            f'<circle cx="{float(ax.at(vx)):.1f}" cy="{float(ay.at(vy)):.1f}" r="8"/>'
            f'<text x="{float(ax.at(vx)):.1f}" y="{float(ay.at(vy)) + 3.4:.1f}">{c.rank}</text></g></a>'
        )
    return _svg(body, f"{y} against {x}")


def _axis(
    name: str, brief: DesignBrief, tried: Sequence[Candidate], picks: Sequence[Candidate], start: float, stop: float
) -> Axis:
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    ask = next(a for a in asks if a.name == name)
    all_v, pick_v = _values(tried, name), _values(picks, name)
    all_v, pick_v = all_v[np.isfinite(all_v)], pick_v[np.isfinite(pick_v)]
    ends = np.concatenate([np.percentile(all_v, [0.5, 99.5]) if len(all_v) else [], pick_v])
    low, high = float(ends.min()), float(ends.max())
    if ask.unit == "AUC ratio" and low > 0 and high / low > 4:
        return Axis(low / 1.15, high * 1.15, start, stop, name, ask.unit, log=True)
    pad = 0.06 * (high - low) or 1.0
    if ask.unit.startswith("probability"):
        return Axis(0.0, 1.0, start, stop, name, ask.unit)
    return Axis(low - pad, high + pad, start, stop, name, ask.unit)


def _dots(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """One path of zero-length strokes: thousands of points for a few bytes each; doubles are drawn once."""
    seen = dict.fromkeys(zip(np.round(x).astype(int).tolist(), np.round(y).astype(int).tolist(), strict=True))
    return "".join(f"M{a} {b}h0" for a, b in seen)


def _enough(brief: DesignBrief, ax: Axis, ay: Axis) -> str:
    """Dotted lines where an objective is worth 1 ("enough"), dashed ones at a constraint's limit."""
    out = []
    for axis, upright in ((ax, True), (ay, False)):
        for point, word in _marks(brief, axis.label):
            if not axis.low < point < axis.high:
                continue
            at = float(axis.at(point))
            d = f"M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" if upright else f"M{LEFT} {at:.1f}H{WIDTH - RIGHT}"
            out.append(_path(word, d, f"{axis.label}: {word} at {exact(point)} {shown_unit(axis.unit)}"))
    return "".join(out)


def _marks(brief: DesignBrief, name: str) -> list[tuple[float, str]]:
    for o in brief.objectives:
        if o.name == name:
            p = o.desirability.points
            return [(x, "enough") for x in (p[1:2] if len(p) == 2 else p[1:3])]
    return [(c.limit, "limit") for c in brief.constraints if c.name == name]


def _frame(ax: Axis, ay: Axis) -> str:
    floor, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    out = [f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{right}"/>']
    for t in ax.ticks():
        x = float(ax.at(t))
        out += [f'<path class="tick" d="M{x:.1f} {floor}v5"/>', _words("num", x, floor + 18, "middle", exact(t))]
    for t in ay.ticks():
        y = float(ay.at(t))
        out += [f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>', _words("num", LEFT - 8, y + 4, "end", exact(t))]
    out.append(_words("name", (LEFT + right) / 2, HEIGHT - 8, "middle", _named(ax)))
    turned = f"translate(13 {(TOP + floor) / 2}) rotate(-90)"
    out.append(f'<text class="name" transform="{turned}" text-anchor="middle">{_named(ay)}</text>')
    return "".join(out)


def _words(cls: str, x: float, y: float, anchor: str, text: str) -> str:
    return f'<text class="{cls}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _named(axis: Axis) -> str:
    unit = axis.unit if axis.unit not in axis.label else ""
    return escape(axis.label + (f" ({shown_unit(unit) or unit})" if unit else ""))


def _svg(body: Sequence[str], title: str) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title>'
        + "".join(body)
        + "</svg>"
    )


def progress(ledger: Ledger, prior_median: float | None) -> str:
    """Total desirability in the order of the search: moving median with its middle 80 %, and the best so far."""
    order = sorted(ledger.candidates, key=lambda c: c.lineage.round)  # stable: within a round, as tried
    total = np.array([c.total for c in order])
    n = len(total)
    if n < 2:
        return ""
    width = max(n // 30, 5)
    centres = np.unique(np.linspace(0, n - 1, min(n, 90)).astype(int))
    bands = np.array([np.percentile(total[max(0, i - width) : i + width + 1], [10, 50, 90]) for i in centres])
    met = np.array([c.meets_all for c in order], dtype=bool)
    best = np.maximum.accumulate(np.where(met, total, 0.0))
    ax = Axis(0, n, LEFT, WIDTH - RIGHT, "molecules measured", "")
    ay = Axis(0, 1, HEIGHT - BOTTOM, TOP, "total desirability", "")
    x = ax.at(centres + 1.0)
    band = [f"{a:.1f} {b:.1f}" for a, b in zip(x, ay.at(bands[:, 2]), strict=True)]
    band += [f"{a:.1f} {b:.1f}" for a, b in zip(x[::-1], ay.at(bands[::-1, 0]), strict=True)]
    body = [
        _frame(ax, ay),
        _path("band", f"M{'L'.join(band)}Z", "middle 80 % of the molecules tried around here"),
        _path("median", _line(x, ay.at(bands[:, 1])), "moving median"),
        _path("best", _line(x, ay.at(best[centres])), "best so far that meets every constraint"),
    ]
    if prior_median is not None and math.isfinite(prior_median):
        y, right = float(ay.at(prior_median)), WIDTH - RIGHT
        body.append(_path("enough", f"M{LEFT} {y:.1f}H{right}", "before learning"))
        body.append(_words("num", right - 4, y - 5, "end", f"median before learning {prior_median:.2f}"))
    return _svg(body, "progress of the search")


def _path(cls: str, d: str, title: str) -> str:
    return f'<path class="{cls}" d="{d}"><title>{escape(title)}</title></path>'


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))
