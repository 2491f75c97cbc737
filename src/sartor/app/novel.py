"""One molecule that nobody has taken, beside a person's medicines: what its structure alone lets us say.

Predicted potencies at CYP1A2, 2C9 and 3A4 become ranges of Ki; substrate probabilities ranges of the fraction cleared;
both join the person. Groups that inactivate enzymes, activation of PXR and the nearest drugs with their documented
roles stand beside them. Where a model abstains or the molecule lies outside its domain the answer is the assay.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sartor.chem.standardize import standardize_batch
from sartor.core import Interval, MolBatch, OrderError, Patient, Readout
from sartor.pharmacology.novel import ASSAYS, MORE_ASSAYS, substrate_fractions
from sartor.score.exposure import ExposureRatio
from sartor.score.side_effects.alarms import found_alerts
from sartor.score.side_effects.resemblance import resemblances, role_words
from sartor.score.substrates import substrate_scorers

from .admet import measure

#: The heads of measured inhibition, by enzyme.
POTENCY = {"CYP1A2": "cyp1a2_pic50", "CYP2C9": "cyp2c9_pic50", "CYP2D6": "cyp2d6_pic50", "CYP3A4": "cyp3a4_pic50"}
PHENOTYPING = MORE_ASSAYS[0]
INDUCTION = MORE_ASSAYS[2]


def novel_molecule(smiles: str, person: Patient | None) -> tuple[dict[str, Any], dict[str, Interval]]:
    """What can be said of ``smiles`` as plain data, and its predicted unbound Ki (uM) by enzyme where one is known.

    OrderError where the text is no molecule that the models may judge.
    """
    mols, why = standardize_batch([smiles])
    if why[0]:
        raise OrderError(f"{smiles!r}: {why[0]}; give the SMILES of one organic molecule of 6 to 70 heavy atoms")
    who = person or Patient()
    read = measure(mols, [*POTENCY.values(), "pxr"])
    potency = {e: k for e, name in POTENCY.items() if (k := ki_um(read[name])) is not None}
    enzymes = {e: _enzyme(read[name], potency.get(e), e) for e, name in POTENCY.items()}
    said = {
        "smiles": mols.smiles[0],
        "inhibits": enzymes,
        "ki_rule": "a competitive inhibitor at the usual substrate concentration (Km) has Ki = IC50 / 2, any other up "
        "to IC50 (Cheng & Prusoff 1973): from half the low end to the whole high end; the assay's binding is not known",
        "inactivation_alerts": [f"{a.name}: {a.words} ({a.source})" for a in found_alerts(mols, "tdi")[0]],
        "induction": _induction(read["pxr"]),
        "cleared_by": _cleared_by(mols),
        "exposure_in_this_person": _exposure(mols, who),
        "nearest_drugs": [
            {
                "substance": r.substance,
                "similarity": r.similarity,
                "roles": [role_words(x) for x in r.roles] if r.alike else [],
            }
            for r in resemblances(mols)[0]
        ],
    }
    return said, potency


def ki_um(read: Readout) -> Interval | None:
    """Ki in uM as a range from one molecule's predicted pIC50; None where that has no value or is out of domain."""
    known = _known(read)
    if known is None:
        return None
    return Interval(10 ** (6 - known.high) / 2, 10 ** (6 - known.value) / math.sqrt(2.0), 10 ** (6 - known.low))


def _known(read: Readout) -> Interval | None:
    """What a model says of the one molecule; None where it abstains or the molecule is outside its domain."""
    value, low, high = (float(x[0]) for x in (read.value, read.low, read.high))
    return None if math.isnan(value) or not bool(read.in_domain[0]) else Interval(low, value, high)


def _why(read: Readout) -> str:
    return read.why_not[0] or "outside the domain of the model"


def _enzyme(read: Readout, ki: Interval | None, enzyme: str) -> dict[str, Any]:
    if ki is not None:
        return {"ki_um": _told(ki.low, ki.value, ki.high), "answer": "predicted", "assay": ASSAYS[enzyme]}
    return {"ki_um": None, "answer": f"unknown, needs this assay ({_why(read)})", "assay": ASSAYS[enzyme]}


def _induction(read: Readout) -> dict[str, Any]:
    known = _known(read)
    if known is None:
        return {"pxr_pec50": None, "answer": f"unknown, needs this assay ({_why(read)})", "assay": INDUCTION}
    return {
        "pxr_pec50": _told(known.low, known.value, known.high),
        "answer": "activates PXR in the low micromolar range or below" if known.low >= 5.5 else
        "may activate PXR at micromolar amounts" if known.high >= 5.5 else "no PXR activation expected below 3 uM",
        "assay": INDUCTION,
    }  # fmt: skip


def _cleared_by(mols: MolBatch) -> dict[str, Any]:
    """Fraction of clearance by each enzyme with a substrate model, as an interval."""
    scorers = dict(substrate_scorers())
    nobody = Patient()
    reads = {e: s.score(mols, nobody.view(s.card.reads)) for e, s in scorers.items()}
    known = {e: k for e, r in reads.items() if (k := _known(r)) is not None}
    unknown = {e: _why(r) for e, r in reads.items() if e not in known}
    fractions: dict[str, Any] = {}
    if known:
        low, mean, high = substrate_fractions(np.array([[k.value for k in known.values()]]))
        fractions = {e: _told(float(low[0, i]), float(mean[0, i]), float(high[0, i])) for i, e in enumerate(known)}
    return {"fractions": fractions, "unknown": unknown, "assay": PHENOTYPING}


def _exposure(mols: MolBatch, who: Patient) -> dict[str, Any]:
    part = ExposureRatio(ExposureRatio.Config())
    read = part.score(mols, who.view(part.card.reads))
    value, low, high = (float(x[0]) for x in (read.value, read.low, read.high))
    if math.isnan(value):
        return {"auc_ratio": None, "answer": f"unknown, needs this assay ({read.why_not[0]})", "assay": PHENOTYPING}
    return {"auc_ratio": _told(low, value, high), "in_domain": bool(read.in_domain[0]), "assay": PHENOTYPING}


def _told(low: float, value: float, high: float) -> dict[str, float]:
    return {"low": round(low, 4), "value": round(value, 4), "high": round(high, 4)}
