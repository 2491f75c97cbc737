"""What a search is measured on: a shipped order's brief for its patient, or a cheap pair of objectives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from sartor.app import parts
from sartor.app.intake import read_patient, write_brief
from sartor.app.order import read_order
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import canonical, strict_batch
from sartor.core import (
    Card,
    DesignBrief,
    Desirability,
    Evidence,
    MolBatch,
    Objective,
    OrderError,
    Patient,
    PatientView,
    Readout,
    Reason,
    ScorerPart,
    Target,
)
from sartor.ml.tanimoto_gp import minmax
from sartor.score.judge import PatientJudge

CHEAP = "qed-similarity:"
_WHY = (Reason("the benchmark asks for it", (Evidence("a yardstick", "assumed", "sartor bench search"),)),)

JudgeMaker = Callable[[], PatientJudge]


class SimilarityTo(ScorerPart):
    """Tanimoto similarity of Morgan counts (radius 2) to one given molecule: a smooth landscape, for measuring only."""

    def __init__(self, smiles: str) -> None:
        self._counts = morgan_counts(strict_batch([smiles]))
        self.card = Card(
            name="similarity_to",
            unit="Tanimoto",
            direction="higher is better",
            summary="similarity to a given molecule",
            domain="any molecule",
            licence="Apache-2.0",
            source="own code",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(minmax(morgan_counts(mols), self._counts)[:, 0].astype(np.float64))


def judge_maker(case: str) -> JudgeMaker:
    """A maker of fresh judges (with an empty memory) for ``case``.

    A path of an order, or "qed-similarity:SMILES": drug-likeness and similarity to that molecule, weighed alike.
    OrderError where neither is there.
    """
    if case.startswith(CHEAP):
        return _cheap(case.removeprefix(CHEAP))
    if not Path(case).exists():
        raise OrderError(f"there is no case {case!r}: give the path of a case.toml, or {CHEAP}SMILES")
    order = read_order(case)
    patient = read_patient(order.patient)
    brief = write_brief(order, patient)
    scorers = parts.scorers(brief)
    return lambda: PatientJudge(brief, scorers, patient)


def _cheap(smiles: str) -> JudgeMaker:
    if canonical(smiles) is None:
        raise OrderError(f"{smiles!r} is not a valid SMILES; the case is written {CHEAP}SMILES")
    similar = SimilarityTo(smiles)
    brief = DesignBrief(
        patient_id="nobody",
        disease="none: a yardstick",
        target=Target("none"),
        objectives=(
            Objective("drug-likeness", "qed", "score", Desirability((0.0, 1.0)), 1.0, _WHY),
            Objective("similarity", "similarity_to", "Tanimoto", Desirability((0.0, 1.0)), 1.0, _WHY),
        ),
        constraints=(),
    )
    scorers = {"drug-likeness": parts.make("scorers", "qed"), "similarity": similar}
    return lambda: PatientJudge(brief, scorers, Patient())
