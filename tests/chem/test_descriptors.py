import numpy as np
import pytest

from sartor.chem.descriptors import NAMES, descriptors, unfit
from sartor.chem.parse import strict_batch

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"
NICOTINE = "CN1CCC[C@H]1c1cccnc1"


def one(smiles: str) -> dict[str, float]:
    return dict(zip(NAMES, descriptors(strict_batch([smiles]))[0].tolist(), strict=True))


def test_values_of_aspirin():
    d = one(ASPIRIN)
    assert d["molecular_weight"] == pytest.approx(180.16, abs=0.01)
    assert d["tpsa"] == pytest.approx(63.6, abs=0.1)
    assert (d["mqn_c"], d["mqn_co"] + d["mqn_ao"], d["aromatic_rings"]) == (9, 4, 1)


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        (NICOTINE, "basic_amines"),
        (ASPIRIN, "acids"),
        ("CCCCc1nnn[nH]1", "acids"),
        ("C[N+](C)(C)CCO", "permanent_cations"),
        ("CC(C)Cc1ccc(N)cc1", "aromatic_amines"),
        ("O=[N+]([O-])c1ccccc1", "nitro"),
        ("N=C(N)c1ccccc1", "amidines"),
    ],
)
def test_ionizable_groups_are_counted_once(smiles: str, group: str):
    groups = ("basic_amines", "amidines", "acids", "permanent_cations", "aromatic_amines", "nitro")
    d = one(smiles)
    assert {g: d[g] for g in groups} == {g: float(g == group) for g in groups}


def test_an_amide_and_an_aniline_are_not_basic():
    assert one("CC(=O)NC1CCCCC1")["basic_amines"] == 0
    assert one("CN(C)c1ccccc1")["basic_amines"] == 0


def test_order_shape_and_company():
    both = descriptors(strict_batch([ASPIRIN, NICOTINE]))
    assert both.shape == (2, len(NAMES)) and len(set(NAMES)) == len(NAMES)
    assert np.array_equal(both[::-1], descriptors(strict_batch([NICOTINE, ASPIRIN])))
    assert descriptors(strict_batch([])).shape == (0, len(NAMES))


def test_computed_once_per_batch():
    mols = strict_batch([ASPIRIN])
    assert descriptors(mols) is descriptors(mols)


def test_all_numbers_even_for_a_metal():
    assert np.isfinite(descriptors(strict_batch(["C[Hg]C", "[Na+]", ASPIRIN]))).all()


@pytest.mark.parametrize(
    ("smiles", "why"),
    [
        ("C", "1 heavy atoms"),
        ("C" * 80, "80 heavy atoms"),
        ("CCCCC[Hg]CCCCC", "outside the organic set"),
        ("CCCCCCCC(=O)[O-].[Na+]", "several fragments"),
        (ASPIRIN, ""),
    ],
)
def test_unfit_says_why(smiles: str, why: str):
    (text,) = unfit(strict_batch([smiles]))
    assert why in text and bool(why) == bool(text)
