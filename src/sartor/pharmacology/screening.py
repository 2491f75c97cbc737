"""The first screening of ICH M12 (2024): is a perpetrator's amount far enough below its potency to need no study?

Limits as in the guideline's section 2 (enzymes) and 3 (transporters); amounts are unbound and in uM. A ratio at or
above its limit asks for a closer look, it does not predict an interaction. Pure functions, vectorized.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limit:
    """Largest amount / potency that passes, and which amount counts: "systemic" Cmax,u, liver "inlet" or "gut"."""

    ratio: float
    amount: str


#: Reversible inhibition, I/Ki (enzymes) or I/IC50 (transporters).
LIMITS: dict[str, tuple[Limit, ...]] = {
    **{e: (Limit(0.02, "systemic"),) for e in ("CYP1A2", "CYP2B6", "CYP2C8", "CYP2C9", "CYP2C19", "CYP2D6")},
    "CYP3A4": (Limit(0.02, "systemic"), Limit(10.0, "gut")),
    "UGT1A1": (Limit(0.02, "systemic"),),
    "P-gp": (Limit(0.02, "systemic"), Limit(10.0, "gut")),
    "BCRP": (Limit(0.02, "systemic"), Limit(10.0, "gut")),
    "OATP1B1": (Limit(0.1, "inlet"),),
    "OATP1B3": (Limit(0.1, "inlet"),),
    "OAT1": (Limit(0.1, "systemic"),),
    "OAT3": (Limit(0.1, "systemic"),),
    "OCT2": (Limit(0.1, "systemic"),),
    "MATE1": (Limit(0.02, "systemic"),),
    "MATE2-K": (Limit(0.02, "systemic"),),
}
#: The model's names for transporters that act together, by the names above.
TOGETHER = {"OCT2/MATE": ("OCT2", "MATE1", "MATE2-K"), "OAT1/OAT3": ("OAT1", "OAT3")}
_GUT_VOLUME_L = 0.25


def gut_um(dose_mg: ArrayLike, molar_mass_g: ArrayLike) -> Floats:
    """Amount in the gut for screening: dose / 250 mL."""
    dose, mass = np.asarray(dose_mg, dtype=float), np.asarray(molar_mass_g, dtype=float)
    if np.any(dose < 0) or np.any(mass <= 0):
        raise ValueError("a dose is at least 0 mg, a molar mass above 0 g/mol")
    return dose * 1000.0 / mass / _GUT_VOLUME_L


def inlet_um(
    cmax_unbound_um: ArrayLike, unbound: ArrayLike, dose_mg: ArrayLike, molar_mass_g: ArrayLike,
    absorption_per_h: float = 6.0, absorbed: float = 1.0, blood_to_plasma: float = 1.0,
) -> Floats:  # fmt: skip
    """Highest unbound liver inlet amount: Cmax,u + fu * Fa * ka * dose / (Qh * Rb), Qh 97 L/h; ka 0.1/min at worst."""
    umol = np.asarray(dose_mg, dtype=float) * 1000.0 / np.asarray(molar_mass_g, dtype=float)
    more = np.asarray(unbound, dtype=float) * absorbed * absorption_per_h * umol / (97.0 * blood_to_plasma)
    return np.asarray(cmax_unbound_um, dtype=float) + more


def highest_amount_um(target: str, potency_um: ArrayLike) -> dict[str, Floats]:
    """Highest unbound amount of each kind ("systemic", "inlet", "gut") that still passes; KeyError for no limit."""
    potency = np.asarray(potency_um, dtype=float)
    if np.any(potency <= 0):
        raise ValueError("a potency is above 0 uM")
    names = TOGETHER.get(target, (target,))
    out: dict[str, Floats] = {}
    for name in names:
        for limit in LIMITS[name]:
            at_most = limit.ratio * potency
            out[limit.amount] = np.minimum(out[limit.amount], at_most) if limit.amount in out else at_most
    return out


def inactivation_r2(
    cmax_unbound_um: ArrayLike, kinact_per_h: ArrayLike, inact_um: ArrayLike, kdeg_per_h: ArrayLike
) -> Floats:
    """(kobs + kdeg) / kdeg with kobs = kinact * 5 Cmax,u / (KI + 5 Cmax,u); 1.25 and more asks for a closer look."""
    amount, kdeg = 5.0 * np.asarray(cmax_unbound_um, dtype=float), np.asarray(kdeg_per_h, dtype=float)
    kobs = np.asarray(kinact_per_h, dtype=float) * amount / (np.asarray(inact_um, dtype=float) + amount)
    return (kobs + kdeg) / kdeg


def induction_r3(cmax_unbound_um: ArrayLike, emax: ArrayLike, ec50_um: ArrayLike, scale: float = 1.0) -> Floats:
    """1 / (1 + d * Emax * 10 Cmax,u / (EC50 + 10 Cmax,u)); 0.8 and less asks for a closer look."""
    amount = 10.0 * np.asarray(cmax_unbound_um, dtype=float)
    return 1.0 / (1.0 + scale * np.asarray(emax, dtype=float) * amount / (np.asarray(ec50_um, dtype=float) + amount))
