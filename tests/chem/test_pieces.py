from __future__ import annotations

import pytest
from rdkit import Chem
from rdkit.Chem import BRICS

from sartor.chem.parse import canonical
from sartor.chem.pieces import cuts, fits, joined, kind

GEFITINIB = "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"
MOLECULES = [GEFITINIB, "CC(=O)Nc1ccc(O)cc1", "CC(C)Cc1ccc(cc1)C(C)C(=O)O", "CN1CCN(CC1)C(=O)c1cccnc1",
             "C[C@H](N)C(=O)N[C@@H](Cc1ccccc1)C(=O)OC"]  # fmt: skip


@pytest.mark.parametrize("smiles", MOLECULES)
def test_the_two_sides_of_a_cut_give_the_molecule_back(smiles: str) -> None:
    found = cuts(smiles)
    assert found and found == cuts(smiles)
    for first, second in found:
        assert kind(first) and kind(second) and fits(kind(first), kind(second))
        assert joined(first, second) == canonical(smiles)


@pytest.mark.parametrize("smiles", MOLECULES)
def test_marks_are_those_of_the_toolkits_own_decomposition(smiles: str) -> None:
    mol = Chem.MolFromSmiles(smiles)
    for (i, j), (a, b) in BRICS.FindBRICSBonds(mol):
        wanted = {
            (mol.GetAtomWithIdx(i).GetSymbol(), int(a.rstrip("ab"))),
            (mol.GetAtomWithIdx(j).GetSymbol(), int(b.rstrip("ab"))),
        }
        seen = set()
        for piece in {p for pair in cuts(smiles) for p in pair}:
            part = Chem.MolFromSmiles(piece)
            mark = next(x for x in part.GetAtoms() if not x.GetAtomicNum())
            seen.add((mark.GetNeighbors()[0].GetSymbol(), mark.GetIsotope()))
        assert wanted <= seen


def test_kinds_that_brics_does_not_bond_are_not_joined() -> None:
    assert not fits(1, 1) and joined("[1*]C(C)=O", "[1*]C(=O)CCCC") is None
    assert joined("no molecule", "[1*]CC") is None and kind("CC") == 0


def test_nothing_to_cut() -> None:
    assert cuts("c1ccccc1") == [] and cuts("not a molecule") == []
