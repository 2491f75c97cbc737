"""Small inline pictures that stand beside a number: a desirability bar, a constraint's track."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from sartor.core import Candidate, Constraint, Objective, Reading

from .numbers import exact, interval, number, shown_unit

_OPEN = '<svg class="{cls}" viewBox="0 0 100 12" preserveAspectRatio="none" role="img"><title>{title}</title>'


def worth_bar(objective: Objective, reading: Reading | None, worth: float) -> str:
    """Desirability 0..1 as a bar; the thin line is what the 90 % interval of the value is worth."""
    if reading is None or math.isnan(reading.value):
        return (
            _OPEN.format(cls="bar unknown", title="unknown: counts as 0")
            + '<rect class="track" y="3" width="100" height="6"/></svg>'
        )
    low, high = worth_range(objective, reading)
    title = f"worth {worth:.2f} of 1 (over the interval {low:.2f} to {high:.2f})"
    parts = [
        _OPEN.format(cls="bar" if reading.in_domain else "bar outside", title=title),
        '<rect class="track" y="3" width="100" height="6"/>',
        f'<rect class="fill" y="3" width="{100 * worth:.1f}" height="6"/>',
    ]
    if high - low > 0.005:
        parts.append(f'<path class="whisker" d="M{100 * low:.1f} 6H{100 * high:.1f}"/>')
        parts.append(f'<path class="whisker" d="M{100 * low:.1f} 3.5v5M{100 * high:.1f} 3.5v5"/>')
    return "".join(parts) + "</svg>"


def worth_range(objective: Objective, reading: Reading) -> tuple[float, float]:
    """Least and most desirability over a reading's interval; a window's corners count where they lie inside."""
    corners = [p for p in objective.desirability.points if reading.low <= p <= reading.high]
    values = np.array([reading.low, reading.value, reading.high, *corners])
    worth = objective.desirability(values[np.isfinite(values)])
    return float(worth.min()), float(worth.max())


class Track:
    """One constraint's ruler, the same for every candidate, so that margins compare down the page."""

    def __init__(self, constraint: Constraint, candidates: Iterable[Candidate]) -> None:
        self.constraint = constraint
        seen = [c.readings[constraint.name] for c in candidates if constraint.name in c.readings]
        ends = [x for r in seen for x in (r.low, r.value, r.high) if math.isfinite(x)]
        if constraint.unit.startswith("probability"):
            self.left, self.right = 0.0, 1.0
        else:
            spread = [*ends, constraint.limit]
            pad = 0.08 * (max(spread) - min(spread)) or abs(constraint.limit) * 0.2 or 1.0
            self.left, self.right = min(spread) - pad, max(spread) + pad
            if min(spread) >= 0:  # a quantity that is never negative gets a ruler that begins at zero or above
                self.left = max(self.left, 0.0)

    def at(self, value: float) -> float:
        """Position 0..100 of a value on the ruler."""
        return float(np.clip(100 * (value - self.left) / (self.right - self.left), 0.0, 100.0))

    def svg(self, reading: Reading | None, unmet: bool) -> str:
        """Allowed side shaded, the limit as a line, the value as a dot on its interval."""
        c = self.constraint
        limit = self.at(c.limit)
        start, width = (0.0, limit) if c.bound == "below" else (limit, 100 - limit)
        parts = [
            _OPEN.format(cls="ruler unmet" if unmet else "ruler", title=self._title(reading)),
            '<path class="base" d="M0 6H100"/>',
            f'<rect class="allowed" x="{start:.1f}" y="3" width="{width:.1f}" height="6"/>',
        ]
        if reading is not None and not math.isnan(reading.value):
            low, high = self.at(reading.low), self.at(reading.high)
            if high > low:
                parts.append(f'<path class="whisker" d="M{low:.1f} 6H{high:.1f}"/>')
        parts.append(f'<path class="limit" d="M{limit:.1f} 0V12"/>')
        if reading is not None and not math.isnan(reading.value):
            # a dot drawn as a zero-length round-capped line stays round when the picture is stretched
            parts.append(f'<path class="dot" d="M{self.at(reading.value):.1f} 6h0"/>')
        return "".join(parts) + "</svg>"

    def _title(self, reading: Reading | None) -> str:
        c = self.constraint
        word = "at most" if c.bound == "below" else "at least"
        bound = f"allowed: {word} {exact(c.limit)} {shown_unit(c.unit)}".strip()
        if reading is None or math.isnan(reading.value):
            return f"unknown; {bound}"
        span = interval(reading, c.unit)
        return f"{number(reading.value, c.unit)}{f' ({span})' if span else ''}; {bound}"
