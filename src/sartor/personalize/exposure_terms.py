"""Shared terms: what a brief asks of exposure in this patient.

Not raised: the upper end of the AUC ratio is to stay low (soft), and the best estimate below 2, where ICH M12 calls a
change moderate (hard). Not lost: the best estimate is not to fall far below 1 (soft; 0.8 is ICH M12's lower bound of
no effect). Where organs alone raise every molecule's exposure, the bounds move up with what can be reached.
"""

from __future__ import annotations

from sartor.core import Constraint, Desirability, Objective, Patient, Reason
from sartor.pharmacology.person import best_exposure

#: Enzymes with a substrate model that brief and exposure_ratio may use; the others enter by base rate.
MODELLED = ("CYP2C9", "CYP2D6", "CYP3A4")
RAISED = "exposure not raised"
RAISED_BOUND = "exposure in this patient"
LOST = "exposure not lost"


def not_raised(patient: Patient, because: tuple[Reason, ...], weight: float) -> Objective:
    """The wish that exposure stays low even at the upper end of its interval."""
    reachable = best_exposure(MODELLED, patient)
    good = max(2.0, round(1.1 * reachable.high, 1))
    points = Desirability((6.0 * good, good))
    settings = {"quote": "upper"}
    return Objective(RAISED, "exposure_ratio", "AUC ratio", points, weight, because, settings, personal=True)


def bound(patient: Patient, because: tuple[Reason, ...]) -> Constraint:
    """The bound on the best estimate: 2, or half as much again as the best that can be reached."""
    limit = max(2.0, round(1.5 * best_exposure(MODELLED, patient).value, 1))
    return Constraint(RAISED_BOUND, "exposure_ratio", "AUC ratio", "below", limit, because, personal=True)


def not_lost(because: tuple[Reason, ...], weight: float) -> Objective:
    """The wish that a fast enzyme does not clear the molecule away."""
    points = Desirability((0.1, 0.8))
    return Objective(LOST, "exposure_ratio", "AUC ratio", points, weight, because, personal=True)
