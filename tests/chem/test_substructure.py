import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.chem.substructure import count_matches, has_match, matched_atoms

PATTERNS = ("[NX3+](=O)[O-]", "c[NH2]", "C(F)(F)F")


def test_counts_keep_order_and_shape():
    mols = strict_batch(["O=[N+]([O-])c1ccc([N+](=O)[O-])cc1", "Nc1ccccc1", "CCO"])
    assert count_matches(mols, PATTERNS).tolist() == [[2, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_a_symmetric_group_counts_once():
    assert count_matches(strict_batch(["FC(F)(F)c1ccccc1"]), PATTERNS).tolist() == [[0, 0, 1]]


def test_presence_agrees_with_counts():
    mols = strict_batch(["Nc1ccc(C(F)(F)F)cc1", "c1ccccc1"])
    assert np.array_equal(has_match(mols, PATTERNS), count_matches(mols, PATTERNS) > 0)


def test_counted_once_per_batch():
    mols = strict_batch(["Nc1ccccc1"])
    assert count_matches(mols, PATTERNS) is count_matches(mols, PATTERNS)


def test_empty_batch_and_bad_pattern():
    assert count_matches(strict_batch([]), PATTERNS).shape == (0, 3)
    with pytest.raises(ValueError, match="not a valid SMARTS"):
        count_matches(strict_batch(["CC"]), ("C(",))


def test_matched_atoms_are_indices_of_the_molecule():
    mols = strict_batch(["Nc1ccccc1"])
    (match,) = matched_atoms(mols, 0, "c[NH2]")
    assert {mols.mols[0].GetAtomWithIdx(i).GetSymbol() for i in match} == {"C", "N"}
