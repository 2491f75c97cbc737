import numpy as np

from sartor.chem.descriptors import descriptors
from sartor.chem.fingerprints import morgan_bits, morgan_counts
from sartor.chem.parse import strict_batch
from sartor.chem.portions import portion, union
from sartor.chem.scaffolds import murcko

SMILES = ["CCO", "c1ccccc1C", "CCN", "C1CC1O"]


def test_a_portion_keeps_what_is_known_of_its_molecules() -> None:
    mols = strict_batch(SMILES)
    morgan_bits(mols), murcko(mols), descriptors(mols)
    mols.cache["distribution/neighbour"] = np.zeros(4)  # depends on the others: must not travel
    part = portion(mols, [3, 1])
    alone = strict_batch([SMILES[3], SMILES[1]])
    assert part.smiles == alone.smiles and "distribution/neighbour" not in part.cache
    assert {"morgan_counts/2/2048", "morgan_bits/2/2048", "murcko", "descriptors"} <= set(part.cache)
    assert np.array_equal(morgan_bits(part), morgan_bits(alone)) and murcko(part) == murcko(alone)
    assert np.array_equal(descriptors(part), descriptors(alone))


def test_a_union_keeps_what_is_known_of_all() -> None:
    a, b = strict_batch(SMILES[:1]), strict_batch(SMILES[1:])
    morgan_counts(a), morgan_counts(b), murcko(a)
    whole = union([a, strict_batch([]), b])
    assert whole.smiles == strict_batch(SMILES).smiles
    assert set(whole.cache) == {"morgan_counts/2/2048"}
    assert np.array_equal(morgan_counts(whole), morgan_counts(strict_batch(SMILES)))
    assert len(union([])) == 0
