import pytest

from sartor.chem.parse import canonical
from sartor.chem.tautomer import amide_form, tautomer_key


@pytest.mark.parametrize(
    ("drawn", "usual"),
    [
        ("CC(O)=NO", "CC(=O)NO"),
        ("NC(O)=Nc1ccccc1", "NC(=O)Nc1ccccc1"),
        (r"C/C(O)=N/c1ccc(S)cc1", "CC(=O)Nc1ccc(S)cc1"),
        ("CC(S)=Nc1ccccc1", "CC(=S)Nc1ccccc1"),
    ],
)
def test_imidic_acids_are_redrawn_as_amides(drawn, usual):
    assert canonical(amide_form(drawn)) == canonical(usual)
    assert tautomer_key(drawn) == tautomer_key(usual)


@pytest.mark.parametrize("smiles", ["CC=NO", "CC(=O)Nc1ccccc1", "not a smiles", "", "Oc1ccccn1"])
def test_everything_else_is_left_alone(smiles):
    assert amide_form(smiles) == smiles


def test_the_key_ignores_stereo_and_tells_compounds_apart():
    assert tautomer_key("C[C@H](N)C(=O)O") == tautomer_key("C[C@@H](N)C(=O)O")
    assert tautomer_key("CCO") != tautomer_key("CCN")
    assert tautomer_key("not a smiles") == ""
