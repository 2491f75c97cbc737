"""What a molecule does to the enzymes that clear another drug: remaining activity, and screening margins.

A novel molecule has no dose, so no interaction can be predicted for it. What can be said is a margin: up to which
unbound concentration the first screening of ICH M12 (2024, section 2.1) still calls the risk negligible. Enzyme
factors are those of the mechanistic static model (Fahmi 2009, Drug Metab Dispos 37, 1658).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: ICH M12: a reversible inhibitor of a hepatic CYP is of concern where Cmax,u / Ki,u exceeds this.
HEPATIC_LIMIT = 0.02
#: ICH M12: an inhibitor of intestinal CYP3A4 is of concern where (dose / 250 mL) / Ki,u exceeds this.
GUT_LIMIT = 10.0
_GUT_VOLUME_L = 0.25


def cmax_unbound_allowed_um(ki_unbound_um: ArrayLike) -> NDArray[np.float64]:
    """Highest unbound Cmax (uM) at which inhibition of a hepatic CYP needs no study: 0.02 * Ki,u (ICH M12)."""
    return HEPATIC_LIMIT * _positive(ki_unbound_um, "Ki")


def dose_allowed_mg(ki_unbound_um: ArrayLike, molecular_weight_da: ArrayLike) -> NDArray[np.float64]:
    """Highest oral dose (mg) at which inhibition of gut CYP3A4 needs no study: 10 * Ki,u * 250 mL (ICH M12)."""
    micromol = GUT_LIMIT * _positive(ki_unbound_um, "Ki") * _GUT_VOLUME_L
    return micromol * _positive(molecular_weight_da, "molecular weight") / 1000.0


def inhibited_activity(inhibitor_unbound_um: ArrayLike, ki_unbound_um: ArrayLike) -> NDArray[np.float64]:
    """Activity left by a reversible inhibitor: 1 / (1 + [I]u / Ki,u); 1 without inhibitor."""
    return 1.0 / (1.0 + _not_negative(inhibitor_unbound_um, "[I]") / _positive(ki_unbound_um, "Ki"))


def inactivated_activity(
    inhibitor_unbound_um: ArrayLike, kinact_per_h: ArrayLike, ki_inact_um: ArrayLike, kdeg_per_h: ArrayLike
) -> NDArray[np.float64]:
    """Activity left by a time-dependent inhibitor: kdeg / (kdeg + kinact [I] / (KI + [I]))."""
    conc = _not_negative(inhibitor_unbound_um, "[I]")
    kdeg = _positive(kdeg_per_h, "kdeg")
    return kdeg / (kdeg + _not_negative(kinact_per_h, "kinact") * conc / (_positive(ki_inact_um, "KI") + conc))


def induced_activity(
    inducer_unbound_um: ArrayLike, emax: ArrayLike, ec50_um: ArrayLike, scale: float = 1.0
) -> NDArray[np.float64]:
    """Activity under an inducer: 1 + scale * Emax [I] / (EC50 + [I]); 1 without inducer."""
    conc = _not_negative(inducer_unbound_um, "[I]")
    return 1.0 + scale * _not_negative(emax, "Emax") * conc / (_positive(ec50_um, "EC50") + conc)


def static_auc_ratio(
    fm: ArrayLike, hepatic_activity: ArrayLike, gut_availability: ArrayLike = 1.0, gut_activity: ArrayLike = 1.0
) -> NDArray[np.float64]:
    """Mechanistic static AUC ratio of a victim with one affected enzyme, liver times gut (Fahmi 2009).

    1 / (activity_gut * (1 - Fg) + Fg) * 1 / (fm * activity_liver + 1 - fm). ``gut_availability`` is Fg without the
    perpetrator; both activities 1 give exactly 1.
    """
    share, fg = np.asarray(fm, dtype=float), np.asarray(gut_availability, dtype=float)
    if np.any((share < 0) | (share > 1)) or np.any((fg <= 0) | (fg > 1)):
        raise ValueError("fm lies in 0..1 and Fg in 0..1, Fg above 0")
    liver = 1.0 + share * (_not_negative(hepatic_activity, "activity") - 1.0)
    gut = 1.0 + (1.0 - fg) * (_not_negative(gut_activity, "activity") - 1.0)
    with np.errstate(divide="ignore"):
        return 1.0 / (liver * gut)


def interaction_class(auc_ratio: float) -> str:
    """The name of an effect size: strong (5-fold up or down), moderate (2), weak (1.25), none (ICH M12)."""
    fold = max(auc_ratio, 1.0 / auc_ratio) if auc_ratio > 0 else float("inf")
    for name, at_least in (("strong", 5.0), ("moderate", 2.0), ("weak", 1.25)):
        if fold >= at_least * (1 - 1e-12):
            return name
    return "none"


def _positive(x: ArrayLike, name: str) -> NDArray[np.float64]:
    value = np.asarray(x, dtype=float)
    if np.any(value <= 0):
        raise ValueError(f"{name} must be above 0")
    return value


def _not_negative(x: ArrayLike, name: str) -> NDArray[np.float64]:
    value = np.asarray(x, dtype=float)
    if np.any(value < 0):
        raise ValueError(f"{name} must be at least 0")
    return value
