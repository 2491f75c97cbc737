import numpy as np
import pytest

from sartor.chem.frameworks import ends, frameworks
from sartor.chem.marks import read_marked
from sartor.chem.parse import strict_batch
from sartor.chem.pharmacophore import erg, erg_similarity
from sartor.chem.scaffolds import murcko

CELECOXIB = "Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F"
VALDECOXIB = "Cc1onc(c1-c1ccc(cc1)S(N)(=O)=O)-c1ccccc1"
IMATINIB = "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1"


def test_frameworks_forget_elements_and_bond_orders():
    mols = strict_batch([CELECOXIB, VALDECOXIB, "CCO", "O=C1CCCCC1", "C1CCCCC1"])
    found = frameworks(mols)
    assert found[0] == found[1] and murcko(mols)[0] != murcko(mols)[1]
    assert found[2] == "" and found[3] == found[4] == "C1CCCCC1"


def test_ends_are_pieces_of_the_molecule_each_with_its_mark():
    found = ends(IMATINIB, least=2)
    assert "[1*]c1cccnc1" in [e.smiles for e in found] and "[1*]N1CCN(C)CC1" in [e.smiles for e in found]
    total = strict_batch([IMATINIB]).mols[0].GetNumAtoms()
    for end in found:
        marked = read_marked(end.smiles)
        assert marked.numbers == (1,) and marked.heavy == len(end.atoms) and 2 <= marked.heavy <= 0.6 * total
    assert ends("CCCC") == [] and ends("no molecule") == []


def test_an_end_keeps_its_stereo():
    texts = [e.smiles for e in ends("O=C(O)c1ccc([C@H](C)N)cc1")]
    assert any("@" in t for t in texts)


def test_pharmacophores_of_one_class_are_alike_and_of_two_are_not():
    lead = strict_batch([CELECOXIB])
    values = erg_similarity(strict_batch([CELECOXIB, VALDECOXIB, IMATINIB, "CCO"]), lead)
    assert values[0] == pytest.approx(1.0) and values[1] > 0.6 and values[2] < 0.5 and values[3] < 0.2
    assert erg(lead).shape == (1, 315)
    assert erg_similarity(strict_batch([]), lead).shape == (0,)
    assert np.all(erg_similarity(strict_batch(["C"]), strict_batch(["C"])) == 0)
