"""The research recipe on organ classes: figures of a table of ours, abstention, bad tables."""

import numpy as np
import pytest

from sartor.core import IntakeError, OrderError
from sartor.train.side_effects import auprc, auroc, folds, read_table, train_side_effects

pytest.importorskip("lightgbm")


def _molecules():
    tails = ["CCO", "CCN", "CCCl", "CC(C)O", "COC", "CCS", "CC(=O)N", "CCF", "CN(C)C", "CCC#N"]
    rings = ["c1ccc({})cc1", "c1ccnc({})c1", "C1CCC({})CC1", "C1CCN({})CC1", "c1cc({})sc1", "c1cc({})oc1"]
    more = ["c1ccc2c(c1)cccc2{}", "C1CC1{}", "O=C1CCCN1{}", "c1ccc(-c2ccc({})cc2)cc1", "C1COCCC1{}", "c1cnn({})c1"]
    return [r.format(t) for r in rings + more for t in tails]


@pytest.fixture
def table(tmp_path):
    smiles = _molecules()
    rng = np.random.default_rng(3)
    rows = [f"{s},{int('N' in s or 'n' in s)},{rng.integers(0, 2)},{int(i < 3)}" for i, s in enumerate(smiles)]
    path = tmp_path / "labels.csv"
    path.write_text("smiles,has nitrogen,coin,rare\n" + "\n".join(rows) + "\n")
    return path


def test_a_class_that_structure_tells_speaks_and_a_coin_abstains(table):
    made = train_side_effects(table, splits=3, seed=1)
    by = {r["class"]: r for r in made["classes"]}
    told, coin, rare = by["has nitrogen"], by["coin"], by["rare"]
    assert told["verdict"] == "speaks" and told["auroc"][1] >= 0.55 and told["upper"] > told["base_rate"]
    assert coin["verdict"].startswith("abstains") and coin["answered"] == 0.0 and coin["upper"] is None
    assert rare["auroc"] is None and "fewer than" in rare["verdict"]
    assert made["classes_that_speak"] == 1 and "no weights" in made["licence"]


def test_scaffolds_stay_in_one_fold(table):
    from sartor.chem.scaffolds import murcko

    mols, _, labels, _ = read_table(table)
    fold = folds(mols, 3, 1)
    assert len(set(zip(murcko(mols), fold, strict=True))) == len(set(murcko(mols))) and labels.shape == (len(mols), 3)
    assert min(np.bincount(fold)) > 0


def test_measures_are_exact():
    score, label = np.array([0.9, 0.8, 0.8, 0.1]), np.array([1.0, 0.0, 1.0, 0.0])
    assert auroc(score, label) == pytest.approx(0.875)
    assert auprc(np.array([3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0])) == pytest.approx((1 + 2 / 3) / 2)


def test_bad_tables_say_what_came(tmp_path):
    with pytest.raises(OrderError, match="is not there"):
        read_table(tmp_path / "none.csv")
    path = tmp_path / "x.csv"
    path.write_text("structure,a\nCCO,1\n")
    with pytest.raises(IntakeError, match="expected smiles"):
        read_table(path)
    path.write_text("smiles,a\nCCCCCCCO,maybe\n")
    with pytest.raises(IntakeError, match="'maybe'"):
        read_table(path)
