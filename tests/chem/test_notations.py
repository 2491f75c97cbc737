import sys

import pytest

from sartor.chem.notations import NOT_SELFIES, read_notation, recognize_notation, write_selfies
from sartor.chem.parse import canonical
from sartor.chem.standardize import standardize, standardize_batch
from sartor.core import OrderError

SAFE = "c13ccc(C)cc1.N3c1ccccc1"  # N-phenyl-p-toluidine in two fragments


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("CCO", "smiles"),
        ("CC(=O)[O-].[Na+]", "smiles"),
        ("[Na+].[Cl-]", "smiles"),
        ("[CH3][CH2][OH]", "smiles"),
        ("[13CH4]", "smiles"),
        ("[#6][#6][#8]", "smiles"),
        ("[C]", "smiles"),
        ("c1ccccc1.C1CCCCC1", "smiles"),
        ("[C][C][O]", "selfies"),
        ("[C][=C]", "selfies"),
        ("[C][C][Branch1][C][O][C]", "selfies"),
        ("[Na+1].[C][C][=Branch1][C][=O][O-1]", "selfies"),
        ("[C][/C][=C][\\C][-/Ring1][Branch1]", "selfies"),
        (SAFE, "safe"),
        ("C%12CC.O%12c1ccccc1", "safe"),
        ("C%(123)CC.O%(123)c1ccccc1", "safe"),
    ],
)
def test_each_notation_is_recognized(text, notation):
    assert recognize_notation(text) == notation


def test_the_three_notations_read_alike():
    wanted = "Cc1ccc(Nc2ccccc2)cc1"
    for text in (wanted, SAFE, write_selfies(wanted), f"  {SAFE} "):
        smiles, why = read_notation(text)
        assert not why and canonical(smiles) == wanted


@pytest.mark.parametrize(
    "smiles",
    ["C[C@H](N)C(=O)O", "C/C=C/C(=O)O", "CC(=O)Oc1ccccc1C(=O)O", "C[N+](C)(C)CCO", "O=[N+]([O-])c1ccc2[nH]ccc2c1"],
)
def test_selfies_go_there_and_back_with_stereo_and_charge(smiles):
    text = write_selfies(smiles)
    assert recognize_notation(text) == "selfies"
    back, why = read_notation(text)
    assert not why and canonical(back) == canonical(smiles)


@pytest.mark.parametrize(
    ("text", "notation", "expected"),
    [
        ("", "auto", ("", "empty")),
        ("  ", "selfies", ("", "empty")),
        ("CCO", "selfies", ("", NOT_SELFIES)),
        ("[C][Foo]", "selfies", ("", NOT_SELFIES)),
        ("[nop]", "auto", ("", NOT_SELFIES)),
        ("[C][=Branch1", "selfies", ("", NOT_SELFIES)),
        ("[C][C][O]", "smiles", ("[C][C][O]", "")),
        (SAFE, "safe", (SAFE, "")),
        ("not a molecule", "auto", ("not a molecule", "")),
    ],
)
def test_what_cannot_be_read_says_why(text, notation, expected):
    assert read_notation(text, notation) == expected


def test_an_unknown_notation_and_a_molecule_selfies_cannot_say_are_refused():
    with pytest.raises(ValueError, match="not one of auto, smiles, selfies, safe"):
        read_notation("CCO", "inchi")
    with pytest.raises(ValueError, match="not a valid SMILES"):
        write_selfies("C1CC")
    with pytest.raises(ValueError, match="cannot be written as SELFIES"):
        write_selfies("CCOCl(=O)(=O)=O")


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "selfies", None)
    assert read_notation("CCO") == ("CCO", "")
    for call in (lambda: read_notation("[C][=C]"), lambda: write_selfies("CCO")):
        with pytest.raises(OrderError, match=r"pip install 'sartor\[notations\]'"):
            call()


def test_fragments_are_those_of_the_molecule_not_of_the_text():
    assert standardize(SAFE) == ("Cc1ccc(Nc2ccccc2)cc1", "")
    assert standardize(SAFE + ".[Na+].[Cl-]") == ("Cc1ccc(Nc2ccccc2)cc1", "")
    assert standardize("c13ccc(C)cc1.[NH2+]3c1ccccc1.[Cl-]") == ("Cc1ccc(Nc2ccccc2)cc1", "")
    assert standardize("[Br-].C[N+]5(C)C.C5CCCO.CCCCC") == ("C[N+](C)(C)CCCCO", "")


def test_a_batch_keeps_what_standardize_keeps_and_names_the_limits():
    texts = ["CC(=O)[O-].[Na+]", SAFE, "C1CC", "c1ccccc1C(=O)[O-].[K+]", "CCCCCCCC[Hg]C", "CCCCCCCCCCCC"]
    mols, reasons = standardize_batch(texts, max_heavy=14)
    assert mols.smiles == ("Cc1ccc(Nc2ccccc2)cc1", "O=C(O)c1ccccc1", "CCCCCCCCCCCC")
    assert reasons == ["too small", "", "does not parse", "", "element outside the organic set", ""]
    assert [standardize(t, max_heavy=14)[0] for t in texts if standardize(t, max_heavy=14)[0]] == list(mols.smiles)
    assert standardize("C" * 15, max_heavy=14) == ("", "more than 14 heavy atoms")
    assert standardize("C" * 15, min_heavy=20) == ("", "fewer than 20 heavy atoms")
    assert standardize("C" * 80) == ("", "too large")
