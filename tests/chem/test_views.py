import numpy as np

from sartor.chem import views
from sartor.chem.parse import strict_batch


def test_totals_count_what_they_say():
    row = dict(enumerate(views.totals(strict_batch(["Cc1ccc(C(F)(F)F)cc1Cl"]).mols)[0]))
    assert [row[i] for i in (0, 1, 4, 7)] == [8, 6, 3, 1]  # C, H, F, Cl
    assert row[9] == 1  # aromatic ring
    assert row[10] == 0
    assert row[15] == 18  # atoms with hydrogens


def test_views_not_wanted_are_zeros_and_the_others_the_same():
    mols = strict_batch(["CCO", "c1ccccc1O", "CC(=O)Nc1ccc(O)cc1"]).mols
    full, some = views.counts(mols), views.counts(mols, (True, False, True))
    np.testing.assert_array_equal(full[0], some[0])
    np.testing.assert_array_equal(full[2], some[2])
    assert full[1].any() and not some[1].any()
    assert not views.totals(mols, wanted=False).any()
