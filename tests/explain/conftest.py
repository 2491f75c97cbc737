"""A small world for explanations: three toy scorers, a brief and a patient. No real model, no real measurement."""

from __future__ import annotations

import numpy as np
import pytest

from sartor.chem.fingerprints import morgan_counts
from sartor.core import (
    Candidate,
    Card,
    Constraint,
    DesignBrief,
    Desirability,
    Evidence,
    GeneCall,
    Lineage,
    Medicine,
    MolBatch,
    Objective,
    Patient,
    PatientView,
    Reading,
    Readout,
    Reason,
    ScorerPart,
    Target,
)

WHY = (Reason("toy", (Evidence("toy", "assumed", "test"),)),)


def card(name: str, unit: str, reads: tuple[str, ...] = ()) -> Card:
    return Card(name, unit, "higher is better", "toy", "all", "none", "test", reads=reads, version="t1")


class NitrogenPotency(ScorerPart):
    """pIC50 = 4 + half the count of the environments of a bare aromatic nitrogen, read from Morgan counts."""

    def __init__(self) -> None:
        self.card = card("potency", "pIC50")
        pyridine = MolBatch(["n"], [_mol("c1ccncc1")])
        benzene = MolBatch(["c"], [_mol("c1ccccc1")])
        self.bits = (morgan_counts(pyridine)[0] > 0) & (morgan_counts(benzene)[0] == 0)

    def predict_counts(self, counts: np.ndarray) -> np.ndarray:
        return 4.0 + 0.5 * counts[:, self.bits].sum(axis=1)

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        v = self.predict_counts(morgan_counts(mols))
        return Readout(v, v - 0.5, v + 0.5, np.array(["Cl" not in s for s in mols]), ("",) * len(v))

    def neighbours(self, mols: MolBatch, k: int) -> list[list[tuple[str, float, float]]]:
        return [[("c1ccncc1", 6.1, 0.7), ("c1ccccc1", 4.0, 0.3)][:k] for _ in mols]


class Exposure(ScorerPart):
    """AUC ratio: doubled by a poor CYP2D6, trebled by a strong inhibitor, for molecules with nitrogen."""

    def __init__(self) -> None:
        self.card = card("exposure_ratio", "AUC ratio", ("genes.CYP2D6", "medicines"))

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        times = 2.0 if view.gene("CYP2D6").phenotype == "Poor Metabolizer" else 1.0
        times *= 3.0 if any(m.substance == "paroxetine" for m in view.medicines) else 1.0
        return Readout.exact(np.array([times if "n" in s or "N" in s else 1.0 for s in mols]))


def _mol(smiles: str):
    from sartor.chem.parse import parse

    return parse(smiles)


@pytest.fixture
def patient() -> Patient:
    genes = {
        "CYP2D6": GeneCall("CYP2D6", "*4/*4", "Poor Metabolizer", "outside", 0.0),
        "CYP2C19": GeneCall("CYP2C19", "*1/*1", "Normal Metabolizer", "called", 2.0),
        "DPYD": GeneCall("DPYD", "", "", "not covered"),
    }
    return Patient(
        "test-person",
        genes,
        medicines=(Medicine("Zyxol", ""), Medicine("Seroxat", "paroxetine", "20 mg")),
    )


@pytest.fixture
def brief() -> DesignBrief:
    return DesignBrief(
        "test-person",
        "toy disease",
        Target("EGFR", ("L858R",)),
        (
            Objective("potency on EGFR", "potency", "pIC50", Desirability((4.0, 8.0)), 2.0, WHY, {"target": "EGFR"}),
            Objective("exposure", "exposure_ratio", "AUC ratio", Desirability((8.0, 1.0)), 1.0, WHY, personal=True),
        ),
        (Constraint("exposure limit", "exposure_ratio", "AUC ratio", "below", 4.0, WHY, personal=True),),
    )  # fmt: skip


@pytest.fixture
def scorers() -> dict[str, ScorerPart]:
    exposure = Exposure()
    return {"potency on EGFR": NitrogenPotency(), "exposure": exposure, "exposure limit": exposure}


@pytest.fixture
def judged(brief, patient, scorers):
    """SMILES -> candidate, measured by the toy scorers for the toy patient."""
    from sartor.chem.parse import strict_batch
    from sartor.explain.counterfactual import readings_for, rescored

    def make(smiles: str) -> Candidate:
        mols = strict_batch([smiles])
        readings: dict[str, Reading] = {n: readings_for(n, s, mols, patient)[0] for n, s in scorers.items()}
        worth = {o.name: float(o.desirability(np.asarray(readings[o.name].value))) for o in brief.objectives}
        empty = Candidate(mols.smiles[0], readings, worth, 0.0, (), Lineage("toy"))
        total, unmet = rescored(empty, brief, {})
        return Candidate(mols.smiles[0], readings, worth, total, unmet, Lineage("toy"))

    return make
