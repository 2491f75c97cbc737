"""What can honestly be said of a molecule that nobody has given to anyone: fractions as intervals, margins, assays.

As a victim: substrate probabilities become intervals of fm (``routes``: every split of clearance equally likely) and,
joined with this person's enzymes, an interval of the AUC ratio (``person.person_exposure``). As a perpetrator: no dose,
so no prediction, but a margin for each pathway of each co-medication. What was not measured is not guessed: it is named
with the assay that would tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sartor.core import Interval
from sartor.facts.kinetics import Victim

from .routes import DRAWS, _splits, subset_weights
from .screening import LIMITS, TOGETHER, highest_amount_um

Floats = NDArray[np.float64]

#: What a laboratory measures before a first interaction statement (ICH M12, sections 2 and 3).
ASSAYS = {
    **{e: f"{e}: reversible inhibition in human liver microsomes (Ki, with binding), IC50 shift for time dependence"
       for e in ("CYP1A2", "CYP2B6", "CYP2C8", "CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4")},
    "UGT1A1": "UGT1A1: inhibition in human liver microsomes or recombinant enzyme",
    "P-gp": "P-gp: inhibition of digoxin transport across Caco-2 or MDCK-MDR1 cells (IC50)",
    "BCRP": "BCRP: inhibition in vesicles or MDCK-BCRP cells (IC50)",
    **{t: f"{t}: inhibition of uptake in transfected cells (IC50), with pre-incubation"
       for t in ("OATP1B1", "OATP1B3", "OAT1", "OAT3", "OCT2", "MATE1", "MATE2-K")},
}  # fmt: skip
#: And for the molecule as a victim, and for induction.
MORE_ASSAYS = (
    "reaction phenotyping in human hepatocytes and recombinant enzymes (fm per enzyme)",
    "fraction unbound in plasma and in the incubations",
    "CYP1A2, CYP2B6 and CYP3A4 mRNA in human hepatocytes of three donors (induction: Emax, EC50)",
)


@dataclass(frozen=True, slots=True)
class Margin:
    """One pathway of one co-medication: amounts that still pass screening, and that move the victim by 1.25.

    ``passes_um`` by kind of amount ("systemic", "inlet", "gut") as Interval over the potency's range; ``weak_um`` the
    unbound amount at which the victim's AUC rises 1.25-fold through this pathway alone (inf where it cannot). ``assay``
    is filled, and the rest empty, where the potency is unknown.
    """

    medicine: str
    target: str
    share: Interval
    passes_um: Mapping[str, Interval]
    weak_um: Interval
    assay: str


def perpetrator_margins(potency_um: Mapping[str, Interval], victims: Sequence[Victim]) -> list[Margin]:
    """Margins of a molecule with these unbound potencies (Ki or IC50, uM) beside these victims, the smallest first.

    A pathway without a potency comes last, with its assay: unknown, not harmless. ValueError for a potency that is not
    above 0.
    """
    if any(not i.low > 0 for i in potency_um.values()):
        raise ValueError("a potency is above 0 uM")
    out = []
    for victim in victims:
        for target in victim.pathways:
            share = _share(victim, target)
            for name in TOGETHER.get(target, (target,)):
                if name not in LIMITS:
                    continue
                known = potency_um.get(name)
                out.append(_unknown(victim, name, share) if known is None else _margin(victim, name, share, known))
    return sorted(out, key=lambda m: min((i.value for i in m.passes_um.values()), default=math.inf))


def _share(victim: Victim, target: str) -> Interval:
    for of in (victim.hepatic, victim.uptake):
        if target in of:
            return of[target] * Interval(*(3 * [1.0 - victim.renal_fraction]))
    if target in victim.renal:
        return victim.renal[target] * Interval(*(3 * [victim.renal_fraction]))
    gut = victim.gut[target]
    return Interval(1 - gut.high, 1 - gut.value, 1 - gut.low)


def _unknown(victim: Victim, name: str, share: Interval) -> Margin:
    nothing = Interval(math.nan, math.nan, math.nan)
    return Margin(victim.name, name, share, {}, nothing, ASSAYS.get(name, f"{name}: inhibition assay"))


def _margin(victim: Victim, name: str, share: Interval, potency: Interval) -> Margin:
    ends = [
        {k: float(v) for k, v in highest_amount_um(name, x).items()} for x in (potency.low, potency.value, potency.high)
    ]
    passes = {k: Interval(ends[0][k], ends[1][k], ends[2][k]) for k in ends[0]}
    weak = [
        _weak(p, s) for p, s in ((potency.low, share.high), (potency.value, share.value), (potency.high, share.low))
    ]
    return Margin(victim.name, name, share, passes, Interval(*weak), "")


def _weak(potency_um: float, share: float, ratio: float = 1.25) -> float:
    """Unbound amount at which 1 / (share * left + 1 - share) reaches ``ratio``."""
    left = 1.0 - (1.0 - 1.0 / ratio) / share if share > 0 else -1.0
    return potency_um * (1.0 / left - 1.0) if left > 0 else math.inf


def substrate_fractions(probability: Floats, level: float = 0.9) -> tuple[Floats, Floats, Floats]:
    """``(low, mean, high)`` of the fraction of clearance ``(n, k)`` by each enzyme, from substrate probabilities.

    As wide as our ignorance: a certain substrate of one enzyme alone has 0.05 to 0.95.
    """
    fm, _, _ = _splits(probability.shape[1])
    weights = np.repeat(subset_weights(probability), DRAWS, axis=1) / DRAWS
    low, high = np.empty_like(probability, dtype=float), np.empty_like(probability, dtype=float)
    tail = (1.0 - level) / 2.0
    for e in range(fm.shape[1]):
        order = np.argsort(fm[:, e], kind="stable")
        reached = np.cumsum(weights[:, order], axis=1)
        for q, out in ((tail, low), (1.0 - tail, high)):
            at = np.minimum((reached < q - 1e-12).sum(axis=1), fm.shape[0] - 1)
            out[:, e] = fm[order[at], e]
    return low, weights @ fm, high
