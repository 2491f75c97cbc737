import numpy as np
import pytest

from sartor.chem.fingerprints import morgan_bits, morgan_counts, tanimoto
from sartor.chem.parse import batch, canonical, inchikey, strict_batch
from sartor.chem.scaffolds import murcko
from sartor.chem.standardize import standardize


def test_an_invalid_string_never_enters_a_batch():
    made, bad = batch(["CCO", "not smiles", "", "C1CC", "OCC"])
    assert made.smiles == ("CCO", "CCO")
    assert [(b.position, b.why) for b in bad] == [
        (1, "not a valid SMILES"),
        (2, "empty"),
        (3, "not a valid SMILES"),
    ]
    with pytest.raises(ValueError, match="position 1"):
        strict_batch(["C", "C1"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("CC(=O)Oc1ccccc1C(=O)[O-].[Na+]", ("CC(=O)Oc1ccccc1C(=O)O", "")),
        ("C[N+](C)(C)CCCCCC", ("CCCCCC[N+](C)(C)C", "")),
        ("CCO", ("", "too small")),
        ("C" * 71, ("", "too large")),
        ("CCCCCC[Hg]C", ("", "element outside the organic set")),
        ("C1CC", ("", "does not parse")),
        ("OB(O)c1ccccc1", ("OB(O)c1ccccc1", "")),
        ("C/C=C/CCC[C@H](N)C(=O)O", ("C/C=C/CCC[C@H](N)C(=O)O", "")),
    ],
)
def test_standardize(given, expected):
    assert standardize(given) == expected


def test_standardize_twice_is_standardize_once():
    for text in ("[NH3+][C@@H](Cc1ccccc1)C(=O)[O-]", "c1ccc2c(c1)[nH]c1ccccc12.Cl"):
        once, why = standardize(text)
        assert not why and standardize(once) == (once, "")


def test_tanimoto_equals_the_definition():
    mols = strict_batch(["CCOc1ccccc1", "CCNc1ccccc1", "C1CCCCC1"])
    bits = morgan_counts(mols) > 0
    expected = np.array([[(a & b).sum() / (a | b).sum() for b in bits] for a in bits])
    assert tanimoto(morgan_bits(mols), morgan_bits(mols)) == pytest.approx(expected, abs=1e-6)


def test_what_was_computed_once_is_kept_with_the_batch():
    mols = strict_batch(["CCOc1ccccc1"])
    assert morgan_counts(mols) is morgan_counts(mols)
    assert inchikey(mols) == ("DLRJIFUOBPOJNS-UHFFFAOYSA-N",)


def test_scaffolds():
    assert murcko(strict_batch(["CCOc1ccccc1", "CCCC"])) == ("c1ccccc1", "")
    assert canonical("OCC") == "CCO" and canonical("nope") is None
