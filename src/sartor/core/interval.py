"""An interval with a best value: how the house carries a number it does not know exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """``low <= value <= high``, all in the same unit. All three NaN means unknown."""

    low: float
    value: float
    high: float

    def __post_init__(self) -> None:
        if any(math.isnan(x) for x in (self.low, self.value, self.high)):
            if not self.unknown:
                raise ValueError(f"an interval is known or unknown as a whole, not {self}")
        elif not self.low <= self.value <= self.high:
            raise ValueError(f"an interval wants low <= value <= high, not {self}")

    @property
    def unknown(self) -> bool:
        """True when nothing is known (low, value and high are all NaN)."""
        return math.isnan(self.low) and math.isnan(self.value) and math.isnan(self.high)

    def __mul__(self, other: Interval) -> Interval:
        """Product of two non-negative intervals."""
        return Interval(self.low * other.low, self.value * other.value, self.high * other.high)

    def __str__(self) -> str:
        return f"{self.value:.3g} [{self.low:.3g}, {self.high:.3g}]"


UNKNOWN = Interval(math.nan, math.nan, math.nan)
