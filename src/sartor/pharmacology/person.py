"""The AUC ratio of a molecule in one person: enzyme, liver and kidney activities joined with clearance routes."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from sartor.core import Interval, Patient, PatientView
from sartor.facts.enzymes import ENZYMES

from .activity import READS, effective_activity
from .organs import liver_activity, renal_activity
from .routes import BASE_RATE, exposure_distribution


def person_exposure(
    probability: NDArray[np.float64], enzymes: tuple[str, ...], person: Patient | PatientView
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """``(low, value, high)`` of the AUC ratio ``(n,)`` in this person, 90 % interval.

    ``probability`` ``(n, k)`` is the chance that each molecule is a substrate of each of ``enzymes``. An enzyme of
    ``facts.enzymes.ENZYMES`` that is not among them enters with its base rate, the same for every molecule: nobody
    knows, so nobody is favoured. Exactly 1 where every activity is known to be 1.
    """
    view = person.view(READS) if isinstance(person, Patient) else person
    p = np.asarray(probability, dtype=float)
    full = np.stack(
        [p[:, enzymes.index(e)] if e in enzymes else np.full(len(p), BASE_RATE[e]) for e in ENZYMES], axis=1
    )
    left = [effective_activity(view, e).effective for e in ENZYMES]
    kidney, _ = renal_activity(view)
    other, _ = liver_activity(view, "other")
    return exposure_distribution(
        full,
        (
            np.array([x.low for x in left]),
            np.array([x.value for x in left]),
            np.array([x.high for x in left]),
        ),
        (kidney.low, kidney.value, kidney.high),
        (other.low, other.value, other.high),
    )


def best_exposure(enzymes: tuple[str, ...], person: Patient | PatientView) -> Interval:
    """The lowest AUC ratio that any choice of substrates among ``enzymes`` can reach in this person, with its interval.

    What a brief may fairly ask for: below this no molecule can come.
    """
    corners = np.array(list(product((0.0, 1.0), repeat=len(enzymes))))
    low, value, high = person_exposure(corners, enzymes, person)
    best = int(np.argmin(value))
    return Interval(float(low[best]), float(value[best]), float(high[best]))
