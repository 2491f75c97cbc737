"""What an ADMET endpoint is to the recipe: its sources, the rule from cell to label, the scale it is learnt on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["probability", "value"]
Scale = Literal["plain", "log10", "percent"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its columns, the rule from cell to label (NaN drops the row), its upstream and licence class.

    The label is on the endpoint's learning scale: of a volume learnt as its logarithm, the rule takes the logarithm.
    """

    path: str
    smiles: str
    value: str
    upstream: str
    licence: str
    rule: Callable[[str], float] = float


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model: what its number means, where its labels come from, and what is known to be doubtful about it.

    ``scale`` is how the learnt score becomes the unit ("percent": log-odds of a percentage; see score.admet).
    ``tolerance`` is how far repeated values of one molecule may lie apart on the learning scale. ``tdc`` names the
    task of the Therapeutics Data Commons whose unit this is. Endpoints of one ``family`` share most molecules.
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    sources: tuple[Source, ...]
    limits: tuple[str, ...] = ()
    trees: int = 250
    options: dict[str, float] = field(default_factory=dict)
    scale: Scale = "plain"
    tolerance: float = 1.0
    tdc: str = ""
    family: str = ""


def at_least(threshold: float) -> Callable[[str], float]:
    """1 where the number reaches the threshold, else 0."""
    return lambda cell: float(float(cell) >= threshold)


def below(threshold: float) -> Callable[[str], float]:
    """1 where the number is under the threshold, else 0."""
    return lambda cell: float(float(cell) < threshold)


def log10_of(cell: str) -> float:
    """Decimal logarithm; NaN of what is not positive."""
    number = float(cell)
    return math.log10(number) if number > 0 else math.nan


def percent_bound(cell: str) -> float:
    """Log-odds of a percentage, kept within 0.05 and 99.95: assays tell no more."""
    share = min(max(float(cell), 0.05), 99.95) / 100
    return math.log(share / (1 - share))


def unbound_log_percent(cell: str) -> float:
    """Log-odds bound from the logarithm of the percentage unbound."""
    return percent_bound(str(100 - 10 ** float(cell)))


def unbound_share(cell: str) -> float:
    """Log-odds bound from the unbound share of one."""
    return percent_bound(str(100 - 100 * float(cell)))
