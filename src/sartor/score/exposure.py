"""Scorer ``exposure_ratio``: how much more of this molecule this patient would be exposed to than a reference person.

Genes x medicines x organs give what is left of each enzyme, the liver's other work and the kidneys
(``pharmacology.activity``); the substrate models give how likely each enzyme clears the molecule; the flat prior over
clearance splits (``pharmacology.routes``) joins the two. The answer is an AUC ratio with an interval that carries both
doubts: which enzyme clears it and by how much, and how much of that enzyme is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from sartor.core import Card, MolBatch, PartError, PatientView, Readout, Scorer, ScorerPart
from sartor.pharmacology.activity import READS
from sartor.pharmacology.person import person_exposure

from .substrates import substrate_scorers


class ExposureRatio(ScorerPart):
    """AUC ratio of a novel molecule in this patient against a reference person (all normal: exactly 1).

    Not a dose recommendation and not a prediction for a known drug: a substrate probability is no fraction of
    clearance, so the interval is wide on purpose. Linear kinetics; gut first pass, transporters, prodrugs left out.
    """

    class Config(BaseModel):
        """``quote``: "best" reports the best estimate as the value, "upper" the interval's upper end (for ranking on
        the worst that is still plausible)."""

        model_config = ConfigDict(extra="forbid")

        quote: Literal["best", "upper"] = "best"

    def __init__(self, config: Config, substrates: Mapping[str, Scorer] | None = None) -> None:
        """``substrates`` maps an enzyme to the scorer of its substrate probability; the shipped models by default."""
        self.quote = config.quote
        self._substrates = dict(substrates) if substrates is not None else None
        self.card = Card(
            name="exposure_ratio",
            unit="AUC ratio",
            direction="depends",
            summary="exposure in this patient (genes, medicines, liver, kidneys) against a reference person",
            domain="that of the substrate models; small molecules cleared by CYP enzymes, conjugation and kidneys",
            licence="Apache-2.0",
            source="Rowland & Matin 1973; facts/tables/enzyme_activity.tsv; substrate models of this package",
            reads=READS,
            refuses="C",
        )

    @property
    def substrates(self) -> Mapping[str, Scorer]:
        """Enzyme -> substrate scorer. PartError where no substrate model is there at all."""
        if self._substrates is None:
            self._substrates = dict(substrate_scorers())
        if not self._substrates:
            raise PartError("exposure_ratio needs at least one substrate model; none is installed")
        return self._substrates

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        # Both quotes of one patient share one computation, as long as the batch and the models are the same.
        key = repr(
            ("exposure_ratio", view.key(), [(e, s.card.name, s.card.version) for e, s in self.substrates.items()])
        )
        if key not in mols.cache:
            mols.cache[key] = self._best(mols, view)
        best: Readout = mols.cache[key]
        if self.quote == "best":
            return best
        return Readout(best.high.copy(), best.low, best.high, best.in_domain, best.why_not)

    def _best(self, mols: MolBatch, view: PatientView) -> Readout:
        names = tuple(self.substrates)
        readings = [self.substrates[e].score(mols, view) for e in names]
        why = tuple(_first_reason(names, readings, i) for i in range(len(mols)))
        known = np.array([not w for w in why], dtype=bool)
        probability = np.stack([r.value for r in readings], axis=1)
        low, value, high = (np.full(len(mols), np.nan) for _ in range(3))
        if known.any():
            low[known], value[known], high[known] = person_exposure(probability[known], names, view)
        in_domain = np.all([r.in_domain for r in readings], axis=0) & known
        return Readout(value, low, high, in_domain, why)


def _first_reason(names: tuple[str, ...], readings: list[Readout], i: int) -> str:
    for enzyme, r in zip(names, readings, strict=True):
        if r.why_not[i]:
            return f"clearance by {enzyme} is unknown: {r.why_not[i]}"
    return ""
