"""Plain properties as scorers: drug-likeness, synthetic accessibility, weight, log P, polar surface."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, ConfigDict

from sartor.chem import properties
from sartor.core import Card, MolBatch, PatientView, Readout, ScorerPart

#: Standard deviation of Crippen log P against experiment (Wildman & Crippen 1999: 0.677 on 9,920 molecules).
LOGP_ERROR = 0.677
_NINETY = 1.645  # half-width of a 90 % interval in standard deviations


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Qed(ScorerPart):
    """Quantitative estimate of drug-likeness, 0..1 (Bickerton 2012, Nat. Chem. 4, 90, mean weights)."""

    Config = _Settings

    def __init__(self, config: _Settings) -> None:
        self.config = config
        self.card = Card(
            name="qed",
            unit="score",
            direction="higher is better",
            summary="How much the molecule looks like an oral drug: eight properties weighed as Bickerton did.",
            domain="any organic molecule; drugs outside oral space (antibiotics, macrocycles) read low",
            licence="formula published; own code over RDKit (BSD-3)",
            source="Bickerton 2012, Nat. Chem. 4, 90",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(properties.qed(mols))


class SaScore(ScorerPart):
    """Synthetic accessibility, 1 (easy) to 10 (hard) (Ertl & Schuffenhauer 2009, J. Cheminf. 1, 8)."""

    Config = _Settings

    def __init__(self, config: _Settings) -> None:
        self.config = config
        self.card = Card(
            name="sa_score",
            unit="score 1-10",
            direction="lower is better",
            summary="How hard it looks to make: rare fragments, stereocentres, spiro, bridged and large rings.",
            domain="any organic molecule; says nothing about a route or a price",
            licence="formula published; own code, fragment table of RDKit Contrib (BSD-3)",
            source="Ertl & Schuffenhauer 2009, J. Cheminf. 1, 8",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(properties.sa_score(mols))


class MolecularWeight(ScorerPart):
    """Average molecular weight in Da."""

    Config = _Settings

    def __init__(self, config: _Settings) -> None:
        self.config = config
        self.card = Card(
            name="molecular_weight",
            unit="Da",
            direction="depends",
            summary="Average molecular weight, hydrogens included.",
            domain="any molecule",
            licence="RDKit (BSD-3)",
            source="IUPAC standard atomic weights as tabulated in RDKit",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(properties.molecular_weight(mols))


class LogP(ScorerPart):
    """Crippen log P. The 90 % interval is the method's published error (standard deviation 0.677)."""

    Config = _Settings

    def __init__(self, config: _Settings) -> None:
        self.config = config
        self.card = Card(
            name="logp",
            unit="log P",
            direction="depends",
            summary="Octanol/water partition of the neutral form, summed over 68 atom types.",
            domain="neutral organic molecules; large flexible peptides and zwitterions read badly",
            licence="formula published; RDKit (BSD-3)",
            source="Wildman & Crippen 1999, J. Chem. Inf. Comput. Sci. 39, 868",
            metrics={"standard deviation": "0.677 log units on 9,920 molecules (as published)"},
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        value = properties.logp(mols)
        half = _NINETY * LOGP_ERROR
        n = len(mols)
        return Readout(value, value - half, value + half, np.ones(n, dtype=bool), ("",) * n)


class Tpsa(ScorerPart):
    """Topological polar surface area of N and O, in square angstrom (Ertl 2000)."""

    Config = _Settings

    def __init__(self, config: _Settings) -> None:
        self.config = config
        self.card = Card(
            name="tpsa",
            unit="A2",
            direction="depends",
            summary="Polar surface of nitrogen and oxygen; above 140 hardly absorbed, below 90 may enter the brain.",
            domain="any organic molecule; polar sulphur and phosphorus are not counted",
            licence="formula published; RDKit (BSD-3)",
            source="Ertl 2000, J. Med. Chem. 43, 3714",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(properties.tpsa(mols))
