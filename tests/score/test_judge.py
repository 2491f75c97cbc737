from dataclasses import replace

import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.core import Constraint, Desirability, MolBatch, Objective, PartError, Patient, PatientView, Readout
from sartor.score.judge import PatientJudge
from sartor.testing.toys import ToyScorer, toy_brief, toy_card

WHY = toy_brief().objectives[0].because


def brief(*asks: Objective | Constraint):
    return replace(
        toy_brief(),
        objectives=tuple(a for a in asks if isinstance(a, Objective)),
        constraints=tuple(a for a in asks if isinstance(a, Constraint)),
    )


def carbons(name: str = "carbons wanted", weight: float = 1.0, points: tuple[float, ...] = (0.0, 10.0)) -> Objective:
    return Objective(name, "carbons", "count", Desirability(points), weight, WHY)


NITROGENS = Objective("nitrogens wanted", "nitrogens", "count", Desirability((0.0, 4.0)), 3.0, WHY)
FEW_CARBONS = Constraint("few carbons", "carbons", "count", "below", 4.0, WHY)


def judge(*asks: Objective | Constraint, patient: Patient | None = None, **scorers: ToyScorer) -> PatientJudge:
    c, n = scorers.get("c", ToyScorer("C", "carbons")), scorers.get("n", ToyScorer("N", "nitrogens"))
    return PatientJudge(brief(*asks), {a.name: c if a.scorer == "carbons" else n for a in asks}, patient or Patient())


def test_total_is_the_weighted_geometric_mean() -> None:
    (one,) = judge(carbons(), NITROGENS).judge(strict_batch(["CCCCCN"]))
    assert one.worth == {"carbons wanted": 0.5, "nitrogens wanted": 0.25}
    assert one.total == pytest.approx((0.5**1 * 0.25**3) ** (1 / 4))


def test_weights_come_last_and_scale_away() -> None:
    mols = strict_batch(["CCCCCN", "CCN"])
    a = judge(carbons(weight=1.0), NITROGENS).judge(mols)
    b = judge(carbons(weight=10.0), replace(NITROGENS, weight=30.0)).judge(mols)
    assert [x.total for x in a] == pytest.approx([x.total for x in b])


def test_one_measurement_serves_objective_and_constraint() -> None:
    scorer = ToyScorer("C", "carbons")
    j = judge(carbons(), FEW_CARBONS, c=scorer)
    mols = strict_batch(["CCN", "CCCCCCN", "CCN"])
    out = j.judge(mols)
    assert scorer.calls == 2 and j.measured == 2
    assert [c.smiles for c in out] == list(mols.smiles)
    assert out[0].meets_all and out[0].fate == "kept"
    assert out[1].unmet == ("few carbons",)
    assert "at most 4 count" in out[1].fate and "found 6 count" in out[1].fate


def test_what_was_judged_is_remembered() -> None:
    scorer = ToyScorer("C", "carbons")
    j = judge(carbons(), c=scorer)
    first = j.judge(strict_batch(["CCN", "CCO"]))
    again = j.judge(strict_batch(["CCO", "CCCO", "CCN"]))
    assert scorer.calls == 3
    assert (again[2], again[0]) == tuple(first)


def test_unknown_is_worth_nothing_and_meets_nothing() -> None:
    (one,) = judge(carbons(), FEW_CARBONS).judge(strict_batch(["CI"]))
    assert one.total == 0.0 and one.unmet == ("few carbons",)
    assert np.isnan(one.readings["few carbons"].value)
    assert "unknown (holds iodine)" in one.fate


def test_empty_batch_and_no_objectives() -> None:
    assert judge(carbons()).judge(strict_batch([])) == []
    assert judge(FEW_CARBONS).judge(strict_batch(["CCN"]))[0].total == 1.0


def test_large_batches_keep_their_order() -> None:
    texts = ["C" * k + "N" * m for k in range(1, 40) for m in range(1, 30)]
    mols = strict_batch(texts)
    out = judge(carbons(points=(0.0, 100.0))).judge(mols)
    assert [c.smiles for c in out] == list(mols.smiles)
    assert all(c.readings["carbons wanted"].value == c.smiles.count("C") for c in out)


def test_a_scorer_sees_only_what_its_card_declares() -> None:
    seen: list[tuple[str, ...]] = []

    class Nosy(ToyScorer):
        def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
            seen.append(view.reads)
            view.gene("CYP2D6")
            with pytest.raises(PermissionError):
                _ = view.medicines
            return super()._measure(mols, view)

    nosy = Nosy("C", "carbons")
    nosy.card = replace(toy_card("carbons"), reads=("genes.CYP2D6",))
    judge(carbons(), c=nosy).judge(strict_batch(["CCN"]))
    assert seen == [("genes.CYP2D6",)]


def test_a_missing_or_broken_scorer_is_loud() -> None:
    with pytest.raises(PartError, match="carbons wanted"):
        PatientJudge(brief(carbons()), {}, Patient())

    class Broken(ToyScorer):
        def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
            raise KeyError("a table")

    with pytest.raises(PartError, match="'carbons' failed"):
        judge(carbons(), c=Broken("C", "carbons")).judge(strict_batch(["CCN"]))
