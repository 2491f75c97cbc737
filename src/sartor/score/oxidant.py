"""Scorer ``oxidant_alerts``: groups that load red cells with oxidant, for patients with G6PD deficiency."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, ConfigDict

from sartor.chem.substructure import count_matches
from sartor.core import Card, MolBatch, PatientView, Readout, ScorerPart
from sartor.facts.groups import oxidant_groups


class OxidantAlerts(ScorerPart):
    """Counts oxidant groups (facts/tables/alert_groups.tsv). A zero means that none of the listed groups is there; it
    does not clear a molecule: only a G6PD-deficient model system can."""

    class Config(BaseModel):
        """No settings."""

        model_config = ConfigDict(extra="forbid")

    def __init__(self, config: Config) -> None:
        self.groups = oxidant_groups()
        self.card = Card(
            name="oxidant_alerts",
            unit="count",
            direction="lower is better",
            summary="groups that load red cells with oxidant: arylamines, nitroarenes, quinones, hydrazines and others",
            domain="any molecule; counts listed groups only",
            licence="Apache-2.0",
            source="CPIC guideline G6PD (Gammal 2023); Youngster 2010, Drug Saf 33:713; patterns ours",
            version=self.groups[0].version,
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        counts = count_matches(mols, tuple(g.smarts for g in self.groups))
        return Readout.exact(counts.sum(axis=1).astype(np.float64))

    def found(self, mols: MolBatch) -> list[dict[str, int]]:
        """For each molecule the groups it holds and how often, for explanations."""
        counts = count_matches(mols, tuple(g.smarts for g in self.groups))
        return [{g.name: int(c) for g, c in zip(self.groups, row, strict=True) if c} for row in counts]
