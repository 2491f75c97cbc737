import numpy as np
import pytest

from sartor.chem.atom_bits import without_each_atom
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.explain.attribution import attribute, common_scale


@pytest.mark.parametrize("smiles", ["CCO", "c1ccncc1CC(=O)N[C@@H](C)C1CC1", "C", "[Na+].CC(=O)[O-]"])
def test_struck_counts_only_lose(smiles):
    mols = strict_batch([smiles])
    whole = morgan_counts(mols)[0]
    struck = without_each_atom(mols, 0)
    assert struck.shape == (mols.mols[0].GetNumAtoms(), 2048)
    assert (struck <= whole).all()
    assert (struck.sum(axis=1) < whole.sum()).all()  # every atom has at least its own environment


def test_one_atom_molecule_loses_everything():
    assert without_each_atom(strict_batch(["C"]), 0).sum() == 0


def test_far_atoms_keep_each_others_environments():
    mols = strict_batch(["CCCCCCCCCO"])
    struck = without_each_atom(mols, 0)
    oxygen = morgan_counts(strict_batch(["CCCO"]))[0] - np.minimum(
        morgan_counts(strict_batch(["CCCO"]))[0], morgan_counts(strict_batch(["CCCC"]))[0]
    )
    assert (struck[0][oxygen > 0] == morgan_counts(mols)[0][oxygen > 0]).all()


def test_the_nitrogen_carries_the_toy_potency(scorers):
    a = attribute(scorers["potency on EGFR"], ["CCCCc1ccncc1"])[0]
    assert max(a.weights, key=a.weights.get) == 7  # the aromatic nitrogen of that SMILES
    assert a.weights[0] == 0.0  # the far end of the chain shares nothing with it
    assert (a.model, a.unit) == ("potency", "pIC50")
    assert common_scale([a]) > 0
    assert common_scale([]) == 0.0


def test_bad_smiles_is_an_error(scorers):
    with pytest.raises(ValueError, match="not a valid SMILES"):
        attribute(scorers["potency on EGFR"], ["C1CC"])
