"""The design brief: this patient's target product profile. Pure data; a person reads it and may overrule it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .evidence import Evidence, Reason
from .target import Target

Bound = Literal["below", "above"]
Numbers = NDArray[np.generic] | float | bool


@dataclass(frozen=True, slots=True)
class Desirability:
    """Physical value -> worth in 0..1, piecewise linear.

    Two points ``(a, b)``: worth 0 at a and 1 at b, flat outside (a < b wants high values, a > b wants low ones).
    Four points ``(a, b, c, d)``: a window, 0 at a, 1 from b to c, 0 at d.
    Source of the form: Derringer & Suich 1980, J. Qual. Technol. 12, 214.
    """

    points: tuple[float, ...]

    def __post_init__(self) -> None:
        p = self.points
        if len(p) not in (2, 4) or not all(math.isfinite(x) for x in p):
            raise ValueError(f"a desirability has two or four finite points, not {p}")
        if len(p) == 2 and p[0] == p[1]:
            raise ValueError(f"a desirability needs two different points, not {p}")
        if len(p) == 4 and not p[0] < p[1] <= p[2] < p[3]:
            raise ValueError(f"a window wants a < b <= c < d, not {p}")

    def __call__(self, value: NDArray[np.floating]) -> NDArray[np.float64]:
        """Worth of values ``(n,)`` in 0..1; an unknown (NaN) value is worth 0."""
        x = np.asarray(value, dtype=float)
        p = self.points
        if len(p) == 2:
            with np.errstate(over="ignore"):  # a ramp of almost no width is a step
                worth = np.clip((x - p[0]) / (p[1] - p[0]), 0.0, 1.0)
        else:
            worth = np.interp(x, p, (0.0, 1.0, 1.0, 0.0), left=0.0, right=0.0)
        return np.where(np.isnan(x), 0.0, worth)

    def __str__(self) -> str:
        p = self.points
        if len(p) == 2:
            return f"{'above' if p[0] < p[1] else 'below'}: worth 0 at {p[0]:g}, 1 at {p[1]:g}"
        return f"window: 0 at {p[0]:g}, 1 from {p[1]:g} to {p[2]:g}, 0 at {p[3]:g}"


@dataclass(frozen=True, slots=True)
class Objective:
    """Soft: more is better, up to enough. ``name`` is unique in a brief and heads the ledger's columns.

    ``scorer`` and ``settings`` say how to measure (``"potency"``, ``{"target": "EGFR"}``); ``because`` says why
    it matters for this patient, each reason ending in evidence. ``personal`` is True when a patient fact put it there
    or changed it; ``consequence`` then names the clinical class that its weight follows from ("" for generic wishes).
    """

    name: str
    scorer: str
    unit: str
    desirability: Desirability
    weight: float
    because: tuple[Reason, ...]
    settings: dict[str, str] = field(default_factory=dict)
    personal: bool = False
    consequence: str = ""

    def __post_init__(self) -> None:
        if not (self.weight > 0 and math.isfinite(self.weight)):
            raise ValueError(f"objective {self.name!r}: weight must be positive, not {self.weight}")

    def quoted(self, value: Numbers, low: Numbers, high: Numbers, in_domain: Numbers) -> NDArray[np.float64]:
        """The numbers that are graded: the value inside a model's domain, the worse end of the interval outside it.

        A guess must not earn what a prediction earns, or a search walks out of the domain to where a model errs
        upwards. Arrays ``(n,)`` or single numbers, as a Readout or a Reading holds them.
        """
        x, a, b = (np.asarray(v, dtype=float) for v in (value, low, high))
        worse = np.where(self.desirability(a) <= self.desirability(b), a, b)
        p = self.desirability.points
        if len(p) == 2:  # also where both ends are worth 0, the worse end is the one farther out
            worse = np.minimum(a, b) if p[0] < p[1] else np.maximum(a, b)
        return np.where(np.asarray(in_domain, dtype=bool), x, worse)

    def worth(self, value: Numbers, low: Numbers, high: Numbers, in_domain: Numbers) -> NDArray[np.float64]:
        """Desirability of what is ``quoted``, in 0..1; an unknown (NaN) value is worth 0."""
        return self.desirability(self.quoted(value, low, high, in_domain))


@dataclass(frozen=True, slots=True)
class Constraint:
    """Hard: crossed or unknown means turned away. The bound is inclusive."""

    name: str
    scorer: str
    unit: str
    bound: Bound
    limit: float
    because: tuple[Reason, ...]
    settings: dict[str, str] = field(default_factory=dict)
    personal: bool = False
    consequence: str = ""

    def met(self, value: NDArray[np.floating]) -> NDArray[np.bool_]:
        """True (keep) where the value ``(n,)`` respects the bound; unknown (NaN) is not met."""
        x = np.asarray(value, dtype=float)
        with np.errstate(invalid="ignore"):
            return (x <= self.limit) if self.bound == "below" else (x >= self.limit)

    def __str__(self) -> str:
        return f"{self.name}: {'at most' if self.bound == 'below' else 'at least'} {self.limit:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Link:
    """One way from a fact of the patient into the brief: fact -> rule -> effect -> evidence.

    ``effect`` says what the rule did ("objective 'spares CYP3A4', weight 1.5"), stated as a limit ("limit: ...") or
    noted without asking anything. ``consequence`` names the clinical class behind the weight and ``why`` says what
    would happen to the patient; both are "" where the rule asks nothing.
    """

    fact: str
    rule: str
    effect: str
    evidence: tuple[Evidence, ...]
    consequence: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class DesignBrief:
    """Objectives and constraints for one patient and one disease.

    ``chain`` links every fact to what it did; ``refused`` names the rules that the person who ordered overruled, and
    what each would have asked.
    """

    patient_id: str
    disease: str
    target: Target
    objectives: tuple[Objective, ...]
    constraints: tuple[Constraint, ...]
    unknowns: tuple[str, ...] = ()
    facts: tuple[Reason, ...] = ()
    chain: tuple[Link, ...] = ()
    refused: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        names = [o.name for o in self.objectives] + [c.name for c in self.constraints]
        double = sorted({n for n in names if names.count(n) > 1})
        if double:
            raise ValueError(f"names in a brief are unique; double: {', '.join(double)}")

    def __str__(self) -> str:
        lines = [
            f"Design brief for {self.patient_id}: {self.disease}, target {self.target}",
            "",
            "Objectives",
        ]
        for o in self.objectives:
            grade = f", {o.consequence}" if o.consequence else ""
            lines.append(f"  {o.name} ({o.scorer}, {o.unit}; weight {o.weight:g}{grade}) {o.desirability}")
            lines += [f"    because {r.text}" for r in o.because]
        lines += ["", "Constraints"]
        for c in self.constraints:
            lines.append(f"  {c} ({c.scorer})")
            lines += [f"    because {r.text}" for r in c.because]
        if self.refused:
            lines += ["", "Refused by the user"] + [f"  {r.text}" for r in self.refused]
        if self.unknowns:
            lines += ["", "Not known"] + [f"  {u}" for u in self.unknowns]
        return "\n".join(lines)
