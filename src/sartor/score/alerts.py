"""Structural alerts: how many of the named sets' patterns a molecule holds, and which."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem import alerts
from sartor.core import Card, MolBatch, PatientView, Readout, ScorerPart


class Alerts(ScorerPart):
    """Number of structural alerts. Each pattern counts once, however often it occurs.

    ``sets`` is a comma-separated choice of BRENK, NIH, PAINS_A, PAINS_B and PAINS_C (all of them by default).
    """

    class Config(BaseModel):
        """``sets``: names of the alert sets to count, separated by commas."""

        model_config = ConfigDict(extra="forbid")
        sets: str = Field(
            default=",".join(alerts.SETS), pattern=rf"^({'|'.join(alerts.SETS)})(,({'|'.join(alerts.SETS)}))*$"
        )

    def __init__(self, config: Config) -> None:
        self.config = config
        self._sets = frozenset(config.sets.split(","))
        self.card = Card(
            name="alerts",
            unit="count",
            direction="lower is better",
            summary=f"Substructures that chemists distrust, from the sets {', '.join(sorted(self._sets))}.",
            domain="any organic molecule; an alert is a question, not a verdict: 54 % of the drugs table have one",
            licence="patterns published; read from RDKit (BSD-3)",
            source="Brenk 2008 ChemMedChem 3, 435; Jadhav 2010, Doveston 2015 (NIH); Baell 2010 J. Med. Chem. 53, 2719",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(np.array([len(n) for n in self.names(mols)], dtype=float))

    def names(self, mols: MolBatch) -> list[tuple[str, ...]]:
        """For each molecule its alerts as ``set:name``, for the report."""
        return [tuple(f"{a.set}:{a.name}" for a in found if a.set in self._sets) for found in alerts.alerts(mols)]
