"""Shared terms: what a brief asks of exposure in this patient.

Not raised: the upper end of the AUC ratio is to stay low (soft), and the best estimate below 2, where ICH M12 calls a
change moderate (hard). Not lost: the best estimate is not to fall far below 1 (soft; 0.8 is ICH M12's lower bound of
no effect). Where organs alone raise every molecule's exposure, the bounds move up with what can be reached.
"""

from __future__ import annotations

from sartor.core import Constraint, Evidence, Objective, PatientView, Reason
from sartor.pharmacology.person import best_exposure

from .change import ruled_out, wish
from .consequence import Graded

#: Enzymes with a substrate model that brief and exposure_ratio may use; the others enter by base rate.
MODELLED = ("CYP2C9", "CYP2D6", "CYP3A4")
RAISED = "exposure not raised"
RAISED_BOUND = "exposure in this patient"
LOST = "exposure not lost"
#: ICH M12 and FDA: an AUC changed so many-fold or more is a strong, a moderate, a weak effect.
STRONG, MODERATE_FOLD, WEAK = 5.0, 2.0, 1.25
M12 = Evidence(
    "AUC changed 5-fold or more is a strong, 2-fold or more a moderate, 1.25-fold or more a weak effect",
    "guideline", "ICH M12", version="2024",
)  # fmt: skip


def not_raised(view: PatientView, because: tuple[Reason, ...], graded: Graded) -> Objective:
    """The wish that exposure stays low even at the upper end of its interval; ``view`` shows activity.READS."""
    reachable = best_exposure(MODELLED, view)
    good = max(MODERATE_FOLD, round(1.1 * reachable.high, 1))
    return wish(RAISED, "exposure_ratio", "AUC ratio", (6.0 * good, good), graded, because, {"quote": "upper"})


def bound(view: PatientView, because: tuple[Reason, ...], graded: Graded) -> Constraint:
    """The bound on the best estimate: 2, or half as much again as the best that can be reached."""
    limit = max(MODERATE_FOLD, round(1.5 * best_exposure(MODELLED, view).value, 1))
    return ruled_out(RAISED_BOUND, "exposure_ratio", "AUC ratio", "below", limit, graded, because)


def not_lost(because: tuple[Reason, ...], graded: Graded) -> Objective:
    """The wish that a fast enzyme does not clear the molecule away."""
    return wish(LOST, "exposure_ratio", "AUC ratio", (0.1, 0.8), graded, because)
